"""Decides what `make eval-parse` measures and prints: `parse_record` on generated pages with truth, one line a layout.

    python -m tests.eval.parse [--pages N] [--known | --tuned | --held-out | --all] [--layout NAME] [--boilerplate N] [--show K] [--json]
    python -m tests.eval.parse --review N

The pages come from `generator` (layouts, tuned and held out) and from the dump maker of `../shared` (known layout, with
mojibake). The figures are defined in `metrics` and `scoring`.
"""

import argparse
import json
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from pipeline.line_counts import count_lines
from pipeline.parsers import Unparsed, counted_lines, parse_record
from pipeline.parsers.boilerplate import Boilerplate
from pipeline.settings import Settings
from pipeline.sources import Sources
from tests.eval.bench_pages import bench_pages
from tests.eval.generator import pages, record_fields
from tests.eval.layout import layouts
from tests.eval.pages import Page
from tests.eval.reliability import Reliability, is_right, reliability_table
from tests.eval.review import review
from tests.eval.scoring import Score, score_page

GROUPS: Final = ("known", "tuned", "held_out")
_COLUMNS: Final = ("headline", "date", "instant", "invented", "body_f1", "leak", "completeness", "embedded", "embedded_precision", "no_article", "mojibake")  # fmt: skip
_DETAILS: Final = ("subheadline", "byline", "credit", "keywords_f1", "related_f1", "social_f1", "raised")
_SHOWN_CHARS: Final = 160


class Evaluation:
    """Scores by layout, the CPU seconds that parsing took, and the pages that went wrong."""

    def __init__(self, sources: Sources, failures: int = 0, boilerplate: Boilerplate | None = None) -> None:
        self.sources, self.failures, self.boilerplate = sources, failures, boilerplate
        self.scores: dict[str, Score] = {}
        self.seconds: dict[str, float] = {}
        self.layouts: dict[str, tuple[str, str]] = {}
        self.failed: list[str] = []
        self.reliability: dict[str, Reliability] = {}

    def add(self, page: Page) -> None:
        """Parses and scores one page; a parser that raises has found nothing."""
        fields, raised = record_fields(page), 0
        start = time.process_time()
        try:
            outcome = parse_record(page.text, fields, "page", self.sources, self.boilerplate)
            parsed = [] if isinstance(outcome, Unparsed) else outcome
        except Exception:  # the evaluation goes on, and counts it
            parsed, raised = [], 1
        spent = time.process_time() - start
        score = score_page(page, parsed)
        score.raised = raised
        if raised and len(self.failed) < self.failures:
            self.failed.append(f"{page.layout} {page.fields['url']}\n{traceback.format_exc()}")
        elif len(self.failed) < self.failures and (faults := _faults(score)):
            self.failed.append(_shown(page, parsed, faults))
        if parsed and parsed[0].get("parse_score") is not None:
            group = self.reliability.setdefault(page.group, Reliability())
            group.add(parsed[0]["parse_score"], is_right(score))
        self.layouts[page.layout] = page.language, page.group
        self.scores[page.layout] = self.scores.get(page.layout, Score()) + score
        self.seconds[page.layout] = self.seconds.get(page.layout, 0.0) + spent

    def rows(self) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
        """Name, language, group and figures: of each layout, then of each group that has pages, then of everything."""
        for name, score in self.scores.items():
            yield name, *self.layouts[name], score.figures() | _rate(score, self.seconds[name])
        for group in (*GROUPS, "all"):
            names = [name for name, (_, of) in self.layouts.items() if group in (of, "all")]
            if names:
                score = sum((self.scores[name] for name in names), Score())
                rate = _rate(score, sum(self.seconds[name] for name in names))
                yield f"total {group}", "", group, score.figures() | rate


def _rate(score: Score, seconds: float) -> dict[str, float | None]:
    """Pages a second; None when they took less time than the clock tells."""
    return {"pages_per_second": score.pages / seconds if seconds else None}


def evaluate(batch: Iterable[Page], failures: int = 0, boilerplate: Boilerplate | None = None) -> Evaluation:
    """Parses and scores pages; the outlets of all layouts are known, as they would be in `warehouse/sources.yml`."""
    evaluation = Evaluation(Sources(layout.registry_entry() for layout in layouts()), failures, boilerplate)
    for page in batch:
        evaluation.add(page)
    return evaluation


def repeated_lines(batch: Iterable[Page]) -> Boilerplate:
    """The lines that the pages of each layout repeat, counted as `warraq boilerplate` counts them."""
    counted = (counted_lines(page.text, page.fields, "page") for page in batch)
    return Boilerplate(count_lines((page for page in counted if page), Settings()))


