"""HTML pages to articles: blocks of text, statements of metadata, and the choice between them; nothing here reads files but the data beside it."""

from pipeline.parsers.html.blocks import PageTooComplexError
from pipeline.parsers.html.page import HTML_VERSION, HtmlPage, extract

__all__ = ["HTML_VERSION", "HtmlPage", "PageTooComplexError", "extract"]
