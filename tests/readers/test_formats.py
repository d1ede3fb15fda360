"""Formats beside pages and JSON: what each shipped mapping reads from a document of its kind, and what bad documents cost."""

import gzip
import io
import json
import os
import re
import tarfile
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.readers import Limits, RawProblem, RawRecord, load_mappings, mapping_from_options, read_file
from schemas.vocab import REASONS

MAPPINGS = load_mappings()


def items(tmp_path: Path, name: str, data: bytes, limits: Limits = Limits(), options: list[str] | None = None) -> list:
    path = tmp_path / name
    path.write_bytes(data)
    return list(read_file(path, load_mappings(mapping_from_options(options)) if options else MAPPINGS, limits))


def seen(found: list) -> list[tuple[str | None, str | None]]:
    """(record id or text or headline) of records and reason codes of problems, with locators."""
    return [
        (item.record_id or item.text or item.fields.get("headline"), item.locator)
        if isinstance(item, RawRecord)
        else (item.reason_code, item.locator)
        for item in found
    ]


TREC = """<DOC>
<DOCNO>T-1</DOCNO>
<URL>http://example.org/a?x=1&y=2&amp;z=3</URL>
<SRC>جريدة المثال</SRC>
<CAT>sport</CAT>
<TITLE>فوز الفريق & خسارة الآخر</TITLE>
<TIME>Sun, 18 Feb 2018 17:21:49 GMT</TIME>
<AUTHOR></AUTHOR>
<ABSTRACT>
ملخص الخبر.
</ABSTRACT>
<TEXT>
قال المدرب << الفريق جاهز >> أمس.
الفقرة الثانية\x02 بسعر 5 < 6.
</TEXT>
</DOC>
""".encode()
TREC_FIELDS = {
    "url": "http://example.org/a?x=1&y=2&z=3",
    "source_name": "جريدة المثال",
    "section": "sport",
    "headline": "فوز الفريق & خسارة الآخر",
    "published_raw": "Sun, 18 Feb 2018 17:21:49 GMT",
    "description": "ملخص الخبر.",
    "body": "قال المدرب << الفريق جاهز >> أمس.\nالفقرة الثانية بسعر 5 < 6.",
}
TREC_MANY = TREC + b"<DOC><DOCNO>T-2</DOCNO><TEXT><P>one</P><P>two</P></TEXT></DOC>" + TREC.replace(b"T-1", b"T-3")

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<!-- <item> --><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>صحيفة المثال</title><link>https://example.org/</link><language>ar</language>
<item><title>عنوان &amp;quot;أول&amp;quot;</title><link>https://example.org/1</link><guid isPermaLink="false">g1</guid>
<pubDate>Tue, 05 Mar 2024 10:00:00 +0300</pubDate><dc:creator><![CDATA[سامي المثال]]></dc:creator>
<category>محليات</category><category>صحة</category><media:content url="https://example.org/a.jpg"/>
<description><![CDATA[<p>موجز</p>]]></description>
<content:encoded><![CDATA[<p>فقرة أولى.</p><script>x</script><p>فقرة </item> ثانية&nbsp;هنا.<br>سطر</p>]]></content:encoded></item>
<item><title>Second</title><link>https://example.org/2</link><description>&lt;p&gt;All of it &amp;amp; more&lt;/p&gt;</description></item>
</channel></rss>""".encode()
RSS_1 = {
    "url": "https://example.org/1",
    "source_name": "صحيفة المثال",
    "headline": 'عنوان "أول"',
    "body": "فقرة أولى.\n\nفقرة ثانية هنا.\nسطر",
    "description": "موجز",
    "byline": "سامي المثال",
    "published_raw": "Tue, 05 Mar 2024 10:00:00 +0300",
    "section": "محليات",
    "keywords": ["محليات", "صحة"],
    "language_declared": "ar",
}
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://example.org/"><title>Example</title></channel>
<item rdf:about="https://example.org/r1"><title>R one</title><link>https://example.org/r1</link><description>Text</description><dc:date>2024-03-05T10:00Z</dc:date></item>
</rdf:RDF>"""
ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Example</title>
<entry><id>urn:x:1</id><title type="text">A &lt; B</title><link rel="self" href="https://example.org/self"/><link rel="alternate" href="https://example.org/a1"/>
<published>2024-03-05T10:00:00Z</published><updated>2024-03-06T10:00:00Z</updated><author><name>Ann Example</name></author><author><name>Bob Example</name></author>
<category term="x" label="Science"/><summary>Short</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One <b>bold</b>.</p><p>Two.</p></div></content></entry></feed>"""
NEWSML = b"""<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2024-03-05T10:05:00Z</sent></header><itemSet>
<newsItem guid="urn:newsml:example.org:1" version="2" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/><provider><name>Example Wire</name></provider>
<versionCreated>2024-03-05T10:04:00Z</versionCreated><firstCreated>2024-03-05T09:00:00Z</firstCreated></itemMeta>
<contentMeta><contentCreated>2024-03-05T08:00:00Z</contentCreated><creditline>EXW</creditline><by>By Ann Example</by><language tag="en"/>
<headline role="hld:subHeadline">Under it</headline><headline role="hld:main">Over it</headline><subject qcode="medtop:1"><name>economy</name></subject></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>No</title></head><body><p>First.</p><p>Second.</p></body></html></inlineXML></contentSet></newsItem>
</itemSet></newsMessage>"""
NITF = b"""<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf-3-6.dtd" [<!ENTITY x "y">]>
<nitf uno="u1"><head><title>T</title><docdata><date.issue norm="20240305T100000Z"/><doc-id id-string="doc-1"/><key-list><keyword key="trade"/><keyword key="ports"/></key-list></docdata>
<pubdata name="Example Daily" position.section="B"/></head><body><body.head><hedline><hl1>Ports &nbsp;open</hl1><hl2>After a week</hl2></hedline>
<byline>By <person>Ann Example</person></byline><dateline><location>Aden</location></dateline><abstract><p>Brief.</p></abstract></body.head>
<body.content><block><p>One.</p><hl2>Middle</hl2><p>Two <em>now</em>.</p><media media-type="image"><media-caption>A caption</media-caption></media></block></body.content></body></nitf>"""
NINJS_1 = {
    "uri": "http://example.org/n/1", "type": "text", "versioncreated": "2024-03-05T10:00:00Z", "firstcreated": "2024-03-05T09:00:00Z",
    "headline": "Flat", "byline": "By Ann", "body_xhtml": "<div><p>One.</p><p>Two &amp; three.</p></div>", "body_text": "no",
    "language": "en", "subject": [{"code": "medtop:1", "name": "economy"}, {"name": "trade"}], "located": "Aden",
}  # fmt: skip
NINJS_3 = {
    "uri": "urn:newsml:1", "versionCreated": "2024-03-05T10:00:00Z", "by": "Ann",
    "headlines": [{"role": "short", "value": "S"}, {"role": "main", "value": "Long"}],
    "bodies": [{"role": "main", "contentType": "text/plain", "value": "A < B\nC"}],
    "infoSources": [{"name": "Example Wire"}],
}  # fmt: skip
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1", "title": "Example", "language": "ar",
    "items": [{"id": "1", "url": "https://example.org/1", "title": "J", "content_html": "<p>a</p><p>b</p>", "tags": ["t"],
               "authors": [{"name": "Ann"}]}, "odd"],
}  # fmt: skip
CSV = '\ufeffid,title,content,date\r\n1,أ,"سطر\r\n\r\nثان, ""نعم""",2024-03-05\r\n2,ب,ج,\r\n'.encode()


