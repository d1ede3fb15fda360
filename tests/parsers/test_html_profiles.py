"""Site profiles: what the selectors find, what a redesign does, and which files are refused."""

import pytest

from pipeline.parsers.html import extract
from pipeline.parsers.html.profiles import load_profiles, profile_for, read_profile
from tests.parsers.html_pages import EN, HEAD_EN, paragraphs

URL = "https://www.news.example/a"
PAGE = f"""<html><body><h1 class="story-title">{HEAD_EN}</h1><span class="story-byline">A. Writer</span>
<time class="story-date" datetime="2024-05-03">Friday</time><div class="story-text">{paragraphs(EN[:2])}
<div class="story-promo"><p>{EN[0]} Buy now, and be glad of it.</p></div>{paragraphs(EN[2:])}</div></body></html>"""
REDESIGNED = PAGE.replace("story-", "new-")


def test_a_profile_reads_its_site() -> None:
    page = extract(PAGE, URL)
    assert page.published is not None
    assert (page.headline, page.body, page.byline, str(page.published.day), page.extractor, page.flags) == (
        HEAD_EN, "\n\n".join(EN), "A. Writer", "2024-05-03", "profile:example", (),
    )  # fmt: skip


def test_a_redesign_falls_back_and_is_flagged() -> None:
    page = extract(REDESIGNED, URL)
    assert (page.headline, page.extractor, page.flags) == (HEAD_EN, "warraq", ("profile_mismatch",))
    assert EN[3] in (page.body or "")


@pytest.mark.parametrize(
    ("url", "expected"),
    [(URL, "example"), ("https://ar.news.example/x", "example"), ("https://othernews.example/", None), ("http://[", None), (None, None)],
)  # fmt: skip
def test_the_host_chooses(url: str | None, expected: str | None) -> None:
    profile = profile_for(url)
    assert (profile and profile.name) == expected


@pytest.mark.parametrize(
    "text", ["version = '1'", "hosts = ['a']\nbogus = ['p']", "hosts = ['a']\nbody = ['p[']", "hosts ="]
)
def test_a_bad_file_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"profile|Invalid|Unexpected"):
        read_profile("bad", text)


def test_shipped_profiles_are_named_by_their_files() -> None:
    assert "example" in [profile.name for profile in load_profiles()]
