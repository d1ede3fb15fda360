"""The committed dictionary says what the schemas say."""

from pathlib import Path

from pipeline.dictionary import dictionary_markdown


def test_dictionary_is_fresh():
    committed = Path(__file__).resolve().parents[2] / "warehouse" / "DICTIONARY.md"

    assert committed.read_text(encoding="utf-8") == dictionary_markdown(), (
        "run: warraq dictionary > warehouse/DICTIONARY.md"
    )
