"""Pages a second and core of the two ways of parsing page text: `python -m tests.bench.parse [--pages 400]`.

Process time, best of three passes. Pages are those of ../shared/bench/make_dumps.py cut to the size of the seed, or synthetic ones
when it is absent. `layout`: parse_record; `generic`: the same pages through the generic segmenter and the article fields.
"""

import argparse
import time

from pipeline.parsers import parse_record
from pipeline.parsers.articles import page_articles
from pipeline.parsers.generic import segment_generic
from pipeline.sources import Sources
from tests.eval.generic import SHARED, aggregator_pages

SENTENCE = (
    "وقال رئيس المجلس البلدي رقم {n} إن المشروع الجديد في الحي القديم سيكتمل قبل نهاية العام الجاري بكلفة {n} مليون."
)


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


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, default=400)
    n_pages = options.parse_args().pages
    here = (SHARED / "bench" / "make_dumps.py").exists()
    pages = [page.text for _, page in aggregator_pages(n_pages)] if here else list(synthetic(n_pages))
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
    for name, parse in (("layout", by_layout), ("generic", by_shape)):
        print(f"{name:8} {rate(parse, pages):8,.0f} pages/s per core")


if __name__ == "__main__":
    main()
