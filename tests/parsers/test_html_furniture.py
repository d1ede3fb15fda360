"""What stands around the text of an HTML page without a name that says so, and text that looks like it but is none."""

import pytest

from pipeline.parsers.html import extract
from tests.parsers.html_pages import EN, HEAD_EN, OTHER, ld, paragraphs
from tests.parsers.test_html_stories import NEXT, THIRD

SHORT = (*NEXT, *THIRD)
BODY = "\n\n".join(EN)


def page(text: str, head: str = "") -> str:
    return f"<head><title>{HEAD_EN}</title>{head}</head><div><h1>{HEAD_EN}</h1>{text}</div>"


def items(form: str, texts: tuple[str, ...] = SHORT) -> str:
    """`form` around each text and the beginning of it, inside one box."""
    return f"<div>{''.join(form.format(' '.join(text.split()[:5]), text) for text in texts)}</div>"


OUT = {
    "teasers under links": paragraphs(EN) + items("<div><a href=/>{}</a><p>{}</p></div>"),
    "teasers before the text": items("<div><a href=/>{}</a><p>{}</p></div>") + paragraphs(EN),
    "teasers in the text": paragraphs(EN[:2]) + items("<div><h4><a href=/>{}</a></h4><div>{}</div></div>") + paragraphs(EN[2:]),
    "teasers that end in one link": paragraphs(EN) + items("<div><h4>{}</h4><p>{}</p><a href=/>Go on</a></div>"),
    "a list under its label": paragraphs(EN) + f"<div><b>Most read</b><div>{paragraphs(SHORT[:1])}</div></div>",
    "comments under their label": paragraphs(EN) + f"<div><h3>12 responses</h3>{paragraphs(SHORT)}</div>",
    "comments in Arabic": paragraphs(EN) + f"<div><div>آراء القراء (9)</div>{paragraphs((OTHER,) * 9)}</div>",
    "a caption beside its picture": paragraphs(EN[:2]) + f"<div><a href=/><img src=a.jpg></a><div>{NEXT[0]}</div></div>" + paragraphs(EN[2:]),
    "a copyright line": paragraphs(EN) + "<p>Copyright 2024 by Example Media, which is the publisher of this newspaper. All rights reserved.</p>",
    "a newsletter": paragraphs(EN) + "<p>Do you want to read more of this every morning? <a href=/>Subscribe to our letter</a> for free.</p>",
    "moving headlines": f"<marquee>{' '.join(SHORT)}</marquee>" + paragraphs(EN),
}  # fmt: skip


@pytest.mark.parametrize("text", OUT.values(), ids=OUT)
def test_furniture_is_left_out(text: str) -> None:
    assert extract(page(text), fallback=False).body == BODY


PICTURES = "".join(f"<div><div><img src={n}.jpg></div><div>{text}</div></div>" for n, text in enumerate(EN))


def test_pictures_that_tell_the_story_keep_their_lines() -> None:
    assert extract(page(PICTURES), fallback=False).body == BODY


IN = {
    "a list heads the box of the text": f"<div><h4>Most read</h4><ul><li><a href=/>{HEAD_EN} again</a></li></ul>{{}}</div>",
    "a label heads the box of the text": "<div><span>Comments</span>{}</div>",
    "links between paragraphs": f"<div>{{}}<p><a href=/>{NEXT[0]}</a></p></div>",
    "a picture in a paragraph": "<div><p><img src=a.jpg>" + NEXT[0] + "</p>{}</div>",
    "a picture above a paragraph": "<div><img src=a.jpg><p>" + NEXT[0] + "</p></div><div>{}</div>",
    "a sentence that speaks of subscribing": "<div>{}<p>Readers can subscribe to the minutes of the council from May, the clerk said.</p></div>",
    "two pieces under links": "<div>{}<div><h3><a href=/>Those who spoke</a></h3><p>" + NEXT[0] + "</p></div></div>",
}  # fmt: skip


@pytest.mark.parametrize("form", IN.values(), ids=IN)
def test_text_is_kept(form: str) -> None:
    read = extract(page(form.format(paragraphs(EN))), fallback=False).body or ""
    assert [
        text
        for text in (*EN, *((NEXT[0],) if "<p>" + NEXT[0] in form or ">" + NEXT[0] + "</p>" in form else ()))
        if text not in read
    ] == []


def test_an_offer_follows_what_is_shown() -> None:
    offer = "<section><h2>Go on reading</h2><p>Our reporters work for you on every day of the year, in every weather.</p><a href=/>Subscribe now</a></section>"
    free, paid = (
        extract(page(paragraphs(EN) + offer, ld(headline=HEAD_EN, isAccessibleForFree=state)), fallback=False)
        for state in (True, False)
    )
    assert (paid.body, paid.flags) == (BODY, ("body_maybe_truncated",))
    assert free.flags == ()
