"""Decides where an Arabic text names a person: after a title, or where parts of names that are known follow one another."""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.enrichers.mentions.candidates import SCORES, Candidate
from pipeline.enrichers.mentions.lexicon import NISBAS, function_words
from pipeline.enrichers.mentions.scan import Scan
from pipeline.enrichers.mentions.words import is_common

_GAPS = (" ", "-")
_MOST_WORDS = 6
_MOST_COMPLEMENT = 9  # words between an office and its holder
_JOINS_NEXT = frozenset(
    [
        "بن",
        "ابن",
        "بنت",
        "ابو",
        "ابي",
        "ام",
        "ال",
        "عبد",
        "دي",
        "دا",
        "دو",
        "دوس",
        "فان",
        "فون",
        "دير",
        "لا",
        "لو",
        "ماك",
        "سان",
        "بو",
        "ولد",
        "اوغلو",
        "نور",
    ]
)
_GOD_OR_FAITH = {
    "الله": frozenset(
        [
            "عبد",
            "فتح",
            "ضيف",
            "نصر",
            "سعد",
            "خير",
            "حمد",
            "جار",
            "عطا",
            "هبه",
            "اسد",
            "رزق",
            "حسب",
            "خلف",
            "لطف",
            "نعمه",
            "ايه",
            "روح",
            "عوض",
            "فضل",
            "امر",
            "كرم",
            "حفظ",
            "جاب",
        ]
    ),
    "الدين": frozenset(
        [
            "نور",
            "علاء",
            "صلاح",
            "جمال",
            "كمال",
            "شمس",
            "عز",
            "بهاء",
            "ضياء",
            "محي",
            "محيي",
            "خير",
            "سيف",
            "زين",
            "تقي",
            "شرف",
            "فخر",
            "ناصر",
            "سراج",
            "بدر",
            "حسام",
            "عماد",
            "نصر",
            "برهان",
            "قطب",
            "كرم",
            "نجم",
            "شهاب",
            "قمر",
            "اسد",
            "تاج",
            "مجد",
            "معين",
            "جلال",
            "رضي",
            "علم",
        ]
    ),
}
_SON = frozenset(("بن", "ابن", "بنت"))
_WHAT_KIND = frozenset(
    [
        "السابق",
        "السابقه",
        "الراحل",
        "الراحله",
        "الاسبق",
        "الحالي",
        "الحاليه",
        "المنتخب",
        "المنتخبه",
        "العام",
        "العامه",
        "الدولي",
        "الشهير",
        "الشهيره",
        "المخلوع",
        "المعزول",
        "المعزوله",
        "المتقاعد",
        "الركن",
        "المساعد",
        "المكلف",
        "الشاب",
        "العالمي",
        "المعروف",
    ]
)


class Run(NamedTuple):
    """Words that read as one name: how many are sure parts, weak ones, with the article, in no list at all."""

    start: int
    end: int
    n_words: int
    n_sure: int
    n_weak: int
    n_surnames: int
    n_unknown: int
    has_son: bool

    @property
    def n_parts(self) -> int:
        return self.n_sure + self.n_weak + self.n_surnames + self.n_unknown


def find_people(scan: Scan) -> Iterator[Candidate]:
    """Candidates for people, those after a title first."""
    seen: dict[int, int] = {}
    for start, end, kind in scan.titles:
        found = _after_direct(scan, end, kind) if kind != "office" else _after_office(scan, end)
        if found and found.start not in seen:
            seen[found.start] = found.end
            title = scan.text[start:end]
            yield _candidate(found, "title_cue", f"title {title}")
    until = -1
    for start in sorted(scan.parts):
        if start < until or start in seen:
            until = max(until, seen.get(start, -1))
            continue
        end, kind = scan.parts[start]
        if kind == "surname" or (kind == "weak" and scan.text[end : end + 1] not in _GAPS):
            continue
        run = read_name(scan, start)
        if run and run.n_words == 1 and kind == "sure" and (first := _word_before(scan, start)) >= 0:
            run = read_name(scan, first)
        if run and _is_name(run):
            until = run.end
            yield _candidate(run, "name_run", "names")


