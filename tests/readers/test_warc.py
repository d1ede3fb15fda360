"""WARC, WET and HTML files: every kind of record, compared with the exact records and problems expected."""

import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.readers import Limits, RawProblem, RawRecord, load_mappings, read_file
from pipeline.readers.gzips import Gunzip
from pipeline.readers.markup import html_record
from pipeline.readers.streams import Meter, StreamError
from pipeline.readers.warc_frames import Frame, Gap, frames
from schemas.vocab import REASONS

HTML = "<!DOCTYPE html><html><body><p>نص الصفحة</p></body></html>"
URL = "https://news.example/a"


def record(
    kind: str, payload: bytes, number: int, extra: str = "", content_type: str = "application/http; msgtype=response"
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2024-11-30T08:00:00Z\r\n"
        f"WARC-Target-URI: {URL}\r\nContent-Type: {content_type}\r\nContent-Length: {len(payload)}\r\n{extra}\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def answer(
    body: bytes, status: str = "200 OK", content_type: str = "text/html; charset=utf-8", extra: str = ""
) -> bytes:
    return (
        f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{extra}Content-Length: {len(body)}\r\n\r\n".encode()
        + body
    )


RECORDS = [
    record("warcinfo", b"software: x\r\n", 0, content_type="application/warc-fields"),
    record("request", b"GET / HTTP/1.1\r\n\r\n", 1, content_type="application/http; msgtype=request"),
    record("response", answer(HTML.encode()), 2),
    record("response", answer(HTML.encode("cp1256"), content_type="text/html; charset=windows-1256"), 3),
    record("response", answer(gzip.compress(HTML.encode()), extra="Content-Encoding: gzip\r\n"), 4),
    record("response", answer(b"gone", "404 Not Found"), 5),
    record("response", answer(b"\x89PNG\r\n", content_type="image/png"), 6),
    record("response", answer(HTML.encode()), 7, "WARC-Truncated: length\r\n"),
    record("revisit", answer(b""), 8, "WARC-Refers-To-Target-URI: https://news.example/old\r\n"),
    record("metadata", b"fetchTimeMs: 1\r\n", 9, content_type="application/warc-fields"),
    record("response", answer(b"  "), 10),
    record("conversion", "عنوان\nنص".encode(), 11, "WARC-Identified-Content-Language: ara\r\n", "text/plain"),
    record("response", answer(b"<p>" + b"a" * 5000), 12),
]
LIMITS = Limits(max_record_bytes=3000)
FIELDS = {"url": URL, "fetched_raw": "2024-11-30T08:00:00Z"}
EXPECTED = [
    RawRecord("#2", "urn:uuid:2", "html", HTML, FIELDS, False),
    RawRecord("#3", "urn:uuid:3", "html", HTML, FIELDS, False),
    RawRecord("#4", "urn:uuid:4", "html", HTML, FIELDS, False),
    RawProblem("http_status", "#5", "urn:uuid:5", None, f"404 {URL}"),
    RawProblem("content_not_text", "#6", "urn:uuid:6", "Content-Type", "image/png"),
    RawProblem("payload_truncated", "#7", "urn:uuid:7", None, "length"),
    RawProblem("warc_revisit", "#8", "urn:uuid:8", None, "https://news.example/old"),
    RawProblem("text_missing", "#10", "urn:uuid:10", None, URL),
    RawRecord("#11", "urn:uuid:11", "page", "عنوان\nنص", FIELDS | {"language_declared": "ara"}, False),
    RawProblem("record_too_large", "#12", "urn:uuid:12", None, f"{len(answer(b'<p>' + b'a' * 5000))} bytes"),
]
CONTAINERS = {
    "bare.warc": b"".join(RECORDS),
    "cc-news.warc.gz": b"".join(map(gzip.compress, RECORDS)),
    "one.warc.gz": gzip.compress(b"".join(RECORDS)),
    "a.warc.zst": b"".join(map(zstandard.ZstdCompressor().compress, RECORDS)),
    "a.bin": b"".join(RECORDS),
}


