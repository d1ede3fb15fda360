"""Decides which lines of a page are the site's own boxes (newsletter, account, consent, comment rules); it does not decide roles.

A box is seen by a line in which the site speaks to its reader, or by a button; the lines printed with it without a blank line
between them are of the same box. Words that the article itself uses say nothing: a story about passwords is no account form.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from pipeline.parsers.labels import CHROME, CUE, DATE, PROSE, SENTENCE, SHORT, SIGNED, STAMP, TICKER, Mark
from pipeline.parsers.site_speech import MAX_WORDS, is_site_speech, site_words

MIN_OWN_LINES: Final = 2  # other paragraphs with a word: then it is the article's
MIN_SPACED: Final = 3  # paragraphs of a page
MIN_SPACED_SHARE: Final = 0.7  # of them with a blank line before: blank lines then separate what belongs apart
MIN_SHORT_SHARE: Final = 0.3  # of the words of a short line
MAX_GROUPED_PROSE: Final = 60  # words of a paragraph that its box can still claim

_LINES: Final = frozenset((PROSE, SENTENCE, SHORT, TICKER))
_SPEECH: Final = frozenset((PROSE, SENTENCE))
_BOXES: Final = frozenset(("chrome", "subscribe", "login", "comment_form", "copyright"))
_SIGNS: Final = _BOXES | {"advert"}


def clear_boxes(marks: list[Mark]) -> None:
    """Make chrome of the lines of boxes, in place."""
    found = {
        i: site_words(mark.block.folded, mark.block.words())
        for i, mark in enumerate(marks)
        if mark.block.n_words <= MAX_WORDS and (mark.kind in _SPEECH or mark.kind is SHORT)
    }
    speech = {i for i, (words, addressed) in found.items() if words and _speaks(marks[i], words, addressed)}
    if not speech and not any(mark.kind is CUE and mark.cue_kind in _SIGNS for mark in marks):
        return  # most pages
    lines = Counter(word for i, (words, _) in found.items() for word in words if marks[i].kind is PROSE)
    for i in speech:
        lines.subtract(found[i][0])
    own = {word for word, count in lines.items() if count >= MIN_OWN_LINES}
    for i in sorted(speech):
        words, addressed = found[i]
        if own.isdisjoint(words) or _speaks(marks[i], words - own, addressed):
            marks[i].kind, marks[i].cue, marks[i].certain = CHROME, None, 0.8
        else:
            speech.discard(i)
    first = next((i for i, mark in enumerate(marks) if mark.kind is PROSE), len(marks))
    if _is_spaced(marks):
        others = {i: words - own for i, (words, _) in found.items() if words}
        for group in _groups(marks):
            _clear_group(marks, group, speech, others, group.start > first)


def _speaks(mark: Mark, words: set[str], addressed: int) -> bool:
    if (
        mark.kind is SHORT
    ):  # a headline may be about newsletters; it is not full of the site's words and speaks to no one
        return len(words) > 1 and addressed > 0 and len(words) + addressed >= MIN_SHORT_SHARE * mark.block.n_words
    return mark.kind in _SPEECH and is_site_speech(len(words), addressed, mark.block.n_words)


def _is_spaced(marks: list[Mark]) -> bool:
    prose = [mark.block.gap for mark in marks if mark.kind is PROSE]
    return len(prose) >= MIN_SPACED and sum(prose) >= MIN_SPACED_SHARE * len(prose)


def _groups(marks: list[Mark]) -> Iterator[range]:
    """The runs of two lines and more without a blank line between them."""
    start = 0
    for i in range(1, len(marks) + 1):
        if i == len(marks) or marks[i].block.gap:
            if i - start > 1:
                yield range(start, i)
            start = i


def _clear_group(
    marks: list[Mark], group: range, speech: set[int], words: dict[int, set[str]], is_after_text: bool
) -> None:
    """Make chrome of a group with a line of the site: its sentences, and below the first paragraph its short lines too."""
    if any(marks[i].kind in (DATE, STAMP) or marks[i].cue_kind in SIGNED for i in group):
        return
    wordy = any(words.get(i) for i in group)  # an advert alone is a label between paragraphs
    n_site = sum(
        i in speech
        or (marks[i].kind is CUE and (marks[i].cue_kind in _BOXES or (wordy and marks[i].cue_kind == "advert")))
        for i in group
    )
    if not n_site:
        return
    for i in group:
        mark = marks[i]
        if mark.kind not in _LINES or (mark.kind is not SENTENCE and not is_after_text and not words.get(i)):
            continue
        if mark.kind is PROSE and (
            mark.block.n_words > MAX_GROUPED_PROSE or not (words.get(i) or n_site >= max(2, len(group) / 2))
        ):
            continue
        mark.kind, mark.cue, mark.certain = CHROME, None, 0.7
