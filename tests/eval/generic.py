"""Measures the generic segmenter: `python -m tests.eval.generic [--n 200] [--set layouts|aggregator|html] [--show K]`.

Sets: article text in the layouts of `page_layouts`; aggregator pages of make_dumps.py, read without their layout; whole pages of
the HTML kit as plain text. All need ../shared (or WARRAQ_SHARED). Figures by layout: headline exact (folded), body token F1,
leak (share of body tokens beyond those of the true body), embedded found, published date right, dates invented.
"""

import argparse
import gzip
import importlib.util
import json
import os
import random
import re
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

from pipeline.parsers.generic import segment_generic
from pipeline.text.arabic import fold
from tests.eval.page_layouts import LAYOUTS, Page, Story

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("WARRAQ_SHARED", ROOT / ".." / "shared"))
WORD = re.compile(r"\w+")
BODY = ("paragraph", "paragraph_line")


def load_dumps():
    spec = importlib.util.spec_from_file_location("make_dumps", SHARED / "bench" / "make_dumps.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def saudi(limit):
    stories = [Story(h, b) for _, h, b in load_dumps().load_base(str(SHARED / "data" / "saudinewsnet"))]
    random.Random(5).shuffle(stories)
    return stories[:limit]


def ant(limit):
    archive = zipfile.ZipFile(SHARED / "data" / "antcorpus-multisource-2018-02-05.zip")
    names = [n for n in archive.namelist() if n.endswith(".txt")]
    random.Random(6).shuffle(names)
    stories = []
    for name in names:
        raw = archive.read(name).decode("utf-8", "replace")
        title = re.search(r"<TITLE>(.*?)</TITLE>", raw, re.DOTALL)
        text = re.search(r"<TEXT>(.*?)</TEXT>", raw, re.DOTALL)
        body = [line.strip() for line in text[1].split("\n") if line.strip()] if text else []
        if title and len(title[1].split()) >= 3 and sum(map(len, body)) > 250:
            stories.append(Story(" ".join(title[1].split()), body))
        if len(stories) == limit:
            break
    return stories


def layout_pages(n):
    for corpus in (saudi, ant):
        stories = corpus(n * 3)
        rng = random.Random(11)
        for name, wrap in LAYOUTS.items():
            for story in rng.sample(stories, n // 2):
                others = [s for s in rng.sample(stories, 13) if s is not story][:12]
                yield name, wrap(story, others, rng)


def aggregator_pages(n):
    dumps = load_dumps()
    base = dumps.load_base(str(SHARED / "data" / "saudinewsnet"))
    for p in dumps.pages(base, n, 3, 0.04, 0.06, 0.0, 730):
        embedded = [Story(p["embedded_headline"], p["embedded_body"])] if p["embedded_headline"] else []
        day = p["published"]
        raw = f"{dumps.ordinal(day.day)}, {dumps.MONTHS[day.month - 1]} {day.year} GMT"
        yield "aggregator", Page(dumps.page_text(p), p["headline"], p["body"], raw, embedded)


def html_pages(n):
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    archive = zipfile.ZipFile(SHARED / "data" / "html-kit.zip")
    names = set(archive.namelist())
    for name in sorted(x for x in names if x.endswith(".html.gz")):
        folder, _, stem = name.rpartition("/")
        publisher = re.sub(r"_\d{4}_\d\d_\d\d.*", "", stem.removesuffix(".html.gz"))
        truth_name = f"{folder}/{publisher}.json"
        if truth_name not in names:
            continue
        truth = json.loads(archive.read(truth_name))
        html = gzip.decompress(archive.read(name)).decode("utf-8", "replace")
        tree = HTMLTree.parse(html)
        text = extract_plain_text(
            tree, preserve_formatting=True, main_content=False, alt_texts=False, form_fields=False
        )
        for expected in truth.values():
            body = expected.get("body") or {}
            paragraphs = list(body.get("summary", []))
            for part in body.get("sections", []):
                paragraphs += part["headline"] + part["paragraphs"]
            if expected.get("title") and paragraphs and fold(paragraphs[-1])[:40] in fold(text):
                yield f"html/{folder[7:]}", Page(text, expected["title"], paragraphs, None)
                break
    for line in archive.read("arabic/gold.jsonl").decode().splitlines():
        gold = json.loads(line)
        tree = HTMLTree.parse(archive.read(f"arabic/{gold['file']}").decode("utf-8", "replace"))
        text = extract_plain_text(
            tree, preserve_formatting=True, main_content=False, alt_texts=False, form_fields=False
        )
        yield "html/arabic", Page(text, gold["title"], gold["body"].split("\n"), None)


def tokens(text):
    return Counter(WORD.findall(fold(text)))


def measure(page, text=None):
    """Figures of one page, as a dict of sums."""
    found = segment_generic(page.text)
    figures = Counter(pages=1)
    if found is None:
        figures["missed"] = 1
        figures["true_dates"] = page.published is not None
        figures["true_embedded"] = len(page.embedded)
        return figures, None
    lead = [s for s in found.segments if s.article == 0]
    headline = next((s.text for s in lead if s.role == "headline"), "")
    body = tokens(" ".join(s.text for s in lead if s.role in BODY))
    truth = tokens(" ".join(page.body))
    common = (body & truth).total()
    figures["headline"] = fold(" ".join(headline.split())) == fold(" ".join(page.headline.split()))
    figures["f1"] = 2 * common / max(1, body.total() + truth.total())
    figures["leak"] = (body - truth).total()
    figures["body_tokens"] = body.total()
    dates = [s.text for s in lead if s.role == "published_raw"]
    figures["true_dates"] = page.published is not None
    if page.published:
        figures["date_right"] = bool(dates) and fold(page.published)[:40] in fold(" ".join(dates))
        figures["date_wrong"] = bool(dates) and not figures["date_right"]
    else:
        figures["date_invented"] = bool(dates)
    figures["true_embedded"] = len(page.embedded)
    by_number = defaultdict(list)
    for s in found.segments:
        if s.article:
            by_number[s.article].append(s)
    heads = {fold(" ".join(s.text.split())): s.article for s in found.segments if s.article and s.role == "headline"}
    for story in page.embedded:
        number = heads.get(fold(story.headline))
        figures["embedded"] += number is not None
        mine = tokens(" ".join(s.text for s in by_number.get(number, []) if s.role in BODY))
        want = tokens(" ".join(story.body))
        figures["embedded_f1"] += 2 * (mine & want).total() / max(1, mine.total() + want.total())
    figures["embedded_extra"] = max(0, len(heads) - len(page.embedded))
    figures["score"] = found.scores[0]
    return figures, found


SETS = {"layouts": layout_pages, "aggregator": aggregator_pages, "html": html_pages}


def report(name, total):
    n = total["pages"]
    leak = total["leak"] / max(1, total["body_tokens"])
    embedded = total["true_embedded"]
    return (
        f"{name:18} n={n:5} missed={total['missed']:4} headline={total['headline'] / n:.3f} F1={total['f1'] / n:.3f} "
        f"leak={leak:.3f} emb={total['embedded']}/{embedded} embF1={total['embedded_f1'] / max(1, embedded):.3f} "
        f"extra={total['embedded_extra']} date={total['date_right']}/{total['true_dates']} wrong={total['date_wrong']} "
        f"invented={total['date_invented']} score={total['score'] / n:.2f}"
    )


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--n", type=int, default=100)
    options.add_argument("--set", choices=SETS, action="append")
    options.add_argument("--show", type=int, default=0, help="print so many of the worst pages")
    options.add_argument("--only", default="")
    chosen = options.parse_args()
    for which in chosen.set or SETS:
        totals, worst = defaultdict(Counter), []
        for name, page in SETS[which](chosen.n):
            if chosen.only and chosen.only not in name:
                continue
            figures, found = measure(page)
            totals[name] += figures
            worst.append(
                (
                    figures["f1"] + figures["headline"] - figures["date_wrong"] - figures["date_invented"],
                    name,
                    page,
                    found,
                )
            )
        for name, total in totals.items():
            print(report(name, total))
        print(report(f"ALL {which}", sum(totals.values(), Counter())))
        worst.sort(key=lambda item: item[0])
        for value, name, page, found in worst[: chosen.show]:
            print(
                f"\n--- {name} {value:.2f} want: {page.headline!r} published {page.published!r} body starts {page.body[0][:80]!r} {len(page.body)} paras; emb {[e.headline for e in page.embedded]}"
            )
            if found is None:
                print(page.text[:1500])
                continue
            for s in found.segments:
                print(f"   {s.article} {s.role:18} {s.confidence:.2f} {s.text[:90]!r} [{s.rule}]")


if __name__ == "__main__":
    main()
