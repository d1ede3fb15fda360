"""WARC, WET and HTML files: every kind of record, compared with the exact records and problems expected."""

import gzip
from pathlib import Path

import pytest
import zstandard

from pipeline.readers import Limits, RawProblem, RawRecord, load_mappings, read_file
from pipeline.readers.markup import html_record
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


def test_a_broken_member_keeps_what_came_before(tmp_path: Path) -> None:
    members = list(map(gzip.compress, RECORDS))
    broken = bytearray(members[4])
    broken[-10] ^= 0xFF
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(members[:4]) + bytes(broken) + b"".join(members[5:]))
    items = list(read_file(path, load_mappings(), LIMITS))
    assert items[:2] == EXPECTED[:2]
    assert [item.reason_code for item in items if isinstance(item, RawProblem)][-1] == "file_corrupt"


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
