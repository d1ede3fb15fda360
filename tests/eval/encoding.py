"""Measures mojibake repair and byte decoding on real text: ``python -m tests.eval.encoding [--pages N] [--clean N]``.

Real articles are read from the shared data (WARRAQ_SHARED, default `<root>/../shared`); what they lack (other languages) is
made from locale data of installed packages. Prints one table a question; nothing is written.
"""

import argparse
import importlib.util
import json
import os
import random
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from xml.sax.saxutils import unescape

import regex
from babel import Locale

from pipeline.text.encoding import decode
from pipeline.text.mojibake import repair

SHARED = Path(os.environ.get("WARRAQ_SHARED", Path(__file__).parents[3] / "shared"))
LANGUAGES = (
    "fr",
    "fa",
    "ur",
    "tr",
    "de",
    "es",
    "pt",
    "it",
    "vi",
    "pl",
    "da",
    "is",
    "ro",
    "ckb",
    "ps",
    "ug",
    "ru",
    "el",
    "he",
    "ar",
)
# Punctuation of prose by language family: what stands against letters and could complete a sequence by chance.
_CLOSERS = {
    "Arab": ("،", "؛", "؟", "»", "…", ".", "\u00a0", "”", "’", " –", ":", "\u200c", ")"),
    "Latn": (",", ".", "\u00a0»", "»", "…", "”", "’", "“", " –", "—", "\u00a0!", "›", "©", "®", "™", "\u00a0%", "°", "€", "²", "º"),
}  # fmt: skip
_OPENERS = ("", "", "", "", "«", "«\u00a0", "“", "‘", "(", "„", "¿", "¡", "l’", "d’", "»", "\u200f")


