"""Decides how a release introduces itself to people: README.md (a dataset card with Hugging Face front matter) and CITATION.cff.

Every figure is computed from the bundle; nothing is typed in.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import yaml

from pipeline.release.contents import ReleaseTable
from pipeline.release.manifest import records
from pipeline.storage.query import literal
from schemas.vocab import ReleasedText

TOP_SOURCES = 20
_SIZES = (
    (10**3, "n<1K"),
    (10**4, "1K<n<10K"),
    (10**5, "10K<n<100K"),
    (10**6, "100K<n<1M"),
    (10**7, "1M<n<10M"),
    (10**8, "10M<n<100M"),
    (10**9, "100M<n<1B"),
)


def size_category(rows: int) -> str:
    """Hugging Face's name for a number of rows.

    >>> size_category(999), size_category(1000), size_category(10**9)
    ('n<1K', '1K<n<10K', '1B<n<10B')
    """
    return next((name for limit, name in _SIZES if rows < limit), "1B<n<10B")


def readme(
    manifest: Mapping[str, Any],
    tables: Sequence[ReleaseTable],
    creator: str,
    articles: Sequence[Path],
    connection: duckdb.DuckDBPyConnection,
) -> str:
    """The dataset card.

    Args:
        articles: files of the table in the corpus, which tell what is unknown from what is withheld.
        connection: has the views of the bundle.
    """
    facts = _facts(connection) | {"missing": _missing(articles, tables, connection)}
    title = f"{manifest['name']} {manifest['version']}"
    parts = (
        _front_matter(manifest, facts["languages"]),
        f"# {title}",
        f"A corpus of news articles, made by Warraq from raw dumps of news pages: {facts['n']} articles of {facts['n_sources']} outlets, {facts['period']}.",
        _tables(manifest, tables),
        _content(facts),
        _accounting(manifest["accounting"]),
        _rights(manifest, facts),
        _personal(manifest),
        _made(manifest),
        _load(manifest),
        _cite(manifest, creator),
    )
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def citation(manifest: Mapping[str, Any], creator: str) -> str:
    """CITATION.cff, version 1.2.0. It has no date: the version is what a citation names."""
    fields = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it, with its version.",
        "type": "dataset",
        "title": manifest["name"],
        "version": manifest["version"],
        "authors": [{"name": creator}],
    }
    return yaml.safe_dump(fields, allow_unicode=True, sort_keys=False)


def _front_matter(manifest: Mapping[str, Any], languages: Sequence[Mapping[str, Any]]) -> str:
    codes = [row["language"] for row in languages if row["language"] != "und"]
    primary = list(dict.fromkeys(code.split("-")[0] for code in codes))
    card: dict[str, Any] = {
        "pretty_name": f"{manifest['name']} {manifest['version']}",
        "version": manifest["version"],
        "language": primary,
        "multilinguality": ["multilingual" if len(primary) > 1 else "monolingual"],
        "license": "other",
        "license_name": "see-rights",
        "license_link": "README.md#rights",
        "language_creators": ["found"],
        "size_categories": [size_category(manifest["tables"]["articles"]["rows"])],
        "tags": ["news"],
        "configs": [
            {"config_name": name}
            | ({"default": True} if name == "articles" else {})
            | {"data_files": [{"split": "train", "path": f"data/{name}/**/*.parquet"}]}
            for name in manifest["tables"]
        ],
    }
    return f"---\n{yaml.safe_dump(card, allow_unicode=True, sort_keys=False)}---"


def _facts(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    period = "strftime(min(filed_date), '%Y-%m-%d') AS first_day, strftime(max(filed_date), '%Y-%m-%d') AS last_day"
    (totals,) = records(
        connection,
        f"SELECT count(*) AS n, count(DISTINCT source_id) AS n_sources, {period}, count(*) FILTER (text_access = 'full') AS n_full FROM articles",
    )
    return {
        **totals,
        "period": f"{totals['first_day']} to {totals['last_day']}" if totals["first_day"] else "of unknown dates",
        "sources": records(
            connection,
            f"SELECT coalesce(source_name, source_id, '(not stated)') AS outlet, count(*) AS articles, {period} FROM articles GROUP BY 1 ORDER BY articles DESC, outlet",
        ),
        "languages": records(
            connection,
            "SELECT language, count(*) AS articles FROM articles GROUP BY ALL ORDER BY articles DESC, language",
        ),
    }


def _missing(
    articles: Sequence[Path], tables: Sequence[ReleaseTable], connection: duckdb.DuckDBPyConnection
) -> list[dict[str, Any]]:
    """For each column with NULL: rows in which it is not known, and rows in which it is known but withheld."""
    columns = next(table.columns for table in tables if table.name == "articles")
    if not articles:
        return []
    counts = ", ".join(
        f"[count(*) FILTER ({name} IS NULL), count(*) FILTER ({name} IS NOT NULL AND {withheld} AND text_access IS DISTINCT FROM 'full')] AS {name}"
        for name, withheld in ((column.field.name, column.withheld) for column in columns)
    )
    source = f"read_parquet([{', '.join(literal(str(path)) for path in articles)}], hive_partitioning = false)"
    (found,) = records(connection, f"SELECT {counts} FROM {source}")
    return [
        {"column": name, "not known": unknown, "withheld": withheld}
        for name, (unknown, withheld) in found.items()
        if unknown or withheld
    ]


def _tables(manifest: Mapping[str, Any], tables: Sequence[ReleaseTable]) -> str:
    rows = [
        {"table": table.name, "one row": table.grain, "rows": manifest["tables"][table.name]["rows"]}
        for table in tables
    ]
    return f"""## What is in it

