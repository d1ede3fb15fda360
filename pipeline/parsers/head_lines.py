"""Decides whether a line between headline and text may be a standfirst or a name; it gives no roles.

A standfirst is a statement under the headline. A line of few words under the date is the caption of the picture there, a line of
labels whose values come later is empty, and a line that counts readers belongs to the site.
"""

import re
from functools import cache
from itertools import pairwise
from typing import Final

from pipeline.parsers.blocks import Block
from pipeline.parsers.bylines import author_posts
from pipeline.parsers.cues import find_cue, folded_phrases, label_spans
from pipeline.text import function_words
from pipeline.text.arabic import fold

MIN_STANDFIRST_WORDS: Final = 4
MAX_STANDFIRST_WORDS: Final = 60
MIN_UNDER_META_WORDS: Final = 7  # under a date or name, where captions stand too
MAX_CREDIT_WORDS: Final = 3
MAX_POST_WORDS: Final = 8
MAX_NAME_LINE: Final = 6  # words
MAX_TITLE_LABEL: Final = 14  # characters
_CUT_OFF: Final = frozenset(
    word for language in ("ar", "en", "fr", "de", "es") for word in function_words.folded(language)
)
_RECORD: Final = re.compile(r"[^:]{1,30}:\s*[\d/.-]+")  # the number of an article
_LABEL_GAPS: Final = re.compile(r"[\s:|،,•·–—-]*")


def may_be_standfirst(block: Block, *, is_under_meta: bool) -> bool:
    """Whether a line under the headline may state what the story is about.

    Args:
        block: the line.
        is_under_meta: whether a date or name stands between it and the headline.
    """
    if not MIN_STANDFIRST_WORDS <= block.n_words <= MAX_STANDFIRST_WORDS:
        return False
    if is_under_meta and block.n_words < MIN_UNDER_META_WORDS and not block.terminal:
        return False
    if _RECORD.fullmatch(block.folded):
        return False
    return not (is_credited(block) or are_labels(block.folded) or counts_readers(block.folded))


def is_credited(block: Block) -> bool:
    """Whether a line ends with one to three words in brackets, as captions do with who took the picture."""
    text = block.text
    opening = text.rfind("(")
    if text[-1] != ")" or opening < 1 or any(map(str.isdigit, text[opening:])):
        return False
    return 1 <= len(text[opening:].split()) <= MAX_CREDIT_WORDS and block.n_words >= MIN_STANDFIRST_WORDS


def after_title_label(text: str) -> str:
    """What stands after the label of a title: `Title: Prices rise`; the whole line without one.

    >>> after_title_label("العنوان: ارتفاع الأسعار"), after_title_label("مصر: ارتفاع الأسعار")
    ('ارتفاع الأسعار', 'مصر: ارتفاع الأسعار')
    """
    label, colon, _ = text[: MAX_TITLE_LABEL + 1].partition(":")
    if colon and fold(label.strip()) in _title_labels():
        return text[len(label) + 1 :].strip() or text
    return text


@cache
def _title_labels() -> frozenset[str]:
    return frozenset(folded_phrases()["title"])


def states_post(folded: str) -> bool:
    """Whether a line says what an author is: `Writer and researcher`, `Live news reporter`."""
    words = folded.split()
    if not words or len(words) > MAX_POST_WORDS:
        return False
    return words[0] in author_posts() or words[-1] in author_posts()


def are_labels(folded: str) -> bool:
    """Whether a line is labels without values: `published: updated:`.

    >>> are_labels("نشر في: اخر تحديث:"), are_labels("نشر في: امس")
    (True, False)
    """
    if ":" not in folded:
        return False
    spans = label_spans(folded)
    starts = [0, *(end for _, end, _ in spans), len(folded)]
    ends = [*(start for start, _, _ in spans), len(folded)]
    return bool(spans) and all(_LABEL_GAPS.fullmatch(folded[a:b]) for a, b in zip(starts, ends, strict=False))


def counts_readers(folded: str) -> bool:
    """Whether a number in a line counts what sites count: views, visits, comments, shares.

    >>> counts_readers("admin محليات 112 زياره"), counts_readers("محو 112 قريه من الخريطه")
    (True, False)
    """
    if not any(map(str.isdigit, folded)):
        return False
    for number, unit in pairwise(folded.split()):
        cue = find_cue(unit, 1, []) if number.isdecimal() else None
        if cue is not None and cue.value < 0 and cue.kind in ("share", "comments"):
            return True
    return False


def may_be_name(block: Block) -> bool:
    """Whether a line may name the author: no number, no sentence, and not cut before the links that it leads to."""
    if block.n_words < 2 or block.n_words > MAX_NAME_LINE or block.terminal or any(map(str.isdigit, block.text)):
        return False
    # Folded, the name علي is the preposition على.
    return block.folded.rpartition(" ")[2] not in _CUT_OFF or block.text.endswith(" علي")
