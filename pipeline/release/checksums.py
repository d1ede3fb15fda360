"""Decides how a bundle lists its bytes: SHA256SUMS in GNU format, sorted by path, naming every file but itself."""

import hashlib
from pathlib import Path

NAME = "SHA256SUMS"


def sha256(path: Path) -> str:
    """Hex digest of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_below(root: Path) -> list[str]:
    """POSIX paths, relative to `root`, of every file and link below it but SHA256SUMS itself; sorted."""
    paths = (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_symlink() or not path.is_dir())
    return sorted(path for path in paths if path != NAME)


def write_sums(root: Path) -> None:
    """Lists every file below `root`."""
    lines = [f"{sha256(root / path)}  {path}\n" for path in files_below(root)]
    (root / NAME).write_text("".join(lines), encoding="utf-8")


def read_sums(root: Path) -> dict[str, str]:
    """Digest of each listed path.

    Raises:
        ValueError: a line is not in GNU format, or names a path twice or outside the bundle.
    """
    sums: dict[str, str] = {}
    for number, line in enumerate((root / NAME).read_text(encoding="utf-8").splitlines(), 1):
        digest, separator, path = line.partition("  ")
        if not separator or len(digest) != 64 or path in sums or path.startswith("/") or ".." in path.split("/"):
            raise ValueError(f"line {number} of {NAME} is not 'sha256  path'")
        sums[path] = digest
    return sums
