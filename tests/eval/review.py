"""Decides which parsed articles of the real data a person reads: a random sample and those of least confidence, and prints how sure the
parser is of each corpus.

    python -m tests.eval.parse --review 60

Everything in `../shared/data` is parsed as a run would parse it: the SaudiNewsNet and ANT dumps by their mappings, the pages of the HTML
kit as HTML, the seed as page text. A quarter of the articles shown are those of least confidence.
"""

import json
import math
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from pipeline.parsers import Unparsed, parse_record
from pipeline.readers import Limits, RawRecord, load_mappings, read_file
from pipeline.sources import Sources
from tests.eval.reliability import BINS
from tests.eval.texts import HERE, SHARED

# Corpus: files below the shared folder, and the mapping of the records that are meant (None: all).
CORPORA: Final[dict[str, tuple[str, str | None]]] = {
    "SaudiNewsNet": ("data/saudinewsnet/*.zip", None),
    "ANT 1.1": ("data/antcorpus-2015-2017q1.zip", None),
    "ANT 2.1": ("data/antcorpus-multisource-2018-02-05.zip", None),
    "HTML kit": ("data/html-kit.zip", "html"),
    "seed": ("seed/*.txt", None),
}
QUANTILES: Final = (0.01, 0.05, 0.25, 0.5, 0.75)
LEAST_SHARE: Final = 4  # one of so many articles shown is of least confidence

_SOURCES: Final = HERE.parents[1] / "warehouse" / "sources.yml"
_EDGE_CHARS: Final = 110

Shown = tuple[str, dict[str, Any]]  # where it is from, and the article


@dataclass(slots=True)
class Corpus:
    """What became of the records of one corpus, and how sure the parser was of their leads."""

    counts: Counter[str] = field(default_factory=Counter)
    scores: list[float] = field(default_factory=list)
    flags: Counter[str] = field(default_factory=Counter)

    def add(self, parsed: list[dict[str, Any]]) -> None:
        self.counts["records"] += 1
        self.counts["articles"] += len(parsed)
        self.counts["without an article"] += not parsed
        for lead in parsed[:1]:
            self.counts["no headline"] += not lead.get("headline")
            self.counts["no body"] += not lead.get("body")
            self.counts["no date"] += lead.get("published_date") is None
            self.flags.update(lead.get("quality_flags") or ())
            if lead.get("parse_score") is not None:
                self.scores.append(lead["parse_score"])


def review(count: int, seed: int, console: Console, folder: Path = SHARED, *, whole: bool = False) -> None:
    """Parses every record of the data, prints the figures of each corpus and then `count` articles, the least sure last.

    Args:
        count: articles to show.
        seed: of the random sample.
        console: to print on.
        folder: that holds the corpora.
        whole: bodies in full.
    """
    corpora, sample, least = _parse_all(count, seed, folder)
    if not corpora:
        console.print(f"no data under {folder}")
        return
    console.print(_figures(corpora))
    console.print(_distribution(corpora))
    for name, corpus in corpora.items():
        console.print(f"{name}: {', '.join(f'{flag} {n:,}' for flag, n in corpus.flags.most_common()) or 'no flags'}")
    for title, chosen in (("random", sample), ("least sure", least)):
        for where, lead in chosen:
            console.print(_shown(title, where, lead, whole=whole), markup=False, highlight=False)


def _parse_all(count: int, seed: int, folder: Path) -> tuple[dict[str, Corpus], list[Shown], list[Shown]]:
    """The corpora that are there, a random sample of all leads, and those of least confidence."""
    rng = random.Random(f"review/{seed}")
    sources = Sources.read(_SOURCES)
    n_least = count // LEAST_SHARE
    corpora: dict[str, Corpus] = {}
    sample: list[Shown] = []
    least: list[tuple[float, int, Shown]] = []
    number = 0
    for name, (pattern, mapping) in CORPORA.items():
        for where, item in _records(folder, pattern, mapping):
            corpus = corpora.setdefault(name, Corpus())
            if not isinstance(item, RawRecord):
                corpus.counts["unreadable"] += 1
                continue
            outcome = parse_record(item.text, json.dumps(item.fields, ensure_ascii=False), item.mapping, sources)
            parsed = [] if isinstance(outcome, Unparsed) else outcome
            corpus.add(parsed)
            if not parsed:
                continue
            number += 1
            shown = (f"{name} {where}", parsed[0])
            score = parsed[0].get("parse_score")
            if score is not None and (len(least) < n_least or (score, number) < least[-1][:2]):
                least = sorted([*least, (score, number, shown)], key=lambda entry: entry[:2])[:n_least]
            # Reservoir sampling: every record has the same chance, and the data is read once.
            if len(sample) < count - n_least:
                sample.append(shown)
            elif (place := rng.randrange(number)) < len(sample):
                sample[place] = shown
    return corpora, sample, [shown for _, _, shown in least]


def _records(folder: Path, pattern: str, mapping: str | None) -> Iterator[tuple[str, Any]]:
    for path in sorted(folder.glob(pattern)):
        for item in read_file(path, load_mappings(), Limits()):
            if mapping is None or (isinstance(item, RawRecord) and item.mapping == mapping):
                yield f"{path.name}:{item.locator}", item


def _figures(corpora: dict[str, Corpus]) -> Table:
    columns = ("records", "unreadable", "without an article", "articles", "no headline", "no body", "no date")
    table = Table(box=None, header_style="bold")
    for column in ("corpus", *columns):
        table.add_column(column, justify="left" if column == "corpus" else "right")
    for name, corpus in corpora.items():
        table.add_row(name, *(f"{corpus.counts[column]:,}" for column in columns))
    return table


def _distribution(corpora: dict[str, Corpus]) -> Table:
    """How sure the parser is of the leads of each corpus: quantiles, the share under a half, and the share in each bin."""
    table = Table(box=None, header_style="bold")
    table.add_column("confidence")
    for name in corpora:
        table.add_column(name, justify="right")
    scores = [sorted(corpus.scores) for corpus in corpora.values()]
    table.add_row("n", *(f"{len(found):,}" for found in scores))
    for share in QUANTILES:
        table.add_row(
            f"quantile {share:g}",
            *(f"{found[int(share * (len(found) - 1))]:.3f}" if found else "-" for found in scores),
        )
    table.add_row("share < 0.5", *(_share(found, 0.0, 0.5) for found in scores))
    for low, high in pairwise(BINS):
        last = high == BINS[-1]
        table.add_row(f"{low:g}-{high:g}", *(_share(found, low, math.inf if last else high) for found in scores))
    return table


def _share(scores: list[float], low: float, high: float) -> str:
    return f"{sum(low <= score < high for score in scores) / len(scores):.4f}" if scores else "-"


def _shown(title: str, where: str, article: dict[str, Any], *, whole: bool) -> str:
    body = (article.get("body") or "").replace("\n\n", " ⏎ ")
    if len(body) > 2 * _EDGE_CHARS and not whole:
        body = f"{body[:_EDGE_CHARS]} […{len(body)}…] {body[-_EDGE_CHARS:]}"
    names = ("subheadline", "byline", "authors", "dateline", "agency", "credit", "section", "keywords")
    facts = [
        f"score={article.get('parse_score')}",
        f"date={article.get('published_date')}",
        *(f"{name}={article[name]}" for name in names if article.get(name)),
        *(article.get("quality_flags") or ()),
    ]
    return f"\n[{title}] {where} {' '.join(facts)}\n  H {article.get('headline')}\n  B {body}"
