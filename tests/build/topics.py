"""Decides the frozen model of topics and its lexicon; run it with `make topic-model` (see LICENCE.md beside the model).

1. The words of `vocabulary`, each with a vector of the encoder.
2. How near a word is to each of the 17 top-level Media Topics: the mean cosine to the three nearest of the sentences that we wrote
   for it (`topic_examples.tsv`), as a softmax over the topics.
3. One step of expectation maximisation on the articles of SaudiNewsNet, without labels: the topics that step 2 finds in an article
   are shared out to its words, so that words learn from those that they stand beside. The weight of a word is that of Arora,
   Liang and Ma (2017). No section and no label of a corpus is used.
4. A logistic curve from evidence to score, fitted on the dev half of `tests/eval/topics.tsv`.
"""

import argparse
import json
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.enrichers.lexicon import words as lexicon_words
from pipeline.enrichers.topics import evidence, taxonomy
from pipeline.text.aligned import fold_aligned
from pipeline.text.tokens import words as words_of
from tests.build import vocabulary
from tests.build.encoder import Vectors, encoded, reduced, unit
from tests.eval.documents import documents
from tests.eval.texts import DATA
from tests.eval.topic_corpora import articles, labelled

EXAMPLES = Path(__file__).with_name("topic_examples.tsv")
VIEW = Path(__file__).parents[2] / "warehouse" / "views" / "media_topics.sql"
SIF = 1e-3
NEAREST = 3
COMMON_ZIPF = 65  # a word said three times in a thousand, or more, speaks for nothing
# Chosen on the dev half: temperatures 0.03 to 0.2, 0.3 to 1, shares 0.3 to 0.7, counts 3 to 30, one step or two.
TEMPERATURE, ARTICLE_TEMPERATURE, LEARNT_SHARE, PRIOR_COUNT = 0.12, 1.0, 0.5, 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--cache", type=Path, default=Path(".topic-model/vectors.npz"), help="vectors of words, kept between runs"
    )
    cache = parser.parse_args().cache
    _write_taxonomy()
    entries = vocabulary.entries()
    zipf = [round(entry.zipf * 10) for entry in entries]
    lexicon_words.WORDS.write_text(
        "".join(f"{entry.word}\t{tenths}\n" for entry, tenths in zip(entries, zipf, strict=True)), "utf-8"
    )
    vectors = reduced(encoded([entry.spelling for entry in entries], cache))
    weights = SIF / (SIF + 10 ** (np.array(zipf) / 10 - 9))
    near = _softmax(_nearness(vectors, weights) / TEMPERATURE) - 1 / len(taxonomy.TOP)
    learnt = _learnt(near * weights[:, None])
    table = (LEARNT_SHARE * _scaled(learnt) + (1 - LEARNT_SHARE) * _scaled(near)) * weights[:, None]
    table[np.array(zipf) >= COMMON_ZIPF] = 0
    frozen = np.clip(np.rint(table / np.quantile(np.abs(table), 0.9995) * 127), -127, 127).astype(np.int8)
    np.save(evidence.TABLE, frozen)
    evidence.CURVE.write_text(json.dumps(_curve(frozen), indent=1) + "\n", "utf-8")


def _nearness(vectors: Vectors, weights: Vectors) -> Vectors:
    words = unit(vectors - vectors.mean(axis=0))
    sentences: dict[str, list[Vectors]] = defaultdict(list)
    for line in EXAMPLES.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            topic, text = line.split("\t")
            numbers = [
                number
                for word in words_of(fold_aligned(text).text)
                if (number := lexicon_words.lexicon().find(word)) >= 0
            ]
            sentences[topic].append(unit(weights[numbers] @ vectors[numbers]))
    mean = np.mean([sentence for found in sentences.values() for sentence in found], axis=0)
    near = np.stack(
        [
            np.sort(words @ unit(np.stack(sentences[topic]) - mean).T, axis=1)[:, -NEAREST:].mean(axis=1)
            for topic in taxonomy.TOP
        ],
        axis=1,
    )
    return near - near.mean(axis=0)


