"""Decides what is unusual about the surface of an article: lengths, variety, repetition, boilerplate, misread letters, an end that is
none, a headline that the body does not bear out. It drops nothing and judges no content.
"""

import re
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.enrichers.documents import Documents
from pipeline.enrichers.text_cues import TEXT_CUES_VERSION, Cue, cue_words, find_cue, unfinished
from pipeline.text import characters
from pipeline.text.arabic import fold
from pipeline.text.groups import Groups
from pipeline.text.mojibake import MOJIBAKE_VERSION, is_suspect, repair, suspect_ends
from pipeline.text.piece_types import Types
from pipeline.text.tokens import WORD
from pipeline.text.vocabulary import Flags, Ints, Strings
from schemas.tables import ANNOTATION_TABLES

VERSION = f"1/cues {TEXT_CUES_VERSION}, mojibake {MOJIBAKE_VERSION}"

Floats = npt.NDArray[np.float64]

LONG_WORD: Final = 6

# Calibrated on 4,000 articles each of SaudiNewsNet and the ANT corpus (drawn with seed 1), whose share beyond is given in that order.
FEW_WORDS: Final = 30  # 1.2 %, 1.8 %: captions and lines that were cut off wrongly
LONG_SENTENCES: Final = 120.0  # 0.6 %, 0 %; half of the articles have 34 and 25 words a sentence: full stops were lost
ODD_WORDS: Final = (
    3.0,
    9.0,
)  # 0.03 %, 0 %; all but one article in a thousand lie in 3.9 to 7.0, and long-worded languages below 8
LITTLE_VARIETY: Final = 0.2  # none; the least were 0.21 and 0.29, on the longest texts
LINES_REPEATED: Final = 0.2  # 0.03 %, 0.03 %; one article in a thousand repeats more than 0.05
MUCH_BOILERPLATE: Final = (
    0.2  # none: both corpora were cut to their texts; one in a thousand has more than 0.01 and 0.08
)
FEWEST_HEADLINE_TERMS: Final = (
    3  # 0.6 %, 0.3 % of headlines with as many have none in the body; half have more than 0.8 of them
)

_TAIL_CHARS: Final = 24
_ELLIPSIS: Final = re.compile(r"(?:…|\.{3})[\s\"'»”’)\]]*$")
# Two full stops are one: opinion pieces in Arabic end so. Which quotation marks close a text depends on the language.
_STOP: Final = re.compile(r"(?:[.!?؟۔。！？][\s\"'«»“”„‘’)\]】」』]*|[»”\")\]’'%】」』])[\s\u200e\u200f]*$")
_JOINT: Final = re.compile(r"[,،؛;:(\[–—-]\s*$")

_STOPS: Final = (".", "!", "?", "؟", "۔")
_CUT_OFF: Final = frozenset({"ellipsis", "read_more", "unfinished"})

UNSPACED: Final = frozenset({"zh", "yue", "wuu", "ja", "th", "lo", "km", "my", "bo", "dz"})
"""Languages that write no spaces between words: their words cannot be counted."""


class _Surface(NamedTuple):
    """What the lines of each body say; `misread` is of headline and body."""

    repeated: Floats
    boilerplate: Floats
    misread: Floats
    endings: list[str]
    cues: list[list[Cue]]


def annotate(documents: Documents, terms: pa.Table) -> pa.Table:
    """Rows of `text_quality`, one an article.

    Args:
        terms: the rows of `terms` of the same articles.
    """
    table = documents.table
    n_words, chars, n_long = _word_counts(documents)
    variety, agreement, n_content = _term_figures(table["article_id"], terms)
    languages = table["language"].to_pylist()
    counted = np.array([language not in UNSPACED for language in languages], np.bool_)
    n_words, n_content, sentences = n_words * counted, n_content * counted, table["n_sentences"].to_numpy()
    surface = _surface(documents, languages)
    figures: dict[str, Floats] = {
        "words_per_sentence": _ratio(n_words, sentences),
        "chars_per_word": _ratio(chars, n_words),
        "type_token_ratio": np.where(n_words > 0, variety, np.nan),
        "long_word_share": _ratio(n_long, n_words),
        "repeated_line_share": surface.repeated,
        "boilerplate_share": surface.boilerplate,
        "misread_share": surface.misread,
        "headline_in_body_share": np.where(counted, agreement, np.nan),
    }
    flags = _flags(figures, np.where(counted, n_words, FEW_WORDS), n_content, surface)
    made: dict[str, Any] = {
        name: pa.array(values.astype(np.float32), from_pandas=True) for name, values in figures.items()
    }
    made |= {
        "article_id": table["article_id"],
        "filed_month": table["filed_month"],
        "body_ending": pa.array(surface.endings, pa.string()),
        "text_cues": pa.array([[": ".join(cue) for cue in cues] for cues in surface.cues], pa.list_(pa.string())),
        "text_flags": pa.array(flags, pa.list_(pa.string())),
    }
    schema = ANNOTATION_TABLES["text_quality"].arrow()
    return pa.table([made[name] for name in schema.names], schema=schema)


