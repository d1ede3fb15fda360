"""Decides what the sample dumps hold; `vocabulary.toml` beside it says in which words. The same bytes every time.

    python tests/samples/make.py [FOLDER]        writes samples/ (or FOLDER) anew

Every page, record and outlet is invented. Nothing is compressed but by zstd, whose version the lock pins: the bytes of
deflate differ between builds of zlib.
"""

import io
import json
import random
import shutil
import struct
import sys
import tomllib
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import zstandard

from tests.samples import layouts

FOLDER = Path(__file__).resolve().parents[2] / "samples"
VOCABULARY = tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text(encoding="utf-8"))
OUTLETS = VOCABULARY["outlets"]
ENGLISH_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
POSTED = "pic.twitter.com"
MIB = 2**20


@dataclass(frozen=True)
class Story:
    """An article as its outlet has it, and the page it is captured on."""

    outlet: dict[str, Any]
    number: int
    headline: str
    paragraphs: tuple[str, ...]
    keyword: str
    published: date | None
    captured: datetime
    credit: str | None = None
    embedded: "Story | None" = None
    post: str | None = None
    related: tuple[str, ...] = ()
    mojibake: bool = False

    @property
    def url(self) -> str:
        return f"{self.outlet['url']}{self.number}"


def compose(rng: random.Random, outlet: dict[str, Any], day: date, number: int) -> Story:
    """A new story of an outlet, published on `day` and captured within two days."""
    words = VOCABULARY[outlet["language"]]
    topic = rng.choice(words["topics"])
    today = rng.random() < 0.4
    when = day - timedelta(days=0 if today else 1)
    indic = outlet["language"] == "ar" and rng.random() < 0.2
    slots = {
        "town": rng.choice(words["towns"]),
        "day": words["today" if today else "yesterday"].format(weekday=words["weekdays"][when.weekday()]),
        "last_month": words["months"][day.month - 1],
        "next_month": words["months"][day.month + 1],
        "agency": outlet["agency"],
    }
    lead = rng.randrange(len(topic["ledes"]))
    opening = numbers(rng, outlet["language"], indic)
    lines = [
        line.format(**slots, **numbers(rng, outlet["language"], indic)) for line in middle_and_end(rng, topic, words)
    ]
    lines.insert(0, topic["ledes"][lead].format(**slots, **opening))
    return Story(
        outlet,
        number,
        rng.choice(topic["headlines"][lead::2]).format(**slots, **opening),
        tuple(lines),
        topic["name"],
        day,
        datetime(day.year, day.month, day.day, rng.randrange(6, 22), rng.randrange(60), rng.randrange(60), tzinfo=UTC)
        + timedelta(days=rng.choice((0, 0, 1, 2))),
        outlet["agency"] if rng.random() < 0.2 else outlet["name"] if rng.random() < 0.6 else None,
    )


def middle_and_end(rng: random.Random, topic: dict[str, Any], words: dict[str, Any]) -> list[str]:
    middle = rng.sample(topic["details"], rng.randint(2, len(topic["details"])))
    middle += rng.sample(topic["quotes"], rng.randint(1, len(topic["quotes"])))
    rng.shuffle(middle)
    return [*middle, *rng.sample(words["closings"], rng.randint(1, 2))]


def numbers(rng: random.Random, language: str, indic: bool) -> dict[str, str]:
    many = 100 * rng.randrange(2, 99)
    made = {"n": str(rng.randrange(12, 96)), "m": f"{many:,}" if language == "en" else str(many)}
    return {name: text.translate(ARABIC_INDIC) for name, text in made.items()} if indic else made


