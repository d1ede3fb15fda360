"""Measures quotes and their speakers on labelled articles: ``python -m tests.eval.quotes [--show tuned]``.

A quote is found when it shares at least half of the characters that it or the labelled one covers (IoU), and its kind is not
counted there; scare quotes are measured apart, for they are little more than pairs of marks. The speaker of a found quote is
right (overlap) when it shares a character with the labelled name or is the same text, and exact when it is that text. The
alternative is what a few lines of regular expressions give (see `baseline`). See `quotes_corpus` for the labels.
"""

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

from pipeline.enrichers.quotes import annotate
from tests.enrichers.article_rows import documents
from tests.eval.quotes_corpus import Label, Labelled, labelled

_MIN_IOU: Final = 0.5
HALVES: Final = ("tuned", "held_out")


class Found(NamedTuple):
    """A quote in the published text."""

    start: int
    end: int
    kind: str
    speaker: tuple[int, int] | None


Reader = Callable[[str, str], list[Found]]


def ours(text_part: str, text: str) -> list[Found]:
    """What the annotator finds."""
    pair = (text, "") if text_part == "headline" else ("", text)
    return [
        Found(
            row["start_char"],
            row["end_char"],
            row["quote_kind"],
            None if row["speaker_text"] is None else (row["speaker_start_char"], row["speaker_end_char"]),
        )
        for row in annotate(documents(pair)).to_pylist()
    ]


_VERBS: Final = "قال|قالت|أضاف|أضافت|أكد|أكدت|أوضح|أوضحت|أشار|أشارت|ذكر|ذكرت|أعلن|أعلنت|أفاد|أفادت|صرح|كشف|لفت|شدد"
_SAYS: Final = re.compile(
    rf"\b[وف]?(?:{_VERBS})\s+(?P<who>[^.\n\"«“:]{{0,80}}?)[\s،]*(?:\b(?:إن|أن|بأن|ان)\w{{0,2}}\s+|:|(?=[\"«“]))(?P<what>[^.\n]+)"
)
_QUOTED: Final = re.compile(r"[\"«“”]([^\"«»“”\n]+)[\"»”“]")


def baseline(text_part: str, text: str) -> list[Found]:
    """Marks by the nearest mark, and `verb NAME أن …` to the full stop; a quotation of four words goes to the last name."""
    found = [
        Found(m.start("what"), m.end("what"), "indirect", m.span("who") if m["who"].strip() else None)
        for m in _SAYS.finditer(text)
    ]
    for match in _QUOTED.finditer(text):
        holder = next(
            (f for f in found if f.start <= match.start() and match.end() <= f.end and f.kind == "indirect"), None
        )
        if len(match[1].split()) < 4:
            found.append(Found(*match.span(1), "scare", None))
        elif holder is not None:
            found[found.index(holder)] = Found(*match.span(1), "direct", holder.speaker)
        else:
            found.append(Found(*match.span(1), "scare", None))
    return found


def measure(reader: Reader, half: str) -> Counter[str]:
    """Counts over the articles of a half."""
    counts: Counter[str] = Counter()
    for article in labelled():
        if article.half == half and article.has_quotes:
            for part, text in (("headline", article.headline), ("body", article.body)):
                labels = [label for label in article.labels if label.text_part == part and ":" not in label.label]
                _compare(reader(part, text), labels, text, counts)
    return counts


def _compare(found: list[Found], labels: Iterable[Label], text: str, counts: Counter[str]) -> None:
    labels = list(labels)
    for scare, group in ((False, "quotes"), (True, "scare")):
        said = [f for f in found if (f.kind == "scare") == scare]
        wanted = [label for label in labels if (label.label == "scare") == scare]
        counts[f"{group}_found"] += len(said)
        counts[f"{group}_labelled"] += len(wanted)
        for label, match in matches(said, wanted):
            counts[f"{group}_right"] += 1
            counts[f"{group}_exact"] += (match.start, match.end) == (label.start, label.end)
            counts[f"{group}_kind"] += match.kind == label.label
            if label.speaker:
                counts["speakers_labelled"] += 1
                counts["speakers_said"] += match.speaker is not None
                counts["speakers_overlap"] += _same(match.speaker, label.speaker, text)
                counts["speakers_exact"] += match.speaker is not None and _text(text, match.speaker) == _text(
                    text, label.speaker
                )


