"""Decides which parsed articles of the real data a person reads: a random sample and those of least confidence."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from pipeline.parsers import Unparsed, parse_record
from pipeline.readers import Limits, RawRecord, load_mappings, read_file
from pipeline.sources import Sources
from tests.eval.texts import DATA, HERE

_SOURCES: Final = HERE.parents[1] / "warehouse" / "sources.yml"
_BINS: Final = 10
_EDGE_CHARS: Final = 110


def review(count: int, seed: int, console: Console, folder: Path = DATA) -> None:
    """Parses every record of the data and prints the distribution of the confidence, then `count` articles of each kind.

    `parse_score` is the confidence; articles without it are counted as such and none of them is called least confident.
    """
    rng = random.Random(f"review/{seed}")
    sources = Sources.read(_SOURCES)
    sample: list[tuple[str, dict[str, Any]]] = []
    least: list[tuple[float, int, str, dict[str, Any]]] = []
    counts: Counter[str] = Counter()
    scores: Counter[int] = Counter()
    for number, (where, record) in enumerate(_records(folder, counts)):
        outcome = parse_record(record.text, json.dumps(record.fields, ensure_ascii=False), record.mapping, sources)
        parsed = [] if isinstance(outcome, Unparsed) else outcome
        counts["articles"] += len(parsed)
        counts["records without an article"] += not parsed
        if not parsed:
            continue
        lead = parsed[0]
        counts["leads without a headline"] += not lead.get("headline")
        counts["leads without a body"] += not lead.get("body")
        counts["leads without a date"] += lead.get("published_date") is None
        score = lead.get("parse_score")
        if score is None:
            counts["leads without a confidence"] += 1
        else:
            scores[min(_BINS - 1, int(score * _BINS))] += 1
            least = sorted([*least, (score, number, where, lead)])[:count] if _belongs(least, score, count) else least
        # Reservoir sampling: every record has the same chance, and the data is read once.
        if len(sample) < count:
            sample.append((where, lead))
        elif (place := rng.randrange(number + 1)) < count:
            sample[place] = where, lead
    if not counts:
        console.print(f"no data under {folder}")
        return
    for what, n in counts.items():
        console.print(f"{n:>9,} {what}")
    for step in sorted(scores):
        console.print(f"confidence {step / _BINS:.1f}-{(step + 1) / _BINS:.1f} {scores[step]:>9,}")
    for title, chosen in (("random", sample), ("least confident", [(where, lead) for _, _, where, lead in least])):
        for where, lead in chosen:
            console.print(_compact(title, where, lead), markup=False, highlight=False)


def _belongs(least: list[tuple[float, int, str, dict[str, Any]]], score: float, count: int) -> bool:
    return len(least) < count or score < least[-1][0]


def _records(folder: Path, counts: Counter[str]) -> Iterator[tuple[str, RawRecord]]:
    for path in sorted((folder / "saudinewsnet").glob("*.zip")):
        for item in read_file(path, load_mappings(), Limits()):
            counts["records"] += 1
            if isinstance(item, RawRecord):
                yield f"{path.name}:{item.locator}", item
            else:
                counts[f"unreadable: {item.reason_code}"] += 1


def _compact(title: str, where: str, article: dict[str, Any]) -> str:
    body = (article.get("body") or "").replace("\n\n", " ⏎ ")
    shown = body if len(body) <= 2 * _EDGE_CHARS else f"{body[:_EDGE_CHARS]} […{len(body)}…] {body[-_EDGE_CHARS:]}"
    facts = [
        f"score={article.get('parse_score')}",
        f"date={article.get('published_date')}",
        *(
            f"{name}={article[name]}"
            for name in ("byline", "authors", "dateline", "agency", "credit")
            if article.get(name)
        ),
        *(article.get("quality_flags") or ()),
    ]
    return f"\n[{title}] {where} {' '.join(facts)}\n  H {article.get('headline')}\n  B {shown}"
