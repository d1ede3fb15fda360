"""Decides the columns of `personal_data`: where personal data is in the text of an article; the datum is in no column."""

import pyarrow as pa

from schemas.annotations.model import SPAN, Annotation
from schemas.field import Field

PERSONAL_KINDS = ("email", "phone", "iban", "card", "ip")

PERSONAL_DATA = Annotation(
    "personal_data",
    "a place where the text of an article shows an e-mail address, telephone number, IBAN, payment card or IP address",
    ("article_id", *SPAN),
    (
        *SPAN,
        Field("personal_kind", pa.string(), "What it is, by its form", example="email", allowed=PERSONAL_KINDS),
        Field(
            "personal_country",
            pa.string(),
            "Country of a telephone number, ISO 3166-1",
            "no telephone number, or it fits the plans of several countries",
            example="SA",
            pattern="[A-Z]{2}",
        ),
        "rule",
    ),
)