{_table(rows)}

[DICTIONARY.md](DICTIONARY.md) says what every column means, `schema/` says it as JSON, `MANIFEST.json` lists every file with its rows and
sha256. Articles lie in `data/articles/lang=…/month=…/`; the names in the path differ from the columns `language` and
`filed_month` on purpose, and every column is inside the files. `news.duckdb` has a view of each table, and the views
`related_headlines` and `social_embeds`."""


def _content(facts: Mapping[str, Any]) -> str:
    sources = facts["sources"]
    more = f"\n\nand {len(sources) - TOP_SOURCES} more outlets." if len(sources) > TOP_SOURCES else ""
    return f"""## Outlets, languages, gaps

{_table(sources[:TOP_SOURCES])}{more}

{_table(facts["languages"])}

Columns of `articles` with NULL: in how many rows the value is not known (the dictionary says what that means), and in how many it is
withheld:

{_table(facts["missing"]) or "None."}"""


def _accounting(accounting: Mapping[str, Any]) -> str:
    law = f"{accounting['n_read']} records read = {accounting['n_loaded']} loaded + {accounting['n_quarantined']} quarantined + {accounting['n_duplicates']} duplicates of a loaded version"
    return f"""## Where every record went

{law}; {accounting["n_embedded"]} more articles were found embedded in pages. A loaded record whose article has a newer version is not in
`articles`; an article counts once.

{_table(accounting["outcomes"])}

Rejected rows by stage (embedded articles have their own rows, so these may be more than the quarantined records):

{_table(accounting["rejected"]) or "None."}"""


def _rights(manifest: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    if manifest["text"] == ReleasedText.ALL:
        rule = (
            "**This release shows the text of every outlet, whatever its rights say. It was made for private use: do not publish it.** "
            f"{facts['n_full']} of {facts['n']} articles are of outlets whose text may be shown in full."
        )
    else:
        rule = (
            f"Text is shown for {facts['n_full']} of {facts['n']} articles, those with `text_access` = full. For the others, facts are given (ids, dates, addresses, "
            f"counts, hashes) and these columns are NULL: {', '.join(manifest['withheld_columns'])}."
        )
    return f"""## Rights

{rule}

The columns `license_id`, `license_evidence` and `text_access` state the rights of each article; NULL means that nobody has settled them."""


def _personal(manifest: Mapping[str, Any]) -> str:
    redaction = manifest["redaction"]
    if redaction is None:
        return ""
    replaced = _table([{"kind": kind, "replaced": n} for kind, n in redaction["replaced"].items()])
    return f"""## Personal data

In the columns {", ".join(redaction["columns"])}, what has the form of an e-mail address, telephone number, IBAN, payment card or IP
address is replaced by its kind in brackets, such as `[email]`. Names are not. Counts, hashes and offsets are those of the text as
published.

{replaced or "None was found."}"""


def _made(manifest: Mapping[str, Any]) -> str:
    rows = [{"part": part, "version": ", ".join(values)} for part, values in manifest["versions"].items()]
    return f"""## How it was made

Each raw record was parsed, validated and enriched by versioned functions; the same raw files and versions give the same articles.

{_table(rows)}"""


def _load(manifest: Mapping[str, Any]) -> str:
    folder = f"{manifest['name']}-{manifest['version']}"
    return f"""## How to load it

```sh
sha256sum -c SHA256SUMS                 # are the bytes whole?
warraq release verify {folder}          # do they agree with the manifest?
duckdb -init init.sql                   # started in this folder: every table as a view
```

```python
import duckdb, pandas, polars

connection = duckdb.connect(config={{"file_search_path": "{folder}"}})
connection.execute("ATTACH '{folder}/news.duckdb' AS news (READ_ONLY); USE news")
connection.sql("SELECT filed_month, count(*) FROM articles GROUP BY ALL ORDER BY ALL")

pandas.read_parquet("{folder}/data/articles")
polars.scan_parquet("{folder}/data/articles/**/*.parquet")
```

```r
arrow::open_dataset("{folder}/data/articles")
```"""


def _cite(manifest: Mapping[str, Any], creator: str) -> str:
    return f"""## How to cite

> {creator}: *{manifest["name"]}*, version {manifest["version"]} [dataset].

`CITATION.cff` has the same for reference managers. Say the version: the corpus changes between versions."""


def _table(rows: Sequence[Mapping[str, Any]]) -> str:
    if not rows:
        return ""
    lines = [f"| {' | '.join(rows[0])} |", f"|{'---|' * len(rows[0])}"]
    return "\n".join(lines + [f"| {' | '.join(_cell(value) for value in row.values())} |" for row in rows])


def _cell(value: Any) -> str:
    text = "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
    return " ".join(text.replace("|", "\\|").split())