def _ratio(numerator: Any, denominator: Any) -> Floats:
    """NaN, which becomes NULL, where there is nothing to divide by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(denominator > 0, np.asarray(numerator, np.float64) / denominator, np.nan)


def _word_counts(documents: Documents) -> tuple[Ints, Ints, Ints]:
    """Of each body: its words, their letters and digits, and how many are long."""
    pieces = documents.pieces
    lengths = pieces.of_words(lambda _: _lengths)[0]
    bounds = pieces.first_word[pieces.first]
    sums = (np.concatenate(([0], np.cumsum(values)))[bounds] for values in (lengths, lengths > LONG_WORD))
    n_words, chars, n_long = (np.diff(until)[1::2] for until in (bounds, *sums))
    return n_words, chars, n_long


def _lengths(forms: list[str], _: Strings) -> tuple[list[int]]:
    return (list(map(len, forms)),)


def _term_figures(article_ids: pa.ChunkedArray, terms: pa.Table) -> tuple[Floats, Floats, Ints]:
    """Of each article: the type/token ratio of the body, the share of content terms of the headline that it bears out, their number."""
    n = len(article_ids)
    ids = terms["article_id"].combine_chunks()
    starts = np.flatnonzero(pc.not_equal(ids[1:], ids[:-1]).to_numpy(zero_copy_only=False)) + 1
    starts = np.concatenate(([0], starts))[: len(ids)]  # the terms of an article stand together
    row = np.repeat(
        pc.index_in(ids.take(pa.array(starts)), value_set=article_ids).to_numpy(), np.diff(np.append(starts, len(ids)))
    )
    in_headline = terms["n_in_headline"].to_numpy()
    in_body = terms["n_occurrences"].to_numpy() - in_headline
    variety = _ratio(np.bincount(row[in_body > 0], minlength=n), np.bincount(row, weights=in_body, minlength=n))

    content = (in_headline > 0) & ~terms["is_function_word"].to_numpy()
    borne_out = in_body > 0
    doubtful = np.flatnonzero(content & ~borne_out)
    borne_out[doubtful] = _has_stem(row, terms["stem"].combine_chunks().dictionary_encode(), doubtful, in_body > 0)
    n_content = np.bincount(row[content], minlength=n)
    return variety, _ratio(np.bincount(row[content & borne_out], minlength=n), n_content), n_content


def _has_stem(
    row: Ints, stems: pa.DictionaryArray, asked: Ints, in_body: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Whether the body of the same article has another term with the stem of each of the terms `asked`."""
    stem = stems.indices.to_numpy()
    is_asked = np.zeros(len(stems.dictionary), np.bool_)
    is_asked[stem[asked]] = True
    near = in_body & is_asked[stem]
    keys = row * np.int64(len(stems.dictionary)) + stem
    known = np.append(np.sort(keys[near]), -1)
    return np.asarray(known[np.searchsorted(known[:-1], keys[asked])] == keys[asked])


def _surface(documents: Documents, languages: list[str]) -> _Surface:
    lines = _Lines(documents)
    n_articles = documents.table.num_rows
    cued, repeated = np.zeros(n_articles, np.int64), np.zeros(n_articles, np.int64)
    cues: list[list[Cue]] = [[] for _ in languages]
    of_line: dict[int, Cue] = {}
    for number in lines.with_cue_words.tolist():
        line, article = lines.text(number), lines.article[number]
        if cue := find_cue(line):
            of_line[number] = cue
            cues[article].append(cue)
            cued[article] += len(line)
    for number in lines.repeated():
        repeated[lines.article[number]] += lines.size[number]
    size = np.maximum(np.bincount(lines.article, lines.size, n_articles), 1)

    last = np.searchsorted(lines.article, np.arange(n_articles), side="right") - 1
    has_lines = np.bincount(lines.article, minlength=n_articles) > 0
    endings = [
        _ending(lines.text(number), of_line.get(number), language) if has_line else _ending("", None, language)
        for number, has_line, language in zip(last.tolist(), has_lines.tolist(), languages, strict=True)
    ]
    return _Surface(repeated / size, cued / size, _misread_shares(documents), endings, cues)


