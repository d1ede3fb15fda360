"""Decides nothing: loads the trimmed IPTC Media Topics (`media_topics.tsv`; IPTC NewsCodes of 2025-03-31, CC BY 4.0)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

TOPICS = Path(__file__).with_name("media_topics.tsv")
TOP = tuple(f"medtop:{number:02}000000" for number in range(1, 18))
"""The top level, in the order of the columns of the model."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept; `parent` is None at the top, a label is '' where IPTC has none."""

    topic_id: str
    parent: str | None
    level: int
    label_ar: str
    label_en: str


@cache
def concepts() -> dict[str, Concept]:
    """Every concept by id."""
    lines = (line.split("\t") for line in TOPICS.read_text("utf-8").splitlines())
    return {topic: Concept(topic, parent or None, int(level), ar, en) for topic, parent, level, ar, en in lines}


def top_of(topic_id: str) -> str:
    """The top-level concept above a concept, or itself."""
    while parent := concepts()[topic_id].parent:
        topic_id = parent
    return topic_id