def month_of_pages(rng: random.Random, month: int, n: int) -> list[Story]:
    """`n` pages of a month, some with a second article, a social post, related headlines, no date, or broken encoding."""
    first = number = 1000 * month
    stories = []
    for number in range(first, first + n):
        outlet = OUTLETS[rng.choice((0, 0, 1, 1, 2, 3, 3))]
        stories.append(compose(rng, outlet, date(2024, month, rng.randrange(2, 28)), number))
    pages = []
    for story in stories:
        near = [other for other in stories if other.outlet["language"] == story.outlet["language"] and other != story]
        invented = [compose(rng, story.outlet, story.captured.date(), 0) for _ in range(3)]
        if rng.random() < 0.45:
            known = [other for other in near if other.captured <= story.captured]
            second = rng.choice(known) if known and rng.random() < 0.5 else invented[0]
            post = posted(rng, second, second.published or second.captured.date()) if rng.random() < 0.5 else None
            story = replace(story, embedded=replace(second, paragraphs=second.paragraphs[:3]), post=post)
        if rng.random() < 0.8:
            headlines = [other.headline for other in (*rng.sample(near, 4), *invented[1:])]
            story = replace(story, related=tuple(dict.fromkeys(headlines)))
        chance = rng.random()
        story = replace(story, published=None) if chance < 0.04 else story
        pages.append(replace(story, mojibake=chance > 0.94 and story.outlet["language"] == "ar"))
    return pages


def posted(rng: random.Random, about: Story, day: date) -> str:
    """A social post and its signature."""
    name = rng.choice(VOCABULARY[about.outlet["language"]]["post_names"])
    signature = f"— {name} (@{about.outlet['id']}_example) {ENGLISH_MONTHS[day.month - 1]} {day.day}, {day.year}"
    return f"{about.headline} {POSTED}/{rng.randrange(16**8):08x}\n\n{signature}"


def copies_and_updates(rng: random.Random, pages: list[Story]) -> Iterator[Story]:
    """Copies of a story at another outlet, and later captures whose text has grown."""
    arabic = [page for page in pages if page.outlet["language"] == "ar" and not page.mojibake]
    for page in rng.sample(arabic, 8):
        other = next(outlet for outlet in OUTLETS if outlet["id"] != page.outlet["id"])
        yield replace(
            page, outlet=other, captured=page.captured + timedelta(hours=3), embedded=None, credit=page.outlet["agency"]
        )
    for page in rng.sample([page for page in pages if page.published and not page.mojibake], 8):
        more = rng.choice(VOCABULARY[page.outlet["language"]]["closings"])
        later = page.captured + timedelta(days=1)
        months = VOCABULARY[page.outlet["language"]]["months"]
        grown = more.format(next_month=months[4], last_month=months[1], town=months[0], agency=page.outlet["agency"])
        yield replace(page, captured=later, paragraphs=(*page.paragraphs, grown))


def mojibake(text: str) -> str:
    """UTF-8 read as windows-1256, with the invisible soft hyphen lost, as aggregators deliver it."""
    return text.encode().decode("cp1256", errors="replace").replace("\u00ad", "")


def page_text(story: Story) -> str:
    """The page as plain text, in the `aggregator` layout."""
    shown: Callable[[str], str] = mojibake if story.mojibake else lambda text: text
    day = story.published
    stated = f" {ordinal(day.day)}, {ENGLISH_MONTHS[day.month - 1]} {day.year} GMT" if day else ""
    blocks = [
        f"{story.outlet['name']}:\n{story.captured:%Y-%m-%d@%H:%M:%S} GMT",
        *(shown(story.headline), f"تاريخ النشر:{stated}", shown(story.headline)),
        *map(shown, story.paragraphs),
    ]
    if story.credit:
        blocks.append(f"المصدر: {story.credit}")
    if story.number % 3:
        blocks.append(
            f"كلمات دلالية: {story.keyword} {VOCABULARY[story.outlet['language']]['topics'][story.number % 5]['name']}"
        )
    if story.embedded:
        first, *rest = story.embedded.paragraphs
        blocks += ["إقرأ أيضاً:", story.embedded.headline, first, *([story.post] if story.post else []), *rest]
    if story.related:
        blocks += ["مقالات مشابهة", "\n".join(f"  • {headline}" for headline in story.related)]
    return "\n\n".join(blocks) + "\n"


