"""Decides the columns of `article_languages`: how sure the language of a body is, and what the source declared."""

import pyarrow as pa

from schemas.annotations.model import Annotation
from schemas.field import Field

SCRIPT_SHARE = pa.struct([("script", pa.string()), ("share", pa.float32())])

ARTICLE_LANGUAGES = Annotation(
    "article_languages",
    "how sure the language of one article is",
    ("article_id",),
    (
        Field(
            "script_shares",
            pa.list_(SCRIPT_SHARE),
            "Share of the letters of the body in each script (ISO 15924), largest first; [] when it has no letters",
        ),
    ),
)