def matches(said: list[Found], wanted: list[Label]) -> list[tuple[Label, Found]]:
    """Pairs of labels and found quotes with the largest share in common, each used once."""
    shares = sorted(
        ((-_iou(f, label), n, k) for n, label in enumerate(wanted) for k, f in enumerate(said)),
    )
    pairs, labels, quotes = [], set(), set()
    for share, n, k in shares:
        if -share >= _MIN_IOU and n not in labels and k not in quotes:
            labels.add(n)
            quotes.add(k)
            pairs.append((wanted[n], said[k]))
    return pairs


def _iou(found: Found, label: Label) -> float:
    common = min(found.end, label.end) - max(found.start, label.start)
    return max(0, common) / (max(found.end, label.end) - min(found.start, label.start))


def _same(speaker: tuple[int, int] | None, label: tuple[int, int], text: str) -> bool:
    return speaker is not None and (
        (speaker[0] < label[1] and label[0] < speaker[1]) or _text(text, speaker) == _text(text, label)
    )


def _text(text: str, span: tuple[int, int]) -> str:
    return text[span[0] : span[1]].strip(' "«»“”،,')


FIGURES: Final = (
    ("quote span precision", "quotes_right", "quotes_found"),
    ("quote span recall", "quotes_right", "quotes_labelled"),
    ("quote span exact", "quotes_exact", "quotes_labelled"),
    ("quote kind", "quotes_kind", "quotes_right"),
    ("speaker overlap", "speakers_overlap", "speakers_labelled"),
    ("speaker exact", "speakers_exact", "speakers_labelled"),
    ("scare quote precision", "scare_right", "scare_found"),
    ("scare quote recall", "scare_right", "scare_labelled"),
)


def figures() -> list[dict[str, Any]]:
    """A row for each figure and half: figure, value, n, alternative, alternative_value."""
    rows = []
    for half in HALVES:
        counts, others = measure(ours, half), measure(baseline, half)
        for figure, right, of in FIGURES:
            rows.append(
                {
                    "figure": f"{figure}, {half}",
                    "value": counts[right] / counts[of],
                    "n": counts[of],
                    "alternative": "regular expressions",
                    "alternative_value": others[right] / others[of],
                }
            )
    return rows


def show(half: str) -> None:
    """Prints what differs from the labels of a half."""
    for article in labelled():
        for part, text in (("headline", article.headline), ("body", article.body)):
            labels = [label for label in article.labels if label.text_part == part and ":" not in label.label]
            found = ours(part, text)
            if article.half == half and article.has_quotes:
                _show(article, text, found, labels)


def _show(article: Labelled, text: str, found: list[Found], labels: list[Label]) -> None:
    for scare in (False, True):
        said = [f for f in found if (f.kind == "scare") == scare]
        wanted = [label for label in labels if (label.label == "scare") == scare]
        pairs = matches(said, wanted)
        for label in wanted:
            match = next((f for other, f in pairs if other is label), None)
            if match is None:
                print(f"{article.name}\n  MISSED {label.label}: {text[label.start : label.end]}")
            elif (match.start, match.end, match.kind) != (label.start, label.end, label.label):
                print(f"{article.name}\n  label {label.label}: {text[label.start : label.end]}")
                print(f"  found {match.kind}: {text[match.start : match.end]}")
            if match and label.speaker and not _same(match.speaker, label.speaker, text):
                who = text[slice(*match.speaker)] if match.speaker else None
                print(
                    f"{article.name}\n  SPEAKER of {text[label.start : label.end][:50]}: {who!r}, labelled {text[slice(*label.speaker)]!r}"
                )
            elif match and label.speaker and match.speaker and _text(text, match.speaker) != _text(text, label.speaker):
                print(f"  speaker: {text[slice(*match.speaker)]!r}, labelled {text[slice(*label.speaker)]!r}")
        for f in said:
            if all(f is not match for _, match in pairs):
                print(f"{article.name}\n  EXTRA {f.kind}: {text[f.start : f.end]}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--show", choices=HALVES)
    if half := options.parse_args().show:
        show(half)
    for row in figures():
        print(
            f"{row['figure']:<34} {row['value']:.3f} of {row['n']:<4} {row['alternative']} {row['alternative_value']:.3f}"
        )


if __name__ == "__main__":
    main()
