"""Decides how a declared layout becomes pages with truth: the same seed gives the same bytes, in any order of pages."""

import json
import random
import re
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final

from tests.eval.calendars import DIGITS, Stamp, lag
from tests.eval.layout import Layout
from tests.eval.noise import disturb
from tests.eval.pages import ArticleTruth, Page, Segment
from tests.eval.texts import Text, texts

_START: Final = datetime(2022, 1, 1, tzinfo=UTC)
_DAYS: Final = 1400
_TRUTH_SLOT: Final = {"byline": "person", "credit": "agency"}
_CUT_WORDS: Final = 25  # of a teaser
_HEADLINE_CUT_WORDS: Final = 4
_MAX_DRAWS: Final = 400  # for a headline of the form that a layout wants
_AGO_PRECISION: Final = {"minutes": "minute", "hours": "hour", "days": "day"}
_WORD: Final = re.compile(r"\w{4,}")


def pages(layout: Layout, count: int, seed: int = 0, real: bool = True) -> Iterator[Page]:
    """The first `count` pages of a layout; `real` fills them with real texts where they are at hand."""
    for number in range(count):
        yield _Printer(layout, random.Random(f"{seed}/{layout.name}/{number}"), number, real).page()


class _Printer:
    """Prints one page; also the namespace that formats draw their slots from."""

    def __init__(self, layout: Layout, rng: random.Random, number: int, real: bool) -> None:
        self.layout, self.rng, self.number = layout, rng, number
        self.texts = texts(layout.language, real)
        self.titles: set[str] = set()
        self.segments: list[Segment] = []
        self.articles: list[ArticleTruth] = []
        self.parts: list[str] = []
        self.drawn: dict[str, str] = {}
        self.joined = ""
        self.position = 1
        self.misread = rng.random() < layout.mojibake["share"]
        now = _START + timedelta(seconds=rng.randrange(_DAYS * 86400))
        unit, least, most = rng.choice(layout.lags)
        published = now - timedelta(**{unit: rng.randint(least, most)})
        updated = published + (now - published) * rng.random()
        posted = published - timedelta(hours=rng.randrange(30))
        # Differences are taken in UTC: in a zone with summer time, wall clocks do not subtract.
        moments = {"now": now, "pub": published, "mod": updated, "post": posted}
        self.stamps = {name: Stamp(moment.astimezone(layout.zone), now) for name, moment in moments.items()}

    def page(self) -> Page:
        layout, rng = self.layout, self.rng
        if layout.has_article:
            self.open_article()
        self.print(layout.blocks, 0)
        text = "".join(self.parts)
        if layout.wrap:
            text = "\n".join(line for raw in text.split("\n") for line in textwrap.wrap(raw, layout.wrap) or [""])
        if rng.random() < layout.noise and not self.misread:
            text = disturb(text, rng)
        if self.misread and "roles" not in layout.mojibake:
            text = misread(text, layout.mojibake["codec"])
        now = self.stamps["now"].moment.astimezone(UTC)
        roles = {segment.role for segment in self.segments}
        return Page(
            layout=layout.name,
            group=layout.group,
            language=layout.language,
            text=text,
            fields={
                "url": f"https://{layout.name}.example/a/{self.number + 1}",
                "fetched_raw": now.isoformat(timespec="seconds"),
                "source_name": layout.source,
            },
            segments=self.segments,
            articles=self.articles,
            page_date_only="page_date" in roles and "published" not in roles,
            mojibake=self.misread,
        )

    # --- slots ---------------------------------------------------------------------------------------------------

    def __getitem__(self, slot: str) -> Any:
        if slot in self.stamps:
            return self.stamps[slot]
        drawn = self.drawn.get(slot) if slot in ("headline", "subheadline", "paragraph", "keywords") else None
        if drawn is None:
            drawn = getattr(self, f"_{slot}")() if hasattr(self, f"_{slot}") else self._item(slot)
            self.drawn[slot] = drawn
        return drawn

    def _item(self, name: str) -> str:
        return self.rng.choice(self.layout.lists[name]).format_map(self)

    def _source(self) -> str:
        return self.layout.source

    def _title(self) -> str:
        self.other = self.fresh_text()
        return self.other.headline

    def _lead(self) -> str:
        return self.other.paragraphs[0]

    def _lead_cut(self) -> str:
        return " ".join(self.other.paragraphs[0].split()[:_CUT_WORDS])

    def _headline_cut(self) -> str:
        return " ".join(str(self["headline"]).split()[:_HEADLINE_CUT_WORDS])

    def _opening(self) -> str:
        return " ".join(self.left[0].split()[:_CUT_WORDS])

    def _titles(self) -> str:
        return self.joined.join(self._title() for _ in range(self.rng.randint(3, 6)))

    def _person(self) -> str:
        return f"{self._item('first')} {self._item('last')}"

    def _author(self) -> str:
        return (self.articles and self.articles[0].byline) or self._person()

    def _post_text(self) -> str:
        return f"{self._title()} pic.twitter.com/{self.rng.randrange(16**8):08x}"

    def _index(self) -> str:
        return str(self.position)

    def _number(self) -> str:
        return str(self.rng.randint(2, 20000))

    def _small(self) -> str:
        return str(self.rng.randint(1, 59))

    def _clock(self) -> str:
        return f"{self.rng.randrange(24):02}:{self.rng.randrange(60):02}"

    def _handle(self) -> str:
        return f"{self.rng.choice(('news', 'live', 'media', 'press'))}_{self.rng.randrange(1000)}"

    def fresh_text(self) -> Text:
        """A text whose headline the page does not carry yet."""
        while (text := self.texts[self.rng.randrange(len(self.texts))]).headline in self.titles:
            pass
        self.titles.add(text.headline)
        return text

    # --- articles ------------------------------------------------------------------------------------------------

    def open_article(self, most: int | None = None) -> None:
        """Chooses the text of the next article, and starts its truth."""
        text = self.fresh_text()
        for _ in range(_MAX_DRAWS):
            if self.layout.headline_like is None or self.layout.headline_like.search(text.headline):
                break
            self.titles.discard(text.headline)
            text = self.fresh_text()
        least, limit = self.layout.paragraphs
        self.left = list(text.paragraphs[: self.rng.randint(least, most or limit)])
        candidates = _WORD.findall(text.headline)
        self.tags = self.rng.sample(candidates, min(len(candidates), self.rng.randint(1, 4)))
        self.drawn |= {"headline": text.headline, "subheadline": text.deck or "", "paragraph": ""}
        self.articles.append(ArticleTruth())

    def another_article(self, blocks: list[Any]) -> None:
        """Prints the blocks of another article, then returns to the one before."""
        kept = self.left, self.tags, dict(self.drawn), self.stamps["pub"]
        day = timedelta(days=self.rng.randrange(1, 4))
        self.stamps["pub"] = Stamp(kept[3].moment - day, self.stamps["now"].moment)
        self.open_article(most=max(self.layout.paragraphs[0], 6))
        self.print(blocks, len(self.articles) - 1)
        self.left, self.tags, self.drawn, self.stamps["pub"] = kept

    # --- printing ------------------------------------------------------------------------------------------------

    def print(self, blocks: list[Any], article: int) -> None:
        for role, declared, options in blocks:
            if self.rng.random() >= options.get("p", 1.0):
                continue
            if role == "article":
                self.another_article(declared)
            elif role == "body":
                self.print_body(declared, options, article)
            else:
                self.print_block(role, declared, options, article)

    def print_body(self, declared: str, options: dict[str, Any], article: int) -> None:
        strewn: dict[int, list[Any]] = {}
        for block in options["within"]:
            strewn.setdefault(self.rng.randint(1, max(1, len(self.left) - 1)), []).append(block)
        for i, paragraph in enumerate(self.left):
            if i in strewn:
                self.print(strewn[i], article)
            self.drawn["paragraph"] = paragraph
            line = (options["first"] if i == 0 and "first" in options else declared).format_map(self)
            self.emit("body", article, line, options.get("gap", self.layout.gap))
            self.articles[article].body.append(line)
            if i == 0 and "precision" in options:
                self.learn_date(options["precision"], self.articles[article])

    def print_block(self, role: str, declared: Any, options: dict[str, Any], article: int) -> None:
        rng, layout = self.rng, self.layout
        self.joined = options.get("joined", "")
        pattern = rng.choice(declared) if isinstance(declared, list) else declared
        count = options.get("n", 1)
        count = rng.randint(*count) if isinstance(count, list) else count
        if role == "subheadline" and not self.drawn["subheadline"]:
            return
        if role == "keywords":
            self.drawn["keywords"] = (self.joined or " ").join(self.tags)
        if pattern.startswith("@"):
            items = layout.lists[pattern[1:]]
            count = min(len(items), count if "n" in options else len(items))
            patterns = [items[i] for i in sorted(rng.sample(range(len(items)), count))]
        else:
            patterns = [pattern] * count
        digits = DIGITS[options["digits"]] if "digits" in options else None
        lines = []
        for self.position, each in enumerate(patterns, 1):
            line = each.format_map(self)
            lines.append(line.translate(digits) if digits else line)
            if self.articles:
                self.learn(role, options, self.articles[min(article, len(self.articles) - 1)])
        gap = options.get("gap", layout.gap)
        if "joined" in options and count > 1:
            self.emit(role, article, self.joined.join(lines), gap)
            return
        for i, line in enumerate(lines):
            self.emit(role, article, line, layout.tight if i else gap)

    def emit(self, role: str, article: int, line: str, gap: str) -> None:
        self.segments.append(Segment(role, article, line))
        if self.misread and article == 0 and role in self.layout.mojibake.get("roles", ()):
            line = misread(line, self.layout.mojibake["codec"])
        self.parts += (gap, line) if self.parts else (line,)

    def learn(self, role: str, options: dict[str, Any], truth: ArticleTruth) -> None:
        """Adds to the truth what the line just printed states."""
        if role in ("headline", "subheadline"):
            setattr(truth, role, self.drawn[role])
        elif role in _TRUTH_SLOT:
            setattr(truth, role, self.drawn[options.get("value", _TRUTH_SLOT[role])])
        elif role == "keywords":
            truth.keywords = list(self.tags)
        elif role == "related":
            truth.related.append(self.drawn["title"])
        elif role == "social":
            truth.social.append(self.drawn["post_text"])
        elif role == "published":
            self.learn_date(options["precision"], truth)

    def learn_date(self, precision: str, truth: ArticleTruth) -> None:
        stamp = self.stamps["pub"]
        if precision == "ago":
            precision = _AGO_PRECISION[lag(stamp.moment, stamp.now)[0]]
        truth.precision, truth.published_date = precision, stamp.moment.date()
        if precision in ("second", "minute"):
            moment = stamp.moment if precision == "second" else stamp.moment.replace(second=0)
            truth.published_at = moment.astimezone(UTC)


def misread(text: str, codec: str) -> str:
    """UTF-8 read in another code page as browsers do: bytes it leaves out become control characters, the soft hyphen is lost."""
    table = _misreadings(codec)
    return "".join(table[byte] for byte in text.encode())


@cache
def _misreadings(codec: str) -> list[str]:
    return [(bytes([b]).decode(codec, "ignore") or chr(b)).replace("\u00ad", "") for b in range(256)]


def record_fields(page: Page) -> str:
    """The other fields of the record, as the reader stores them."""
    return json.dumps(page.fields, ensure_ascii=False)
