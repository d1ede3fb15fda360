"""Decides which format a content is: the first row of the table that matches, by first bytes and name.

Adding a format is one row: whether it matches, and how it is read. Rows that want the bytes as they are (`is_text=False`) come
first; for the others marked UTF-16 has been turned into UTF-8, and what is no text has been refused.
"""

from .content import Content, Format
from .delimited import looks_delimited, read_delimited
from .markup import looks_like_html, read_html
from .parquet import looks_like_parquet, read_parquet
from .text_records import is_named_page, looks_like_json, read_json, read_page
from .warc import looks_like_warc, read_warc
from .xml_records import looks_like_xml, read_xml

FORMATS = (
    Format("Parquet", looks_like_parquet, read_parquet, is_text=False),
    Format("WARC and WET", looks_like_warc, read_warc, is_text=False),
    Format("HTML", looks_like_html, read_html, is_text=False),
    # above this line: formats of bytes
    Format("XML and SGML", looks_like_xml, read_xml),
    Format("page, by name", is_named_page, read_page),
    Format("JSON", looks_like_json, read_json),
    Format("CSV and TSV", looks_delimited, read_delimited),
    Format("page", lambda content: True, read_page),
)


def format_of(content: Content, *, is_text: bool) -> Format | None:
    """The format of a content, among those of text or those of bytes; of text there is always one."""
    return next((row for row in FORMATS if row.is_text is is_text and row.matches(content)), None)
