"""Decides what a token classifier from a local folder says a text names; no model is shipped, and none is downloaded.

The folder holds `model.onnx` (inputs input_ids, attention_mask and perhaps token_type_ids; output logits by token and label),
`tokenizer.json` and `config.json` with `id2label`: what `optimum-cli export onnx` writes for a token classifier. Needs the
extra `ner`.
"""

import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from pipeline.enrichers.documents import Text
from pipeline.enrichers.mentions.candidates import Candidate, Naming
from pipeline.errors import InputError

_FILES = ("model.onnx", "tokenizer.json", "config.json")
# Labels of the common schemes to ours; what is in none is left out.
_TYPES = {
    **dict.fromkeys(("PER", "PERS", "PERSON"), "PER"),
    **dict.fromkeys(("LOC", "LOCATION", "GPE"), "LOC"),
    **dict.fromkeys(("ORG", "ORGANIZATION", "ORGANISATION"), "ORG"),
}
_MOST_TOKENS = 510  # of a window, beside the two that open and close it
_LEAST_SCORE = 0.5


class _Tagged(NamedTuple):
    start: int
    end: int
    label: str
    score: float


class TokenClassifier:
    """A model and its tokenizer; `version` is a hash of the files, since they decide the rows."""

    def __init__(self, folder: Path) -> None:
        """Loads a model.

        Raises:
            InputError: a file is missing or the packages of the extra are.
        """
        if missing := [name for name in _FILES if not (folder / name).is_file()]:
            raise InputError(f"{folder}: no {', '.join(missing)}; a model is a folder with {', '.join(_FILES)}")
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as error:
            raise InputError(f"{error.name} is not installed: pip install 'warraq[ner]'") from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # more threads may sum in another order
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {node.name for node in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_MOST_TOKENS + 2, stride=0)
        labels = json.loads((folder / "config.json").read_text(encoding="utf-8"))["id2label"]
        self._labels = [labels[str(number)] for number in range(len(labels))]
        digest = hashlib.sha256(b"".join(hashlib.sha256((folder / name).read_bytes()).digest() for name in _FILES))
        self.version = f"{folder.name}/{digest.hexdigest()[:12]}"

    def candidates(self, text: Text) -> Iterator[Candidate]:
        """Candidates at places of a folded text, a paragraph at a time, with the mean probability of their tokens as score."""
        start = 0
        for paragraph in text.published.split("\n"):
            if paragraph.strip():
                for entity in _entities(self._tagged(paragraph)):
                    kind = _TYPES.get(entity.label)
                    if kind and entity.score >= _LEAST_SCORE:
                        first, last = (_folded_place(text, start + place) for place in (entity.start, entity.end))
                        score = round(entity.score, 3)
                        yield first, last, Naming(kind, None, None, "model", score, f"model {self.version}")
            start += len(paragraph) + 1

    def _tagged(self, paragraph: str) -> Iterator[_Tagged]:
        encoding = self._tokenizer.encode(paragraph)
        for window in (encoding, *encoding.overflowing):
            inputs: dict[str, Any] = {
                "input_ids": np.array([window.ids], np.int64),
                "attention_mask": np.array([window.attention_mask], np.int64),
                "token_type_ids": np.array([window.type_ids], np.int64),
            }
            (logits, *_) = self._session.run(None, {name: inputs[name] for name in self._inputs})
            odds = np.exp(logits[0] - logits[0].max(axis=-1, keepdims=True))
            shares = odds / odds.sum(axis=-1, keepdims=True)
            for (first, last), share in zip(window.offsets, shares, strict=True):
                if last > first:  # not what opens, closes or fills a window
                    best = int(share.argmax())
                    yield _Tagged(first, last, self._labels[best], float(share[best]))


def _entities(tokens: Iterator[_Tagged]) -> Iterator[_Tagged]:
    """Joins the tokens of an entity: B-X begins one, I-X goes on with one of the same X, and begins one where there is none."""
    open_tokens: list[_Tagged] = []
    for token in tokens:
        prefix, _, kind = token.label.partition("-")
        goes_on = bool(open_tokens) and prefix == "I" and kind == open_tokens[-1].label
        if open_tokens and not goes_on:
            yield _joined(open_tokens)
            open_tokens = []
        if kind:
            open_tokens.append(token._replace(label=kind))
    if open_tokens:
        yield _joined(open_tokens)


def _joined(tokens: list[_Tagged]) -> _Tagged:
    score = sum(token.score for token in tokens) / len(tokens)
    return _Tagged(tokens[0].start, tokens[-1].end, tokens[0].label, score)


def _folded_place(text: Text, place: int) -> int:
    """Where a place of the published text is in the folded one."""
    folded = text.folded
    return bisect_left(range(len(folded.text) + 1), place, key=folded.source)
