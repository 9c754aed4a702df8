"""The body of an article that no rule points at, found by trafilatura.

trafilatura is slow to import and to run (tens of milliseconds a page): pages without
rules are read in worker processes, and nothing else in the house imports this library.
"""

import logging
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from feedsvc.extract.rules import Document

__all__ = ["find_body"]

_SHORT: Final = 200


def find_body(document: Document) -> str | None:
    """Give the inner HTML of the article's body; None when the page has none."""
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
    return (body.inner_html or "").strip() or None if body else None