def _word_before(scan: Scan, start: int) -> int:
    """Where the word before begins when that is of no list and no common word: the given name of a last name that is known; else -1."""
    word = scan.word_before(start)
    if len(word) < 4 or word.endswith(("ت", "ه")) or word[0] < "\u0600":
        return -1
    first = start - 1 - len(word)
    is_known = first in scan.sure or first in scan.title_starts or scan.has_article(first) or _has_particle(scan, first)
    return -1 if is_known or is_common(word) else first


def _has_particle(scan: Scan, first: int) -> bool:
    return any(first + k in scan.parts or first + k in scan.sure for k in (1, 2))


def _candidate(run: Run, method: str, rule: str) -> Candidate:
    return Candidate(run.start, run.end, "PER", None, None, method, SCORES[method], rule)


def read_name(scan: Scan, start: int) -> Run | None:
    """The name that begins at a place, as far as it goes; None when the word there can be none."""
    position, end = start, start
    words = sure = weak = surnames = unknown = 0
    pending = has_son = False  # a joining word is waiting for its partner
    while position >= 0 and words < _MOST_WORDS:
        word = scan.word(position)
        word_end = position + len(word)
        kind = _kind(scan, position, word, words)
        if word in _JOINS_NEXT and (words or kind != "sure"):
            has_son |= word in _SON
            pending = True
        elif kind is None and not (pending and _may_follow_join(scan, position, word)):
            break
        elif word in _GOD_OR_FAITH and words:  # the second half of a name: ضيف الله, شرف الدين
            sure, end = sure + 1, word_end
        else:
            sure += kind == "sure"
            weak += kind in ("weak", "half", None)
            surnames += kind == "surname"
            unknown += kind == "unknown"
            pending, end = False, word_end
        words += 1
        position = scan.next_word(word_end)
    if end == start:
        return None
    return Run(start, end, words, sure, weak, surnames, unknown, has_son)


def _may_follow_join(scan: Scan, position: int, word: str) -> bool:
    return len(word) > 2 and position not in scan.title_starts and word not in function_words("relative")


def _kind(scan: Scan, position: int, word: str, n_before: int) -> str | None:
    """What a word is as a part of a name: sure, weak, surname, unknown; None when it ends the name."""
    if position in scan.title_starts and position not in scan.parts:
        return None
    if word in _GOD_OR_FAITH:
        return "sure" if n_before and scan.word_before(position) in _GOD_OR_FAITH[word] else None
    place = scan.sure.get(position)
    part = scan.parts.get(position)
    is_whole = part is not None and part[0] == position + len(word)
    if place and not is_whole and place[0] >= position + len(word):
        is_surname = place[1] in (NISBAS, "cities") and word.startswith("ال") and n_before == 1
        return "surname" if is_surname and _ends_a_name(scan, place[0]) else None
    if is_whole and part is not None:
        return part[1] if part[1] != "half" or _is_first_half(scan, position, word) else None
    if scan.has_article(position):
        return "surname" if n_before and len(word) > 4 and not is_common(word) else None
    if n_before and "-" in (scan.text[position - 1], scan.text[position + len(word) : position + len(word) + 1]):
        return "unknown"  # كيم سي-يون
    if len(word) < 3 or word[0] < "\u0600" or is_common(word):
        return None
    if n_before and _is_joined(scan, position, word):
        return None
    return "unknown"


def _is_first_half(scan: Scan, position: int, word: str) -> bool:
    after = scan.next_word(position + len(word))
    return after >= 0 and word in _GOD_OR_FAITH.get(scan.word(after), ())


def _ends_a_name(scan: Scan, end: int) -> bool:
    """Whether after a nisba something other than a further word with the article stands: محمد المصري قال, but not لاعب محمد المصري الدولي."""
    position = scan.next_word(end)
    return position < 0 or not scan.word(position).startswith("ال")


def _is_joined(scan: Scan, position: int, word: str) -> bool:
    """Whether a word is و, ل, ب… and a name or a place: the next item of a list, not the next part of a name."""
    return word[0] in "وفبلك" and (position + 1 in scan.parts or position + 1 in scan.sure)


