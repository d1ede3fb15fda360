"""Decides which article texts fill the pages: real ones of `../shared/data` where they are at hand, else prose made from
the word lists in `words/`. It does not decide how a page is laid out."""

import json
import os
import random
import re
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from tests.eval.metrics import tokens

HERE: Final = Path(__file__).parent
SHARED: Final = Path(os.environ.get("WARRAQ_SHARED") or HERE.parents[1].parent / "shared")
DATA: Final = SHARED / "data"

_SYNTHETIC_PER_LANGUAGE: Final = 300
_REAL_PER_CORPUS: Final = 1500
_FUNDUS_COUNTRIES: Final = {"us": "en", "uk": "en", "de": "de", "at": "de"}
# A text is about few of the words of its language's lists, and its headline about those: else any headline heads any text. Share of a
# headline's stems in its own text and in others (median): real Arabic 0.80 and 0.00, these 0.80-1.00 and 0.29-0.50 (0.50-0.75 in both before).
_SUBJECTS: Final = 2
_STRAY: Final = 0.15  # of the words in a text, which are about something else
_FRAMES: Final = ("headlines", "sentences", "decks")
_SLOT: Final = re.compile(r"\{(\w+)\}")
_TAG: Final = re.compile(r"<(TITLE|ABSTRACT|TEXT)>(.*?)</\1>", re.DOTALL)
_SPACE: Final = re.compile(r"[ \t\u00a0\u200b]+")
_ENDS: Final = (".", "!", "?", "؟", "۔", '"', "»", "”", "…", ":")
# Paragraphs of the corpora that are not prose: tag lines, cross links and bylines are short or end without a stop.
_MIN_PARAGRAPH, _MIN_UNSTOPPED = 40, 100
_MAX_PARAGRAPH: Final = 2000


@dataclass(frozen=True, slots=True)
class Text:
    """An article to lay out; `deck` is the line under the headline, None when there is none."""

    headline: str
    deck: str | None
    paragraphs: tuple[str, ...]


@cache
def words(language: str) -> dict[str, list[str]]:
    """The word lists of a language, by name."""
    return tomllib.loads((HERE / "words" / f"{language}.toml").read_text("utf-8"))


@cache
def texts(language: str, real: bool) -> tuple[Text, ...]:
    """The texts of a language in a fixed order: real ones if wanted and at hand, then synthetic ones while they are few."""
    found = tuple(_unique(_real(language))) if real and DATA.is_dir() else ()
    return found if len(found) >= _SYNTHETIC_PER_LANGUAGE else found + tuple(_unique(_synthetic(language)))


def _unique(candidates: Iterator[Text]) -> Iterator[Text]:
    """Texts with a usable headline and body whose headline and first paragraph were not seen before."""
    seen: set[str] = set()
    for text in candidates:
        if not text.paragraphs or len(text.headline) < 15 or sum(map(len, text.paragraphs)) < 300:
            continue
        if text.headline in seen or text.paragraphs[0] in seen or text.headline in text.paragraphs:
            continue
        seen |= {text.headline, text.paragraphs[0]}
        yield text


def _synthetic(language: str) -> Iterator[Text]:
    lists = words(language)
    for number in range(_SYNTHETIC_PER_LANGUAGE):
        rng = random.Random(f"synthetic/{language}/{number}")

        subject = {name: rng.sample(lists[name], min(_SUBJECTS, len(lists[name]))) for name in lists}

        def draw(
            name: str, rng: random.Random = rng, subject: dict[str, list[str]] = subject, stray: float = 0.0
        ) -> str:
            is_frame = name in _FRAMES
            items = lists[name] if is_frame or rng.random() < stray else subject[name]
            text = _SLOT.sub(lambda slot: draw(slot[1], rng, subject, stray), rng.choice(items))
            return _capital(text, language) if is_frame else text

        paragraphs = [
            " ".join(draw("sentences", stray=_STRAY) for _ in range(rng.choice((1, 2, 2, 3, 4))))
            for _ in range(rng.randint(4, 13))
        ]
        deck = draw("decks") if rng.random() < 0.6 else None
        yield Text(draw("headlines"), deck, tuple(dict.fromkeys(paragraphs)))


def _capital(text: str, language: str) -> str:
    first = "İ" if language == "tr" and text.startswith("i") else text[:1].upper()
    return first + text[1:]


def _real(language: str) -> Iterator[Text]:
    if language == "ar":
        yield from _saudinewsnet()
        yield from _antcorpus("antcorpus-2015-2017q1.zip")
        yield from _antcorpus("antcorpus-multisource-2018-02-05.zip")
    else:
        yield from _fundus(language)


def _saudinewsnet() -> Iterator[Text]:
    for path in sorted((DATA / "saudinewsnet").glob("*.zip"))[::7]:
        with zipfile.ZipFile(path) as archive:
            records = [r for name in archive.namelist() for r in json.loads(archive.read(name).decode("utf-8-sig"))]
        for record in records[:: max(1, len(records) // (_REAL_PER_CORPUS // 2))]:
            yield _text(record["title"], None, (record["content"] or "").replace("\r", "\n").split("\n"))


def _antcorpus(name: str) -> Iterator[Text]:
    path = DATA / name
    if not path.exists():
        return
    with zipfile.ZipFile(path) as archive:
        members = sorted(member for member in archive.namelist() if member.endswith(".txt"))
        for member in members[:: max(1, len(members) // _REAL_PER_CORPUS)]:
            parts = dict(_TAG.findall(archive.read(member).decode("utf-8", "replace")))
            yield _text(parts.get("TITLE"), parts.get("ABSTRACT"), parts.get("TEXT", "").split("\n"))


def _fundus(language: str) -> Iterator[Text]:
    path = DATA / "html-kit.zip"
    if not path.exists():
        return
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            folder, _, file = name.removeprefix("fundus/").partition("/")
            if name.startswith("fundus/") and file.endswith(".json") and _FUNDUS_COUNTRIES.get(folder) == language:
                for version in json.loads(archive.read(name)).values():
                    body = version.get("body") or {"summary": [], "sections": []}
                    deck = " ".join(body["summary"]) or None
                    lines = [line for section in body["sections"] for line in section["paragraphs"]]
                    yield _text(version.get("title"), deck, lines)


def _text(headline: str | None, deck: str | None, lines: list[str]) -> Text:
    def clean(text: str | None) -> str:
        return _SPACE.sub(" ", (text or "").replace("\n", " ").replace("\ufeff", "")).strip()

    paragraphs = tuple(dict.fromkeys(line for line in map(clean, lines) if _is_prose(line)))
    deck = clean(deck)
    start = tokens(deck)[:6]
    repeated = any(tokens(paragraph)[:6] == start for paragraph in paragraphs)
    return Text(clean(headline), deck if 20 < len(deck) < 300 and not repeated else None, paragraphs)


def _is_prose(line: str) -> bool:
    return _MIN_PARAGRAPH <= len(line) <= _MAX_PARAGRAPH and (line.endswith(_ENDS) or len(line) >= _MIN_UNSTOPPED)
