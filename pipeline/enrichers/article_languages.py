"""Decides what can be said of the languages of an article beside `language`: scripts, the next likeliest language, whether the source
declared the same, and which headlines and paragraphs are in another one. The language itself is decided by `pipeline.enrichers.language`.

A paragraph is in the language of the article unless its letters or the lack of function words speak against it; only then is it
judged by itself. Short paragraphs belong to those before them.
"""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipeline.enrichers import language
from pipeline.enrichers.documents import Documents
from pipeline.text.arabic_languages import LANGUAGES, read_letters
from pipeline.text.language_tags import LANGUAGE_TAGS_VERSION, agrees, alike, normalized_tag
from pipeline.text.vocabulary import Ints
from schemas.tables import ANNOTATION_TABLES

VERSION = f"2/language {language.VERSION}, tags {LANGUAGE_TAGS_VERSION}"

_LEAST_LETTERS: Final = 20  # headlines as short as this are told right; see tests/eval/languages.py
_LEAST_SCORE: Final = 0.8  # below, names and lists of other languages would make spans of their own
_LEAST_SCORE_OF_OTHER_SCRIPT: Final = 0.5


def annotate(documents: Documents) -> tuple[pa.Table, pa.Table]:
    """Rows of `article_languages`, one an article, and of `language_spans`, in the order of the texts."""
    return _article_languages(documents), _language_spans(documents)


def _article_languages(documents: Documents) -> pa.Table:
    table = documents.table
    decided = table["language"].to_pylist()
    seconds = list(map(_second, language.detect_all(documents.texts[1::2]), decided))
    tags = [normalized_tag(declared) if declared else None for declared in table["language_declared"].to_pylist()]
    columns = {
        "article_id": table["article_id"],
        "script_shares": documents.paragraphs.script_shares(table.num_rows),
        "second_language": pa.array([second for second, _ in seconds], pa.string()),
        "language_margin": pa.array([margin for _, margin in seconds], pa.float32()),
        "declared_language_tag": pa.array(tags, pa.string()),
        "declared_language_agrees": pa.array(
            [agrees(tag, own) if tag and own != "und" else None for tag, own in zip(tags, decided, strict=True)],
            pa.bool_(),
        ),
        "filed_month": table["filed_month"],
    }
    return pa.table(columns, schema=ANNOTATION_TABLES["article_languages"].arrow())


def _second(detection: language.Detection, decided: str) -> tuple[str | None, float | None]:
    """The next likeliest language, and by how much less likely; what was decided by another version stays decided."""
    if detection.score is None or decided == "und":
        return None, None
    if detection.language != decided:
        return detection.language, 0.0
    return detection.second, max(detection.score - (detection.second_score or 0.0), 0.0)


def _language_spans(documents: Documents) -> pa.Table:
    paragraphs = documents.paragraphs
    own = np.repeat(np.array(documents.table["language"].to_pylist(), object), 2)
    found = own[paragraphs.text]
    judged = paragraphs.n_letters >= _LEAST_LETTERS
    is_detected = np.zeros(len(found), np.bool_)
    for number, other in _other_languages(documents, np.flatnonzero(judged & paragraphs.is_suspect & (found != "und"))):
        found[number], is_detected[number] = other, True
    found, is_detected = _inherited(found, is_detected, judged, paragraphs.text)

    starts = np.flatnonzero(
        np.concatenate(([True], (np.diff(paragraphs.text) != 0) | (found[1:] != found[:-1])))[: len(found)]
    )
    ends = np.append(starts[1:], len(found)) - 1 if len(found) else starts
    text = paragraphs.text[starts]
    columns = {
        "article_id": documents.table["article_id"].take(text // 2),
        "text_part": pa.array(["headline", "body"]).take(text % 2),
        "start_char": paragraphs.start[starts].astype(np.int32),
        "end_char": paragraphs.end[ends].astype(np.int32),
        "span_language": pa.array(found[starts].tolist(), pa.string()),
        "rule": pa.array(["article", "paragraph"]).take(is_detected[starts].astype(np.int8)),
        "filed_month": documents.table["filed_month"].take(text // 2),
    }
    return pa.table(columns, schema=ANNOTATION_TABLES["language_spans"].arrow())


def _other_languages(documents: Documents, suspects: Ints) -> Iterator[tuple[int, str]]:
    """Those of the paragraphs that are surely in another language than their article, and that language."""
    paragraphs, own = documents.paragraphs, documents.table["language"].to_pylist()
    listed = [paragraphs.text[suspects], paragraphs.start[suspects], paragraphs.end[suspects]]
    spans = list(zip(*(column.tolist() for column in listed), strict=True))
    texts = [documents.texts[text][start:end] for text, start, end in spans]
    letters = read_letters([text[: language.SAMPLE_CHARS] for text in texts])
    in_other_script = paragraphs.is_in_other_script[suspects].tolist()
    for place, (number, (text, _, _)) in enumerate(zip(suspects.tolist(), spans, strict=True)):
        decided = own[text // 2]
        if decided in LANGUAGES and not in_other_script[place] and not letters.deny(place, decided):
            continue
        detection = language.detect(texts[place])
        least = _LEAST_SCORE_OF_OTHER_SCRIPT if in_other_script[place] else _LEAST_SCORE
        if detection.score is None or detection.score < least:
            continue
        if not agrees(decided, detection.language) and not alike(decided, detection.language):
            yield number, detection.language


def _inherited(
    found: npt.NDArray[Any], is_detected: npt.NDArray[np.bool_], judged: npt.NDArray[np.bool_], text: Ints
) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_]]:
    """Gives paragraphs that are too short to judge what the last judged one of their text has; at the head of a text they keep theirs."""
    place = np.maximum.accumulate(np.where(judged, np.arange(len(found)), -1)) if len(found) else np.arange(0)
    same = (place >= 0) & (text[place] == text)
    source = np.where(same, place, np.arange(len(found)))
    return found[source], is_detected[source]
