"""Decides how commands are spelled and printed; the work is done by the functions they call.

What a command needs is imported when it is asked for: a query must not wait for the stages and PyIceberg to load.

Exit codes: 0 done, 1 unexpected, 2 wrong usage or missing input, 3 a check or contract failed, 4 busy or unreachable (retry).
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from pipeline.console import AsJson, Warehouse, out, print_rows, settings_of
from pipeline.errors import CheckFailedError, InputError, WarraqError
from pipeline.release_cli import release
from pipeline.settings import Settings
from pipeline.storage.query import query_rows, reader

Raw = Annotated[list[Path], typer.Argument(help="Raw files or folders of raw files")]
Match = Annotated[str, typer.Option(help="Only raw files whose path contains this text")]
Map = Annotated[
    list[str] | None, typer.Option("--map", help="FIELD=THEIRS: where a dump keeps a field, e.g. text=content")
]

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Turns raw dumps of news pages into a clean, versioned corpus."
)
quarantine = typer.Typer(no_args_is_help=True, help="Look at what was rejected, and why.")
app.add_typer(quarantine, name="quarantine")
app.add_typer(release, name="release")


def main() -> None:
    """Entry point: known errors are one line on stderr and an exit code."""
    try:
        app()
    except WarraqError as error:
        print(f"warraq: {error}", file=sys.stderr)
        sys.exit(error.exit_code)


@app.command()
def run(
    raw: Raw,
    warehouse: Warehouse = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that parse, validate and enrich")] = 2,
    match: Match = "",
    field: Map = None,
    as_json: AsJson = False,
) -> None:
    """Bring new and changed raw files into the corpus; unchanged ones are skipped."""
    from pipeline import runner

    settings = settings_of(warehouse)
    with _progress("records") as advance:
        counts = runner.run(raw, settings, workers=workers, match=match, fields=field or (), progress=advance)
    if as_json:
        print_rows([counts], as_json)
        return
    if not counts["n_dumps"] and not counts["n_annotated"]:
        out.print(f"nothing to do: all {counts['n_files']} raw files are loaded and unchanged")
        return
    out.print(
        f"{counts['n_read']} records read = {counts['n_loaded']} loaded + {counts['n_quarantined']} quarantined + {counts['n_duplicates']} duplicates"
    )
    out.print(
        f"{counts['n_embedded']} embedded articles, {counts['n_annotated']} annotated; {counts['n_files']} raw files, {counts['n_skipped']} of them unchanged; see {settings.database}"
    )


@app.command()
def enrich(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Annotators, e.g. mentions; default: all")
    ] = None,
    warehouse: Warehouse = None,
    again: Annotated[bool, typer.Option("--again", help="Also articles that they have seen as they are now")] = False,
    workers: Annotated[int, typer.Option(min=1, help="Processes that annotate")] = 2,
    as_json: AsJson = False,
) -> None:
    """Annotate the articles that have changed, or whose annotators have; the texts are not touched."""
    from pipeline import runner

    settings = settings_of(warehouse)
    with _progress("articles") as advance:
        n_annotated = runner.annotate(settings, names=names or (), again=again, workers=workers, progress=advance)
    if as_json:
        print_rows([{"n_annotated": n_annotated}], as_json)
    else:
        out.print(f"{n_annotated} articles annotated; see {settings.database}")


@app.command()
def boilerplate(
    raw: Raw,
    warehouse: Warehouse = None,
    match: Match = "",
    field: Map = None,
    as_json: AsJson = False,
) -> None:
    """Count the lines that the pages of a source repeat, so that `run` takes them for furniture; replaces the counts before."""
    from pipeline import line_counts

    settings = settings_of(warehouse)
    with _progress("pages") as advance:
        built = line_counts.build(raw, settings, match=match, fields=field or (), progress=advance)
    names = ("source", "pages", "repeated_lines")
    print_rows([dict(zip(names, row, strict=True)) for row in built.boilerplate.figures()], as_json)
    if as_json:
        return
    out.print(f"{settings.boilerplate} now holds the counts of these raw files and of no others", soft_wrap=True)
    if built.is_changed:
        out.print("it has changed: the next warraq run reads every raw file that it is given again")
    else:
        out.print("it is as it was: nothing has to be read again")


@app.command()
def sql(
    query: Annotated[str, typer.Argument(help="DuckDB SQL over the views of news.duckdb")],
    warehouse: Warehouse = None,
    as_json: AsJson = False,
) -> None:
    """Ask the corpus a question; nothing but the corpus can be read, and nothing written."""
    print_rows(_rows(query, settings_of(warehouse)), as_json)


@app.command()
def explain(article_id: str, warehouse: Warehouse = None, as_json: AsJson = False) -> None:
    """Where an article comes from: raw file, raw span and rule of every block, outcome and tables."""
    from pipeline import explanation

    print_rows(explanation.explain(article_id, settings_of(warehouse)), as_json)


@quarantine.command("list")
def quarantine_list(
    warehouse: Warehouse = None,
    reason: Annotated[str | None, typer.Option(help="Only this reason code")] = None,
    as_json: AsJson = False,
) -> None:
    """Rejected records, files and embedded articles."""
    query = "SELECT quarantine_id, stage, reason_code, role, path, raw_locator, observed FROM quarantine WHERE $reason IS NULL OR reason_code = $reason ORDER BY reason_code, path, raw_locator"
    print_rows(_rows(query, settings_of(warehouse), {"reason": reason}), as_json)


@quarantine.command("show")
def quarantine_show(quarantine_id: str, warehouse: Warehouse = None, as_json: AsJson = False) -> None:
    """One rejected row whole, with what to do next and its raw record."""
    from pipeline import explanation

    settings = settings_of(warehouse)
    rows = _rows("SELECT * FROM quarantine WHERE quarantine_id = $id", settings, {"id": quarantine_id})
    if not rows:
        raise InputError(f"no quarantine row {quarantine_id}; see: warraq quarantine list")
    shown = [{"field": key, "value": value} for key, value in rows[0].items()]
    raw_record = explanation.raw_excerpt(rows[0], settings)
    if as_json:
        print_rows([*shown, {"field": "raw_record", "value": raw_record}], as_json)
        return
    print_rows(shown, as_json)
    out.print("\nThe raw record:\n", raw_record, sep="", markup=False, highlight=False, soft_wrap=True)


@app.command()
def check(warehouse: Warehouse = None, as_json: AsJson = False) -> None:
    """Check the corpus: balance, unique ids, parents, freshness of the catalog."""
    from pipeline.quality import failed_checks

    failed = failed_checks(settings_of(warehouse))
    print_rows(failed, as_json)
    if failed:
        raise CheckFailedError(f"{len(failed)} checks failed; the rows above say where")
    if not as_json:
        out.print("every check holds")


@app.command()
def stats(warehouse: Warehouse = None) -> None:
    """Compute every statistic from the published corpus into the `statistics` table."""
    from pipeline import statistics

    out.print(f"{statistics.compute(settings_of(warehouse))} figures in the table statistics")


@app.command()
def dictionary() -> None:
    """Print the data dictionary, as Markdown."""
    from pipeline.dictionary import dictionary_markdown

    print(dictionary_markdown(), end="")


@app.command()
def tour(warehouse: Warehouse = None) -> None:
    """What is in the corpus, where it is, and three things to try."""
    settings = settings_of(warehouse)
    print_rows(
        _rows(
            "SELECT coalesce(source_name, '(outlet not stated)') AS outlet, language, role, count(*) AS articles, min(filed_date) AS first_day, max(filed_date) AS last_day FROM articles GROUP BY ALL ORDER BY articles DESC LIMIT 12",
            settings,
        ),
        False,
    )
    print_rows(
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


@contextmanager
def _progress(unit: str) -> Iterator[Callable[[str, int], None]]:
    """A line on a terminal that says what is under way and how many of `unit` are done; silent elsewhere."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn(f"{{task.completed}} {unit}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda what, n: bar.update(task, description=what, advance=n)


def _rows(query: str, settings: Settings, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    with reader(settings) as connection:
        return query_rows(connection, query, parameters)


if __name__ == "__main__":
    main()
