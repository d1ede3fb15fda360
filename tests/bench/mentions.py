"""Articles a second and core of mentions: `python -m tests.bench.mentions [--articles 2000] [--profile]`.

Process time, best of three passes, on SaudiNewsNet bodies and on aggregator pages of `../shared/bench`; per article and per 2,400
characters (about 400 words). The fold of the text is made before: it is shared by all annotators.
"""

import argparse
import cProfile
import glob
import json
import pstats
import time
import zipfile

from pipeline.enrichers.mentions import annotate
from tests.eval.generic import SHARED, aggregator_pages
from tests.eval.mentions import documents


def bodies(n_articles):
    path = sorted(glob.glob(str(SHARED / "data" / "saudinewsnet" / "*.zip")))[0]
    with zipfile.ZipFile(path) as archive:
        records = json.loads(archive.read(archive.namelist()[0]).decode("utf-8-sig"))
    return [record["content"] for record in records if record["content"]][:n_articles]


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=2000)
    options.add_argument("--profile", action="store_true")
    chosen = options.parse_args()
    sets = {
        "SaudiNewsNet": bodies(chosen.articles),
        "pages": [page.text for _, page in aggregator_pages(min(chosen.articles, 300))],
    }
    annotate(documents({"warm": "موسكو"}))
    for name, texts in sets.items():
        best = float("inf")
        for _ in range(3):
            articles = documents({str(n): text for n, text in enumerate(texts)})
            for document in articles:
                assert document.body.folded
                assert document.headline.folded is not None
            start = time.process_time()
            rows = annotate(articles).num_rows
            best = min(best, time.process_time() - start)
        n_characters = sum(map(len, texts))
        print(
            f"{name:<14} {len(texts) / best:8.0f} articles/s   {best / n_characters * 2400 * 1e3:.3f} ms per 2,400 characters"
            f"   {rows / len(texts):.1f} mentions an article"
        )
        if chosen.profile:
            with cProfile.Profile() as profile:
                annotate(documents({str(n): text for n, text in enumerate(texts)}))
            pstats.Stats(profile).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
