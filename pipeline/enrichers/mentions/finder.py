"""Decides which hits of the gazetteers are mentions."""

from typing import Any

from pipeline.enrichers.documents import Document
from pipeline.enrichers.mentions.lexicon import matcher
from pipeline.enrichers.mentions.matcher import spaced

_SCORES = {"gazetteer": 0.9, "nisba": 0.9}


def find_mentions(document: Document) -> list[dict[str, Any]]:
    """The mentions of an article in the order of its text, as rows without the columns of the article."""
    found = []
    for text in document.texts:
        end = 0
        for hit in sorted(matcher().hits(spaced(text.folded.text)), key=lambda hit: (hit.start, -hit.end)):
            entity = hit.senses[0]
            if hit.start < end or entity.is_doubtful:
                continue
            end = hit.end
            found.append(
                text.span(hit.start, hit.end)
                | {
                    "entity_type": entity.entity_type,
                    "entity_id": entity.entity_id,
                    "entity_name": entity.entity_name,
                    "mention_method": entity.method,
                    "mention_score": _SCORES[entity.method],
                    "rule": entity.rule,
                }
            )
    return found
