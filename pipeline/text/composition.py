"""Decides how text is composed (NFC); it changes no spelling beyond that."""

from unicodedata import is_normalized, normalize


def nfc(text: str) -> str:
    """The NFC form of a text.

    Arabic is full of marks in the order in which they are typed. `normalize` takes the whole text apart for one of them; nothing
    is composed across a space or a line break, so only the words that need it are.

    >>> nfc("\\u0627\\u0651\\u064e \\u0627\\u0654") == "\\u0627\\u064e\\u0651 \\u0623"
    True
    """
    if is_normalized("NFC", text):
        return text
    return "\n".join([line if is_normalized("NFC", line) else _by_words(line) for line in text.split("\n")])


def _by_words(line: str) -> str:
    return " ".join([normalize("NFC", word) for word in line.split(" ")])