def ordinal(day: int) -> str:
    return f"{day}{'th' if 11 <= day <= 13 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def loose_pages(rng: random.Random) -> dict[str, Story]:
    """One page a case, small enough to read."""
    arabic = [compose(rng, OUTLETS[n % 3], date(2024, 3, 11 + n), 10 * n + 3) for n in range(10)]
    plain, inside = arabic[0], replace(arabic[1], paragraphs=arabic[1].paragraphs[:3])
    tuesday = replace(
        inside, paragraphs=("أعلنت لجنة الفعاليات، اليوم الثلاثاء، " + inside.headline + ".", *inside.paragraphs[1:])
    )
    english = compose(rng, OUTLETS[3], date(2024, 3, 12), 7)
    grown = f"وأضاف المصدر لاحقا أن العدد بلغ {rng.randrange(12, 96)} مشاركا، وأن التسجيل لا يزال مفتوحا أمام الجميع."
    return {
        "plain": plain,
        "plain-captured-again-with-more-text": replace(
            plain, captured=plain.captured + timedelta(days=1), paragraphs=(*plain.paragraphs, grown)
        ),
        "copy-at-another-outlet": replace(plain, outlet=OUTLETS[1], credit=plain.outlet["agency"]),
        "embedded": replace(arabic[2], embedded=inside),
        "embedded-with-post": replace(arabic[3], embedded=inside, post=posted(rng, inside, date(2024, 3, 12))),
        "embedded-with-post-of-another-week": replace(
            arabic[4], embedded=tuesday, post=posted(rng, inside, date(2024, 3, 7))
        ),
        "related": replace(arabic[5], related=tuple(story.headline for story in arabic[:5])),
        "no-publication-date": replace(arabic[6], published=None),
        "mojibake": replace(arabic[7], mojibake=True),
        "tags-and-no-credit": replace(arabic[8], credit=None, number=4),
        "english": english,
        "english-embedded": replace(
            compose(rng, OUTLETS[3], date(2024, 3, 14), 8), embedded=replace(english, paragraphs=english.paragraphs[:2])
        ),
    }


def structured(rng: random.Random, n: int, first: int = 7000) -> list[dict[str, Any]]:
    """Articles as fields: local times without an offset, some without a date, some edited later, one delivered twice."""
    rows = []
    for number in range(n):
        story = compose(rng, OUTLETS[number % len(OUTLETS)], date(2024, 3, rng.randrange(2, 28)), first + number)
        at = datetime(2024, 3, story.published.day if story.published else 1, rng.randrange(24), rng.randrange(60))
        edited = (at + timedelta(hours=rng.randrange(1, 30))).isoformat(" ", "minutes") if number % 6 == 5 else None
        rows.append(
            {
                "id": f"{story.outlet['id']}-{story.number}",
                "source": story.outlet["name"],
                "url": story.url,
                "title": story.headline,
                "author": story.credit,
                "date": None if number % 15 == 14 else at.isoformat(" ", "minutes"),
                "date_modified": edited,
                "crawl_date": (at + timedelta(days=2)).isoformat() + "Z",
                "section": story.keyword,
                "tags": [story.keyword] if number % 2 else [],
                "content": "\n".join(story.paragraphs),
            }
        )
    return [*rows, rows[0] | {"id": "delivered-again", "url": rows[0]["url"] + "?utm_source=feed"}]


