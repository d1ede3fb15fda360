"""Decides what a layout may declare, and reads the declarations; how they become pages is decided by `generator`.

A layout (`layouts/*.toml`) is a list of blocks in printed order. A block is a table with exactly one role (`pages.ROLES`,
or `article` for the blocks of another article inside the page) whose value is the format to print, or a list of formats
of which each page takes one. `@name` prints an ordered sample of the list `name`. Slots of a format:

* `{headline} {subheadline} {paragraph} {keywords} {source}`: the article's, or the site's
* `{pub.…} {now.…} {mod.…} {post.…}`: moments of publication, capture, update and of a social post; see `calendars.Stamp`
* `{title} {titles}`: headlines of other articles, one or several joined by `joined`; `{lead} {lead_cut}`: the first paragraph
  of the one named last, whole or its first words
* `{headline_cut} {opening}`: the first words of the article's headline and of its text
* `{number} {small} {clock} {person} {handle}`: made up; `{author}`: whom the byline above named; `{index}`: which one of the block's repetitions this is
* any other name: an item of that list, from the layout's `[lists]` or the language's word lists

Options of a block: `p` (share of pages that have it), `n` (how many times, a number or a range), `joined` (print the items
of the block on one line with this between them), `gap` (what stands before the block; default is the layout's), `digits`,
`value` (the slot that holds the truth of a byline or credit; default `person`, `agency`), `precision` of a date (a vocab
code, or `ago`; on a body: its first paragraph states the date), `within` (blocks to strew between the paragraphs of a
body), `first` (format of the first paragraph).

Options of a layout: `name`, `held_out`, `language`, `models` (what kind of site), `source`, `zone`, `gap` (between blocks),
`tight` (between the items of a block), `paragraphs` (range), `lags` (unit, least, most between publication and capture),
`wrap` (columns), `noise` (share of pages with disturbed white space, see `noise`), `known` (the parser has a declared
layout for it), `headline_like` (a regular expression that the headlines of its articles match where there are such), `article = false` for pages without an article,
`mojibake` (UTF-8 read as `codec` in a `share` of the pages, in blocks of the `roles` or, without them, the whole page).
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from tests.eval.pages import ROLES
from tests.eval.texts import words

LAYOUTS: Final = Path(__file__).with_name("layouts")
_LAGS: Final = (["minutes", 1, 1440], ["minutes", 1, 1440], ["hours", 1, 80], ["days", 2, 40], ["days", 40, 700])
_NOISE: Final = 0.15
_OPTIONS: Final = frozenset({"p", "n", "joined", "gap", "digits", "value", "precision", "within", "first"})

Block = Mapping[str, Any]


class Layout:
    """One declared layout; `blocks` are (role, format or formats, options)."""

    def __init__(self, declared: Mapping[str, Any]) -> None:
        self.name: str = declared["name"]
        self.group = "known" if declared.get("known") else "held_out" if declared["held_out"] else "tuned"
        self.language: str = declared["language"]
        self.source: str = declared["source"]
        self.zone_name: str = declared["zone"]
        self.zone = ZoneInfo(self.zone_name)
        self.has_article: bool = declared.get("article", True)
        self.gap: str = declared.get("gap", "\n\n")
        self.tight: str = declared.get("tight", "\n")
        self.paragraphs: list[int] = declared.get("paragraphs", [3, 12])
        self.lags = declared.get("lags", _LAGS)
        self.headline_like = re.compile(declared["headline_like"]) if "headline_like" in declared else None
        self.wrap: int | None = declared.get("wrap")
        self.noise: float = declared.get("noise", _NOISE)
        self.mojibake: dict[str, Any] = declared.get("mojibake", {"codec": "cp1252", "share": 0.0})
        self.lists: dict[str, list[str]] = words(self.language) | declared.get("lists", {})
        self.blocks = [parsed_block(block) for block in declared["blocks"]]

    def registry_entry(self) -> dict[str, Any]:
        """The outlet as `warehouse/sources.yml` would list it."""
        return {"id": self.name, "names": [self.source], "zone": self.zone_name}


def parsed_block(block: Block) -> tuple[str, Any, dict[str, Any]]:
    """The role, the format and the options of a declared block.

    Raises:
        ValueError: Not exactly one role, or an option that does not exist.
    """
    roles = [key for key in block if key in ROLES or key == "article"]
    strange = [key for key in block if key not in ROLES and key not in _OPTIONS and key != "article"]
    if len(roles) != 1 or strange:
        raise ValueError(f"block {dict(block)!r}: roles {roles}, unknown options {strange}")
    role = roles[0]
    options = {key: value for key, value in block.items() if key != role}
    options["within"] = [parsed_block(inner) for inner in options.get("within", ())]
    return role, [parsed_block(inner) for inner in block[role]] if role == "article" else block[role], options


@cache
def layouts() -> tuple[Layout, ...]:
    """Every declared layout, by name."""
    found = (Layout(tomllib.loads(path.read_text("utf-8"))) for path in LAYOUTS.glob("*.toml"))
    return tuple(sorted(found, key=lambda layout: layout.name))
