"""Readers: every container and every bad input, compared with the exact records and problems expected."""

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.readers import (
    Limits,
    RawProblem,
    RawRecord,
    load_mappings,
    mapping_from_options,
    read_file,
    read_record,
)  # fmt: skip
from schemas.vocab import REASONS

MAPPINGS = load_mappings()
PAGE = "صفحة تجريبية\nسطر ثان".encode()
ROWS = [{"id": str(n), "text": f"نص رقم {n}", "url": f"https://example.org/{n}"} for n in range(3)]
LINES = b"".join(json.dumps(row).encode() + b"\n" for row in ROWS)
ARRAY = json.dumps(ROWS, indent=1).encode()


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def tarred(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def symlinked() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("link.txt")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(info)
    return out.getvalue()


def seen(tmp_path: Path, name: str, data: bytes, limits: Limits = Limits()) -> list[tuple[str, str | None]]:
    """(record id or `page`, locator) of records and (reason code, locator) of problems."""
    path = tmp_path / name
    path.write_bytes(data)
    return [
        (item.record_id or item.mapping, item.locator)
        if isinstance(item, RawRecord)
        else (item.reason_code, item.locator)
        for item in read_file(path, MAPPINGS, limits)
    ]


zst = zstandard.ZstdCompressor().compress
THREE = [("0", "#0"), ("1", "#1"), ("2", "#2")]


def inside(member: str) -> list[tuple[str, str]]:
    return [(name, member + number) for name, number in THREE]


GOOD = [
    ("a.txt", PAGE, [("page", "#0")]),
    ("utf8bom.txt", b"\xef\xbb\xbf" + PAGE, [("page", "#0")]),
    ("utf16.txt", PAGE.decode().encode("utf-16"), [("page", "#0")]),
    ("a.jsonl", LINES, THREE),
    ("no-end.jsonl", LINES[:-1], THREE),
    ("a.jsonl.gz", gzip.compress(LINES), THREE),
    ("two-members.jsonl.gz", gzip.compress(LINES[:20]) + gzip.compress(LINES[20:]), THREE),
    ("a.jsonl.zst", zst(LINES), THREE),
    ("two-frames.jsonl.zst", zst(LINES[:20]) + zst(LINES[20:]), THREE),
    ("wrong-name.bin", gzip.compress(LINES), THREE),
    ("a.json", ARRAY, THREE),
    ("lines.json", LINES, THREE),
    ("spread.json", b"\n".join(json.dumps(row, indent=2).encode() for row in ROWS), THREE),
    ("a.json.gz", gzip.compress(ARRAY), THREE),
    ("a.json.zst", zst(ARRAY), THREE),
    ("array.zip", zipped(("d/a.json", ARRAY)), inside("d/a.json")),
    ("nested.zip", zipped(("a.jsonl.gz", gzip.compress(LINES))), inside("a.jsonl.gz")),
    ("pages.zip", zipped(("b.txt", PAGE), ("a.txt", PAGE)), [("page", "b.txt#0"), ("page", "a.txt#0")]),
    ("same.zip", zipped(("a.txt", PAGE), ("a.txt", PAGE)), [("page", "a.txt#0"), ("page", "a.txt~2#0")]),
    ("a.tar", tarred(("a.txt", PAGE), ("a.jsonl", LINES)), [("page", "a.txt#0"), *inside("a.jsonl")]),
    ("a.tar.gz", gzip.compress(tarred(("a.txt", PAGE))), [("page", "a.txt#0")]),
    ("a.tgz", gzip.compress(tarred(("a.txt", PAGE))), [("page", "a.txt#0")]),
    ("a.tar.zst", zst(tarred(("a.txt", PAGE))), [("page", "a.txt#0")]),
    ("empty-array.json", b" [ ] ", []),
]  # fmt: skip

BOMB = bytes(70 * 2**20)
SMALL = Limits(max_record_bytes=1000)
LARGE_ROW = json.dumps({"id": "x", "text": "a" * 5000}).encode()
CORRUPT = bytearray(gzip.compress(LINES))
CORRUPT[-6] ^= 0xFF
BAD = [
    ("empty.jsonl", b"", Limits(), [("file_empty", None)]),
    ("empty.gz", gzip.compress(b""), Limits(), [("file_empty", None)]),
    ("a.pdf", b"%PDF-1.7 text", Limits(), [("file_binary", None)]),
    ("a.bin", bytes(range(256)) * 8, Limits(), [("file_binary", None)]),
    ("m.zip", zipped(("a.png", b"\x89PNG\r\n"), ("e.txt", b""), ("b.txt", PAGE)), Limits(), [("file_binary", "a.png"), ("file_empty", "e.txt"), ("page", "b.txt#0")]),
    ("cut.jsonl.gz", gzip.compress(LINES)[:-8], Limits(), [*THREE, ("file_corrupt", None)]),
    ("crc.jsonl.gz", bytes(CORRUPT), Limits(), [*THREE, ("file_corrupt", None)]),
    ("cut.jsonl.zst", zst(LINES)[:-3], Limits(), [("file_corrupt", None)]),
    ("cut.zip", zipped(("a.txt", PAGE))[:-30], Limits(), [("file_corrupt", None)]),
    ("cut.tar", tarred(("a.txt", PAGE), ("b.txt", PAGE))[:1540], Limits(), [("page", "a.txt#0"), ("file_corrupt", None)]),
    ("boundary.tar", tarred(("a.txt", PAGE), ("b.txt", PAGE))[:1024], Limits(), [("page", "a.txt#0"), ("file_corrupt", None)]),
    ("bomb.zip", zipped(("a.txt", BOMB)), Limits(), [("archive_ratio_exceeded", None)]),
    ("bomb.json.gz", gzip.compress(b"[" + BOMB), Limits(), [("archive_ratio_exceeded", None)]),
    ("bomb.jsonl.zst", zst(b"{" + BOMB.replace(b"\0", b" ")), Limits(), [("archive_ratio_exceeded", None)]),
    ("evil.zip", zipped(("../a.txt", PAGE), ("/b.txt", PAGE), ("C:\\c.txt", PAGE), ("d.txt", PAGE)), Limits(), [("archive_path_unsafe", "../a.txt"), ("archive_path_unsafe", "/b.txt"), ("archive_path_unsafe", "C:\\c.txt"), ("page", "d.txt#0")]),
    ("link.tar", symlinked(), Limits(), [("archive_path_unsafe", "link.txt")]),
    ("latin.txt", "é".encode("latin-1") * 9, Limits(), [("encoding_invalid", "#0")]),
    ("line.jsonl", b'{"id":"9","text":"\xe9"}\n' + LINES, Limits(), [("encoding_invalid", "#0"), ("0", "#1"), ("1", "#2"), ("2", "#3")]),
    ("large.jsonl", LARGE_ROW + b"\n" + LINES, SMALL, [("record_too_large", "#0"), ("0", "#1"), ("1", "#2"), ("2", "#3")]),
    ("large.json", b"[" + LARGE_ROW + b"," + ARRAY[1:], SMALL, [("record_too_large", "#0"), ("0", "#1"), ("1", "#2"), ("2", "#3")]),
    ("large.txt", b"a" * 5000, SMALL, [("record_too_large", "#0")]),
    ("nul.txt", b"some page\0 text", Limits(), [("nul_bytes", "#0")]),
    ("nul.jsonl", b'{"text":"a\\u0000b"}\n', Limits(), [("nul_bytes", "#0")]),
    ("bad.jsonl", b'{"text":}\n' + LINES, Limits(), [("json_invalid", "#0"), ("0", "#1"), ("1", "#2"), ("2", "#3")]),
    ("comma.json", ARRAY[:-2] + b",]", Limits(), [*THREE, ("json_invalid", "#3")]),
    ("break.json", ARRAY[:-20], Limits(), [*THREE[:2], ("json_invalid", "#2")]),
    ("scalars.json", b'[1, "a]", null, [2]]', Limits(), [("record_not_object", f"#{n}") for n in range(4)]),
    ("none.jsonl", b'{"id":"7","text":" "}\n', Limits(), [("text_missing", "#0")]),
    ("odd.jsonl", b'{"zzz":1}\n', Limits(), [("mapping_unknown", "#0")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "expected"), GOOD, ids=[case[0] for case in GOOD])
def test_container(tmp_path: Path, name: str, data: bytes, expected: list[tuple[str, str]]) -> None:
    assert seen(tmp_path, name, data) == expected


@pytest.mark.parametrize(("name", "data", "limits", "expected"), BAD, ids=[case[0] for case in BAD])
def test_bad_input(
    tmp_path: Path, name: str, data: bytes, limits: Limits, expected: list[tuple[str, str | None]]
) -> None:
    assert seen(tmp_path, name, data, limits) == expected


def test_structured_record(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    row = {"source": "s", "url": "u", "date_extracted": "d", "title": "t", "author": "", "content": "b", "extra": 1}
    path.write_text(json.dumps([row]))
    fields = {"source_id": "s", "url": "u", "fetched_raw": "d", "headline": "t", "body": "b"}
    assert list(read_file(path, MAPPINGS, Limits())) == [RawRecord("#0", None, "saudinewsnet", None, fields, True)]


def test_options_come_first(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"meta":{"link":"u"},"inhalt":"t"}\n')
    mappings = load_mappings(mapping_from_options(["text=inhalt", "url=meta.link"]))
    assert list(read_file(path, mappings, Limits())) == [RawRecord("#0", None, "options", "t", {"url": "u"}, False)]


@pytest.mark.parametrize("option", ["text", "text=", "=a", "nothing=a", "url=a"])
def test_bad_option(option: str) -> None:
    with pytest.raises(ValueError, match="--map"):
        mapping_from_options([option])


def test_read_record_finds_what_read_file_yields(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(("../x", b"1"), ("a#b.jsonl", LINES)))
    items = list(read_file(path, MAPPINGS, Limits()))
    assert [read_record(path, item.locator or "", MAPPINGS, Limits()) for item in items] == items


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(GOOD), st.data())
def test_no_bytes_raise(tmp_path: Path, case: tuple[str, bytes, object], data: st.DataObject) -> None:
    name, content, _ = case
    cut = data.draw(st.integers(0, len(content)))
    damaged = content[:cut] + data.draw(st.binary(max_size=40)) + content[cut + data.draw(st.integers(0, 60)) :]
    path = tmp_path / name
    path.write_bytes(damaged)
    codes = {item.reason_code for item in read_file(path, MAPPINGS, Limits()) if isinstance(item, RawProblem)}
    assert codes - REASONS.keys() == set()
