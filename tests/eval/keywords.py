"""Decides how well extracted keywords meet those that publishers chose; run it with `python -m tests.eval.keywords`.

Al Arabiya marks the words that its articles are about with # where they stand (1,966 articles of the ANT corpus): the marks are
taken off the text, and are the truth. The publishers of the HTML kit list topics beside the text; many name a section.
A keyword is right when its folded words are those of a true one, or one holds the words of the other.
"""

import hashlib
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.enrichers import keywords
from pipeline.enrichers.documents import Document
from pipeline.enrichers.keywords import stopwords
from pipeline.enrichers.keywords.extracted import extract
from pipeline.enrichers.keywords.published import folded_keyword, published
from pipeline.enrichers.language import detect
from pipeline.text.tokens import words
from tests.eval.documents import documents
from tests.eval.texts import DATA
from tests.eval.topic_corpora import Article, articles

_TAG = re.compile(r"#(\w+)")


@dataclass(frozen=True, slots=True)
class Marked:
    """An article and the folded keywords that its publisher chose."""

    document: Document
    truth: frozenset[str]


def _half(name: str) -> str:
    return "dev" if hashlib.sha256(name.encode()).digest()[0] % 2 else "held_out"


@cache
def tagged(half: str) -> tuple[Marked, ...]:
    """Articles of Al Arabiya with at least two marked keywords, of the half `dev` or `held_out`."""
    found = []
    for item in articles("multisource"):
        if item.outlet == "Alarabia" and _half(item.name) == half:
            text = f"{item.headline}\n{item.body}"
            truth = frozenset(folded_keyword(tag.replace("_", " ")) for tag in _TAG.findall(text)) - {""}
            if len(truth) > 1:
                found.append((_unmarked(item), truth))
    read = documents((item.name, item.headline, item.body, "ar") for item, _ in found)
    return tuple(Marked(document, truth) for document, (_, truth) in zip(read, found, strict=True))


def _unmarked(item: Article) -> Article:
    headline, body = (_TAG.sub(lambda tag: tag[1].replace("_", " "), text) for text in (item.headline, item.body))
    return Article(item.corpus, item.name, item.outlet, item.section, headline, body)


@cache
def listed() -> tuple[Marked, ...]:
    """The pages of the HTML kit that list at least two topics, in a language with stop words."""
    found = [page for page in _pages() if len(page[4]) > 1 and page[3] in stopwords.languages()]
    read = documents(page[:4] for page in found)
    return tuple(Marked(document, page[4]) for document, page in zip(read, found, strict=True))


def _pages() -> Iterator[tuple[str, str, str, str, frozenset[str]]]:
    with zipfile.ZipFile(DATA / "html-kit.zip") as archive:
        for name in sorted(archive.namelist()):
            if name.startswith("fundus/") and name.endswith(".json"):
                for version in json.loads(archive.read(name)).values():
                    if not (version.get("topics") and version.get("title") and version.get("body")):
                        continue
                    body = version["body"]
                    lines = body["summary"] + [line for part in body["sections"] for line in part["paragraphs"]]
                    text = "\n".join(lines)
                    yield name, version["title"], text, detect(text)[0], frozenset(published(version["topics"]))


def is_right(keyword: str, truth: frozenset[str]) -> bool:
    """Whether a folded keyword is one of the true ones, or holds one, or is held by one."""
    words = set(keyword.split())
    return any(words <= (true := set(other.split())) or true <= words for other in truth)


def by_extraction(document: Document) -> list[str]:
    texts = ("", document.headline.published, document.body.published, document.row["language"])
    return extract(documents([texts]), keywords.MAX_EXTRACTED).folded


def by_frequency(document: Document) -> list[str]:
    """The alternative: the most frequent words that are no stop words."""
    stopped = stopwords.stop_words(document.row["language"])
    counts = Counter(
        word for text in document.texts for word in words(text.folded.text) if word not in stopped and len(word) > 2
    )
    return [folded_keyword(word) for word, _ in counts.most_common(keywords.MAX_EXTRACTED)]


def by_yake(document: Document) -> list[str]:
    """Another: YAKE 0.7, if it is installed."""
    import yake

    text = f"{document.headline.published}\n{document.body.published}"
    found = yake.KeywordExtractor(lan=document.row["language"], n=3, top=10).extract_keywords(text)
    return [folded_keyword(keyword) for keyword, _ in found]


def n_right(chosen: list[str], truth: frozenset[str]) -> int:
    """How many of the chosen keywords are right, when each true one makes one of them right: two fragments of a name are one."""
    left = sorted(truth)
    right = 0
    for keyword in chosen:
        if met := next((true for true in left if is_right(keyword, frozenset([true]))), None):
            left.remove(met)
            right += 1
    return right


def scores(marked: tuple[Marked, ...], method: Callable[[Document], list[str]]) -> dict[str, float]:
    """P@5 (of the first five keywords those that are right), R@10 (of the true ones those met by the first ten), and of the true
    ones those that the first ten hold word for word."""
    right = given = found = exact = true = 0
    for article in marked:
        chosen = method(article.document)[:10]
        right += n_right(chosen[:5], article.truth)
        given += len(chosen[:5])
        found += sum(is_right(keyword, frozenset(chosen)) for keyword in article.truth)
        exact += len(article.truth.intersection(chosen))
        true += len(article.truth)
    return {"precision_at_5": right / given, "recall_at_10": found / true, "exact_recall_at_10": exact / true}


def figures() -> list[dict]:
    """Rows figure, value, n, alternative, alternative_value."""
    rows = []
    for name, marked in (("al_arabiya_held_out", tagged("held_out")), ("html_kit", listed())):
        ours, theirs = scores(marked, by_extraction), scores(marked, by_frequency)
        for figure, value in ours.items():
            rows.append(
                {
                    "figure": f"keywords.{name}.{figure}",
                    "value": round(value, 3),
                    "n": len(marked),
                    "alternative": "most frequent words",
                    "alternative_value": round(theirs[figure], 3),
                }
            )
    return rows


if __name__ == "__main__":
    for row in figures():
        print(*row.values(), sep="\t")