@pytest.mark.parametrize(("name", "data"), CONTAINERS.items(), ids=CONTAINERS)
def test_warc(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    items = list(read_file(path, load_mappings(), LIMITS))
    assert items == EXPECTED
    assert {item.reason_code for item in items if isinstance(item, RawProblem)} <= REASONS.keys()


MEMBERS = list(map(gzip.compress, RECORDS))
ALL = {int(item.locator[1:]): item for item in EXPECTED if item.locator}
DAMAGE = {
    "a bit of the text": lambda member: member[:-20] + bytes([member[-20] ^ 0xFF]) + member[-19:],
    "the checksum": lambda member: member[:-8] + bytes([member[-8] ^ 0xFF]) + member[-7:],
    "the magic": lambda member: b"XX" + member[2:],
    "a piece missing": lambda member: member[:30] + member[60:],
    "zeros": lambda member: member[:40] + b"\0" * (len(member) - 40),
    "cut": lambda member: member[:-30],
    "only a header": lambda member: member[:10],
}
"""Of one member of gzip."""


def items_of(path: Path, data: bytes, limits: Limits = LIMITS) -> dict[str | None, RawRecord | RawProblem]:
    path.write_bytes(data)
    items = list(read_file(path, load_mappings(), limits))
    by_locator = {item.locator: item for item in items}
    assert len(by_locator) == len(items)
    return by_locator


@pytest.mark.parametrize("number", range(len(RECORDS)))
@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_member_costs_itself(tmp_path: Path, number: int, damage: Callable[[bytes], bytes]) -> None:
    """The members around it are read, and one problem says what is missing."""
    data = b"".join([*MEMBERS[:number], damage(MEMBERS[number]), *MEMBERS[number + 1 :]])
    items = items_of(tmp_path / "a.warc.gz", data)
    problem = items.pop(f"#{number}", None)
    assert isinstance(problem, RawProblem)
    skipped, _, reason = (problem.observed or "").partition(" compressed bytes skipped: ")
    assert (problem.reason_code, int(skipped), reason != "") == ("file_corrupt", len(damage(MEMBERS[number])), True)
    assert items == {f"#{at}": item for at, item in ALL.items() if at != number}


def test_neighbouring_damage_is_one_problem(tmp_path: Path) -> None:
    broken = [DAMAGE["a piece missing"](member) for member in MEMBERS[3:6]]
    items = items_of(tmp_path / "a.warc.gz", b"".join([*MEMBERS[:3], *broken, *MEMBERS[6:]]))
    problems = (item for item in items.values() if isinstance(item, RawProblem))
    assert next((item.locator, item.reason_code) for item in problems) == ("#3", "file_corrupt")
    assert items["#2"] == ALL[2]
    # what came before counts as one record, so that the sixth is now the fourth
    assert [replace(item, locator="") for item in list(items.values())[2:]] == [
        replace(ALL[at], locator="") for at in range(6, 13) if at in ALL
    ]


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_a_truncated_file(tmp_path: Path, name: str) -> None:
    """Whole records are read, and what is left of the last is one problem, wherever the file was cut."""
    parts = MEMBERS if name.endswith(".gz") else RECORDS
    ends = [sum(map(len, parts[: at + 1])) for at in range(len(parts))]
    data = b"".join(parts)
    line_ends = 0 if name.endswith(".gz") else 4
    for cut in range(ends[0] + 1, ends[5], 7):
        whole = sum(end - line_ends <= cut for end in ends)
        items = items_of(tmp_path / name, data[:cut])
        rest = items.pop(f"#{whole}", None)
        torn = not any(end - line_ends <= cut <= end for end in ends)
        assert (rest.reason_code if isinstance(rest, RawProblem) else None) == ("file_corrupt" if torn else None), cut
        assert items == {f"#{at}": item for at, item in ALL.items() if at < whole}, cut


def wrong_length(part: bytes, change: int) -> bytes:
    return re.sub(rb"(?<=Content-Length: )\d+", lambda match: str(int(match[0]) + change).encode(), part, count=1)


FRAMES = {
    "no magic": (RECORDS[3].replace(b"WARC/1.0", b"WARX/1.0"), 0),
    "no length": (RECORDS[3].replace(b"Content-Length: ", b"Content-Breadth: ", 1), 0),
    "too short": (wrong_length(RECORDS[3], -20), 0),
    "too long": (wrong_length(RECORDS[3], 20), 0),
    "longer than what is held": (wrong_length(RECORDS[3], 4000), 0),
    "longer than the file": (wrong_length(RECORDS[3], 10**9), 0),
    "what is no record before it": (b"\xff\0garbage\r\n" * 9 + RECORDS[3], 1),
    "zeros before it": (b"\0" * 5000 + RECORDS[3], 1),
}


@pytest.mark.parametrize(("part", "more"), FRAMES.values(), ids=FRAMES)
def test_a_damaged_frame_costs_itself(tmp_path: Path, part: bytes, more: int) -> None:
    items = items_of(tmp_path / "a.warc", b"".join([*RECORDS[:3], part, *RECORDS[4:]]))
    problem = items.pop("#3")
    assert isinstance(problem, RawProblem)
    assert (problem.reason_code, (problem.observed or "").partition(" bytes skipped: ")[0]) == (
        "file_corrupt",
        str(len(part) - len(RECORDS[3]) * more),
    )
    expected = [ALL[2], *([ALL[3]] if more else []), *(ALL[at] for at in range(4, 13) if at in ALL)]
    assert [replace(item, locator="") for item in items.values()] == [replace(item, locator="") for item in expected]


def test_a_large_record_is_passed_over(tmp_path: Path) -> None:
    inner = b"".join(RECORDS) * 3  # a WARC inside a WARC
    data = b"".join([RECORDS[2], record("response", answer(inner, content_type="application/warc"), 99), RECORDS[3]])
    items = items_of(tmp_path / "a.warc", data)
    assert {at: item.reason_code if isinstance(item, RawProblem) else "" for at, item in items.items()} == {
        "#0": "", "#1": "record_too_large", "#2": "",
    }  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=3)), max_size=6), st.booleans(), st.integers(1, 9000)
)
def test_damage_never_raises_or_hangs(edits: list[tuple[int, bytes]], packed: bool, piece: int) -> None:
    data = bytearray(b"".join(MEMBERS if packed else RECORDS))
    for at, replacement in edits:
        data[at : at + len(replacement)] = replacement
    pieces = (bytes(data[at : at + piece]) for at in range(0, len(data), piece))
    stream = Gunzip(pieces, Meter(len(data), LIMITS)) if packed else pieces
    found: list[Frame | Gap] = []
    codes = []
    try:
        found.extend(frames(iter(stream), 3000))
    except StreamError as error:
        codes = [error.reason_code]
    assert codes in ([], ["file_corrupt"] if packed else [])
    assert [frame for frame in found if isinstance(frame, Gap) and frame.n_bytes <= 0] == []


