"""The generated pages are reproducible, say what their truth says, and can tell a good parser from a bad one."""

from collections import Counter

import pytest

from tests.eval.generator import Layout, layouts, pages, parsed_block
from tests.eval.metrics import tokens
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
        if value is not None and figure not in ("pages", "undated") and value != (figure not in ("invented", "leak", "raised"))
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


def test_half_of_the_layouts_are_held_out():
    groups = Counter(layout.group for layout in layouts())
    assert groups["held_out"] >= groups["tuned"] > 7


def test_a_block_with_two_roles_or_an_unknown_option_is_refused():
    with pytest.raises(ValueError, match="roles"):
        parsed_block({"headline": "{headline}", "body": "{paragraph}"})
    with pytest.raises(ValueError, match="unknown options"):
        parsed_block({"headline": "{headline}", "colour": "red"})


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