class _Lines:
    """The lines of the bodies that are not blank, and their articles."""

    def __init__(self, documents: Documents) -> None:
        lines, pieces = documents.paragraphs, documents.pieces
        n_marks, is_odd = pieces.of_pieces(lambda _: _marks)
        is_seen = lines.by_piece(n_marks) > 0
        self._texts = documents.texts
        self._kept = np.flatnonzero(is_seen & (lines.text % 2 == 1))
        self._spans = (
            lines.text[self._kept].tolist(),
            lines.start[self._kept].tolist(),
            lines.end[self._kept].tolist(),
        )
        self._forms = lines.by_word(pieces.forms)[self._kept]
        has_cue_word = (lines.by_word(pieces.of_words(lambda _: _cue_words)[0]) > 0) | (lines.by_piece(is_odd) > 0)
        self.article: Ints = lines.text[self._kept] >> 1
        self.size: Ints = (lines.end - lines.start)[self._kept]
        self.with_cue_words: Ints = np.flatnonzero(has_cue_word[self._kept])

    def text(self, number: int) -> str:
        texts, starts, ends = self._spans
        line: str = self._texts[texts[number]][starts[number] : ends[number]]
        return line

    def repeated(self) -> list[int]:
        """Lines that stand before in the same body."""
        # equal lines have equal sums, so that nearly all articles can be left aside
        sums = (self._forms * 31 + self.size) & ((1 << 40) - 1)
        alike = Groups(self.article << 40 | sums)
        seen: set[tuple[int, str]] = set()
        found = []
        for number in np.flatnonzero(alike.counts[alike.number] > 1).tolist():
            line = (int(self.article[number]), self.text(number))
            if line in seen:
                found.append(number)
            seen.add(line)
        return found


def _marks(types: list[str], _: Strings) -> tuple[Ints, Flags]:
    """Characters of each type that are no white space, and whether a cue may stand in it that is no word of it."""
    read = Types(types)
    is_space = (read.classes == characters.SPACE) | (read.classes == characters.LINE_BREAK)
    is_odd = (read.classes == characters.SPECIAL) | (read.characters > 0xFFFF)
    return read.count(~is_space), read.count(is_odd) > 0


def _cue_words(forms: list[str], _: Strings) -> tuple[list[bool]]:
    """Whether a form may be a word of a cue, or hold one."""
    words = cue_words()
    return ([form in words or not form.isalnum() for form in forms],)


def _misread_shares(documents: Documents) -> Floats:
    """The share of the characters of each article that are misread."""
    pieces, texts = documents.pieces, documents.texts
    shares = np.zeros(len(texts) // 2)
    suspects = np.unique(pieces.text[pieces.of_pieces(lambda _: _may_be_misread)[0] > 0] >> 1)
    for article in suspects.tolist():
        headline, body = texts[2 * article : 2 * article + 2]
        if misread := _misread(headline) + _misread(body):
            shares[article] = misread / (len(headline) + len(body))
    return shares


def _may_be_misread(types: list[str], _: Strings) -> tuple[Flags]:
    read = Types(types)
    is_lost = read.characters == ord("\ufffd")
    is_lost[[end - 1 for end in suspect_ends("".join(types))]] = True
    may_be = read.count(is_lost) > 0
    for number in np.flatnonzero(may_be).tolist():  # what looks so may be the end of one and the start of the next
        may_be[number] = "\ufffd" in types[number] or bool(suspect_ends(types[number]))
    return (may_be,)


def _misread(text: str) -> int:
    """Characters that are U+FFFD, or that a repair would change."""
    changed = sum(end - start for start, end in repair(text).changed) if is_suspect(text) else 0
    return min(changed + text.count("\ufffd"), len(text))


def _ending(line: str, cue: Cue | None, language: str) -> str:
    """How a last line ends, one of BODY_ENDINGS."""
    if cue and cue.kind == "read_more":
        return "read_more"
    tail = line[-_TAIL_CHARS:]
    if tail.endswith(_STOPS):  # most do, and it is cheaper than the patterns that follow
        return "ellipsis" if tail.endswith("...") else "stop"
    if _ELLIPSIS.search(tail):
        return "ellipsis"
    if _STOP.search(tail):
        return "stop"
    last = WORD.findall(tail)[-1:]
    if _JOINT.search(tail) or (last and fold(last[0]) in unfinished(language)):
        return "unfinished"
    return "none"


def _flags(figures: dict[str, Floats], n_words: Ints, n_content: Ints, surface: _Surface) -> list[list[str]]:
    """The flags of each article, in the order of TEXT_FLAGS."""
    shortest, longest = ODD_WORDS
    flags = {
        "few_words": n_words < FEW_WORDS,
        "long_sentences": figures["words_per_sentence"] > LONG_SENTENCES,
        "odd_words": (figures["chars_per_word"] < shortest) | (figures["chars_per_word"] > longest),
        "little_variety": figures["type_token_ratio"] < LITTLE_VARIETY,
        "lines_repeated": figures["repeated_line_share"] > LINES_REPEATED,
        "much_boilerplate": figures["boilerplate_share"] > MUCH_BOILERPLATE,
        "misread_text": figures["misread_share"] > 0,
        "cut_off": np.array([ending in _CUT_OFF for ending in surface.endings], np.bool_),
        "paywalled": np.array([any(cue.kind == "paywall" for cue in cues) for cues in surface.cues], np.bool_),
        "headline_unrelated": (n_content >= FEWEST_HEADLINE_TERMS) & (figures["headline_in_body_share"] == 0),
    }
    found: list[list[str]] = [[] for _ in surface.endings]
    for name, holds in flags.items():
        for number in np.flatnonzero(holds).tolist():
            found[number].append(name)
    return found