TEXT = "This sample record is invented; it is long enough to be the body of an article and says nothing."
SPOILED: tuple[tuple[str, dict[str, Any]], ...] = (
    # what is wrong (a reason code), and the fields that make it so
    ("headline_missing", {"title": " "}),
    ("body_missing", {"body": None}),
    ("body_too_short", {"body": "One line."}),
    ("body_without_letters", {"body": "12 - 34 - 56 - 78\n" * 4}),
    ("body_one_line_repeated", {"body": (TEXT + "\n") * 3}),
    ("headline_equals_body", {"title": "The body says this, and no more than this", "body": "The body says this – and no more than this …"}),
    ("url_not_absolute", {"url": "/story/7"}),
    ("published_in_future", {"date": "2099-01-05"}),
    ("published_before_1900", {"date": "1024-03-11"}),
    ("text_missing", {"title": None, "body": ""}),
    ("nul_bytes", {"body": TEXT + "\0"}),
    ("unknown_fields", {"mood": "calm"}),
    ("headline_long", {"title": "Far too long " * 30}),
    ("headline_is_address", {"title": "IMG_20240311.jpg"}),
    ("headline_opens_body", {"title": "A headline left in the text", "body": f"A headline left in the text\n{TEXT}"}),
    ("body_long", {"body": f"{TEXT}\n" + "\n".join(f"Line {n} of a long list." for n in range(9000))}),
    ("paragraphs_repeated", {"body": "\n".join((TEXT, *["It says the same thing again here."] * 3))}),
    ("keywords_many", {"tags": [f"tag {n}" for n in range(60)]}),
    ("modified_before_published", {"date_modified": "2024-03-01"}),
    ("fetched_date_unlikely", {"crawl_date": "2098-03-12T06:00:00Z"}),
    ("record_id_reused", {}),
    ("record_id_reused", {"url": "https://larkhaven.example/bad/another-article-with-the-same-id"}),
)  # fmt: skip


def spoiled() -> Iterator[tuple[str, bytes]]:
    """(reason code, line of JSON) of records with one thing wrong each; the code is also their id where they can have one."""
    good = {
        "source_id": "larkhaven",
        "title": "A sample record",
        "body": TEXT,
        "date": "2024-03-11",
        "crawl_date": "2024-03-12T06:00:00Z",
    }
    for number, (code, fields) in enumerate(SPOILED):
        if code != "body_long":  # is in a compressed file: see `bad_files`
            yield code, line({"id": code, "url": f"https://larkhaven.example/bad/{number}"} | good | fields)
    yield "json_invalid", b'{"id": "json_invalid", "title": "a comma too many",}'
    yield "record_not_object", b'["record_not_object"]'
    yield "mapping_unknown", b'{"mapping_unknown": "no field that says where the text is"}'
    yield "encoding_invalid", b'{"id": "encoding_invalid", "title": "caf\xe9", "body": "one byte that is not UTF-8"}'