def _faults(score: Score) -> list[str]:
    """What is wrong with a page of which this is the score."""
    figures = score.figures()
    perfect = ("headline", "date", "instant", "embedded", "embedded_precision", "no_article", "mojibake")
    faults = [name for name in perfect if figures[name] not in (None, 1.0)]
    faults += ["invented"] if figures["invented"] else []
    faults += [f"body_f1 {figures['body_f1']:.3f}"] if (figures["body_f1"] or 1.0) < 0.98 else []
    return faults + ([f"leak {figures['leak']:.3f}"] if figures["leak"] else [])


def _shown(page: Page, parsed: list[dict[str, Any]], faults: list[str]) -> str:
    lines = [f"{page.layout} {page.fields['url']}: {', '.join(faults)}"]
    for truth in page.articles:
        body = " ⏎ ".join(truth.body)
        lines.append(
            f"  expected {truth.published_date} {truth.published_at} | {truth.headline} | {body[:_SHOWN_CHARS]}"
        )
    for article in parsed:
        body = (article.get("body") or "").replace("\n", "⏎")
        dates = f"{article.get('published_date')} {article.get('published_at')} ({article.get('published_at_raw')})"
        lines.append(f"  parsed   {dates} | {article.get('headline')} | {body[:_SHOWN_CHARS]} … {body[-_SHOWN_CHARS:]}")
    return "\n".join(lines)


def _table(evaluation: Evaluation, columns: tuple[str, ...]) -> Table:
    table = Table(box=None, header_style="bold")
    for name in ("layout", "lang", "group", "pages", *columns, "pages/s"):
        table.add_column(name.replace("_", " "), justify="left" if name in ("layout", "lang", "group") else "right")
    for name, language, group, figures in evaluation.rows():
        cells = [_cell(figures[column]) for column in columns]
        rate = f"{figures['pages_per_second']:,.0f}"
        table.add_row(name, language, group, str(figures["pages"]), *cells, rate, style="bold" if not language else "")
    return table


def _cell(value: float | int | None) -> str:
    return "-" if value is None else str(value) if isinstance(value, int) else f"{value:.4f}"


def _batch(options: argparse.Namespace, count: int, seed: int) -> Iterator[Page]:
    wanted = options.group
    named = set(options.layout)
    if ("bench" in named) if named else wanted in ("known", "all"):
        yield from bench_pages(count, seed=seed + 7)
    for layout in layouts():
        if layout.name in named if named else wanted in (layout.group, "all"):
            yield from pages(layout, count, seed, real=not options.synthetic)


def main() -> None:
    """Command line; exit code 2 when there is nothing to measure."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.parse", description=__doc__.split("\n")[0])
    parser.add_argument("--pages", type=int, default=100, help="pages a layout (default 100)")
    group = parser.add_mutually_exclusive_group()
    for name in (*GROUPS, "all"):
        group.add_argument(f"--{name.replace('_', '-')}", dest="group", action="store_const", const=name)
    parser.set_defaults(group="all")
    parser.add_argument("--layout", action="append", default=[], metavar="NAME", help="only this one (repeatable)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--synthetic", action="store_true", help="synthetic texts even where real ones are at hand")
    parser.add_argument(
        "--boilerplate",
        type=int,
        default=0,
        metavar="N",
        help="count the repeated lines of N other pages a layout first",
    )
    parser.add_argument("--show", type=int, default=0, metavar="K", help="print K pages that went wrong")
    parser.add_argument(
        "--details", action="store_true", help="also bylines, credits, keywords, related headlines, posts"
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--review", type=int, metavar="N", help="print N articles of the real data for a check by hand")
    parser.add_argument("--whole", action="store_true", help="with --review: bodies in full")
    options = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 220)
    if options.review:
        review(options.review, options.seed, console, whole=options.whole)
        return
    # Counted on other pages than those judged.
    counted = _batch(options, options.boilerplate, options.seed + 1) if options.boilerplate else None
    boilerplate = repeated_lines(counted) if counted else None
    evaluation = evaluate(_batch(options, options.pages, options.seed), options.show, boilerplate)
    if not evaluation.scores:
        sys.exit(
            f"no layout {', '.join(options.layout) or options.group}: there is {', '.join(x.name for x in layouts())}"
        )
    if options.json:
        rows = [{"layout": n, "language": lang, "group": g} | figures for n, lang, g, figures in evaluation.rows()]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    console.print(_table(evaluation, _COLUMNS))
    if options.details:
        console.print(_table(evaluation, _DETAILS))
    console.print(reliability_table(evaluation.reliability))
    for failure in evaluation.failed:
        console.print(failure, markup=False, highlight=False)


if __name__ == "__main__":
    main()