def _learnt(table: Vectors) -> Vectors:
    """Log odds of each topic beside a word, from the topics that the table finds in the articles of SaudiNewsNet."""
    read = [(a.name, a.headline, a.body, "ar") for a in articles("saudinewsnet")]
    seen = [evidence.weighed(evidence.read(documents([one])))[1:] for one in read]
    found = np.stack([w @ table[n] / w.sum() if len(n) else np.zeros(len(taxonomy.TOP)) for n, w in seen])
    found -= found.mean(axis=0)
    shares = _softmax(found / found.std() / ARTICLE_TEMPERATURE)
    counts = np.zeros(table.shape)
    for (numbers, weights), share in zip(seen, shares, strict=True):
        counts[numbers] += weights[:, None] * share
    prior = counts.sum(axis=0) / counts.sum()
    prior_count = PRIOR_COUNT * evidence.ONCE
    return np.log((counts + prior_count * prior) / (counts.sum(axis=1, keepdims=True) + prior_count) / prior)


def _curve(table: NDArray[np.int8]) -> dict[str, list[float]]:
    """Coefficients of evidence, lead over the next topic and 1, by Newton's method with a small penalty."""
    rows, right = [], []
    for item, topics, also in labelled("dev"):
        one = documents([(item.name, item.headline, item.body, "ar")])
        features = evidence.features(evidence.totals(evidence.read(one), table))[0]
        for place, topic in enumerate(taxonomy.TOP):
            if topic not in also:
                rows.append([*features[place], 1.0])
                right.append(float(topic in topics))
    x, y, beta = np.array(rows), np.array(right), np.zeros(3)
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ beta))
        beta -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(3), x.T @ (p - y) + 1e-3 * beta)
    return {"coefficients": [round(float(value), 4) for value in beta]}


def _write_taxonomy() -> None:
    """The trimmed taxonomy (`media_topics.tsv`) and the view of it."""
    concepts = json.loads((DATA / "iptc_mediatopics.json").read_text("utf-8"))["concepts"]
    rows = [
        (
            c["qcode"],
            c["parent"] or "",
            str(c["level"]),
            *(" ".join((c[language] or "").split()) for language in ("ar", "en")),
        )
        for c in sorted(concepts, key=lambda concept: concept["qcode"])
    ]
    taxonomy.TOPICS.write_text("".join("\t".join(row) + "\n" for row in rows), "utf-8")
    values = ",\n".join(
        "  (" + ", ".join(_sql(value, number) for number, value in enumerate(row)) + ")" for row in rows
    )
    VIEW.write_text(
        "-- IPTC Media Topics of 2025-03-31 (IPTC NewsCodes, CC BY 4.0, https://iptc.org); made by `make topic-model`.\n"
        "CREATE OR REPLACE VIEW media_topics AS\nSELECT topic_id, parent_topic_id, topic_level, label_ar, label_en FROM (VALUES\n"
        f"{values}\n) AS topics(topic_id, parent_topic_id, topic_level, label_ar, label_en);\n"
        "COMMENT ON VIEW media_topics IS 'One row: one concept of IPTC Media Topics (IPTC NewsCodes, CC BY 4.0), to join with topics';\n"
        "COMMENT ON COLUMN media_topics.topic_id IS 'Concept id, as in topics';\n"
        "COMMENT ON COLUMN media_topics.parent_topic_id IS 'The broader concept. NULL: top level.';\n"
        "COMMENT ON COLUMN media_topics.topic_level IS 'Depth in the hierarchy, 1 to 6';\n"
        "COMMENT ON COLUMN media_topics.label_ar IS 'Arabic label. NULL: IPTC has none.';\n"
        "COMMENT ON COLUMN media_topics.label_en IS 'English label';\n",
        "utf-8",
    )


def _sql(value: str, number: int) -> str:
    if number == 2:
        return value
    return "'" + value.replace("'", "''") + "'" if value else "NULL"


def _softmax(rows: Vectors) -> Vectors:
    powers = np.exp(rows - rows.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _scaled(rows: Vectors) -> Vectors:
    return rows / np.abs(rows).mean()


if __name__ == "__main__":
    main()
