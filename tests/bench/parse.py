"""Pages a second and core of page parsing, and where the time goes: `python -m tests.bench.parse [--pages 400] [--top 12]`.

Process time, best of three passes. Pages are those of ../shared/bench/make_dumps.py cut to the size of the seed, or synthetic ones
when it is absent. `layout`: parse_record; `misread`: the same, every 20th page being UTF-8 read as windows-1256 from end to end;
`generic`: the pages of `layout` through the generic segmenter and the article fields. Then, by the profiler (which makes small
functions look larger than they are), the share of own time by module and the functions with the most of it; what a function
spends in the standard library and in C counts as its own.
"""

import argparse
import cProfile
import pstats
import time
from collections import Counter
from pathlib import Path

import pipeline
from pipeline.parsers import parse_record
from pipeline.parsers.generic import segment_generic
from pipeline.parsers.page_articles import page_articles
from pipeline.sources import Sources
from tests.eval.generator import misread
from tests.eval.generic import SHARED, aggregator_pages

SENTENCE = (
    "وقال رئيس المجلس البلدي رقم {n} إن المشروع الجديد في الحي القديم سيكتمل قبل نهاية العام الجاري بكلفة {n} مليون."
)
MISREAD_EVERY = 20
PACKAGE = f"{Path(pipeline.__file__).parent}/"


def synthetic(n_pages):
    for n in range(n_pages):
        body = [" ".join([SENTENCE.format(n=n * 31 + k)] * 4) for k in range(10)]
        related = [f"  • خبر آخر من المدينة رقم {n + k} في هذا الأسبوع" for k in range(10)]
        head = f"المجلس البلدي يطلق المشروع رقم {n} في الحي القديم"
        yield "\n\n".join(
            [
                "صوت المدينة:\n2024-03-12@06:15:00 GMT",
                head,
                "تاريخ النشر: 11th, March 2024 GMT",
                head,
                *body,
                "المصدر: صوت المدينة",
                "مقالات مشابهة",
                "\n".join(related),
            ]
        )


def rate(parse, pages):
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for page in pages:
            parse(page)
        best = min(best, time.process_time() - start)
    return len(pages) / best


def own_times(parse, pages):
    """Seconds by function of the package, each with what it spends outside of the package."""
    profile = cProfile.Profile()
    profile.runcall(lambda: [parse(page) for page in pages])
    times = Counter()
    for function, (_, _, own, _, callers) in pstats.Stats(profile).stats.items():
        if function[0].startswith(PACKAGE):
            times[function] += own
        else:  # a caller's share of the function's own time
            for caller, (_, _, share, _) in callers.items():
                times[caller] += share
    return Counter({function: spent for function, spent in times.items() if function[0].startswith(PACKAGE)})


def print_shares(name, times, top):
    total = times.total()
    parts = Counter()
    for (path, _, _), spent in times.items():
        parts[path.removeprefix(PACKAGE).removesuffix(".py")] += spent
    shares = ", ".join(f"{part} {spent / total:.0%}" for part, spent in parts.most_common(8))
    print(f"{name:8} {shares}")
    for (path, line, function), spent in times.most_common(top):
        print(f"  {spent / total:6.1%}  {path.removeprefix(PACKAGE)}:{line} {function}")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=int, default=400)
    options.add_argument("--top", type=int, default=12, help="functions by own time, 0 for none")
    chosen = options.parse_args()
    here = (SHARED / "bench" / "make_dumps.py").exists()
    pages = [page.text for _, page in aggregator_pages(chosen.pages)] if here else list(synthetic(chosen.pages))
    mixed = [misread(page, "cp1256") if n % MISREAD_EVERY == 0 else page for n, page in enumerate(pages)]
    sources = Sources()

    def by_layout(text):
        return parse_record(text, None, "page", sources)

    def by_shape(text):
        page = segment_generic(text)
        return page_articles(page, {}, sources) if page else []

    size = sum(map(len, pages)) / len(pages)
    print(
        f"{'make_dumps' if here else 'synthetic'} pages: {len(pages)}, mean {size:,.0f} characters (the seed has 4,057)"
    )
    ways = {"layout": (by_layout, pages), "misread": (by_layout, mixed), "generic": (by_shape, pages)}
    for name, (parse, batch) in ways.items():
        print(f"{name:8} {rate(parse, batch):8,.0f} pages/s per core")
    print("share of own time")
    for name, (parse, batch) in ways.items():
        print_shares(name, own_times(parse, batch), chosen.top)


if __name__ == "__main__":
    main()
