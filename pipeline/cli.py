"""Decides how commands are spelled and printed; the work is done by the functions they call.

Exit codes: 0 done, 1 unexpected, 2 wrong usage or missing input, 3 a check or contract failed, 4 busy or unreachable (retry).
"""

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table as RichTable

from pipeline import explanation, runner, statistics
from pipeline.dictionary import dictionary_markdown
from pipeline.errors import CheckFailedError, InputError, WarraqError
from pipeline.quality import failed_checks
from pipeline.settings import Settings
from pipeline.storage.catalog import reader

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Turns raw dumps of news pages into a clean, versioned corpus."
)
quarantine = typer.Typer(no_args_is_help=True, help="Look at what was rejected, and why.")
app.add_typer(quarantine, name="quarantine")
out = Console()

Warehouse = Annotated[
    Path | None,
    typer.Option("--warehouse", help="Folder of the corpus; default: the setting, or warehouse/ of the checkout"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON array of row objects and nothing else")]


def main() -> None:
    """Entry point: known errors are one line on stderr and an exit code."""
    try:
        app()
    except WarraqError as error:
        print(f"warraq: {error}", file=sys.stderr)
        sys.exit(error.exit_code)


def _settings(warehouse: Path | None) -> Settings:
    return Settings(warehouse=warehouse) if warehouse else Settings()


@app.command()
def run(
    raw: Annotated[list[Path], typer.Argument(help="Raw files or folders of raw files")],
    warehouse: Warehouse = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that parse, validate and enrich")] = 2,
    match: Annotated[str, typer.Option(help="Only raw files whose path contains this text")] = "",
    field: Annotated[
        list[str] | None, typer.Option("--map", help="FIELD=THEIRS: where a dump keeps a field, e.g. text=content")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bring new and changed raw files into the corpus; unchanged ones are skipped."""
    settings = _settings(warehouse)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.completed} records"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("reading", total=None)
        counts = runner.run(
            raw,
            settings,
            workers=workers,
            match=match,
            fields=field or (),
            progress=lambda what, n: bar.update(task, description=what, advance=n),
        )
    if as_json:
        print(json.dumps([counts]))
        return
    if not counts["n_dumps"]:
        out.print(f"nothing to do: all {counts['n_files']} raw files are loaded and unchanged")
        return
    out.print(
        f"{counts['n_read']} records read = {counts['n_loaded']} loaded + {counts['n_quarantined']} quarantined + {counts['n_duplicates']} duplicates"
    )
    out.print(
        f"{counts['n_embedded']} embedded articles; {counts['n_files']} raw files, {counts['n_skipped']} of them unchanged; see {settings.database}"
    )


@app.command()
def sql(
    query: Annotated[str, typer.Argument(help="DuckDB SQL over the views of news.duckdb")],
    warehouse: Warehouse = None,
    as_json: AsJson = False,
) -> None:
    """Ask the corpus a question; read-only."""
    _print(_rows(query, _settings(warehouse)), as_json)


@app.command()
def explain(article_id: str, warehouse: Warehouse = None, as_json: AsJson = False) -> None:
    """Where an article comes from: raw file, raw span and rule of every block, outcome and tables."""
    _print(explanation.explain(article_id, _settings(warehouse)), as_json)


@quarantine.command("list")
def quarantine_list(
    warehouse: Warehouse = None,
    reason: Annotated[str | None, typer.Option(help="Only this reason code")] = None,
    as_json: AsJson = False,
) -> None:
    """Rejected records, files and embedded articles."""
    query = "SELECT quarantine_id, stage, reason_code, role, path, raw_locator, observed FROM quarantine WHERE $reason IS NULL OR reason_code = $reason ORDER BY reason_code, path, raw_locator"
    _print(_rows(query, _settings(warehouse), {"reason": reason}), as_json)


@quarantine.command("show")
def quarantine_show(quarantine_id: str, warehouse: Warehouse = None, as_json: AsJson = False) -> None:
    """One rejected row whole, with what to do next and its raw record."""
    settings = _settings(warehouse)
    rows = _rows("SELECT * FROM quarantine WHERE quarantine_id = $id", settings, {"id": quarantine_id})
    if not rows:
        raise InputError(f"no quarantine row {quarantine_id}; see: warraq quarantine list")
    shown = [{"field": key, "value": value} for key, value in rows[0].items()]
    raw_record = explanation.raw_excerpt(rows[0], settings)
    if as_json:
        _print([*shown, {"field": "raw_record", "value": raw_record}], as_json)
        return
    _print(shown, as_json)
    out.print("\nThe raw record:\n", raw_record, sep="", markup=False, highlight=False, soft_wrap=True)


@app.command()
def check(warehouse: Warehouse = None, as_json: AsJson = False) -> None:
    """Check the corpus: balance, unique ids, parents, freshness of the catalog."""
    failed = failed_checks(_settings(warehouse))
    _print(failed, as_json)
    if failed:
        raise CheckFailedError(f"{len(failed)} checks failed; the rows above say where")
    if not as_json:
        out.print("every check holds")


@app.command()
def stats(warehouse: Warehouse = None) -> None:
    """Compute every statistic from the published corpus into the `statistics` table."""
    out.print(f"{statistics.compute(_settings(warehouse))} figures in the table statistics")


@app.command()
def dictionary() -> None:
    """Print the data dictionary, as Markdown."""
    print(dictionary_markdown(), end="")


@app.command()
def tour(warehouse: Warehouse = None) -> None:
    """What is in the corpus, where it is, and three things to try."""
    settings = _settings(warehouse)
    _print(
        _rows(
            "SELECT coalesce(source_name, '(outlet not stated)') AS outlet, language, role, count(*) AS articles, min(filed_date) AS first_day, max(filed_date) AS last_day FROM articles GROUP BY ALL ORDER BY articles DESC LIMIT 12",
            settings,
        ),
        False,
    )
    _print(
        _rows(
            "SELECT outcome, reason_code, count(*) AS records FROM raw_records GROUP BY ALL ORDER BY outcome, records DESC, reason_code",
            settings,
        ),
        False,
    )
    some = _rows("SELECT article_id FROM articles ORDER BY article_id LIMIT 1", settings)
    out.print(f"The corpus is {settings.database} (views) over {settings.tables} (Parquet). Try:")
    out.print(
        '  .venv/bin/warraq sql "SELECT filed_month, count(*) FROM articles GROUP BY ALL ORDER BY 1"', markup=False
    )
    out.print(f"  .venv/bin/warraq explain {some[0]['article_id'] if some else 'ARTICLE_ID'}", markup=False)
    out.print("  .venv/bin/warraq quarantine list", markup=False)


def _rows(query: str, settings: Settings, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    with reader(settings) as connection:
        try:
            cursor = connection.execute(query, parameters) if parameters else connection.execute(query)
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        except duckdb.Error as error:
            raise InputError(f"the query failed: {str(error).strip()}") from error


def _print(rows: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, default=_plain))
        return
    if not rows:
        return
    table = RichTable(*rows[0], show_edge=False)
    for row in rows:
        table.add_row(*(_shown(value) for value in row.values()))
    out.print(table, markup=False)


def _shown(value: Any) -> str:
    text = (
        ""
        if value is None
        else json.dumps(value, ensure_ascii=False, default=_plain)
        if isinstance(value, (list, dict))
        else str(_plain(value))
    )
    return text if len(text) <= 300 else text[:300] + "…"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else str(value)
