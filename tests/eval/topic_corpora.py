"""Decides how the articles of `../shared/data` are read for topics and keywords, and which section means which topic."""

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.eval.texts import DATA

_CULTURE, _ECONOMY, _SCIENCE, _SPORT, _POLITICS, _CRIME, _DISASTER, _HEALTH = (
    f"medtop:{number:02}000000" for number in (1, 4, 13, 15, 11, 2, 3, 7)
)
SECTIONS: Final = {
    "culture": (_CULTURE,),
    "economy": (_ECONOMY,),
    "technology": (_SCIENCE, _HEALTH),  # medicine stands in it too
    "sport": (_SPORT,),
}
"""Sections of both ANT corpora that name a topic; the first is the one meant, the others are right too."""
JAWHARA_SECTIONS: Final = SECTIONS | {
    "politic": (_POLITICS,),
    "society": (_CRIME, _DISASTER),  # arrests and accidents, by its headlines
}
"""Sections of Jawhara FM that name one. `diverse` is a miscellany, `localNews`, `internationalNews` and `middleEast` name places:
they are not judged."""

_TAG: Final = re.compile(r"<(TITLE|TEXT)>(.*?)</\1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a corpus; `name` is DAY/index in saudinewsnet, DOCNO in the ANT corpora."""

    corpus: str
    name: str
    outlet: str
    section: str | None
    headline: str
    body: str


def articles(corpus: str) -> Iterator[Article]:
    """The articles of saudinewsnet, antcorpus (Jawhara FM) or multisource, in a fixed order."""
    if corpus == "saudinewsnet":
        yield from _saudinewsnet()
        return
    file = {"antcorpus": "antcorpus-2015-2017q1.zip", "multisource": "antcorpus-multisource-2018-02-05.zip"}[corpus]
    with zipfile.ZipFile(DATA / file) as archive:
        for member in sorted(name for name in archive.namelist() if name.endswith(".txt")):
            parts = dict(_TAG.findall(archive.read(member).decode("utf-8", "replace")))
            *outlet, section, name = member.removesuffix(".txt").split("/")
            headline, body = parts.get("TITLE", "").strip(), parts.get("TEXT", "").strip()
            yield Article(corpus, name, outlet[0] if outlet else "Jawhara", section, headline, body)


def _saudinewsnet() -> Iterator[Article]:
    for path in sorted((DATA / "saudinewsnet").glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            records = [r for name in archive.namelist() for r in json.loads(archive.read(name).decode("utf-8-sig"))]
        for index, r in enumerate(records):
            texts = [(r[name] or "").strip() for name in ("title", "content")]
            yield Article("saudinewsnet", f"{path.stem}/{index}", r["source"], None, *texts)


def labelled(half: str) -> list[tuple[Article, frozenset[str], frozenset[str]]]:
    """The articles of `topics.tsv` in the half `dev` or `held_out`, their topics, and those that would be no mistake beside them."""
    lines = Path(__file__).with_name("topics.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    wanted = {(corpus, name): (_ids(topics), _ids(also)) for corpus, name, of, topics, also in rows if of == half}
    return [
        (item, *wanted[corpus, item.name])
        for corpus in ("antcorpus", "multisource", "saudinewsnet")
        for item in articles(corpus)
        if (corpus, item.name) in wanted
    ]


def _ids(digits: str) -> frozenset[str]:
    return frozenset(f"medtop:{two}000000" for two in digits.split())
