"""Decides how fast topics and keywords are made: articles a second of processor time, on bodies of SaudiNewsNet.

The words of a text are shared by all annotators, and not counted. Run it with `python -m tests.bench.topics`.
"""

import time
from itertools import islice

from pipeline.enrichers import keywords, topics
from pipeline.enrichers.documents import Documents
from tests.eval.documents import documents
from tests.eval.topic_corpora import articles

ARTICLES = 4000
BATCH = 1000


def main() -> None:
    read = [(item.name, item.headline, item.body, "ar") for item in islice(articles("saudinewsnet"), ARTICLES)]
    for name, annotate in (("topics", topics.annotate), ("keywords", keywords.annotate)):
        for state in ("first", "again"):
            batches = [_warm(documents(read[start : start + BATCH])) for start in range(0, ARTICLES, BATCH)]
            n_words = sum(int(batch.pieces.n_words.sum()) for batch in batches)
            started = time.process_time()
            for batch in batches:
                annotate(batch)
            seconds = time.process_time() - started
            print(
                f"{name}, {state}: {ARTICLES / seconds:.0f} articles/s, {seconds / ARTICLES * 1e6:.0f} µs an article, "
                f"{seconds / n_words * 400 * 1e6:.0f} µs a 400 words"
            )


def _warm(batch: Documents) -> Documents:
    assert len(batch.pieces.forms) == len(batch.pieces.spelled)
    return batch


if __name__ == "__main__":
    main()
