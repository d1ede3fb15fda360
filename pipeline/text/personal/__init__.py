"""Decides which spans of a text are personal data by their form: e-mail, telephone, IBAN, payment card and IP address.

It does not decide about names, nor whether a datum is public. Numbers are read in ASCII, Arabic-Indic and Persian digits. Accepted
gaps: addresses that are spelled out (`name at example dot org`), and telephone numbers without prefix or word before them.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from importlib.metadata import version
from ipaddress import AddressValueError, IPv6Address
from typing import Any, Final, NamedTuple

from pipeline.text.aligned import fold_aligned
from pipeline.text.arabic import fold
from pipeline.text.personal.telephones import telephone

PERSONAL_VERSION: Final = f"1/phonenumbers {version('phonenumbers')}"  # its release decides which numbers are valid

# A digit run as `pipeline.text.tokens.digit_runs` gives it may be a part of a number: these join parts.
_JOINS: Final = re.compile(r"[ ()./\-+\u2010-\u2015]{1,3}")
_FEWEST_DIGITS: Final = 7
# Both are tried beside each `@`: one pattern for all would be tried at every letter of the text.
_LOCAL: Final = re.compile(r"(?<![\w.%+@-])[a-z0-9_](?:[a-z0-9._%+'-]{0,62}[a-z0-9_%+-])?\Z")
_LONGEST_LOCAL: Final = 64
_DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,24})(?![\w@-])")
_IBAN: Final = re.compile(r"(?<![a-z0-9])[a-z]{2}[0-9]{2}(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,3})?(?![a-z0-9])")
_CARD_GROUPS: Final = re.compile(
    r"[0-9]{13,19}|[0-9]{4}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{1,7}|[0-9]{4}([ -])[0-9]{6}\2[0-9]{4,5}"
)
_IPV4: Final = re.compile(
    r"(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
)
_IPV6: Final = re.compile(
    r"(?<![\w:.])(?:[0-9a-f]{1,4}:|::)[0-9a-f:]{2,37}(?:(?<=:)[0-9]{1,3}(?:\.[0-9]{1,3}){3})?(?![\w:])"
)
_HEX_GROUPS: Final = re.compile(r":(?:[0-9a-f]{1,4})?:(?:[0-9a-f]|\Z)")  # begins with a sign that is found fast
_WORDS_BEFORE: Final = re.compile(r"[^\W\d_]+")
_REACH: Final = 40


class Datum(NamedTuple):
    """A datum; places are in the folded text. `country` (ISO 3166-1) is that of a telephone number, where one is sure."""

    start: int
    end: int
    kind: str
    country: str | None
    rule: str


@cache
def tables() -> dict[str, Any]:
    """`issuers.toml` as written."""
    return tomllib.loads((resources.files(__package__) / "issuers.toml").read_text("utf-8"))


@cache
def words(name: str) -> frozenset[str]:
    """A list of words of `issuers.toml` in the match fold."""
    return frozenset(map(fold, tables()["words"][name]))


def find_personal(text: str, runs: Sequence[tuple[int, int]]) -> list[Datum]:
    """The personal data of a folded text, in order, without overlaps.

    Args:
        text: Folded (`pipeline.text.aligned`).
        runs: Its runs of digits (`pipeline.text.tokens.digit_runs`). Without long ones, and without ``@`` and ``::``, nothing is done.
    """
    found: list[Datum] = []
    if "@" in text:
        found += _emails(text)
    for first, _ in runs:
        if first > 1 and text[first - 1].isascii() and text[first - 2 : first].isalpha():
            found += _iban_at(text, first - 2)
    for first, last in _clusters(text, runs):
        if not any(datum.start < last and first < datum.end for datum in found):
            found += _in_cluster(text, first, last)
    if _HEX_GROUPS.search(text):
        found += [Datum(*match.span(), "ip", None, "ipv6") for match in _IPV6.finditer(text) if _is_ipv6(match[0])]
    return _apart(found) if len(found) > 1 else found


def redact(text: str) -> tuple[str, dict[str, int]]:
    """A text with each datum replaced by its kind in brackets, and how many of each kind there were.

    >>> redact("راسلونا على news@example.org")
    ('راسلونا على [email]', {'email': 1})
    """
    from pipeline.text.tokens import digit_runs

    folded = fold_aligned(text)
    counts: dict[str, int] = {}
    for datum in reversed(find_personal(folded.text, digit_runs(folded.text))):
        start, end = folded.span(datum.start, datum.end)
        text = f"{text[:start]}[{datum.kind}]{text[end:]}"
        counts[datum.kind] = counts.get(datum.kind, 0) + 1
    return text, counts


def _emails(text: str) -> list[Datum]:
    found = []
    place = text.find("@")
    while place >= 0:
        local = _LOCAL.search(text, max(0, place - _LONGEST_LOCAL - 1), place)
        domain = _DOMAIN.match(text, place + 1) if local else None
        if local and domain and domain[1] not in tables()["words"]["files"]:
            found.append(Datum(local.start(), domain.end(), "email", None, "email"))
        place = text.find("@", place + 1)
    return found


def _apart(found: list[Datum]) -> list[Datum]:
    kept: list[Datum] = []
    for datum in sorted(found):
        if not kept or datum.start >= kept[-1].end:
            kept.append(datum)
    return kept


def _clusters(text: str, runs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of digits that signs and single spaces join, with enough digits for a number, or dots for an address."""
    found: list[tuple[int, int]] = []
    first = last = -1
    for start, end in runs:
        if last >= 0 and start - last <= 3 and _JOINS.fullmatch(text, last, start):
            last = end
            continue
        if last - first >= _FEWEST_DIGITS:
            found.append((first, last))
        first, last = start, end
    if last - first >= _FEWEST_DIGITS:
        found.append((first, last))
    return found


