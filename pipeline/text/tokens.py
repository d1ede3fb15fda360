"""Decides what counts as a word, a sentence and a paragraph; it does not say what they mean."""

import regex

TOKENIZER = "warraq-words-1"

# Python's \w does not match Arabic combining marks, so letters, marks and digits are named.
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’ـ][\p{L}\p{M}\p{N}]+)*")
_SENTENCE_END = regex.compile(r"[.!?؟۔…]+[\"'»”’)\]]*(?=\s|$)|\n+")
_NOT_AN_END = regex.compile(r"(?:^|[\s(])(?:\p{L}|أ\.د|Mr|Mrs|Dr|St|No|U\.S|U\.N)\.$")


def count_words(text: str) -> int:
    """Number of maximal runs of letters, marks and digits.

    >>> count_words("توافق مُرض، 10 آلاف")
    4
    """
    return len(_WORD.findall(text))


def count_sentences(text: str) -> int:
    """Number of sentences: a line break always ends one; an initial or an abbreviation never does."""
    count, start = 0, 0
    for match in _SENTENCE_END.finditer(text):
        chunk = text[start : match.end()]
        if "\n" not in match[0] and _NOT_AN_END.search(chunk):
            continue
        count += bool(chunk.strip())
        start = match.end()
    return count + bool(text[start:].strip())


def count_paragraphs(text: str) -> int:
    """Number of non-blank lines."""
    return sum(1 for line in text.split("\n") if line.strip())
