"""Decides how the release commands are spelled and printed; the work is done in `pipeline.release`."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from pipeline.console import AsJson, Warehouse, out, print_rows, settings_of
from pipeline.errors import CheckFailedError
from schemas.vocab import Redaction, ReleasedText

release = typer.Typer(no_args_is_help=True, help="Hand the corpus to researchers, and prove that it arrived whole.")


@release.command("create")
def release_create(
    name: Annotated[str, typer.Option(help="Name of the dataset, such as arabic-news")],
    version: Annotated[str, typer.Option(help="Three numbers: semantic (1.4.0) or by calendar (2024.11.0)")],
    folder: Annotated[Path, typer.Option("--out", help="Folder in which NAME-VERSION is made")],
    text: Annotated[
        ReleasedText,
        typer.Option(help="allowed: only text of outlets with text_access full; all: every text, for private use"),
    ] = ReleasedText.ALLOWED,
    redact: Annotated[
        Redaction | None,
        typer.Option(help="personal-data: replace e-mail addresses, telephone, card and account numbers in text"),
    ] = None,
    creator: Annotated[str | None, typer.Option(help="Whom a citation names")] = None,
    warehouse: Warehouse = None,
    as_json: AsJson = False,
) -> None:
    """Write the published corpus as a self-contained, verified folder."""
    from pipeline.release import create

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.completed} rows"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("writing", total=None)
        made = create(
            name,
            version,
            folder,
            settings_of(warehouse),
            text=text,
            redact=redact,
            creator=creator,
            progress=lambda what, rows: bar.update(task, description=what, advance=rows),
        )
    if as_json:
        print_rows([{"release": str(made)}], as_json)
    else:
        out.print(f"{made} is written and verified; start with {made / 'README.md'}", markup=False, soft_wrap=True)


@release.command("verify")
def release_verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A release")],
    as_json: AsJson = False,
) -> None:
    """Prove that a release is whole and agrees with itself; exit code 3 with what differs."""
    from pipeline.release import verify

    checks = verify(folder, settings_of(None))
    print_rows([{"check": c.name, "looked_at": c.looked_at, "differs": c.problems} for c in checks], as_json)
    problems = sum(len(check.problems) for check in checks)
    if problems:
        raise CheckFailedError(f"{folder} is not what it says it is: {problems} differences, listed above")
    if not as_json:
        out.print(f"{folder} is whole and agrees with itself", markup=False, soft_wrap=True)
