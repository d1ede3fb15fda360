"""Decides which members of a zip or tar may be read, and streams them in archive order; it does not look into them."""

import errno
import re
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO, cast

from .records import RawProblem
from .streams import CHUNK, ChunkFile, Meter, StreamError

Member = tuple[str, Iterator[bytes]] | RawProblem
"""A member's name and bytes, to be consumed before the next is taken; or why it is not read."""

_ZIP_METHODS = (
    zipfile.ZIP_STORED,
    zipfile.ZIP_DEFLATED,
)  # the decoders of the others do not bound their output
_ENCRYPTED = 0x1
_ZIP_ERRORS = (zipfile.BadZipFile, EOFError, zlib.error, struct.error, NotImplementedError, RuntimeError, ValueError,
               OverflowError, LookupError)  # fmt: skip
_TAR_ERRORS = (
    tarfile.TarError,
    EOFError,
    struct.error,
    ValueError,
    OverflowError,
    LookupError,
)
_UNSAFE_NAME = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\x00")


class _Names:
    """Gives every member a name that is unique in the archive and can be stored as UTF-8."""

    def __init__(self) -> None:
        self._seen: dict[int, int] = {}

    def unique(self, name: str) -> str:
        name = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        count = self._seen[hash(name)] = self._seen.get(hash(name), 0) + 1
        return name if count == 1 else f"{name}~{count}"


def zip_members(file: BinaryIO, meter: Meter) -> Iterator[Member]:
    """Yield the members of a zip; what breaks inside one member is raised while its bytes are consumed.

    Raises:
        StreamError: `file_corrupt` if the directory at the end of the file is missing or broken.
    """
    try:
        archive = zipfile.ZipFile(file)
    except _ZIP_ERRORS as error:
        raise StreamError("file_corrupt", str(error)) from error
    except OSError as error:
        raise _corrupt_offset(error) from error
    names = _Names()
    with archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            name = names.unique(info.filename)
            if _UNSAFE_NAME.search(info.orig_filename) or stat.S_ISLNK(info.external_attr >> 16):
                yield RawProblem("archive_path_unsafe", name, observed=name)
            elif info.flag_bits & _ENCRYPTED:
                yield RawProblem("file_binary", name, observed="encrypted")
            elif info.compress_type not in _ZIP_METHODS:
                yield RawProblem(
                    "file_binary",
                    name,
                    observed=f"compression method {info.compress_type}",
                )
            else:
                yield name, _zip_bytes(archive, info, meter)


def _zip_bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo, meter: Meter) -> Iterator[bytes]:
    try:
        with archive.open(info) as member:
            while chunk := member.read(CHUNK):
                yield meter.add(chunk)
    except _ZIP_ERRORS as error:
        raise StreamError("file_corrupt", str(error)) from error
    except OSError as error:
        raise _corrupt_offset(error) from error


def _corrupt_offset(error: OSError) -> Exception:
    """A seek to an impossible offset is the file's fault; other operating system errors are not."""
    return StreamError("file_corrupt", str(error)) if error.errno in (None, errno.EINVAL) else error


def tar_members(chunks: Iterator[bytes]) -> Iterator[Member]:
    """Yield the members of an uncompressed tar stream.

    Raises:
        StreamError: `file_corrupt` where the archive breaks off; `tarfile` itself takes a broken header for the end.
    """
    source = ChunkFile(chunks)
    names = _Names()
    try:
        archive = tarfile.open(fileobj=cast(IO[bytes], source), mode="r|", errorlevel=2)  # noqa: SIM115
        while (info := archive.next()) is not None:
            archive.members.clear()  # type: ignore[attr-defined]  # tarfile keeps every header it has seen
            if info.isdir():
                continue
            name = names.unique(info.name)
            if _UNSAFE_NAME.search(info.name) or not info.isfile():
                yield RawProblem("archive_path_unsafe", name, observed=name)
            elif info.issparse():
                yield RawProblem("file_binary", name, observed="sparse member")
            elif (member := archive.extractfile(info)) is not None:
                yield name, _tar_bytes(member)
    except _TAR_ERRORS as error:
        raise StreamError("file_corrupt", str(error)) from error
    source.drain()
    if source.content_end > archive.offset or source.size < archive.offset + tarfile.BLOCKSIZE:
        raise StreamError("file_corrupt", "the tar has no end mark")


def _tar_bytes(member: IO[bytes]) -> Iterator[bytes]:
    try:
        while chunk := member.read(CHUNK):
            yield chunk
    except _TAR_ERRORS as error:
        raise StreamError("file_corrupt", str(error)) from error