def record(
    mapping: str, record_id: str | None, fields: dict[str, Any], locator: str = "#0", unknown: bool = False
) -> RawRecord:
    return RawRecord(locator, record_id, mapping, fields.pop("text", None), fields, unknown)


READ = [
    ("t.txt", TREC, [record("trec", "T-1", dict(TREC_FIELDS))]),
    ("f.xml", RSS, [
        record("rss", "g1", dict(RSS_1)),
        record("rss", "https://example.org/2", {
            "url": "https://example.org/2", "source_name": "صحيفة المثال", "headline": "Second", "body": "All of it & more",
            "description": "All of it & more", "language_declared": "ar"}, "#1")]),
    ("f.rdf", RDF, [record("rss", "https://example.org/r1", {
        "url": "https://example.org/r1", "source_name": "Example", "headline": "R one", "body": "Text", "description": "Text",
        "published_raw": "2024-03-05T10:00Z"})]),
    ("feed", ATOM, [record("atom", "urn:x:1", {
        "url": "https://example.org/a1", "source_name": "Example", "headline": "A < B", "body": "One bold.\n\nTwo.", "description": "Short",
        "authors": ["Ann Example", "Bob Example"], "published_raw": "2024-03-05T10:00:00Z", "modified_raw": "2024-03-06T10:00:00Z",
        "section": "Science", "keywords": ["Science"], "language_declared": "en"})]),
    ("n.xml", NEWSML, [record("newsml_g2", "urn:newsml:example.org:1", {
        "source_name": "Example Wire", "headline": "Over it", "subheadline": "Under it", "body": "First.\n\nSecond.", "byline": "By Ann Example",
        "credit": "EXW", "published_raw": "2024-03-05T09:00:00Z", "modified_raw": "2024-03-05T10:04:00Z", "keywords": ["economy"],
        "language_declared": "en"})]),
    ("n.nitf", NITF, [record("nitf", "doc-1", {
        "source_name": "Example Daily", "headline": "Ports \u00a0open", "subheadline": "After a week", "body": "One.\n\nMiddle\n\nTwo now.",
        "description": "Brief.", "byline": "By Ann Example", "authors": ["Ann Example"], "dateline": "Aden",
        "published_raw": "20240305T100000Z", "section": "B", "keywords": ["trade", "ports"]})]),
    ("n1.json", json.dumps(NINJS_1).encode(), [record("ninjs", "http://example.org/n/1", {
        "url": "http://example.org/n/1", "headline": "Flat", "body": "One.\n\nTwo & three.", "byline": "By Ann", "dateline": "Aden",
        "published_raw": "2024-03-05T09:00:00Z", "modified_raw": "2024-03-05T10:00:00Z", "language_declared": "en",
        "keywords": ["economy", "trade"]})]),
    ("n3.json", json.dumps([NINJS_3], indent=1).encode(), [record("ninjs", "urn:newsml:1", {
        "source_name": "Example Wire", "headline": "Long", "body": "A < B\nC", "byline": "Ann", "published_raw": "2024-03-05T10:00:00Z",
        "modified_raw": "2024-03-05T10:00:00Z"})]),
    ("feed.json", json.dumps(JSON_FEED).encode(), [
        record("jsonfeed", "1", {
            "url": "https://example.org/1", "source_name": "Example", "headline": "J", "body": "a\n\nb", "authors": ["Ann"], "keywords": ["t"],
            "language_declared": "ar"}, "#0/0"),
        RawProblem("record_not_object", "#0/1", observed="odd")]),
    ("a.csv", CSV, [
        record("articles", "1", {"headline": "أ", "body": 'سطر\r\n\r\nثان, "نعم"', "published_raw": "2024-03-05"}),
        record("articles", "2", {"headline": "ب", "body": "ج"}, "#1")]),
    ("a.tsv", b"id\ttext\turl\n1\tsome \"page\tu\n", [record("page", "1", {"text": 'some "page', "url": "u"})]),
    ("semicolons.csv", b"id;text\n1;a,b\n", [record("page", "1", {"text": "a,b"})]),
    ("no-name", b"id|text\n1|a\n", [record("page", "1", {"text": "a"})]),
    ("mac.csv", b"id,text\r1,a\r2,b\r", [record("page", "1", {"text": "a"}), record("page", "2", {"text": "b"}, "#1")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "expected"), READ, ids=[case[0] for case in READ])
def test_format(tmp_path: Path, name: str, data: bytes, expected: list) -> None:
    assert items(tmp_path, name, data) == expected


def parquet(table: pa.Table, **options: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    return out.getvalue()


FINEWEB = parquet(
    pa.table({
        "text": ["page one", "page two", None], "id": ["<urn:uuid:1>", "2", "3"], "dump": ["D"] * 3, "url": ["https://example.org/1"] * 3,
        "date": ["2024-03-05T00:00:00Z"] * 3, "file_path": ["s3://x"] * 3, "language": ["ar"] * 3, "language_score": [0.9] * 3,
        "token_count": [2] * 3,
    }),
    row_group_size=2,
)  # fmt: skip
NESTED = parquet(
    pa.table({
        "title": ["H"], "content": ["B"], "date": [datetime(2024, 3, 5, 10)], "tags": [["x", "y"]], "extra": [1],
        "author": [{"name": "Ann"}],
    })
)  # fmt: skip


def test_parquet(tmp_path: Path) -> None:
    common = {"url": "https://example.org/1", "fetched_raw": "2024-03-05T00:00:00Z", "language_declared": "ar"}
    missing = RawProblem("text_missing", "#2", "3", observed="date, id, language, text, url")
    expected = [
        RawRecord("#0", "<urn:uuid:1>", "fineweb", "page one", common, False),
        RawRecord("#1", "2", "fineweb", "page two", common, False),
        missing,
    ]
    assert items(tmp_path, "a.parquet", FINEWEB) == expected


def test_parquet_values(tmp_path: Path) -> None:
    fields = {
        "headline": "H", "body": "B", "byline": {"name": "Ann"}, "published_raw": "2024-03-05T10:00:00", "keywords": ["x", "y"],
    }  # fmt: skip
    assert items(tmp_path, "a.parquet", NESTED) == [RawRecord("#0", None, "articles", None, fields, True)]


zst = zstandard.ZstdCompressor().compress


def zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def tarred(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


DOCUMENTS = [
    ("t.txt", TREC_MANY), ("f.xml", RSS), ("f.rdf", RDF), ("a.atom", ATOM), ("n.xml", NEWSML), ("n.nitf", NITF),
    ("n.json", json.dumps(NINJS_1).encode()), ("f.json", json.dumps(JSON_FEED).encode()), ("a.csv", CSV),
    ("a.tsv", b"id\ttext\n1\ta\n"), ("a.parquet", FINEWEB), ("b.parquet", NESTED),
]  # fmt: skip
PACKED: list[tuple[str, Callable[[str, bytes], bytes], bool]] = [
    (".gz", lambda name, data: gzip.compress(data), False),
    (".zst", lambda name, data: zst(data), False),
    (".zip", zipped, True),
    (".tar", tarred, True),
]


@pytest.mark.parametrize(("name", "data"), DOCUMENTS, ids=[case[0] for case in DOCUMENTS])
@pytest.mark.parametrize(("suffix", "pack", "is_archive"), PACKED, ids=[case[0] for case in PACKED])
def test_same_records_in_every_container(
    tmp_path: Path, name: str, data: bytes, suffix: str, pack: Callable[[str, bytes], bytes], is_archive: bool
) -> None:
    bare = items(tmp_path, name, data)
    packed = items(tmp_path, (name + suffix).replace(".txt.gz", ".gz").replace(".txt.zst", ".zst"), pack(name, data))
    assert [(item, (item.locator or "").removeprefix(name if is_archive else "")) for item in bare] == [
        (type(item)(**{**fields_of(item), "locator": (item.locator or "").removeprefix(name)}), (item.locator or "").removeprefix(name))
        for item in packed
    ]  # fmt: skip


def fields_of(item: RawRecord | RawProblem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in item.__slots__}


BOMB = (
    b'<!DOCTYPE lolz [<!ENTITY lol "lol">'
    + b"".join(b'<!ENTITY lol%d "%s">' % (n, b"&lol%s;" % (str(n - 1).encode() if n > 1 else b"") * 10) for n in range(1, 10))
    + b"]><rss><channel><item><title>&lol9;</title></item><item><title>after</title></item></channel></rss>"
)  # fmt: skip
DEEP = (
    b"<rss><channel><item><title>a</title>"
    + b"<b>" * 1_000_000
    + b"</item><item><title>after</title></item></channel></rss>"
)
SMALL = Limits(max_record_bytes=400)
BAD: list[tuple[str, bytes, Limits, list[tuple[str, str | None]]]] = [
    ("cut-in-record.xml", RSS[:-60], Limits(), [("g1", "#0"), ("xml_invalid", "#1")]),
    ("cut-after-record.xml", RSS[: RSS.index(b"<item><title>Second")], Limits(), [("g1", "#0"), ("xml_invalid", "#1")]),
    ("cut-header.xml", RSS[:200], Limits(), [("xml_invalid", "#0")]),
    ("empty-feed.xml", b"<rss><channel><title>t</title></channel></rss>", Limits(), []),
    ("latin.xml", RSS.replace("موجز".encode(), b"\xe9"), Limits(), [("encoding_invalid", "#0"), ("https://example.org/2", "#1")]),
    ("cp1256.xml", RSS.replace(b"UTF-8", b"windows-1256").decode().encode("cp1256"), Limits(), [("g1", "#0"), ("https://example.org/2", "#1")]),
    ("utf16.xml", RSS.replace(b"UTF-8", b"UTF-16").decode().encode("utf-16"), Limits(), [("g1", "#0"), ("https://example.org/2", "#1")]),
    ("unknown-label.xml", RSS.replace(b"UTF-8", b"zip"), Limits(), [("encoding_invalid", None)]),
    ("other.xml", b"<?xml version='1.0'?><catalog><book/></catalog>", Limits(), [("mapping_unknown", None)]),
    ("other-item.xml", b"<rss><channel><item><x/></item></channel></rss>", Limits(), [("mapping_unknown", "#0")]),
    ("nul.xml", b"<rss><channel><item><title>a\0</title></item></channel></rss>", Limits(), [("nul_bytes", "#0")]),
    ("broken.xml", b"<rss><channel><item><title>a & b &nbsp;<b>c</title></item><item><title>d</title></item></channel></rss>", Limits(), [("a & b c", "#0"), ("d", "#1")]),
    ("bomb.xml", BOMB, Limits(), [("&lol9;", "#0"), ("after", "#1")]),
    ("deep.xml", DEEP, Limits(), [("record_too_complex", "#0"), ("after", "#1")]),
    ("deep-quietly.xml", DEEP.replace(b"<b>" * 1_000_000, b"<b>" * 3000), Limits(), [("record_too_complex", "#0"), ("after", "#1")]),
    ("deep-html.xml", DEEP.replace(b"<b>" * 1_000_000, b"<description>" + b"&lt;b&gt;" * 90_000 + b"</description>"), Limits(), [("record_too_complex", "#0"), ("after", "#1")]),
    ("large.xml", b"<rss><channel><item>" + b"x" * 999 + b"</item><item><title>after</title></item></channel></rss>", SMALL, [("record_too_large", "#0"), ("after", "#1")]),
    ("forgotten.txt", b"<DOC><DOCNO>1</DOCNO><TEXT>a<DOC><DOCNO>2</DOCNO><TEXT>b</TEXT></DOC>", Limits(), [("1", "#0"), ("2", "#1")]),
    ("cut.txt", TREC_MANY[:-30], Limits(), [("T-1", "#0"), ("T-2", "#1"), ("xml_invalid", "#2")]),
    ("magic.parquet", b"PAR2" + FINEWEB[4:], Limits(), [("file_corrupt", None)]),
    ("cut.parquet", FINEWEB[:-20], Limits(), [("file_corrupt", None)]),
    ("head.parquet", FINEWEB[:60], Limits(), [("file_corrupt", None)]),
    ("text.parquet", b"not Parquet", Limits(), [("file_corrupt", None)]),
    ("odd.parquet", parquet(pa.table({"zzz": [1]})), Limits(), [("mapping_unknown", None)]),
    ("large.parquet", parquet(pa.table({"text": ["a" * 999, "b"]})), SMALL, [("record_too_large", "#0"), ("b", "#1")]),
    ("spool.zip", zipped("a.parquet", FINEWEB), Limits(max_spool_bytes=100), [("spool_too_large", "a.parquet")]),
    ("no-header.csv", b"1,abc\n2,def\n", Limits(), [("mapping_unknown", None)]),
    ("ragged.csv", b"id,text\n1,a\n2\n3,a,b\n4,d,,\n", Limits(), [("1", "#0"), ("row_ragged", "#1"), ("row_ragged", "#2"), ("4", "#3")]),
    ("delimiter.tsv", b"id,text\n1,a\n", Limits(), [("1", "#0")]),
    ("header-only.csv", b"id,text\n", Limits(), []),
    ("latin.csv", b"id,text\n1,\xe9\n2,b\n", Limits(), [("encoding_invalid", "#0"), ("2", "#1")]),
    ("nul.csv", b"id,text\n1,a\0\n2,b\n", Limits(), [("nul_bytes", "#0"), ("2", "#1")]),
    ("large.csv", b"id,text\n1," + b"a" * 999 + b"\n2,b\n", SMALL, [("record_too_large", "#0"), ("2", "#1")]),
    ("open-quote.csv", b'id,text\n1,"a\n' + b"".join(b"%d,b\n" % n for n in range(2, 200)), SMALL, [("record_too_large", "#0"), *((str(n), f"#{n - 1}") for n in range(2, 200))]),
    ("ends-in-quote.csv", b'id,text\n1,"a\n2,b\n', Limits(), [("row_ragged", "#0"), ("2", "#1")]),
    ("open-quotes.csv", b"id,text\n" + b'a"b,"c\n' * 20_000, Limits(), [("row_ragged", f"#{n}") for n in range(20)] + [('a"b', f"#{n}") for n in range(20, 20_000)]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "limits", "expected"), BAD, ids=[case[0] for case in BAD])
def test_bad_document(
    tmp_path: Path, name: str, data: bytes, limits: Limits, expected: list[tuple[str, str | None]]
) -> None:
    assert seen(items(tmp_path, name, data, limits)) == expected


def test_columns_by_position(tmp_path: Path) -> None:
    found = items(tmp_path, "a.csv", b"7,page one\n8,page two\n", options=["record_id=#1", "text=#2"])
    assert seen(found) == [("7", "#0"), ("8", "#1")]


def test_a_large_field_is_one_record(tmp_path: Path) -> None:
    found = items(tmp_path, "a.csv", b'id,text\n1,"' + b"line\n" * 400_000 + b'"\n2,b\n')
    assert [len(item.text) for item in found] == [2_000_000, 1]


def test_records_cut_anywhere_by_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [items(tmp_path, name, data) for name, data in DOCUMENTS]
    for size in (1, 7, 300):
        monkeypatch.setattr("pipeline.readers.streams.CHUNK", size)
        monkeypatch.setattr("pipeline.readers.streams.HEAD", 600)
        assert [items(tmp_path, name, data) for name, data in DOCUMENTS] == whole


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(DOCUMENTS), st.data())
def test_no_bytes_raise(tmp_path: Path, case: tuple[str, bytes], data: st.DataObject) -> None:
    name, content = case
    cut = data.draw(st.integers(0, len(content)))
    damaged = content[:cut] + data.draw(st.binary(max_size=40)) + content[cut + data.draw(st.integers(0, 60)) :]
    codes = {item.reason_code for item in items(tmp_path, name, damaged) if isinstance(item, RawProblem)}
    assert codes - REASONS.keys() == set()


SHARED = Path(os.environ.get("WARRAQ_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data"
ANT_FIELDS = {
    "TITLE": "headline", "URL": "url", "TIME": "published_raw", "SRC": "source_name", "CAT": "section", "AUTHOR": "byline",
    "ABSTRACT": "description", "TEXT": "body",
}  # fmt: skip


@pytest.mark.skipif(not SHARED.exists(), reason="needs the real dumps in ../shared/data")
@pytest.mark.parametrize(
    ("name", "count"), [("antcorpus-2015-2017q1.zip", 7477), ("antcorpus-multisource-2018-02-05.zip", 17400)]
)
def test_ant_corpus_is_read_whole(name: str, count: int) -> None:
    """Every member is one record, and every field is what stands between its tags, less control characters."""
    different: list[tuple[str, str]] = []
    locators = []
    with zipfile.ZipFile(SHARED / name) as archive:
        members = [f"{info.filename}#0" for info in archive.infolist() if not info.is_dir()]
        for item in read_file(SHARED / name, MAPPINGS, Limits()):
            locators.append(item.locator)
            raw = re.sub(r"[\x01-\x08\x0b-\x1f]", "", archive.read(item.locator.removesuffix("#0")).decode())
            for tag, ours in ANT_FIELDS.items():
                stated = re.search(f"<{tag}>(.*?)</{tag}>", raw, re.DOTALL)
                if (item.fields.get(ours) or "") != (stated[1].strip() if stated else ""):
                    different.append((item.locator, ours))
    assert (len(locators), locators == members, different) == (count, True, [])