def bench() -> ModuleType:
    """The generator of raw dumps in the shared data."""
    spec = importlib.util.spec_from_file_location("make_dumps", SHARED / "bench" / "make_dumps.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(SHARED)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def saudi(n: int) -> list[str]:
    """Headlines and bodies of SaudiNewsNet, in file order."""
    texts: list[str] = []
    for path in sorted((SHARED / "data" / "saudinewsnet").glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                for article in json.loads(archive.read(name).decode("utf-8-sig")):
                    texts += [text for text in (article["title"], article["content"]) if text]
                    if len(texts) >= n:
                        return texts[:n]
    return texts


def ant(n: int) -> list[str]:
    """Titles, abstracts and texts of the ANT corpus."""
    texts: list[str] = []
    for path in sorted((SHARED / "data").glob("antcorpus*.zip")):
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith((".xml", ".txt"))]
            for name in names:
                page = archive.read(name).decode("utf-8", "replace")
                texts += [
                    unescape(found[1].strip())
                    for found in regex.finditer(r"(?s)<(?:TITLE|ABSTRACT|TEXT)>(.*?)</", page)
                    if found[1].strip()
                ]
                if len(texts) >= n:
                    return texts[:n]
    return texts


def words(language: str) -> list[str]:
    """Words of a language, from the names of its locale data (CLDR by babel: languages, countries, currencies, months, units)."""
    locale = Locale.parse(language)
    names = [
        *locale.languages.values(),
        *locale.territories.values(),
        *locale.scripts.values(),
        *locale.currencies.values(),
    ]
    names += [name for form in locale.months["format"].values() for name in form.values()]
    names += [name for form in locale.days["format"].values() for name in form.values()]
    names += [pattern for unit in locale.unit_display_names.values() for pattern in unit.values()]
    return sorted({word for name in names for word in str(name).split()})


def made(language: str, n: int, seed: int = 5) -> Iterator[str]:
    """Texts of random words of a language with the punctuation of its script, a fifth of them in capitals."""
    rng = random.Random(f"{seed} {language}")
    vocabulary = words(language)
    arabic = any("\u0600" <= char <= "\u06ff" for char in "".join(vocabulary[-50:]))
    closers = _CLOSERS["Arab" if arabic else "Latn"]
    for _ in range(n):
        picked = rng.choices(vocabulary, k=rng.choice((1, 3, 8, 40)))
        marked = (rng.choice(_OPENERS) + word + rng.choice(closers) if rng.random() < 0.35 else word for word in picked)
        text = " ".join(marked)
        yield text.upper() if rng.random() < 0.2 else text


def _c1_stripped(text: str) -> str:
    return regex.sub(r"[\x80-\x9f\xad]", "", text)


LOSSES: dict[str, Callable[[str], str]] = {
    "nothing": lambda text: text,
    "soft hyphen": lambda text: text.replace("\u00ad", ""),
    "zero-width": lambda text: regex.sub(r"[\u00ad\u200c-\u200f]", "", text),
    "nbsp to space": lambda text: text.replace("\u00a0", " ").replace("\u00ad", ""),
    "C1 stripped": _c1_stripped,
    "lower case": lambda text: text.lower(),
    "upper case": lambda text: text.upper(),
}
CODECS = {
    "cp1256": lambda data: data.decode("cp1256"),
    "latin-1": lambda data: data.decode("latin-1"),
    "cp1252 replace": lambda data: data.decode("cp1252", "replace"),
    "cp1252 ignore": lambda data: data.decode("cp1252", "ignore"),
    "iso8859_6 replace": lambda data: data.decode("iso8859_6", "replace"),
    "iso8859_6 ignore": lambda data: data.decode("iso8859_6", "ignore"),
}  # fmt: skip


def pages_exact(n: int) -> tuple[int, int, int]:
    """(fields, byte-exact fields, fields flagged exact that are not) of mojibake pages."""
    module = bench()
    base = module.load_base(str(SHARED / "data" / "saudinewsnet"))
    fields = exact = wrong = 0
    for page in module.pages(base, n, 7, 0.04, 0.06, 1.0, 730):
        clean = module.page_text({**page, "mojibake": False})
        fixed = repair(module.page_text(page))
        fields += 1
        exact += fixed.text == clean
        wrong += fixed.is_exact and fixed.text != clean
    return fields, exact, wrong


def variants(texts: list[str]) -> Iterator[tuple[str, str, int, float, float, int]]:
    """(codec, loss, texts, exact share, characters right, wrongly said to be exact)."""
    for codec, read in CODECS.items():
        for loss, lose in LOSSES.items():
            exact = wrong = right = total = 0
            for text in texts:
                fixed = repair(lose(read(text.encode("utf-8"))))
                want = {"lower case": text.lower(), "upper case": text.upper()}.get(loss, text)
                got = fixed.text
                same = got == want
                exact += same
                wrong += fixed.codec is not None and fixed.is_exact and not same
                total += len(want)
                # a shifted text counts as wholly wrong: this is a floor
                right += sum(a == b for a, b in zip(got, want, strict=True)) if len(got) == len(want) else 0
            yield codec, loss, len(texts), exact / len(texts), right / total, wrong
    for codec in ("cp1256", "iso8859_6"):
        kept = [text.encode(codec, "ignore").decode(codec) for text in texts]
        fixed_texts = [repair(text.encode(codec).decode("cp1252", "replace")).text for text in kept]
        exact = sum(a == b for a, b in zip(fixed_texts, kept, strict=True))
        yield f"{codec} as cp1252", "nothing", len(kept), exact / len(kept), 0.0, 0


def false_repairs(texts: list[str]) -> list[str]:
    """Correct texts that repair changes."""
    return [text for text in texts if repair(text).codec is not None]


def decoding(texts: list[str]) -> Iterator[tuple[str, str, int, int, int]]:
    """(encoding, length, texts, right, wrong): the rest is refused."""
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256", "iso8859_6"):
        for label, size in (("20 letters", 20), ("long", 100_000)):
            kept = [text[:size].strip() for text in texts]
            kept = [text.encode(encoding, "ignore").decode(encoding) for text in kept]
            kept = [text for text in kept if len(regex.findall(r"\p{Arabic}", text)) >= min(size * 0.6, 100)]
            got = [decode(text.encode(encoding)).text for text in kept]
            right = sum(a == b for a, b in zip(got, kept, strict=True))
            yield (
                encoding,
                label,
                len(kept),
                right,
                sum(a is not None and a != b for a, b in zip(got, kept, strict=True)),
            )


def _rate(texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        repair(text)
    return len(texts) / max(time.process_time() - start, 1e-9)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument(
        "--clean", type=int, default=100_000, help="clean texts: Arabic ones, and a tenth of it a language"
    )
    parser.add_argument("--variants", type=int, default=400)
    options = parser.parse_args()
    if not (SHARED / "data").exists():
        raise SystemExit(f"no shared data at {SHARED}; set WARRAQ_SHARED")

    n, exact, wrong = pages_exact(options.pages)
    print(f"mojibake pages of make_dumps.py: {n}, byte-exact {exact / n:.4f}, wrongly said to be exact {wrong}")

    texts = saudi(options.variants * 5)[::5]
    texts = [text for text in texts if not repair(text).codec and len(text) > 20]
    print(f"\n{'misread as':<20}{'then lost':<16}{'texts':>6}{'exact':>8}{'chars':>8}{'falsely exact':>15}")
    for codec, loss, count, share, chars, false in variants(texts):
        print(f"{codec:<20}{loss:<16}{count:>6}{share:>8.3f}{chars:>8.3f}{false:>15}")

    print(f"\n{'clean text':<28}{'texts':>8}{'repaired':>10}")
    for name, clean in (("SaudiNewsNet", saudi(options.clean // 2)), ("ANT corpus", ant(options.clean // 2))):
        found = false_repairs(clean)
        print(f"{name:<28}{len(clean):>8}{len(found):>10}  {[text[:60] for text in found[:2]]}")
    for language in LANGUAGES:
        clean = list(made(language, options.clean // 10))
        found = false_repairs(clean)
        print(f"{'made ' + language:<28}{len(clean):>8}{len(found):>10}  {[text[:60] for text in found[:2]]}")

    print(f"\n{'bytes':<14}{'length':<14}{'texts':>7}{'right':>8}{'refused':>9}{'wrong':>7}")
    for encoding, label, count, right, false in decoding(saudi(options.variants * 5)):
        print(f"{encoding:<14}{label:<14}{count:>7}{right / max(count, 1):>8.4f}{count - right - false:>9}{false:>7}")

    bodies = [text[:1200] for text in saudi(6000) if len(text) > 1200]
    module = bench()
    broken = [module.mojibake(text) for text in bodies[:300]]
    print(f"\nclean 2-KB bodies/s {_rate(bodies):,.0f}; mojibake 2-KB bodies/s {_rate(broken):,.0f}")


if __name__ == "__main__":
    main()