def _in_cluster(text: str, first: int, last: int) -> list[Datum]:
    if address := _IPV4.fullmatch(text, first, last):
        return [Datum(*address.span(), "ip", None, "ipv4")] if _is_address(text, *address.span()) else []
    if sum(map(str.isdigit, text[first:last])) < _FEWEST_DIGITS:
        return []
    for card in _CARD_GROUPS.finditer(text, first, last):
        if _stands_free(text, *card.span()) and (issuer := _issuer(re.sub("[ -]", "", card[0]))):
            return [Datum(*card.span(), "card", None, f"card_{issuer}")]
    return [
        Datum(start, end, "phone", country, rule)
        for start, end, country, rule in telephone(text, first, last, _is_called(text, first))
    ]


def _is_called(text: str, first: int) -> bool:
    """Whether a word for telephone stands before a number, with other numbers at most between them."""
    before = text[max(0, first - _REACH) : first]
    line = before.rpartition("\n")[2]
    return not words("telephone").isdisjoint(_WORDS_BEFORE.findall(line)[-4:])


def _stands_free(text: str, start: int, end: int) -> bool:
    return not (text[max(0, start - 1) : start].isalnum() or text[end : end + 1].isalnum())


def _iban_at(text: str, start: int) -> list[Datum]:
    """The IBAN that begins at a place: of its country's length, and with the right check digits."""
    match = _IBAN.match(text, start)
    size = tables()["iban"].get(text[start : start + 2].upper()) if match else None
    if match is None or size is None:
        return []
    places = [place for place in range(*match.span()) if text[place].isalnum()][:size]
    end = places[-1] + 1
    letters = [text[place] for place in places]
    if len(letters) < size or text[end : end + 1].isalnum():
        return []
    number = int("".join(str(int(char, 36)) for char in letters[4:] + letters[:4]))
    return [Datum(start, end, "iban", None, "iban_mod97")] if number % 97 == 1 else []


def _issuer(digits: str) -> str | None:
    """The scheme of a card number, by its first digits, its length and its check digit (Luhn); None when it is none."""
    for name, ranges in tables()["cards"].items():
        for low, high, lengths in ranges:
            if len(digits) in lengths and low <= digits[: len(low)] <= high:
                doubled = [int(digit) * 2 if place % 2 else int(digit) for place, digit in enumerate(reversed(digits))]
                return str(name) if sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0 else None
    return None


def _is_address(text: str, start: int, end: int) -> bool:
    before = _WORDS_BEFORE.findall(text[max(0, start - 16) : start])
    if text[max(0, start - 1) : start].isalnum() or not _stands_free(text, start, end):
        return False
    if before and before[-1] in words("version"):
        return False
    return text[start] != "0" and text[end : end + 1] not in ("-", "_")


def _is_ipv6(printed: str) -> bool:
    groups = [group for group in printed.split(":") if group]
    if len(groups) < 2 or not any(map(str.isdigit, printed)):
        return False
    if len(groups) < 4 and not re.match("2[0-9a-f]{3}:|f[cde][0-9a-f]{2}:", printed):
        return False
    try:
        IPv6Address(printed)
    except (AddressValueError, ValueError):
        return False
    return True