def bad_files(rng: random.Random) -> dict[str, bytes]:
    """Files that cannot be read whole, or whose pages break a rule, by name."""
    story = compose(rng, OUTLETS[2], date(2024, 3, 18), 1)
    inside = replace(compose(rng, OUTLETS[2], date(2024, 3, 17), 2), headline="عنوان يتكرر في الصفحة نفسها")
    inside = replace(inside, paragraphs=inside.paragraphs[:2])
    twice = page_text(replace(story, embedded=inside))
    repeated = twice[twice.index("إقرأ أيضاً:") :]
    long_body = dict(SPOILED)["body_long"] | {
        "id": "body_long",
        "title": "A list that is too long",
        "source_id": "larkhaven",
    }
    page = page_text(replace(story, headline="صفحة سليمة داخل أرشيف"))
    return {
        "empty.txt": b"",
        "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(range(64)),
        "truncated.jsonl.gz": stored_gzip(b"".join(line(r) + b"\n" for r in structured(rng, 3, first=9000)))[:-400],
        "expands-without-end.jsonl.zst": zstd(b" " * MIB for _ in range(65)),
        "record-too-large.jsonl.zst": zstd([b'{"id": "large", "text": "', *[b"a" * MIB] * 11, b'"}\n', line(long_body)]),
        "path-leaves-archive.zip": stored_zip({"../outside.txt": page, "inside.txt": page}),
        "trailing-comma.json": b'[\n {"id": "1", "title": "The last record before the break", "source_id": "larkhaven", "body": "'
        + TEXT.encode() + b'"},\n]\n',
        "ragged-row.csv": f'id,source_id,title,body\ncsv-1,larkhaven,A table of notices,"{TEXT}"\ncsv-2,larkhaven,too few cells\n'.encode(),
        "cut-feed.rss": b"<rss version='2.0'><channel><title>Larkhaven</title><item><title>The feed that breaks off</title>"
        + f"<description>{TEXT}</description></item><item><title>half".encode(),
        "too-deep.nitf": b"<nitf><body><body.content>" + b"<p>" * 300 + b"</p>" * 300 + b"</body.content></body></nitf>\n",
        "crawl.warc": layouts.crawl(),
        "nests-too-deep.html.zst": zstd([b"<!DOCTYPE html><html><body>", b"<div>" * 20_000, TEXT.encode()]),
        "koi8-r.txt": "Вестник Ларкхейвена: паром делает два новых вечерних рейса с апреля.".encode("koi8-r"),
        "unknown-layout.txt": "صفحة بلا ترويسة يعرفها أي تخطيط.\n\nفقرة واحدة فقط، ثم لا شيء.\n".encode(),
        "embeds-the-same-twice.txt": (twice.rstrip("\n") + "\n\n" + repeated).encode(),
        "lead-too-short.txt": page_text(replace(story, headline="عنوان صفحة بلا نص كاف", paragraphs=("سطر.",), embedded=inside)).encode(),
        "records.jsonl": b"".join(found + b"\n" for _, found in spoiled()),
    }  # fmt: skip


def line(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode()


def page_line(number: int, story: Story) -> bytes:
    crawled = f"{story.captured:%Y-%m-%dT%H:%M:%SZ}"
    return line({"id": f"{number:04d}", "url": story.url, "crawl_date": crawled, "text": page_text(story)})


def zstd(chunks: Iterable[bytes]) -> bytes:
    packer = zstandard.ZstdCompressor(level=3).compressobj()
    return b"".join(map(packer.compress, chunks)) + packer.flush()


def stored_gzip(data: bytes) -> bytes:
    """gzip with one stored block (RFC 1951, 3.2.4; RFC 1952)."""
    size = len(data)
    block = b"\x01" + struct.pack("<HH", size, size ^ 0xFFFF) + data
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + block + struct.pack("<II", zlib.crc32(data), size)


def stored_zip(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name), text)  # ZipInfo: no clock
    return out.getvalue()


def files() -> dict[str, bytes]:
    """Every sample file, by its path below `samples/`."""
    january, february, march = (
        month_of_pages(random.Random(month), month, n) for month, n in ((1, 60), (2, 50), (3, 90))
    )
    march += copies_and_updates(random.Random(4), march)
    made = {
        "pages-2024-01.jsonl": b"".join(page_line(n, page) + b"\n" for n, page in enumerate(january)),
        "pages-2024-02.zip": stored_zip({f"{n:04d}.txt": page_text(page) for n, page in enumerate(february)}),
        "pages-2024-03.jsonl": b"".join(page_line(n, page) + b"\n" for n, page in enumerate(march)),
        "articles-2024-03.json": json.dumps(structured(random.Random(5), 60), ensure_ascii=False, indent=1).encode()
        + b"\n",
    }
    made |= {f"pages/{name}.txt": page_text(story).encode() for name, story in loose_pages(random.Random(6)).items()}
    made |= {f"pages/{name}": data for name, data in layouts.loose_pages().items()}
    return made | {f"bad/{name}": data for name, data in bad_files(random.Random(7)).items()}


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if sys.argv[1:] else FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    for path, data in files().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
