"""Measures how many articles a second the annotators of numbers and personal data look at: python -m tests.bench.numbers.

On bodies of SaudiNewsNet (`../shared/data`); folding is shared by all annotators and is not counted. CPU time of one core.
"""

import gc
import time
from collections.abc import Callable

import pyarrow as pa

from pipeline.enrichers import numbers, personal_data
from pipeline.enrichers.documents import INPUT_COLUMNS, Documents
from schemas.tables import ARTICLES
from tests.eval.dates_corpora import bodies

ARTICLES_MEASURED = 1500
BATCH = 250


def batches() -> list[pa.Table]:
    """Articles in batches, as the stage has them."""
    schema = pa.schema([ARTICLES.arrow().field(name).with_nullable(True) for name in INPUT_COLUMNS])
    rows = [
        {
            "article_id": f"a{number:031x}",
            "headline": body.partition("\n")[0][:90],
            "body": body,
            "published_date": taken.date(),
            "published_precision": "day",
            "language": "ar",
            "filed_month": f"{taken:%Y-%m}",
        }
        for number, (body, taken) in zip(range(ARTICLES_MEASURED), bodies(), strict=False)
    ]
    table = pa.Table.from_pylist(rows, schema=schema)
    return [table.slice(start, BATCH) for start in range(0, len(rows), BATCH)]


def seconds(annotate: Callable[[Documents], object], tables: list[pa.Table], rounds: int = 5) -> float:
    """The best of several rounds; the texts are folded before the clock starts."""
    best = float("inf")
    for _ in range(rounds):
        spent = 0.0
        for table in tables:
            documents = Documents(table)
            for document in documents:
                for text in document.texts:
                    _ = text.folded
            gc.collect()
            started = time.process_time()
            annotate(documents)
            spent += time.process_time() - started
        best = min(best, spent)
    return best


def main() -> None:
    """Print the table."""
    tables = batches()
    bodies_ = [body for table in tables for body in table["body"].to_pylist()]
    words = sum(len(body.split()) for body in bodies_) / len(bodies_)
    print(f"{len(bodies_)} bodies of {words:.0f} words")

    def both(documents: Documents) -> None:
        personal_data.annotate(documents)
        numbers.annotate(documents)

    for name, run in (("personal_data", personal_data.annotate), ("numbers", numbers.annotate), ("both", both)):
        each = seconds(run, tables) / len(bodies_)
        print(
            f"{name:14}{1 / each:9.0f} articles/s{1000 * each:9.3f} ms{1000 * each * 400 / words:9.3f} ms a 400 words"
        )


if __name__ == "__main__":
    main()
