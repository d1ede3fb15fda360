"""Contracts: every promise that the registry declares is kept by a good row and refuses the nearest bad one."""

from datetime import date

import pyarrow as pa
import pytest

from pipeline.contracts import uphold
from pipeline.errors import ContractError
from schemas.contracts import Breach, breaches
from schemas.fields import FIELDS
from schemas.tables import TABLES
from schemas.vocab import QUALITY_FLAGS

HEX = "0123456789abcdef" * 4
MATCHING = {
    "entity_id": "iso3166:RU",
    "filed_month": "2024-03",
    "language": "ar",
    "personal_country": "SA",
    "script": "Arab",
    "url_normalized": "https://example.org/1",
    **dict.fromkeys(("second_language", "declared_language_tag", "span_language"), "fa"),
    "topic_id": "medtop:15000000",
}


def good_value(field):
    if pa.types.is_list(field.type):
        return [field.allowed[0]] if field.allowed else []
    if field.allowed:
        return field.allowed[0]
    if field.pattern:
        return MATCHING.get(field.name) or (
            HEX if field.pattern.startswith("[0-9a-f]") else field.pattern[0] + HEX[:31]
        )
    if pa.types.is_string(field.type):
        return "نص"
    if pa.types.is_date(field.type):
        return date(2024, 3, 11)
    return pa.types.is_boolean(field.type) or 1


def good_row(name):
    return {field.name: good_value(field) for field in TABLES[name].fields}


def rows(name, *changes):
    # nullable here, so that a broken NULL promise can be built at all
    schema = pa.schema([field.with_nullable(True) for field in TABLES[name].arrow()])
    return pa.Table.from_pylist([good_row(name) | change for change in changes], schema=schema)


def bad_values(field):
    if not field.nullable:
        yield None
    if pa.types.is_list(field.type) and field.type.value_type == pa.string():
        yield from ([None], [""], *([["no such code"]] if field.allowed else []))
    elif pa.types.is_string(field.type):
        yield from ([] if field.may_be_empty else [""])
        yield from (
            [good_value(field) + "\n", "no such value"]
            if field.allowed or (field.pattern and field.name != "url_normalized")
            else []
        )
    if isinstance(field.minimum, date):
        yield date(1899, 12, 31)
    elif field.minimum is not None:
        yield field.minimum - 1
    if field.maximum is not None:
        yield field.maximum + 1


@pytest.mark.parametrize("name", TABLES)
def test_a_good_row_keeps_every_promise(name):
    assert breaches(name, rows(name, {})) == []


@pytest.mark.parametrize("name", TABLES)
def test_every_promise_of_every_column_refuses_the_nearest_bad_value(name):
    passed = [
        (field.name, value)
        for field in TABLES[name].fields
        for value in bad_values(field)
        if [breach.column for breach in breaches(name, rows(name, {field.name: value}))] != [field.name]
    ]

    assert passed == []


@pytest.mark.parametrize("name", TABLES)
def test_the_key_is_unique(name):
    assert breaches(name, rows(name, {}, {})) == [Breach(", ".join(TABLES[name].key), "unique", 2)]
    assert breaches(name, rows(name, {}, {}), unique_key=False) == []


def test_null_and_boundaries_are_kept():
    change = {"language_score": None, "parent_article_id": None, "keywords": None, "published_date": date(1900, 1, 1)}

    assert (
        breaches("articles", rows("articles", change, change | {"article_id": "a" + "0" * 31, "language_score": 0.0}))
        == []
    )


def test_every_flag_may_stand_in_quality_flags():
    assert breaches("articles", rows("articles", {"quality_flags": list(QUALITY_FLAGS)})) == []


def test_a_wrong_type_and_a_missing_column_are_named():
    good = rows("duplicates", {})

    assert breaches("duplicates", good.set_column(3, "method", pa.array([1]))) == [Breach("method", "type string", 0)]
    assert breaches("duplicates", good.drop_columns(["method"]))[0].promise.startswith("columns article_id")


def test_a_contract_error_names_column_promise_and_rows():
    with pytest.raises(
        ContractError, match=r"table articles breaks its contract: role: not ''; a known value \(2 of 3 rows\)"
    ):
        uphold("articles", rows("articles", {}, {"role": "x"}, {"role": "y"}), unique_key=False)


def test_promises_are_declared_where_an_id_or_a_vocabulary_is():
    """A new id, hash or count without a promise is an oversight."""
    bare = [
        field.name
        for field in FIELDS.values()
        if (field.name.endswith(("article_id", "version_id", "run_id", "raw_file_id", "_hash")) and not field.pattern)
        or (field.name.startswith("n_") and field.minimum is None)
    ]

    assert bare == []
