"""The body of an article that no rule points at, found by trafilatura.

trafilatura is slow to import and to run (tens of milliseconds a page): pages without
rules are read in worker processes, and nothing else in the house imports this library.
"""

import logging
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feedsvc.extract.article.title import key
from feedsvc.extract.rules import Document

__all__ = ["find_body"]

_TOP: Final = 4
"""How far down (in nodes) the title may still stand above the text."""


def find_body(document: Document, title: str | None) -> str | None:
    """Give the inner HTML of the article's body without its title; None for no body."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree = document.xml
    if tree is None:
        return None
    found = trafilatura.extract(
        tree,
        url=document.url,
        output_format="html",
        include_comments=False,
        include_formatting=True,
        include_links=True,
        include_images=True,
        include_tables=True,
    )
    body = LexborHTMLParser(found).body if found else None
    if body is None:
        return None
    _behead(body, title)
    return (body.inner_html or "").strip() or None


def _behead(body: LexborNode, title: str | None) -> None:
    """Drop the title from the top of the body, and the kicker above it."""
    step = body.child
    above: list[LexborNode] = []
    while step is not None and title and len(above) < _TOP:
        above.append(step)
        if key(step.text()) == key(title):
            for node in above:
                node.decompose()
            return
        step = step.next