def _is_name(run: Run) -> bool:
    """Whether a run is a name without a title before it: at least two parts, of which one is sure and the others support it."""
    if run.n_parts < 2:
        return False
    if run.n_sure:
        return run.n_sure > 1 or run.n_weak + run.n_surnames > 0 or run.n_unknown > 0
    return run.n_weak > 0 and (run.has_son or run.n_surnames > 0 or run.n_weak > 2)


def _after_direct(scan: Scan, end: int, kind: str) -> Run | None:
    """The name after a title, over adjectives of countries and the like."""
    position = scan.next_word(end)
    for _ in range(4):
        if position < 0:
            return None
        word = scan.word(position)
        sure = scan.sure.get(position)
        if sure and sure[1] == NISBAS and position not in scan.parts:
            position = scan.next_word(sure[0])
        elif word in _WHAT_KIND:
            position = scan.next_word(position + len(word))
        else:
            break
    if position < 0 or (position in scan.title_starts and position not in scan.parts):
        return None
    run = read_name(scan, position)
    if run is None:
        return _surname_alone(scan, position) if kind == "direct" and scan.next_word(end) == position else None
    if run.n_parts > 1:
        return run if run.n_sure + run.n_weak + run.n_surnames or kind == "direct" or run.n_unknown > 1 else None
    if run.n_words == 1 and (last := _surname_after(scan, run.end)):
        return run._replace(end=last, n_words=2, n_surnames=1)
    is_alone = run.n_sure or (kind == "direct" and (run.n_weak or run.n_unknown))
    return run if is_alone and kind == "direct" else None


def _surname_after(scan: Scan, end: int) -> int:
    """The end of a last name that is a common word or a title too, after a title and a given name: عصمت المهندس, سهير الجوهري."""
    position = scan.next_word(end)
    word = scan.word(position) if position >= 0 else ""
    if not word.startswith("ال") or len(word) < 5 or word.endswith("ه") or position in scan.sure or word in _WHAT_KIND:
        return 0
    if word in function_words("time") or word in function_words("relative"):
        return 0
    last = position + len(word)
    is_closed = scan.text[last : last + 1] in ("", ",", "،", ".", "\n", ")", "؛", ":")
    return last if word.endswith("ي") or position in scan.title_starts or is_closed else 0


def _surname_alone(scan: Scan, position: int) -> Run | None:
    """السفير الجبير: a word with the article that is none of the language's."""
    word = scan.word(position)
    if word.startswith("ال") and len(word) > 4 and position not in scan.sure and not is_common(word):
        return Run(position, position + len(word), 1, 0, 0, 1, 0, False)
    return None


def _after_office(scan: Scan, end: int) -> Run | None:
    """The name after an office and what it is of: وزير الدفاع الروسي أندريه بيلوسوف; over one comma when the name is sure."""
    position = scan.next_word(end)
    stops = function_words("relative")
    for n in range(_MOST_COMPLEMENT):
        if position < 0:
            return None
        word = scan.word(position)
        if position in scan.title_starts and position not in scan.parts and n:
            return None
        sure = scan.sure.get(position) or scan.sure.get(position + 1) if word[0] in "لبو" else scan.sure.get(position)
        if position in scan.parts or not (sure or scan.has_article(position) or is_common(word)):
            run = read_name(scan, position)
            if run and run.n_words == 1 and run.n_sure and (last := _surname_after(scan, run.end)):
                return run._replace(end=last, n_words=2, n_surnames=1)
            if run and run.n_parts > 1 and _is_after_office(run):
                return run
        if word in stops or word in function_words("say"):
            return None
        after = sure[0] if sure else position + len(word)
        position = scan.next_word(after)
        if position < 0 and scan.text[after : after + 2] in ("، ", ", "):
            run = read_name(scan, after + 2)
            return (
                run
                if run and run.n_parts > 1 and run.n_sure + run.n_weak and scan.text[run.end : run.end + 1] in "،, "
                else None
            )
    return None


def _is_after_office(run: Run) -> bool:
    return run.n_sure > 0 or run.n_weak > 0 or run.n_unknown > 1
