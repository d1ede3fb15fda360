"""Decides how a release comes into being: everything is written beside its place, verified, and put there in one step.

A create that is killed leaves `.NAME-VERSION.partial`, which no reader takes for a release and the next create removes.
"""

import errno
import fcntl
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.dictionary import dictionary_markdown
from pipeline.errors import CheckFailedError, InputError, StorageError
from pipeline.release.card import citation, readme
from pipeline.release.checksums import write_sums
from pipeline.release.contents import release_tables
from pipeline.release.data_files import by_table, write_table
from pipeline.release.manifest import NAME, manifest, schema_json, write_json
from pipeline.release.verification import verify
from pipeline.settings import Settings
from pipeline.storage.catalog import build, definitions, init_script
from pipeline.storage.query import session
from pipeline.storage.tables import Warehouse
from schemas.vocab import Redaction, ReleasedText

_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", re.ASCII)
_VERSION = re.compile(r"\d+\.\d+\.\d+(?:-[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*)?", re.ASCII)
_MAX_NAME = 100  # with the version it stays below the 255 bytes of a file name

Progress = Callable[[str, int], None]


def create(
    name: str,
    version: str,
    out: Path,
    settings: Settings,
    *,
    text: ReleasedText = ReleasedText.ALLOWED,
    redact: Redaction | None = None,
    creator: str | None = None,
    progress: Progress = lambda what, rows: None,
) -> Path:
    """Writes the published corpus as the release `out/NAME-VERSION`; returns that path.

    Args:
        text: ALLOWED shows text only where `text_access` is full; ALL shows everything, and the card says so.
        redact: what is replaced in the text; nothing by default.
        creator: whom a citation names; default: the release's own contributors.

    Raises:
        InputError: a wrong name or version, an existing release, or an empty corpus.
        StorageError: the disk is full or not writable, or another create of this release is at work.
        CheckFailedError: the corpus breaks a promise (see `verify`); nothing is put in place.
    """
    target = _target(name, version, out)
    if not settings.published.exists():
        raise InputError(f"{settings.warehouse} has no published corpus; load something first: warraq run RAW")
    try:
        with _partial_folder(target) as partial:
            _write(name, version, partial, settings, text, redact, creator or f"The {name} contributors", progress)
            checks = verify(partial, settings)
            failed = [f"{check.name}: {problem}" for check in checks for problem in check.problems]
            if failed:
                raise CheckFailedError(
                    f"the release would not verify ({failed[0]}{f' and {len(failed) - 1} more' if failed[1:] else ''}); find the cause with: warraq check"
                )
            os.replace(partial, target)
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise StorageError(_storage_message(error, target)) from error
    return target


def _target(name: str, version: str, out: Path) -> Path:
    if not _NAME.fullmatch(name) or len(name) > _MAX_NAME:
        raise InputError(f"name {name!r} must be lower-case letters and digits, parted by - or _, such as arabic-news")
    if not _VERSION.fullmatch(version) or len(version) > _MAX_NAME:
        raise InputError(f"version {version!r} must have three numbers, such as 1.4.0 or 2024.11.0")
    target = out / f"{name}-{version}"
    if target.exists():
        raise InputError(f"{target} exists, and a release never changes; choose another version")
    return target


@contextmanager
def _partial_folder(target: Path) -> Iterator[Path]:
    """A new folder beside the target; what a dead create left there is removed, a live one is respected."""
    partial = target.with_name(f".{target.name}.partial")
    target.parent.mkdir(parents=True, exist_ok=True)
    partial.mkdir(exist_ok=True)
    handle = os.open(partial, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StorageError(f"{partial} is being written by another create; wait for it") from error
        for left in partial.iterdir():
            shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
        try:
            yield partial
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
    finally:
        os.close(handle)


def _write(
    name: str,
    version: str,
    root: Path,
    settings: Settings,
    text: ReleasedText,
    redact: Redaction | None,
    creator: str,
    progress: Progress,
) -> None:
    warehouse = Warehouse(settings)
    snapshots = warehouse.published()
    tables = release_tables(text, redact)
    files = []
    redacted: Counter[str] = Counter()
    with session(settings) as connection:
        for table in tables:
            sources = [path.resolve() for path in warehouse.files(table.name, snapshots)]
            for file in write_table(table, sources, connection, root, redacted):
                files.append(file)
                progress(file.path, file.rows)
    statements = definitions(tables, by_table(files))
    build(root / "news.duckdb", root, statements, settings)
    (root / "init.sql").write_text(init_script(statements), encoding="utf-8")
    for table in tables:
        write_json(root / "schema" / f"{table.name}.json", schema_json(table))
    with session(settings, root) as connection:
        for statement in statements:
            connection.execute(statement)
        quarantine, articles = (
            [path.resolve() for path in warehouse.files(name, snapshots)] for name in ("quarantine", "articles")
        )
        about = manifest(name, version, text, tables, files, snapshots, quarantine, connection, root, redacted)
        write_json(root / NAME, about)
        (root / "README.md").write_text(readme(about, tables, creator, articles, connection), encoding="utf-8")
    (root / "DICTIONARY.md").write_text(dictionary_markdown(tables), encoding="utf-8")
    (root / "CITATION.cff").write_text(citation(about, creator), encoding="utf-8")
    write_sums(root)


def _storage_message(error: Exception, target: Path) -> str:
    code = error.errno if isinstance(error, OSError) else None
    if code in (errno.EEXIST, errno.ENOTEMPTY):
        return f"{target} was made by another create meanwhile; choose another version"
    reason = os.strerror(code) if code else " ".join(str(error).split())
    return f"{target} could not be written: {reason}; nothing was left behind. Free space or choose another --out, and run it again"
