"""Decides how a raw file is opened: bare, packed, or an archive of members; every failure is one counted problem."""

import stat
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

from pipeline.readers.formats import Records, read_stream
from pipeline.readers.mapping import Mapping
from pipeline.readers.records import Limits, RawProblem, RawRecord, ReadError
from pipeline.readers.streams import BROKEN, ZIP, unpack

_PACKED_SUFFIXES = (".gz", ".zst", ".tgz")


def is_page_file(path: Path) -> bool:
    """Whether the file is one loose page by its name; such files are loaded many at a time."""
    return path.suffix.lower() in (".txt", ".text")


def read_file(path: Path, mappings: tuple[Mapping, ...], limits: Limits) -> Iterator[RawRecord | RawProblem]:
    """Every record of a raw file in order; records before a break are yielded, then one problem for the rest.

    Raises:
        OSError: the path cannot be opened at all.
    """
    with path.open("rb") as raw:
        try:
            if raw.read(2) == ZIP:
                raw.seek(0)
                yield from _zip(path, mappings, limits)
                return
            raw.seek(0)
            size = path.stat().st_size
            stream = unpack(raw, size, limits)
            if _is_tar(stream.peek(512)):
                yield from _tar(stream, size, mappings, limits)
            else:
                name = path.name
                while name.lower().endswith(_PACKED_SUFFIXES):
                    name = name.rpartition(".")[0]
                yield from read_stream(stream, name, "", mappings, limits)
        except ReadError as error:
            yield RawProblem(error.reason_code, None, error.observed)
        except (*BROKEN, zipfile.BadZipFile, tarfile.TarError, NotImplementedError, RuntimeError) as error:
            yield RawProblem("file_corrupt", None, f"{type(error).__name__}: {error}"[:200])


def read_record(path: Path, locator: str, mappings: tuple[Mapping, ...], limits: Limits) -> RawRecord | RawProblem | None:
    """One record by its locator, read again from the file; None when it is not there."""
    return next((found for found in read_file(path, mappings, limits) if found.locator == locator), None)


def _is_tar(start: bytes) -> bool:
    return start[257:262] == b"ustar"


def _is_unsafe(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or bool(PureWindowsPath(name).drive)


def _zip(path: Path, mappings: tuple[Mapping, ...], limits: Limits) -> Records:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            if _is_unsafe(info.filename) or stat.S_ISLNK(info.external_attr >> 16):
                yield RawProblem("archive_path_unsafe", f"{info.filename}#0", info.filename[:200])
                continue
            with archive.open(info) as member:
                yield from _member(member, info.filename, info.compress_size, mappings, limits)


def _tar(stream: object, size: int, mappings: tuple[Mapping, ...], limits: Limits) -> Records:
    with tarfile.open(fileobj=stream, mode="r|") as archive:  # type: ignore[call-overload]
        for info in archive:
            if info.isdir():
                continue
            if _is_unsafe(info.name) or not info.isfile():
                yield RawProblem("archive_path_unsafe", f"{info.name}#0", info.name[:200])
                continue
            member = archive.extractfile(info)
            yield from _member(member, info.name, size, mappings, limits)


def _member(member: object, name: str, packed_bytes: int, mappings: tuple[Mapping, ...], limits: Limits) -> Records:
    stream = unpack(member, packed_bytes, limits)  # type: ignore[arg-type]
    yield from read_stream(stream, name.removesuffix(".gz").removesuffix(".zst"), name, mappings, limits)
