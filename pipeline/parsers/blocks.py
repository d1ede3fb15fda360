"""Decides where the blocks of a page begin and end and measures their shape; it does not decide what they are.

A block is a line; on pages that were wrapped at a fixed width it is a paragraph of lines, and on pages that came as one line it
is what stands between separators.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from pipeline.parsers.cues import find_cue
from pipeline.parsers.date_shapes import date_share
from pipeline.parsers.similarity import stems
from pipeline.text.arabic import fold, fold_lines

_INVISIBLE: Final = (
    "\ufeff\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u00ad\u061c"
)
_SPACE: Final = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x85\xa0\u2028\u2029\u3000\u2002\u2003\u2009" + _INVISIBLE
_CLOSERS: Final = "\"'»”’)]} \u200f\u200e*"
_TERMINAL: Final = frozenset(".!?؟۔…。！？।")
_BULLETS: Final = frozenset("•·▪●■◆►▸‣○◦*-–—›»✓◾▫⁃∙➤➢")
_NUMBERED: Final = re.compile(r"\d{1,2}\s?[.)\-–]\s")
_PAGE_SEPARATOR: Final = re.compile(r"\s+(?:\|+|/{2,}|•|·|●|■|►|»|\*{2,})\s+|\t+|[ \u00a0]{3,}")
# Between spaces these separate parts of a line; `|` does so without them.
_HARD: Final = frozenset(("•", "·", "●", "■", "►", "◄", "*", "**", "//", "///", "++"))
_SOFT: Final = frozenset(("-", "–", "—", "›", ">", "»", "/"))
_SIGN: Final = re.compile(r" ([•·●■►◄*/+–—›>»-]{1,3})(?= )")
_UNSPACED: Final = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")

# A wrapped page has no long line, and where a line ends the next word would not have fitted.
MAX_WRAP_WIDTH: Final = 130
MIN_WRAP_WIDTH: Final = 50
MAX_LONG_SHARE: Final = 0.3  # of the characters in longer lines: a page whose paragraphs are lines is not wrapped
MIN_WRAPPED_PAIRS: Final = 2
SURE_WRAPPED_PAIRS: Final = 5
# Share of neighbouring long lines of which the second's first word would not have fitted: by chance 0.1 to 0.2 on unwrapped pages;
# on wrapped ones only the lines of lists and the last lines of paragraphs miss.
MIN_WRAPPED_SHARE: Final = 0.5
MIN_SHORT_WRAPPED_SHARE: Final = 0.75
MAX_LONE_WORDS: Final = 8
MIN_LONE_DATE: Final = 0.6
MAX_PAGE_LINES: Final = 3  # with at most so many lines, long ones are cut at separators
MIN_LONG_LINE: Final = 400


@dataclass(slots=True)
class Block:
    """A block: raw span [start, end), its text, its match fold, and its shape.

    `gap`: a blank line stands before it. `terminal`: it ends as a sentence does. `pieces`: parts between separators.
    """

    start: int
    end: int
    text: str
    folded: str
    gap: bool
    n_words: int
    terminal: bool
    bullet: bool
    _stems: list[str] | None = field(default=None, repr=False, compare=False)
    _words: list[str] | None = field(default=None, repr=False, compare=False)

    def words(self) -> list[str]:
        """What stands between the spaces of its fold."""
        if self._words is None:
            self._words = self.folded.split()
        return self._words

    def stems(self) -> list[str]:
        """Its `similarity.stems`, which several readers want of the same headlines."""
        if self._stems is None:
            self._stems = stems(self.folded)
        return self._stems


def split_blocks(text: str) -> list[Block]:
    """The blocks of a page in order; every character that is not space is in exactly one of them."""
    blocks = _lines(text)
    if len(blocks) <= MAX_PAGE_LINES and any(b.end - b.start >= MIN_LONG_LINE for b in blocks):
        return [part for block in blocks for part in _cut(text, block)]
    return _unwrap(text, blocks)


def make_block(text: str, start: int, end: int, gap: bool) -> Block | None:
    """The block of a raw span, without the space at its edges; None when nothing is left."""
    raw = text[start:end]
    stripped = raw.strip(_SPACE)
    if not stripped:
        return None
    start += raw.index(stripped)
    return _block(start, stripped, fold(stripped), gap)


def _block(start: int, stripped: str, folded: str, gap: bool) -> Block:
    n_words = folded.count(" ") + 1
    if len(folded) > 12 * n_words and _UNSPACED.search(folded):
        n_words = len(folded) // 2  # scripts without spaces: about two characters a word
    bullet = stripped[0] in _BULLETS or (stripped[0].isdigit() and _NUMBERED.match(stripped) is not None)
    last = stripped[-1]
    if last in _CLOSERS:
        last = stripped.rstrip(_CLOSERS)[-1:]
    return Block(start, start + len(stripped), stripped, folded, gap, n_words, last in _TERMINAL, bullet)


def _lines(text: str) -> list[Block]:
    lines = text.splitlines(keepends=True)
    folds = fold_lines(text)
    if not len(lines) <= len(folds) <= len(lines) + 1:
        folds = [fold(line) for line in lines]
    blocks, position, gap = [], 0, True
    for line, folded in zip(lines, folds, strict=False):
        stripped = line.strip(_SPACE)
        if stripped and folded:
            blocks.append(_block(position + line.index(stripped), stripped, folded, gap))
            gap = False
        else:
            gap = True
        position += len(line)
    return blocks


def _unwrap(text: str, blocks: list[Block]) -> list[Block]:
    """Join the lines of paragraphs on a page that was wrapped at a fixed width."""
    lengths = sorted(len(block.text) for block in blocks)
    if len(blocks) <= MIN_WRAPPED_PAIRS or lengths[len(lengths) * 9 // 10] > MAX_WRAP_WIDTH:
        return blocks
    if sum(length for length in lengths if length > MAX_WRAP_WIDTH) > MAX_LONG_SHARE * sum(lengths):
        return blocks
    width = max((length for length in lengths if length <= MAX_WRAP_WIDTH), default=0)
    pairs = [
        (left, right)
        for left, right in pairwise(blocks)
        if not right.gap and not right.bullet and len(left.text) > width * 0.6
    ]
    fits = sum(_would_not_fit(left, right, width) for left, right in pairs)
    if sum(left.terminal for left, _ in pairs) > len(pairs) / 2:
        return blocks  # lines that end as sentences do are paragraphs of about one length
    least = MIN_WRAPPED_SHARE if len(pairs) >= SURE_WRAPPED_PAIRS else MIN_SHORT_WRAPPED_SHARE
    if width < MIN_WRAP_WIDTH or len(pairs) < MIN_WRAPPED_PAIRS or fits < least * len(pairs):
        return blocks
    joined = [blocks[0]]
    previous = blocks[0]
    for block in blocks[1:]:
        first = joined[-1]
        apart = block.gap or block.bullet or _stands_alone(previous) or _stands_alone(block)
        if not apart and _would_not_fit(previous, block, width):
            joined[-1] = _block(first.start, text[first.start : block.end], f"{first.folded} {block.folded}", first.gap)
        else:
            joined.append(block)
        previous = block
    return joined


def _stands_alone(block: Block) -> bool:
    """Whether a short line is a date or a cue, which is never part of a paragraph."""
    if block.n_words > MAX_LONE_WORDS:
        return False
    cue = find_cue(block.folded, block.n_words, [])
    return date_share(block.folded) >= MIN_LONE_DATE or (cue is not None and (cue.labelled or cue.value < 0))


def _would_not_fit(left: Block, right: Block, width: int) -> bool:
    first_word = right.text.find(" ")
    return len(left.text) + 1 + (first_word if first_word > 0 else len(right.text)) > width


def _cut(text: str, block: Block) -> list[Block]:
    """The parts of a long line between the separators that pages join their blocks with."""
    parts: list[Block | None] = []
    position = block.start
    for match in _PAGE_SEPARATOR.finditer(text, block.start, block.end):
        parts.append(make_block(text, position, match.start(), not parts))
        position = match.end()
    parts.append(make_block(text, position, block.end, not parts))
    return [part for part in parts if part]


def count_pieces(block: Block) -> tuple[int, float]:
    """Parts of a line between separators, and their mean number of words: tickers and menus have many, prose has few.

    >>> count_pieces(make_block("الرئيسية | أخبار | رياضة | فن", 0, 29, True))
    (4, 1.0)
    """
    text = block.text
    n_hard, n_soft = text.count("|"), 0
    for sign in set(_SIGN.findall(text)):  # most lines have none
        if sign in _SOFT:
            n_soft += text.count(f" {sign} ")
        elif sign in _HARD:
            n_hard += text.count(f" {sign} ")
    n = 1 + (n_hard if n_hard >= n_soft else n_soft)
    return n, max(block.n_words - (n - 1), 1) / n
