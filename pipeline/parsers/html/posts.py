"""Decides which quotations are posts of social networks, and their lines; it does not read names and dates out of them."""

from pipeline.parsers.html.blocks import Blocks

# Classes that the networks give the markup they offer for embedding. Accepted gap: of these only X prints who wrote a post
# and when as text; the placeholders of the others say nothing of the post but an invitation to open it.
_POST_NAMES = frozenset(("twitter-tweet", "twitter-video"))
_SIGNATURE_DASHES = ("—", "–")


def posts_in(page: Blocks, span: tuple[int, int]) -> tuple[tuple[str, ...], ...]:
    """The lines of each post between two blocks of the page, its signature last; a quotation without signature is none."""
    posts = []
    for element in page.elements:
        if (
            element.tag == "blockquote"
            and span[0] <= element.first < element.end <= span[1]
            and not _POST_NAMES.isdisjoint(element.names.split())
        ):
            lines = tuple(block.text for block in page.blocks[element.first : element.end])
            if lines[-1].startswith(_SIGNATURE_DASHES):
                posts.append(lines)
    return tuple(posts)
