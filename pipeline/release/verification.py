"""Decides whether a release is what it says it is, from the bundle alone: bytes, schemas, counts, keys, partitions, rights, views.

It trusts nothing that `create` computed, and reads no table definition of the running Warraq, so that a release of another version
is judged by its own schema. What it cannot see: a change made consistently in every file of the bundle, sums included;
compare the digest of SHA256SUMS with one from a place you trust.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from pipeline.errors import InputError
from pipeline.release import checksums, redaction
from pipeline.release.manifest import COUNTS, FORMAT_VERSION, NAME, records
from pipeline.settings import Settings
from pipeline.storage.query import attach, literal, session

DOCUMENTS = ("README.md", "DICTIONARY.md", "CITATION.cff", NAME, "news.duckdb", "init.sql")
MAX_PROBLEMS = 20  # of one check: enough to see the pattern

Found = Iterator[str]

_PLAIN_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
# What reading a damaged or forged bundle can raise: all of it means that the bundle differs from what it should be.
_UNREADABLE = (
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    OSError,
    yaml.YAMLError,
    pa.ArrowException,
    duckdb.Error,
)


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at (how many files, columns, rows …) and every difference found."""

    name: str
    looked_at: int
    problems: list[str]


def verify(root: Path, settings: Settings) -> list[Check]:
    """Every check of a bundle, in order; a bundle whose bytes are wrong is not read further.

    Raises:
        InputError: `root` is not a release at all.
    """
    if not (root / NAME).is_file() or not (root / checksums.NAME).is_file():
        raise InputError(f"{root} is not a release: it needs {NAME} and {checksums.NAME}")
    checks = [_check("every file is there and its bytes are right", _sums, root)]
    if checks[0].problems:
        return checks
    try:
        manifest = json.loads((root / NAME).read_text(encoding="utf-8"))
        if (manifest["format"], manifest["format_version"]) != ("warraq-release", FORMAT_VERSION):
            raise InputError(
                f"{root / NAME} has format {manifest['format']} {manifest['format_version']}, which this version does not know"
            )
        schemas = {name: _schema(root, name) for name in manifest["tables"]}
        bundle = _Bundle(root, manifest, schemas)
        _require_plain_names(bundle)
        checks.append(_check("documents are there and name this version", _documents, bundle))
        checks.append(_check("data files are those of the manifest", _data_files, bundle))
        if not checks[-1].problems:
            checks.append(_check("columns are those of the schema", _columns, bundle))
        if checks[-1].problems:
            return checks
        with session(settings, root) as connection:
            attach(connection, root / "news.duckdb", root / "data")
            checks.append(_check("news.duckdb shows the same rows", _views, bundle, connection))
            _define_tables(bundle, connection)
            checks += [_check(name, judge, bundle, connection) for name, judge in _CONTENT.items()]
            if manifest.get("redaction"):
                checks.append(_check("personal data is replaced where it is promised", _redacted, bundle, connection))
    except _UNREADABLE as error:
        checks.append(Check("the release can be read", 1, [f"{type(error).__name__}: {' '.join(str(error).split())}"]))
    return checks


@dataclass(frozen=True, slots=True)
class _Bundle:
    root: Path
    manifest: Mapping[str, Any]
    schemas: Mapping[str, Mapping[str, Any]]

    def files(self, table: str) -> list[Mapping[str, Any]]:
        return [file for file in self.manifest["files"] if file["table"] == table]


def _check(name: str, judge: Callable[..., Found], *arguments: Any) -> Check:
    """Runs a judge, which yields '' for each thing that is as it should be and a message for each that is not."""
    looked_at, problems = 0, []
    for problem in judge(*arguments):
        looked_at += 1
        if problem:
            problems.append(problem)
    more = len(problems) - MAX_PROBLEMS
    return Check(name, looked_at, problems[:MAX_PROBLEMS] + ([f"and {more} more"] if more > 0 else []))


def _differs(what: str, expected: Any, actual: Any) -> str:
    return "" if expected == actual else f"{what}: expected {expected}, found {actual}"


