"""Decides what can be said of the languages of an article beside `language`: scripts, the next likeliest language, whether the source
declared the same, and which headlines and paragraphs are in another one. The language itself is decided by `pipeline.enrichers.language`.

A paragraph is in the language of the article unless its letters or the lack of function words speak against it; only then is it
judged by itself. Short paragraphs belong to those before them.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipeline.enrichers import language
from pipeline.enrichers.documents import Documents
from pipeline.enrichers.paragraphs import Paragraphs
from pipeline.text.arabic_languages import LANGUAGES, letters_deny
from pipeline.text.language_tags import LANGUAGE_TAGS_VERSION, agrees, alike, normalized_tag
from pipeline.text.pieces import Ints
from schemas.tables import ANNOTATION_TABLES

VERSION = f"2/language {language.VERSION}, tags {LANGUAGE_TAGS_VERSION}"

_LEAST_LETTERS: Final = 20  # headlines as short as this are told right; see tests/eval/languages.py
_LEAST_SCORE: Final = 0.8  # below, names and lists of other languages would make spans of their own
_LEAST_SCORE_OF_OTHER_SCRIPT: Final = 0.5


def annotate(documents: Documents) -> tuple[pa.Table, pa.Table]:
    """Rows of `article_languages`, one an article, and of `language_spans`, in the order of the texts."""
    paragraphs = Paragraphs(documents.pieces)
    return _article_languages(documents, paragraphs), _language_spans(documents, paragraphs)


def _article_languages(documents: Documents, paragraphs: Paragraphs) -> pa.Table:
    table = documents.table
    decided = table["language"].to_pylist()
    seconds = [_second(language.detect(body), own) for body, own in zip(documents.texts[1::2], decided, strict=True)]
    tags = [normalized_tag(declared) if declared else None for declared in table["language_declared"].to_pylist()]
    columns = {
        "article_id": table["article_id"],
        "script_shares": paragraphs.script_shares(table.num_rows),
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


def _language_spans(documents: Documents, paragraphs: Paragraphs) -> pa.Table:
    own = np.repeat(np.array(documents.table["language"].to_pylist(), object), 2)
    found = own[paragraphs.text]
    judged = paragraphs.n_letters >= _LEAST_LETTERS
    is_detected = np.zeros(len(found), np.bool_)
    for number in np.flatnonzero(judged & paragraphs.is_suspect & (found != "und")).tolist():
        text = documents.texts[paragraphs.text[number]]
        other = _other_language(
            text[paragraphs.start[number] : paragraphs.end[number]], found[number], paragraphs, number
        )
        if other:
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


def _other_language(text: str, own: str, paragraphs: Paragraphs, number: int) -> str | None:
    """The language of a paragraph when it is surely another one."""
    if (
        own in LANGUAGES
        and not paragraphs.is_in_other_script[number]
        and not letters_deny(own, text[: language.SAMPLE_CHARS])
    ):
        return None
    detection = language.detect(text)
    if detection.score is None or agrees(own, detection.language) or alike(own, detection.language):
        return None
    least = _LEAST_SCORE_OF_OTHER_SCRIPT if paragraphs.is_in_other_script[number] else _LEAST_SCORE
    return detection.language if detection.score >= least else None


def _inherited(
    found: npt.NDArray[Any], is_detected: npt.NDArray[np.bool_], judged: npt.NDArray[np.bool_], text: Ints
) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_]]:
    """Gives paragraphs that are too short to judge what the last judged one of their text has; at the head of a text they keep theirs."""
    place = np.maximum.accumulate(np.where(judged, np.arange(len(found)), -1)) if len(found) else np.arange(0)
    same = (place >= 0) & (text[place] == text)
    source = np.where(same, place, np.arange(len(found)))
    return found[source], is_detected[source]
