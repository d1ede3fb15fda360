"""Decides when two texts are exactly the same: content_hash, and version_id made of it."""

import hashlib

import pyarrow as pa

VERSION = "1"


def content_hash(headline: str, body: str) -> str:
    """sha256 over headline and body with every run of white space as one space."""
    return hashlib.sha256(
        "\n".join((" ".join(headline.split()), " ".join(body.split()))).encode("utf-8", "surrogatepass")
    ).hexdigest()


def enrich(table: pa.Table) -> dict[str, pa.Array]:
    """Columns content_hash and version_id."""
    hashes = list(map(content_hash, table["headline"].to_pylist(), table["body"].to_pylist()))
    keys = (f"{article}\n{content}" for article, content in zip(table["article_id"].to_pylist(), hashes, strict=True))
    return {
        "content_hash": pa.array(hashes, pa.string()),
        "version_id": pa.array(("v" + hashlib.sha256(key.encode()).hexdigest()[:31] for key in keys), pa.string()),
    }
