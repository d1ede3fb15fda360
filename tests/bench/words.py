"""What languages, terms, text quality and token counts cost: ``python -m tests.bench.words [--articles 6000] [--batch 2000]``.

Process time a batch after the other, as a run does it, on articles of SaudiNewsNet as long as the seed's and on the pages of
../shared/bench/make_dumps.py. The first batch also loads the tables and the tokenizer, and has seen no word before; `count_words`
is there to compare machines.
"""

import argparse
import random
import time
from collections.abc import Sequence

from pipeline.enrichers.annotators import annotators
from pipeline.enrichers.documents import Documents
from pipeline.text.tokens import count_words
from tests.enrichers.article_rows import articles
from tests.eval.encoding import saudi
from tests.eval.generic import aggregator_pages

NAMES = ("languages", "terms", "text_quality", "token_counts")
SHORTEST, LONGEST = 1800, 3000  # characters: about the 400 words of the seed's article


def tidy(body: str) -> str:
    """White space as parse leaves it."""
    return "\n\n".join(" ".join(line.split()) for line in body.split("\n") if line.strip())


def costs(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Seconds of one batch by annotator; `pieces` is the view of the texts that all of them share."""
    batch = Documents(articles(*pairs))
    spent, made = {}, {}
    start = time.process_time()
    assert len(batch.pieces.words.word) == len(batch.pieces.start[batch.pieces.words.piece])
    spent["pieces"] = time.process_time() - start
    for name in NAMES:
        annotator = annotators().by_name[name]
        start = time.process_time()
        tables = annotator.run(
            batch, *(made[table] for need in annotator.needs for table in annotators().by_name[need].tables)
        )
        spent[name] = time.process_time() - start
        made |= zip(annotator.tables, tables if isinstance(tables, tuple) else (tables,), strict=True)
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=6000)
    parser.add_argument("--batch", type=int, default=2000)
    options = parser.parse_args()
    bodies = [text for text in map(tidy, saudi(60_000)[1::2]) if SHORTEST <= len(text) <= LONGEST]
    random.Random(3).shuffle(bodies)
    pages = [(page.headline, "\n\n".join(page.body)) for _, page in aggregator_pages(options.articles)]
    for source, pairs in (
        ("SaudiNewsNet", [(body[:60].split("\n")[0], body) for body in bodies]),
        ("make_dumps", pages),
    ):
        pairs = pairs[: options.articles]
        start = time.process_time()
        words = sum(count_words(body) for _, body in pairs)
        reference = time.process_time() - start
        print(
            f"{source}: {len(pairs)} articles of {words / len(pairs):.0f} words; count_words {reference / len(pairs) * 1e6:.0f} µs"
        )
        for first in range(0, len(pairs), options.batch):
            spent = costs(pairs[first : first + options.batch])
            n = len(pairs[first : first + options.batch])
            each = "  ".join(f"{name} {seconds / n * 1e6:.0f}" for name, seconds in spent.items())
            print(f"  batch {first // options.batch + 1}: {each} µs; all {n / sum(spent.values()):,.0f} articles/s")


if __name__ == "__main__":
    main()
