"""Decides which mentions articles have: candidates of every kind, the longest of those that overlap, then people by one word."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from pipeline.enrichers.documents import Documents, Text
from pipeline.enrichers.mentions.candidates import Candidate, Candidates, beside, without_overlaps
from pipeline.enrichers.mentions.coreference import name_again
from pipeline.enrichers.mentions.english import find_people_in_latin
from pipeline.enrichers.mentions.headed import find_headed
from pipeline.enrichers.mentions.joined import Joined
from pipeline.enrichers.mentions.model import TokenClassifier
from pipeline.enrichers.mentions.people import find_people
from pipeline.enrichers.mentions.places import find_known
from pipeline.enrichers.mentions.scan import Scan

_LATIN = "Latn"  # ISO 15924, of most letters of the body


def find_mentions(joined: Joined, documents: Documents, model: TokenClassifier | None = None) -> Candidates:
    """The mentions of headlines and bodies in the order of the joined text."""
    scan = Scan(joined)
    in_latin = [number for number, script in enumerate(documents.table["script"].to_pylist()) if script == _LATIN]
    in_latin_texts = _in_texts(joined, documents, in_latin, find_people_in_latin)
    people = Candidates.of(chain(find_people(scan), find_headed(scan), in_latin_texts))
    kept = without_overlaps(Candidates.all_of((find_known(scan), people)))
    if model:
        others = _in_texts(joined, documents, range(documents.table.num_rows), model.candidates)
        kept = Candidates.all_of((kept, beside(kept, Candidates.of(others))))
    return Candidates.all_of((kept, name_again(scan, kept)))


def _in_texts(
    joined: Joined, documents: Documents, articles: Iterable[int], find: Callable[[Text], Iterable[Candidate]]
) -> Iterator[Candidate]:
    """What is found in each text of the chosen articles by itself."""
    for article in articles:
        texts = documents.documents[article].texts
        for text, first in zip(texts, joined.first[2 * article : 2 * article + 2].tolist(), strict=True):
            yield from ((first + start, first + end, naming) for start, end, naming in find(text))
