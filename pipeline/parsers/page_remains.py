"""Decides which parts of a body are remains of its page, a program or a menu; it knows no cues."""

import re
from typing import Final

MIN_CODE: Final = 3  # signs of a program in a paragraph
MIN_ENTRIES: Final = 4  # lines of a menu; poems have as many, and no paragraphs after them
MAX_ENTRY_WORDS: Final = 4
MIN_PARAGRAPHS: Final = 3
MIN_PARAGRAPH_WORDS: Final = 20

_SENTENCE_ENDS: Final = '.!?؟…:؛;،,"»”’)۔।'
_CODE: Final = re.compile(
    r"\}\s*\)\s*;|[a-zA-Z_]\s*:\s*\{|\bfunction\s*\(|\};|[a-z-]{3,}\s*:\s*[\w#%. -]{1,40};\s*(?=[a-z}])", re.ASCII
)
_TEXT_END: Final = re.compile(r"[^\W\d_a-zA-Z][.!?؟…]*|[.!?؟…](?=\s)")


def without_script(line: str) -> str:
    """A paragraph without the program of the page (polls, charts, trackers) that follows its text.

    >>> without_script("أين قضيت إجازتك؟ series:{ show:false } , legend:{ show:false } }); });")
    'أين قضيت إجازتك؟'
    >>> without_script("قال تعالى: {وقل رب زدني علما}، وقال: {اقرأ}؛ صدق الله العظيم")
    'قال تعالى: {وقل رب زدني علما}، وقال: {اقرأ}؛ صدق الله العظيم'
    """
    if "{" not in line:
        return line
    signs = list(_CODE.finditer(line))
    if len(signs) < MIN_CODE:
        return line
    ends = [match.end() for match in _TEXT_END.finditer(line, 0, signs[0].start())]
    return line[: ends[-1]].rstrip() if ends else ""


def without_menu(lines: list[str]) -> list[str]:
    """The lines without a menu above a text in paragraphs: many short ones without a stop before the first sentence."""
    first = next((n for n, line in enumerate(lines) if not _is_entry(line)), 0)
    if first < MIN_ENTRIES:
        return lines
    n_paragraphs = sum(line.count(" ") >= MIN_PARAGRAPH_WORDS for line in lines[first:])
    return lines[first:] if n_paragraphs >= MIN_PARAGRAPHS else lines


def _is_entry(line: str) -> bool:
    return line.count(" ") < MAX_ENTRY_WORDS and line[-1] not in _SENTENCE_ENDS
