"""Counts the words of the ANT corpus for `pipeline/text/arabic_words.tsv`: ``python -m tests.eval.arabic_words > FILE``.

Needs the shared data. Facts about words only: how often each was seen, with and without the article, and whether it takes
the article, or و although it begins with و or ف, and so cannot begin with a particle itself.
"""

import re
from collections import Counter

from pipeline.text.arabic import fold
from pipeline.text.arabic_clitics import Vocabulary, split_word, vocabulary
from pipeline.text.tokens import WORD
from tests.eval.encoding import ant

LEAST = 10  # rarer words are typing errors and names; a vocabulary three times as large was right as often
LEXEME_LEAST, LEXEME_SHARE = 2, 0.02
HEADER = """\
# Words of Arabic news in the match fold, without the article: word, times seen, 1 when it cannot begin with a particle.
# Counted by tests/eval/arabic_words.py in ANT Corpus v1.1 and v2.1 (Chouigui, Ben Khiroun, Elayeb; Apache-2.0), each text once.
"""


def rows(counts: Counter[str]) -> list[tuple[str, int, int]]:
    """(word, times seen, whether it is a lexeme) in order of the alphabet."""
    found = []
    for word, times in counts.items():
        with_article = counts["ال" + word]
        if times + with_article < LEAST or (word.startswith("ال") and len(word) > 4 and with_article < LEXEME_LEAST):
            continue
        headed = with_article + (counts["و" + word] if word[0] in "وف" else 0)
        is_lexeme = headed >= max(LEXEME_LEAST, LEXEME_SHARE * (times + with_article))
        found.append((word, times + with_article, int(is_lexeme)))
    return sorted(found)


def main() -> None:
    counts: Counter[str] = Counter()
    for text in dict.fromkeys(ant(10**9)):
        counts.update(word for word in WORD.findall(fold(text)) if re.fullmatch("[ء-ي]+", word))
    found = rows(counts)
    lists = vocabulary()
    known = Vocabulary(
        {word: times for word, times, _ in found},
        frozenset(word for word, _, is_lexeme in found if is_lexeme),
        lists.whole,
        lists.split,
    )
    # what و is split from need not be kept: its rest is
    kept = [row for row in found if len(split_word(row[0], known)) == 1 or row[0][0] != "و"]
    print(HEADER, end="")
    print("\n".join("\t".join(map(str, row)) for row in kept))


if __name__ == "__main__":
    main()