@pytest.mark.parametrize("cut", [5, 100, 400, 700])
def test_no_cut_raises(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"".join(RECORDS)[:-cut] + b"\xff" * 7)
    assert [item.locator for item in read_file(path, load_mappings(), LIMITS)][:3] == ["#2", "#3", "#4"]


PAGES = {
    "a.html": HTML.encode(),
    "a.HTM": HTML.encode("cp1256"),
    "no-suffix": b"\n <!-- saved -->" + HTML.encode(),
    "marked.html": b"\xef\xbb\xbf" + HTML.encode(),
    "wide.html": HTML.encode("utf-16"),
    "a.html.gz": gzip.compress(HTML.encode()),
}


@pytest.mark.parametrize(("name", "data"), PAGES.items(), ids=PAGES)
def test_html_file(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (item,) = read_file(path, load_mappings(), Limits())
    assert isinstance(item, RawRecord)
    assert (item.mapping, item.locator, "نص الصفحة" in (item.text or "")) == ("html", "#0", True)


@pytest.mark.parametrize(
    ("data", "declared", "expected"),
    [
        ("é".encode(), "windows-1252", "é"),
        ("é".encode("cp1252"), "windows-1252", "é"),
        (b'<meta charset="iso-8859-1">\xe9', None, '<meta charset="iso-8859-1">é'),
        ("نص الصفحة".encode("cp1256"), None, "نص الصفحة"),
        ("نص الصفحة".encode("cp1256"), "no-such-label", "نص الصفحة"),
        (b"a\0b", "base64", "ab"),
        (b"\xff\xfe\x46\x06", None, "ن"),
    ],
)
def test_characters(data: bytes, declared: str | None, expected: str) -> None:
    record = html_record("#0", None, data, declared, {})

    assert isinstance(record, RawRecord)
    assert record.text == expected
