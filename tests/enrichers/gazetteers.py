"""Makes the frozen gazetteers of mentions: ``python -m tests.enrichers.gazetteers``; needs babel (and nothing at run time).

Sources: territory names of Unicode CLDR through babel (Unicode licence).
"""

from pathlib import Path

from babel import Locale

from pipeline.enrichers import mentions

DATA = Path(mentions.__file__).parent / "data"
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


def countries() -> list[tuple[str, str, str]]:
    """(ISO 3166-1 alpha-2, Arabic name, names as forms) of every territory."""
    arabic, english = (Locale(code).territories for code in ("ar", "en"))
    codes = sorted(code for code in arabic if len(code) == 2 and code.isalpha() and code not in _NO_TERRITORY)
    rows = []
    for code in codes:
        name = _SHORT.get(code, arabic[code])
        forms = dict.fromkeys(part.split(" (")[0] for part in (name, arabic[code], english[code].replace("&", "and")))
        rows.append((code, name, "|".join(forms)))
    return rows


def write(name: str, source: str, header: str, rows: list[tuple[str, ...]]) -> None:
    lines = [f"# {source}", header.replace(" ", "\t"), *("\t".join(row) for row in rows)]
    (DATA / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(
        "countries.tsv",
        "Names of countries and territories: Unicode CLDR 47 through babel 2.18, Unicode licence. Made by tests.enrichers.gazetteers.",
        "code name forms",
        countries(),
    )
