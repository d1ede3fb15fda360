"""Decides the columns of `mentions`: where a text names a person, a place or an organisation, and which one."""

import pyarrow as pa

from schemas.annotations.model import SPAN, Annotation
from schemas.field import Field

_S = pa.string()

ENTITY_TYPES = ("PER", "LOC", "ORG")
MENTION_METHODS = ("gazetteer", "title_cue", "org_cue", "place_cue", "name_run", "nisba", "coreference", "model")

MENTIONS = Annotation(
    "mentions",
    "a place in an article where a person, a place or an organisation is named",
    ("article_id", *SPAN),
    (
        *SPAN,
        "span_text",
        Field(
            "entity_type",
            _S,
            "Person, place (countries and their adjectives among them) or organisation",
            example="LOC",
            allowed=ENTITY_TYPES,
        ),
        Field(
            "entity_id",
            _S,
            "What is named: `iso3166:`, `geonames:`, `wikidata:` or `agency:` and the identifier there",
            null="not known",
            example="iso3166:RU",
            pattern=r"(iso3166|geonames|wikidata|agency):[\w-]+",
        ),
        Field(
            "entity_name",
            _S,
            "Its canonical name: that of the gazetteer, else the fullest name that the article gives it",
            null="not known",
            example="روسيا",
        ),
        Field(
            "mention_method",
            _S,
            "How it was recognised: by a list; a title, a head noun or known name parts; an adjective of a country; the "
            "last name of a person named in full elsewhere in the article; a model",
            example="nisba",
            allowed=MENTION_METHODS,
        ),
        Field(
            "mention_score",
            pa.float32(),
            "How sure; the share of such mentions that were right on the labelled articles, rounded",
            unit="score",
            example=0.9,
            minimum=0.0,
            maximum=1.0,
        ),
        "rule",
    ),
)
