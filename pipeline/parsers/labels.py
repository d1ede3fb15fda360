"""Decides, for each block of a page on its own, what it looks like; which article it belongs to is decided later, by context."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Final

from pipeline.parsers.blocks import Block, count_pieces
from pipeline.parsers.cues import (
    MAX_CONTAINED_WORDS,
    Cue,
    are_sections,
    find_cue,
    folded_phrases,
    interface_share,
    is_home,
    is_section,
    photo_agencies,
    present_phrases,
)
from pipeline.parsers.date_shapes import covered, date_share, is_machine_stamp, time_share, words_beside_date
from pipeline.parsers.similarity import ABOUT, shared
from pipeline.parsers.site_speech import site_words

# Calibrated on ANT Corpus and SaudiNewsNet paragraphs and headlines: of the headlines 0.3 % have more than 22 words, of the
# paragraphs without final punctuation 70 % do; 96 % of sentence-ended lines of ten words are prose.
MAX_SHORT_WORDS: Final = 60  # longer lines are text or a ticker, whatever words are in them
MIN_PROSE_WORDS: Final = 10
MIN_UNENDED_PROSE_WORDS: Final = 23
MIN_DATE_SHARE: Final = 0.6
MAX_DATE_WORDS: Final = 30
MIN_DATED_STATEMENT: Final = (
    8  # words of a headline with a day in it: `gold prices today, Tuesday 9 January, in local markets`
)
MIN_BESIDE_DATE: Final = 4  # words of it that are of no date
MAX_NAME_WORDS: Final = 6  # of what stands beside a date between separators
MIN_INTERFACE_SHARE: Final = 0.6
MIN_TICKER_PIECES: Final = 3
MIN_HEADLINE_PIECE: Final = 3.0  # words: a ticker's parts are headlines, a menu's are section names
MAX_CUE_WORDS: Final = {
    "byline": 14,
    "credit": 16,
    "caption": 45,
    "keywords": 60,
    "read_also": 32,
    "published": 30,
    "updated": 30,
    "share": 14,
}
MIN_FOLLOWED: Final = 3  # words
MAX_BYLINE_SENTENCE: Final = 7  # words of a byline that ends with a full stop
MAX_PHOTO_CREDIT: Final = 60  # characters at the end of a caption
MIN_REPEATS: Final = 3  # a line of at most MAX_REPEATED_WORDS that a page prints so often is part of its furniture
MAX_REPEATED_WORDS: Final = 4
MIN_HEADLINE_STEMS: Final = 3  # of fewer, one shared by chance says too much
MAX_CERTAIN_CONTAINED: Final = 14  # words: a longer line with a contained cue may be prose that mentions it

_HAS_DIGIT: Final = re.compile(r"\d")
_PARTS: Final = re.compile(r"\s*\|\s*|\s[•·●/–—-]+\s|،\s|,\s(?=\D)")
_NO_SIGN: Final = re.compile(r"[^:|@•]+")
_POST_SIGNATURE: Final = re.compile(
    r"^[—–-]{1,2}\s*[^@\n]{0,120}\(@\w{1,40}\)|^[^\n]{0,80}\(?@\w{2,40}\)?\s*[·•|]?\s*$"
)
_POST_LINK: Final = re.compile(
    r"pic\.(?:twitter|x)\.com/|//t\.co/|^(?:View this post on|A post shared by|عرض هذا المنشور على|تمت مشاركة منشور بواسطة)",
    re.IGNORECASE,
)
_POST_OPENINGS: Final = ("View this post", "A post shared", "عرض هذا المنشور", "تمت مشاركة منشور")
_URL: Final = re.compile(r"^(?:https?://|www\.)\S+$")
_HASHTAGS: Final = re.compile(r"^(?:#\S+\s*)+$")
_PHOTO_AGENCY: Final = re.compile(
    rf"[(/©|]\s*(?:{'|'.join(map(re.escape, photo_agencies()))})(?!\w)[^)]{{0,40}}\)?\s*$", re.IGNORECASE
)


_SPEECH: Final = ("«", "“", '"', "..", "؟", "?", "!")
_SAYS: Final = re.compile(r":\s+\S+\s+\S+\s+\S")
_PATH_SIGN: Final = re.compile("[>»›/|→←«:]")
_ARROWS: Final = re.compile(r"\s(?:[>›]|>>)\s")
_PATH: Final = re.compile(r"\s+(?:[>»›/|→←«]|::|>>)\s+")
MAX_PATH: Final = 4  # parts
MIN_MENU_WORDS: Final = 4
MIN_MENU_SHARE: Final = 0.6
MIN_HOME_MENU_SHARE: Final = 0.3  # of what follows the link home


class Kind(StrEnum):
    """What a block looks like by itself."""

    PROSE = "prose"
    SENTENCE = "sentence"  # ends as a sentence, too short to be prose by itself
    SHORT = "short"
    DATE = "date"
    TIME = "time"
    STAMP = "stamp"
    CUE = "cue"
    TICKER = "ticker"
    MENU = "menu"
    SHARE = "share"
    POST = "post"  # text or link of a social post
    SIGNATURE = "signature"
    CHROME = "chrome"


# Members by name of their own: `Kind.PROSE` costs five times as much at each mention, and there are a thousand on a page.
PROSE, SENTENCE, SHORT, DATE, TIME, STAMP, CUE, TICKER, MENU, SHARE, POST, SIGNATURE, CHROME = Kind

META: Final = frozenset((DATE, TIME, STAMP))
"""Kinds of blocks that say when."""
SIGNED: Final = frozenset(("byline", "published", "updated"))
"""Cues of who wrote an article, and when."""
ENDERS: Final = frozenset(("credit", "keywords", "related", "most_read", "comments", "comment_form", "copyright"))
"""Cues of what stands after the text of an article."""


# What a line is taken for by its shape alone: only of these is repetition the better witness. A site repeats its cues ("read
# also", "source: agencies") and today's date as well, and what they say of their neighbours stays true.
_BY_SHAPE: Final = frozenset({PROSE, SENTENCE, SHORT, TICKER, MENU, SHARE})


@dataclass(slots=True)
class Mark:
    """A block with its kind and cue. `soft`: the cue may be a mention inside prose."""

    block: Block
    kind: Kind
    cue: Cue | None = None
    soft: bool = False
    certain: float = 0.7

    @property
    def cue_kind(self) -> str:
        """The kind of the cue, '' without one."""
        return self.cue.kind if self.cue else ""


def label(blocks: list[Block], is_boilerplate: Callable[[str], bool] | None = None) -> list[Mark]:
    """A mark for each block, in order.

    Args:
        blocks: the blocks of one page.
        is_boilerplate: says whether a folded line repeats across pages of the source.
    """
    counts: dict[str, int] = {}
    for block in blocks:
        if block.n_words <= MAX_REPEATED_WORDS:
            counts[block.folded] = counts.get(block.folded, 0) + 1
    repeated = {folded for folded, count in counts.items() if count >= MIN_REPEATS and any(map(str.isalpha, folded))}
    words = [block.words() if block.n_words <= MAX_SHORT_WORDS else [] for block in blocks]
    short = [i for i, block in enumerate(blocks) if block.n_words <= MAX_CONTAINED_WORDS]
    present = present_phrases([blocks[i].folded for i in short], chain.from_iterable([words[i] for i in short]))
    marks = [_label(block, pieces, present) for block, pieces in zip(blocks, words, strict=True)]
    for i, mark in enumerate(marks):
        if mark.kind in _BY_SHAPE and not mark.block.terminal and mark.block.folded in repeated:
            marks[i] = Mark(mark.block, CHROME, certain=0.7)
    if is_boilerplate:
        _take_for_furniture(marks, is_boilerplate)
    return marks


def _take_for_furniture(marks: list[Mark], is_boilerplate: Callable[[str], bool]) -> None:
    """Makes chrome of repeated lines, except those about the page's own text.

    A headline stands in the lists of the day's other pages, and may be on more of them than a menu; on its own page it is one.
    """
    repeated = [i for i, mark in enumerate(marks) if mark.kind in _BY_SHAPE and is_boilerplate(mark.block.folded)]
    own = "\n".join(mark.block.folded for i, mark in enumerate(marks) if mark.kind is PROSE and i not in repeated)
    for i in repeated:
        words = marks[i].block.stems()
        if len(words) < MIN_HEADLINE_STEMS or shared(words, own) < ABOUT:
            marks[i] = Mark(marks[i].block, CHROME, certain=0.9)


def _label(block: Block, words: list[str], present: list[tuple[str, str]]) -> Mark:
    n_words, folded = block.n_words, block.folded
    if n_words > MAX_SHORT_WORDS:
        return Mark(block, _long_kind(block), certain=0.95)
    if not folded[:1].isalnum() and not any(map(str.isalnum, folded)):
        return Mark(block, CHROME, certain=0.95)
    dated = _date_kind(block, words)
    cue = find_cue(folded, n_words, present)
    if cue:
        mark = _cued(block, words, cue, dated)
        if mark:
            return mark
    if dated:
        return Mark(block, dated, certain=0.85)
    return _by_shape(block, words)


def _date_kind(block: Block, words: list[str]) -> Kind | None:
    folded = block.folded
    if block.n_words > MAX_DATE_WORDS or (block.terminal and block.n_words > 8):
        return None
    if block.n_words <= 4 and is_machine_stamp(folded):
        return STAMP
    dated = words_beside_date(folded, words)
    if dated and covered(dated) >= MIN_DATE_SHARE:
        return None if _says_more(folded, words) else DATE
    if block.n_words <= 6 and time_share(folded) >= MIN_DATE_SHARE:
        return TIME
    if dated and not block.terminal and _HAS_DIGIT.search(folded):
        parts = _PARTS.split(folded)
        if len(parts) > 1 and all(part.count(" ") < MAX_NAME_WORDS or date_share(part) for part in parts):
            return DATE if any(date_share(part) >= MIN_DATE_SHARE for part in parts) else None
    return None


def _says_more(folded: str, words: list[str]) -> bool:
    """Whether a line with a date is a statement about that day: words before and after it, and neither signs nor a time between."""
    if len(words) < MIN_DATED_STATEMENT or _PARTS.search(folded) or not _NO_SIGN.fullmatch(folded):
        return False
    beside = [covered([word]) == 0 for word in words]
    return beside[0] and beside[-1] and sum(beside) >= MIN_BESIDE_DATE


def _cued(block: Block, words: list[str], cue: Cue, dated: Kind | None) -> Mark | None:
    """The mark of a block with a cue; None when its length or value says that the cue is a mere word of it."""
    kind, n_words = cue.kind, block.n_words
    if kind in ("published", "updated"):
        value = block.folded[cue.value :] if cue.value >= 0 else ""
        if dated and not value.strip():  # a label before a date of digits and signs only
            return Mark(block, DATE, cue, certain=0.95)
        if not value.strip():
            return Mark(block, CUE, cue) if n_words <= 3 else None
        if dated or _is_dated(value):
            return Mark(block, DATE, cue, certain=0.95)
        return None
    if dated and kind not in ("byline", "credit", "copyright", "updated"):
        return Mark(block, dated, certain=0.85)
    whole = cue.value < 0
    if kind == "byline" and cue.labelled and _opens_headline(block, cue):
        return None
    if kind == "byline" and (_is_speech(block, cue) or (block.terminal and n_words > MAX_BYLINE_SENTENCE)):
        return None  # names are no sentences: the label of a speaker
    if n_words > MAX_CUE_WORDS.get(kind, 60):
        return None
    if kind == "section":
        return Mark(block, MENU, cue, certain=0.8)
    if kind == "share":
        return Mark(block, SHARE, cue, certain=0.9)
    if not whole and not cue.labelled:  # a phrase that begins the line, without a colon
        first = block.folded[: cue.value].strip()
        if kind == "read_also" and " " not in first:
            return None
        if kind == "byline" and n_words > MIN_FOLLOWED and interface_share(words[-1], words[-1:]):
            return Mark(block, SHARE, certain=0.7)  # whom to follow where
        if kind == "byline" and (n_words > (14 if " " in first else 7) or block.terminal):
            return None
        if kind == "caption" and (n_words > 25 or (block.terminal and n_words > 14)):
            return None
    if whole and n_words > MAX_CERTAIN_CONTAINED and kind != "copyright":
        if _only_ends_with_cue(block):
            return None
        shape = _by_shape(block, words)
        return Mark(block, shape.kind, cue, True, shape.certain)
    return Mark(block, CUE, cue, certain=0.9 if whole or cue.labelled else 0.6)


def _opens_headline(block: Block, cue: Cue) -> bool:
    """Whether a label says what kind of text the headline after it has, and not who wrote it: `Report: Ministry prefers a loan`."""
    value = block.folded[cue.value :]
    is_genre = block.folded[: cue.value - 1].strip() in folded_phrases()["genre"]
    return is_genre and value.count(" ") > MAX_NAME_WORDS and _PARTS.search(value) is None


def _is_speech(block: Block, cue: Cue) -> bool:
    """Whether a line that begins with the label of an author goes on with what one says or does."""
    if block.terminal and block.text[-1] in "?؟!":
        return True
    if cue.labelled or cue.value < 0:
        return False
    value = block.text[block.text.find(" ") :]
    return any(sign in value for sign in _SPEECH) or _SAYS.search(value) is not None


def _only_ends_with_cue(block: Block) -> bool:
    """Whether the sentences before the last are text: extractors glue a line of the site to the last paragraph."""
    head = block.folded.rpartition(". ")[0]
    words = head.split()
    return len(words) >= MIN_PROSE_WORDS and not present_phrases((head,), words) and not site_words(head, words)[0]


def _is_dated(value: str) -> bool:
    if date_share(value) >= 0.5:
        return True
    head = " ".join(value.split()[:9])  # a longer line may go on with another label
    return date_share(head) >= 0.5 or time_share(head) >= 0.5


def _by_shape(block: Block, words: list[str]) -> Mark:
    n_words, text = block.n_words, block.text
    if "@" in text and n_words <= 30 and _POST_SIGNATURE.match(text):
        return Mark(block, SIGNATURE, certain=0.9)
    if ("pic." in text or "t.co/" in text or text.startswith(_POST_OPENINGS)) and _POST_LINK.search(text):
        return Mark(block, POST, certain=0.9)
    if n_words == 1 and _URL.match(text):
        return Mark(block, CHROME, certain=0.9)
    if text[0] == "#" and _HASHTAGS.match(text):
        return Mark(block, CUE, Cue("keywords", 0), certain=0.6)
    if _is_path(block) or (not block.terminal and n_words >= MIN_MENU_WORDS and _are_links(words)):
        return Mark(block, MENU, certain=0.8)
    if n_words <= 14:
        if interface_share(block.folded, words) >= MIN_INTERFACE_SHARE:
            return Mark(block, SHARE, certain=0.8)
        if is_section(block.folded):
            return Mark(block, MENU, certain=0.8)
    if not block.terminal or n_words < MIN_PROSE_WORDS:
        pieces, mean = count_pieces(block)
        if pieces >= MIN_TICKER_PIECES and (pieces > 3 or not block.terminal):
            return Mark(block, TICKER if mean >= MIN_HEADLINE_PIECE else MENU, certain=0.8)
    if n_words <= 45 and text[-1] not in ".!؟?" and _names_photo_agency(text[-MAX_PHOTO_CREDIT:]):
        return Mark(block, CUE, Cue("caption", 0), certain=0.8)
    if n_words >= MIN_UNENDED_PROSE_WORDS or (block.terminal and n_words >= MIN_PROSE_WORDS):
        return Mark(block, _long_kind(block), certain=0.9 if block.terminal else 0.7)
    return Mark(block, SENTENCE if block.terminal else SHORT, certain=0.6)


def _are_links(words: list[str]) -> bool:
    """Whether a line is the menu of a site: names of sections, fewer of them where the link home stands first."""
    if "." in words:  # between the names
        words = [word for word in words if word != "."]
    if are_sections(words, MIN_MENU_SHARE):
        return True
    return is_home(words[0]) and are_sections(words[1:], MIN_HOME_MENU_SHARE)


def _names_photo_agency(end: str) -> bool:
    return ("(" in end or "/" in end or "©" in end) and _PHOTO_AGENCY.search(end) is not None


def _is_path(block: Block) -> bool:
    """Whether a line is the path to the page: `Home > Sport`, `الرئيسية » اقتصاد » headline`."""
    if not _PATH_SIGN.search(block.folded):
        return False
    parts = _PATH.split(block.folded)
    if len(parts) == 1 or not parts[0]:
        return False
    if len(parts) > 2 and len(_ARROWS.findall(block.folded)) == len(parts) - 1 and parts[0].count(" ") < MAX_PATH:
        return True
    cue = find_cue(parts[0], parts[0].count(" ") + 1, [])
    if cue is not None and cue.kind == "breadcrumb" and cue.value < 0:
        return True
    return (
        not block.terminal
        and all(part.count(" ") < 3 for part in parts)
        and is_section(parts[0])
        and len(parts) <= MAX_PATH
    )


def _long_kind(block: Block) -> Kind:
    """Prose, or a ticker of headlines: many parts of a headline's length and hardly a sentence among them."""
    pieces, mean = count_pieces(block)
    text = block.text
    if pieces < MIN_TICKER_PIECES or mean > 18:
        return PROSE
    if text.count(" | ") >= MIN_TICKER_PIECES - 1:  # headlines may be sentences, but no sentence has bars in it
        return TICKER if mean >= MIN_HEADLINE_PIECE else MENU
    sentences = text.count(". ") + text.count("، ") + text.count(", ") + text.count("؛ ") + block.terminal
    if pieces == MIN_TICKER_PIECES and block.terminal:
        return PROSE  # an aside between two dashes
    if pieces >= MIN_TICKER_PIECES and mean <= 18 and (sentences < pieces / 2 or (pieces >= 6 and not block.terminal)):
        return TICKER if mean >= MIN_HEADLINE_PIECE else MENU
    return PROSE
