"""The generated pages are reproducible, say what their truth says, and can tell a good parser from a bad one."""

import random
from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.eval.calendars import Stamp
from tests.eval.generator import pages
from tests.eval.layout import Layout, layouts, parsed_block
from tests.eval.metrics import tokens
from tests.eval.noise import KINDS
from tests.eval.scoring import Score, score_page

PAGES = 12
NAMES = [layout.name for layout in layouts()]
BY_NAME = {layout.name: layout for layout in layouts()}


def made(name, seed=0, count=PAGES):
    return list(pages(BY_NAME[name], count, seed, real=False))


@pytest.mark.parametrize("name", NAMES)
def test_same_seed_same_pages_and_another_seed_others(name):
    assert made(name) == made(name)
    assert made(name, count=5) == made(name)[:5]
    assert made(name, seed=1) != made(name)


@pytest.mark.parametrize("name", NAMES)
def test_page_holds_every_segment_in_order(name):
    for page in made(name):
        if page.mojibake:
            continue
        expected = [token for segment in page.segments for token in tokens(segment.text)]
        assert tokens(page.text) == expected


@pytest.mark.parametrize("name", NAMES)
def test_the_truth_scores_full_marks(name):
    """An oracle that returns the truth loses nothing, so every point that a parser loses is its own."""
    total = sum((score_page(page, oracle(page)) for page in made(name)), Score())
    figures = total.figures()
    wrong = {
        figure: value
        for figure, value in figures.items()
        if value is not None
        and figure not in ("pages", "undated")
        and value != (figure not in ("invented", "leak", "raised"))
    }
    assert wrong == {}


def test_a_parser_that_takes_the_whole_page_leaks_and_invents():
    total = Score()
    for name in NAMES:
        for page in made(name):
            lead = {"role": "lead", "headline": page.text.split("\n")[0], "body": page.text}
            lead["published_date"] = page.fields["fetched_raw"][:10]
            total += score_page(page, [lead])
    figures = total.figures()
    assert (figures["completeness"] > 0.9, figures["leak"] > 0.1) == (True, True)
    assert (figures["invented"], figures["embedded"], figures["no_article"]) == (figures["undated"], 0.0, 0.0)


def test_no_held_out_layout_is_given_up():
    groups = Counter(layout.group for layout in layouts())
    assert (groups["held_out"] >= 36, groups["tuned"] >= 36) == (True, True)


def test_a_block_with_two_roles_or_an_unknown_option_is_refused():
    with pytest.raises(ValueError, match="roles"):
        parsed_block({"headline": "{headline}", "body": "{paragraph}"})
    with pytest.raises(ValueError, match="unknown options"):
        parsed_block({"headline": "{headline}", "colour": "red"})


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        ("{s.weekday_ar} {s.day} {s.gulf} {s.year}", "السبت 30 نوفمبر 2024"),
        ("{s.levant}|{s.tunisia}|{s.morocco}|{s.tr}|{s.ur}", "تشرين الثاني|نوفمبر|نونبر|Kasım|نومبر"),
        ("{s.hijri_day} {s.hijri} {s.hijri_year} = {s.hijri_month}", "28 جمادى الأولى 1446 = 5"),
        ("{s.weekday_fa} {s.jalali_day} {s.jalali} {s.jalali_year}/{s.jalali_month}", "شنبه 10 آذر 1403/09"),
        ("{s.h12}:{s.MM} {s.am_ar} {s.HH} {s.ordinal} {s.offset}", "12:05 ص 00 30th +3"),
        ("{s.ago_ar} {s.ago_en} {s.ago_before} {s.days_ar}", "منذ 11 ساعة 11 hours ago قبل 11 ساعة اليوم"),
        ("{s.utc_stamp}", "2024-11-29@21:05:00"),
    ],
)
def test_moment_in_every_calendar(slots, expected):
    riyadh = ZoneInfo("Asia/Riyadh")
    stamp = Stamp(datetime(2024, 11, 30, 0, 5, tzinfo=riyadh), datetime(2024, 11, 30, 12, 0, tzinfo=riyadh))
    assert slots.format(s=stamp) == expected


@pytest.mark.parametrize("kind", KINDS)
def test_noise_changes_the_text_and_keeps_the_words(kind):
    text = "\n\n".join(["سطر قصير هنا", "سطر ثان أيضا"] * 20)
    assert kind(text, random.Random(0)) != text
    assert tokens(kind(text, random.Random(0))) == tokens(text)


@pytest.mark.parametrize("codec", ["cp1252", "cp1256"])
def test_mojibake_pages_are_marked_and_unreadable(codec):
    declared = {
        "name": "broken",
        "held_out": False,
        "language": "ar",
        "source": "موقع",
        "zone": "UTC",
        "mojibake": {"codec": codec, "share": 1.0},
        "blocks": [{"headline": "{headline}"}, {"body": "{paragraph}"}],
    }
    (page,) = pages(Layout(declared), 1, real=False)
    assert page.mojibake is True
    assert page.articles[0].headline not in page.text


def oracle(page):
    """What a parser that knows the truth would return."""
    parsed = []
    for number, truth in enumerate(page.articles):
        parsed.append(
            {
                "role": "embedded" if number else "lead",
                "headline": truth.headline,
                "subheadline": truth.subheadline,
                "byline": truth.byline,
                "credit": truth.credit,
                "published_date": truth.published_date,
                "published_at": truth.published_at,
                "body": "\n\n".join(truth.body),
                "keywords": truth.keywords,
                "related_headlines": truth.related,
                "social_embeds": [{"text": text} for text in truth.social],
            }
        )
    return parsed
