"""Decides which real articles the labels of mentions are about: a fixed sample of three corpora of `../shared/data`.

The order is that of a hash of the id, so it depends on no file order. The text is the body as the corpus delivers it with its
white space in order, and not as our parser reads it, so that a better parser does not move the labels; read from the first word
to the end of the last within CHARACTERS.
"""

import hashlib
import json
import os
import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pipeline.readers import Limits, RawRecord, load_mappings, read_file

DATA: Final = Path(os.environ.get("WARRAQ_SHARED", Path(__file__).parents[3] / "shared")) / "data"
CHARACTERS: Final = 1300
LEAST: Final = 300
_BLANK_LINES: Final = re.compile(r"[ \t\u00a0]*(?:\n[ \t\u00a0]*)+")
_SPACES: Final = re.compile(r"[ \t\u00a0]{2,}")
PER_CORPUS: Final = {"saudinewsnet": 26, "antcorpus-2015-2017q1": 18, "antcorpus-multisource-2018-02-05": 24}


def sample() -> Iterator[tuple[str, str]]:
    """(id, text) of the articles to label; some that are drawn are too short."""
    for corpus, wanted in PER_CORPUS.items():
        names = sorted(_names(corpus), key=lambda name: hashlib.sha256(f"mentions/{name}".encode()).hexdigest())
        texts = texts_of(names[: wanted * 3])
        yield from [(name, texts[name]) for name in names if len(texts.get(name, "")) >= LEAST][:wanted]


def texts_of(names: Iterable[str]) -> dict[str, str]:
    """The texts that labels count in, by id: archive, member, and for lists the index in it, parted by `::`."""
    texts = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            archive, member, *index = name.split("::")
            with zipfile.ZipFile(DATA / archive) as file:
                data = file.read(member)
            if index:
                data = json.dumps([json.loads(data.decode("utf-8-sig"))[int(index[0])]]).encode()
            path = Path(folder) / Path(member).name
            path.write_bytes(data)
            text = _body(path)
            if text is not None:
                texts[name] = text if len(text) <= CHARACTERS else text[: text.rfind(" ", 0, CHARACTERS)]
    return texts


def _body(path: Path) -> str | None:
    for item in read_file(path, load_mappings(), Limits()):
        if isinstance(item, RawRecord) and (body := item.fields.get("body")):
            lines = _BLANK_LINES.sub("\n\n", body.replace("\r", "\n"))
            return unicodedata.normalize("NFC", _SPACES.sub(" ", lines)).strip()
    return None


def _names(corpus: str) -> Iterator[str]:
    if corpus == "saudinewsnet":
        for path in sorted((DATA / corpus).glob("*.zip")):
            with zipfile.ZipFile(path) as archive:
                (member,) = archive.namelist()
                for index in range(len(json.loads(archive.read(member).decode("utf-8-sig")))):
                    yield f"{corpus}/{path.name}::{member}::{index}"
    else:
        with zipfile.ZipFile(DATA / f"{corpus}.zip") as archive:
            yield from (f"{corpus}.zip::{member}" for member in archive.namelist() if member.endswith(".txt"))
