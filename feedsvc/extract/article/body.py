"""The body of an article that no rule points at, found by trafilatura.

trafilatura is slow to import and to run (tens of milliseconds a page): pages without
rules are read in worker processes, and nothing else in the house imports this library.
"""

import logging
from collections import Counter
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feedsvc.extract.article.title import key
from feedsvc.extract.dom import lines_of
from feedsvc.extract.rules import Document
from feedsvc.text.markup import plain

__all__ = ["find_body"]

_MOST: Final = 30_000
"""Tags beyond which trafilatura would think for seconds."""

_NOTICE: Final = 200
"""Shorter than this, what trafilatura finds is as often a menu as a notice."""

_WORTH: Final = 40
"""Characters from which on unlinked text is taken for a body."""

_PARAGRAPHS: Final = frozenset({"p", "li", "h2", "h3", "blockquote"})
_TOP: Final = 4
"""How far down (in nodes) the title may still stand above the text."""


def find_body(document: Document, title: str | None) -> str | None:
    """Give the inner HTML of the article's body without its title; None for no body."""
    if document.text.count("<") > _MOST:
        return _densest(document)
    found = _found(document, title)
    if found and len(plain(found)) >= _NOTICE:
        return found
    return _densest(document) or found


def _found(document: Document, title: str | None) -> str | None:
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


def _densest(document: Document) -> str | None:
    """The element whose own lines hold most text that is no link (short notices)."""
    blocks: dict[int, LexborNode] = {}
    sizes: Counter[int] = Counter()
    root = document.tree.body
    for line in lines_of(root) if root else ():
        block = line.block.parent if line.block.tag in _PARAGRAPHS else line.block
        if block is not None and len(line.text) >= _WORTH and not line.is_link:
            blocks[block.mem_id] = block
            sizes[block.mem_id] += len(line.text)
    best = max(sizes, key=sizes.__getitem__, default=None)
    return None if best is None else (blocks[best].inner_html or "").strip() or None


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