def _sums(root: Path) -> Found:
    try:
        listed = checksums.read_sums(root)
    except (ValueError, OSError) as error:
        yield str(error)
        return
    present = checksums.files_below(root)
    yield from (f"{path} is missing" for path in sorted(listed.keys() - set(present)))
    for path in present:
        if path not in listed:
            yield f"{path} is not listed in {checksums.NAME}"
        elif (root / path).is_symlink() or not (root / path).is_file():
            yield f"{path} is not a plain file"
        else:
            yield (
                ""
                if checksums.sha256(root / path) == listed[path]
                else f"{path} has other bytes than {checksums.NAME} says"
            )


def _require_plain_names(bundle: _Bundle) -> None:
    """Names of a foreign bundle become part of queries, so anything but a plain name stops here."""
    names = list(bundle.manifest["tables"])
    for table in bundle.manifest["tables"].values():
        names += table["key"] + [key["column"] for key in table["partition"]]
    names += [field["name"] for schema in bundle.schemas.values() for field in schema["fields"]]
    for name in names:
        if not _PLAIN_NAME.fullmatch(name):
            raise ValueError(f"{name!r} is not a name of a table or column")


def _schema(root: Path, table: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((root / "schema" / f"{table}.json").read_text(encoding="utf-8"))
    return found


def _documents(bundle: _Bundle) -> Found:
    for name in DOCUMENTS:
        yield "" if (bundle.root / name).is_file() else f"{name} is missing"
    title = (bundle.manifest["name"], bundle.manifest["version"])
    cited = yaml.safe_load((bundle.root / "CITATION.cff").read_text(encoding="utf-8"))
    yield _differs("CITATION.cff", title, (cited["title"], cited["version"]))
    front = yaml.safe_load((bundle.root / "README.md").read_text(encoding="utf-8").split("---\n")[1])
    yield _differs("README.md", " ".join(title), front["pretty_name"])
    configured = [config["config_name"] for config in front["configs"]]
    yield _differs("configs of README.md", list(bundle.manifest["tables"]), configured)


def _data_files(bundle: _Bundle) -> Found:
    on_disk = {path for path in checksums.files_below(bundle.root) if path.startswith("data/")}
    stated = {file["path"] for file in bundle.manifest["files"]}
    yield from (f"{path} is not in {NAME}" for path in sorted(on_disk - stated))
    for file in bundle.manifest["files"]:
        if file["path"] not in on_disk:
            yield f"{file['path']} is missing"
            continue
        path = bundle.root / file["path"]
        folders = [f"{name}={quote(value, safe='')}" for name, value in file["partition"].items()]
        expected = "/".join(["data", file["table"], *folders])
        yield _differs(f"folder of {file['path']}", expected, Path(file["path"]).parent.as_posix())
        yield _differs(f"bytes of {file['path']}", file["bytes"], path.stat().st_size)
        yield _differs(f"sha256 of {file['path']}", file["sha256"], checksums.sha256(path))
        yield _differs(f"rows of {file['path']}", file["rows"], pq.read_metadata(path).num_rows)
    for name, table in bundle.manifest["tables"].items():
        yield _differs(f"rows of table {name}", table["rows"], sum(file["rows"] for file in bundle.files(name)))


def _columns(bundle: _Bundle) -> Found:
    for name, schema in bundle.schemas.items():
        yield _differs(f"key of {name}", bundle.manifest["tables"][name]["key"], schema["key"])
        yield "" if bundle.files(name) else f"table {name} has no file"
        expected = [
            (f["name"], f["type"], f["nullable"], f["description"], f["null"], f["unit"]) for f in schema["fields"]
        ]
        for file in bundle.files(name):
            found = [_described(field) for field in pq.read_schema(bundle.root / file["path"])]
            names = [column[0] for column in found]
            if names != [column[0] for column in expected]:
                yield f"columns of {file['path']}: expected {', '.join(c[0] for c in expected)}; found {', '.join(names)}"
                continue
            for wanted, actual in zip(expected, found, strict=True):
                yield _differs(f"column {wanted[0]} of {file['path']}", wanted, actual)


def _described(field: pa.Field) -> tuple[str, str, bool, str, str, str]:
    metadata = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
    texts = (metadata.get("description", ""), metadata.get("null", ""), metadata.get("unit", ""))
    return (field.name, str(field.type), field.nullable, *texts)


def _define_tables(bundle: _Bundle, connection: duckdb.DuckDBPyConnection) -> None:
    """Views over the files of the manifest, with each file's path as `bundle_file`; the bundle's own views are not trusted here."""
    connection.execute("USE memory")
    for name in bundle.manifest["tables"]:
        files = ", ".join(literal(str(bundle.root.resolve() / file["path"])) for file in bundle.files(name))
        connection.execute(
            f"CREATE VIEW \"{name}\" AS FROM read_parquet([{files}], hive_partitioning = false, filename = 'bundle_file')"
        )


def _keys(bundle: _Bundle, connection: duckdb.DuckDBPyConnection) -> Found:
    for name, table in bundle.manifest["tables"].items():
        key = ", ".join(f'"{column}"' for column in table["key"])
        twice = connection.execute(
            f'SELECT {key}, count(*) FROM "{name}" GROUP BY {key} HAVING count(*) > 1'
        ).fetchall()
        yield "" if not twice else f"{name}: {len(twice)} keys are not unique, such as {twice[0][:-1]}"


def _partitions(bundle: _Bundle, connection: duckdb.DuckDBPyConnection) -> Found:
    root = bundle.root.resolve()
    for name, table in bundle.manifest["tables"].items():
        if not table["partition"]:
            continue
        columns = ", ".join(f'coalesce("{key["column"]}", {literal(key["null"])})' for key in table["partition"])
        inside = connection.execute(f'SELECT DISTINCT bundle_file, {columns} FROM "{name}"').fetchall()
        names = [key["name"] for key in table["partition"]]
        stated = {str(root / file["path"]): file["partition"] for file in bundle.files(name)}
        for path, *values in inside:
            yield _differs(
                f"partition of {Path(path).relative_to(root)}", stated[path], dict(zip(names, values, strict=True))
            )


def _accounting(bundle: _Bundle, connection: duckdb.DuckDBPyConnection) -> Found:
    stated = bundle.manifest["accounting"]
    files = records(
        connection, f"SELECT raw_file_id, path, n_bytes, {', '.join(COUNTS)} FROM raw_files ORDER BY path, raw_file_id"
    )
    for name in COUNTS:
        yield _differs(f"{name} of all raw files", stated[name], sum(file[name] for file in files))
    listed = [
        {"path": f["name"], "raw_file_id": f["sha256"], "n_bytes": f["bytes"], **{n: f[n] for n in COUNTS}}
        for f in bundle.manifest["raw_files"]
    ]
    yield _differs("number of raw files", len(listed), len(files))
    for wanted, file in zip(listed, files, strict=False):
        yield _differs(f"raw file {wanted['path']}", wanted, {key: file[key] for key in wanted})
    outcomes = records(
        connection, "SELECT outcome, reason_code, count(*) AS n FROM raw_records GROUP BY ALL ORDER BY ALL"
    )
    yield _differs("outcomes of raw records", stated["outcomes"], outcomes)
    counted: Counter[tuple[str, str]] = Counter()
    for raw_file_id, outcome, n in connection.execute(
        "SELECT raw_file_id, outcome, count(*) FROM raw_records GROUP BY ALL"
    ).fetchall():
        counted[raw_file_id, outcome] = n
    for file in files:
        parts = [counted[file["raw_file_id"], outcome] for outcome in ("loaded", "quarantined", "duplicate")]
        expected = [file["n_loaded"], file["n_quarantined"], file["n_duplicates"]]
        yield _differs(f"outcomes of the records of {file['path']}", expected, parts)
        yield _differs(f"read = loaded + quarantined + duplicates in {file['path']}", file["n_read"], sum(parts))


_NONE_OF = {
    "loaded records without their article": "SELECT r.raw_file_id || '#' || r.raw_locator FROM raw_records r ANTI JOIN articles a USING (article_id) WHERE r.outcome = 'loaded'",
    "lead articles without a loaded record": "SELECT a.article_id FROM articles a ANTI JOIN (FROM raw_records WHERE outcome = 'loaded') r ON a.raw_file_id = r.raw_file_id AND a.raw_locator = r.raw_locator AND a.article_id = r.article_id AND a.version_id = r.version_id WHERE a.role = 'lead'",
    "records of unknown raw files": "SELECT r.raw_file_id FROM raw_records r ANTI JOIN raw_files f USING (raw_file_id)",
    "articles of unknown raw files": "SELECT a.article_id FROM articles a ANTI JOIN raw_files f USING (raw_file_id)",
    "articles of unknown runs": "SELECT a.article_id FROM articles a ANTI JOIN runs r USING (run_id)",
    "embedded articles without a parent": "SELECT a.article_id FROM articles a ANTI JOIN articles p ON p.article_id = a.parent_article_id WHERE a.role = 'embedded' AND NOT list_contains(a.quality_flags, 'parent_quarantined')",
    "duplicates of unknown articles": "SELECT d.article_id FROM duplicates d WHERE d.article_id NOT IN (SELECT article_id FROM articles) OR d.duplicate_of_article_id NOT IN (SELECT article_id FROM articles)",
    "articles whose filed_month is not the month of filed_date": "SELECT article_id FROM articles WHERE filed_month IS DISTINCT FROM strftime(filed_date, '%Y-%m')",
}


def _references(bundle: _Bundle, connection: duckdb.DuckDBPyConnection) -> Found:
    for what, query in _NONE_OF.items():
        n, example = connection.execute(f"SELECT count(*), min(place) FROM ({query}) AS found(place)").fetchall()[0]
        yield f"{n} {what}, such as {example}" if n else ""
    embedded = connection.execute("SELECT count(*) FROM articles WHERE role = 'embedded'").fetchall()[0][0]
    known = bundle.manifest["accounting"]["n_embedded"]
    yield f"{embedded} embedded articles, but only {known} were loaded" if embedded > known else ""


def _rights(bundle: _Bundle, connection: duckdb.DuckDBPyConnection) -> Found:
    withheld = [field["name"] for schema in bundle.schemas.values() for field in schema["fields"] if field["withheld"]]
    yield _differs("withheld columns", bundle.manifest["withheld_columns"], withheld)
    yield _differs("text columns are withheld", bundle.manifest["text"] == "allowed", bool(withheld))
    for column in withheld:
        query = f"SELECT count(*) FROM articles WHERE text_access IS DISTINCT FROM 'full' AND \"{column}\" IS NOT NULL"
        n = connection.execute(query).fetchall()[0][0]
        yield f"{n} articles show {column}, although their text_access is not full" if n else ""


def _redacted(bundle: _Bundle, connection: duckdb.DuckDBPyConnection) -> Found:
    """Looks for personal data in every redacted column; a release of another finder is only asked for what it says it replaced."""
    promised = bundle.manifest["redaction"]
    columns = [f["name"] for schema in bundle.schemas.values() for f in schema["fields"] if f.get("redacted")]
    yield _differs("redacted columns", promised["columns"], columns)
    same_finder = promised["version"] == redaction.VERSION
    brackets: Counter[str] = Counter()
    for column in columns:
        shown: Counter[str] = Counter()
        with connection.sql(f'SELECT "{column}" FROM articles').to_arrow_reader(1024) as reader:
            for batch in reader:
                rows = pa.Table.from_batches([batch])
                if same_finder:
                    shown += redaction.personal_kinds(rows, [column])
                for value in rows[column].to_pylist():
                    for text in redaction.texts(value):
                        brackets.update({kind: text.count(f"[{kind}]") for kind in promised["replaced"]})
        yield f"{column} shows personal data: {dict(shown)}" if shown else ""
    for kind, n in promised["replaced"].items():
        yield f"{n} {kind} replaced, but [{kind}] stands {brackets[kind]} times" if brackets[kind] < n else ""


def _views(bundle: _Bundle, connection: duckdb.DuckDBPyConnection) -> Found:
    for name, table in bundle.manifest["tables"].items():
        n = connection.execute(f'SELECT count(*) FROM "{name}"').fetchall()[0][0]
        yield _differs(f"rows of view {name}", table["rows"], n)
        columns = [row["column_name"] for row in records(connection, f'DESCRIBE "{name}"')]
        yield _differs(f"columns of view {name}", [field["name"] for field in bundle.schemas[name]["fields"]], columns)
    undescribed = connection.execute(
        "SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL AND database_name = 'news'"
    ).fetchall()
    yield f"views without a comment: {', '.join(name for (name,) in undescribed)}" if undescribed else ""


_Judge = Callable[[_Bundle, duckdb.DuckDBPyConnection], Found]
_CONTENT: dict[str, _Judge] = {
    "keys are unique": _keys,
    "partitions agree with the rows in them": _partitions,
    "every record is accounted for": _accounting,
    "tables refer to each other": _references,
    "text is withheld where it must be": _rights,
}

__all__ = ["Check", "verify"]
