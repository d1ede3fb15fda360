"""A token classifier from a folder: loaded, decoded, and only where the rules found nothing."""

import json

import pytest

from pipeline.enrichers.mentions import annotate, version
from pipeline.enrichers.mentions.model import TokenClassifier, _entities, _Tagged
from pipeline.errors import InputError
from tests.enrichers.test_mentions import documents

LABELS = ["O", "B-PERS", "I-PERS", "B-LOC", "B-MISC"]
WORDS = {
    "[UNK]": "O",
    "قال": "O",
    "زعرور": "B-PERS",
    "الغنيم": "I-PERS",
    "برنوسا": "B-LOC",
    "روسيا": "B-PERS",
    "شيء": "B-MISC",
}


@pytest.fixture
def folder(tmp_path):
    """A model whose logits are one row of a table for each word."""
    onnx = pytest.importorskip("onnx", reason="building a model needs onnx")
    pytest.importorskip("onnxruntime", reason="needs the extra ner")
    tokenizers = pytest.importorskip("tokenizers", reason="needs the extra ner")
    tokenizer = tokenizers.Tokenizer(
        tokenizers.models.WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="[UNK]")
    )
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    rows = [[9.0 if label == wanted else 0.0 for label in LABELS] for wanted in WORDS.values()]
    table = onnx.helper.make_tensor(
        "table", onnx.TensorProto.FLOAT, [len(rows), len(LABELS)], [x for row in rows for x in row]
    )
    graph = onnx.helper.make_graph(
        [onnx.helper.make_node("Gather", ["table", "input_ids"], ["logits"], axis=0)],
        "words",
        [onnx.helper.make_tensor_value_info("input_ids", onnx.TensorProto.INT64, [1, "n"])],
        [onnx.helper.make_tensor_value_info("logits", onnx.TensorProto.FLOAT, [1, "n", len(LABELS)])],
        [table],
    )
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 13)], ir_version=8)
    onnx.save(model, str(tmp_path / "model.onnx"))
    (tmp_path / "config.json").write_text(json.dumps({"id2label": dict(enumerate(LABELS))}), encoding="utf-8")
    return tmp_path


def test_a_model_adds_what_the_rules_do_not_know(folder):
    body = "قال\u0640 زعرور الغنيم\n\nشيء في برنوسا و روسيا"
    model = TokenClassifier(folder)

    rows = annotate(documents(body), model).to_pylist()
    assert [(row["span_text"], row["entity_type"], row["mention_method"]) for row in rows] == [
        ("زعرور الغنيم", "PER", "model"),
        ("برنوسا", "LOC", "model"),
        ("روسيا", "LOC", "gazetteer"),
    ]
    assert [body[row["start_char"] : row["end_char"]] for row in rows] == [row["span_text"] for row in rows]
    assert {row["rule"] for row in rows} == {f"model {model.version}", "countries"}
    assert version(model) != version(None)


def test_a_folder_without_a_model_says_what_is_missing(tmp_path):
    with pytest.raises(InputError, match=r"no model\.onnx, tokenizer\.json, config\.json"):
        TokenClassifier(tmp_path)


def test_tokens_are_joined_by_their_prefix():
    labels = ["B-PER", "I-PER", "B-PER", "I-LOC", "O", "I-LOC"]
    tokens = [_Tagged(n, n + 1, label, 1.0) for n, label in enumerate(labels)]

    assert [(e.start, e.end, e.label) for e in _entities(iter(tokens))] == [
        (0, 2, "PER"),
        (2, 3, "PER"),
        (3, 4, "LOC"),
        (5, 6, "LOC"),
    ]
