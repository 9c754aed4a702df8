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

_USUAL: Final = 6_000
"""Tags beyond which nothing is tried that may have to be done again."""

_FEWEST: Final = 3
_WORDY: Final = 60
_WALL: Final = 2_000
"""How many paragraphs, and how long the longest, tell a body from a page's leftovers."""

_MARKUP: Final = "img, a, b, strong, em, i, h2, h3, h4, ul, ol, blockquote"
"""What a body that was taken from the page as it stands has kept some of."""

_MARKED: Final = "p img, p b, p strong, p em, p i"
"""What a page has if there was any to keep."""

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
    """What trafilatura finds; it compares with other algorithms only in doubt."""
    is_usual = document.text.count("<") <= _USUAL
    body = _extracted(document, fast=True) if is_usual else None
    if body is None or not _is_plain(body, document):
        body = _extracted(document, fast=False)
    if body is None:
        return None
    _behead(body, title)
    return (body.inner_html or "").strip() or None


def _extracted(document: Document, *, fast: bool) -> LexborNode | None:
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree = document.xml
    if tree is None:
        return None
    found = trafilatura.extract(
        tree,
        url=document.url,
        output_format="html",
        fast=fast,
        include_comments=False,
        include_formatting=True,
        include_links=True,
        include_images=True,
        include_tables=True,
    )
    return LexborHTMLParser(found).body if found else None


def _is_plain(body: LexborNode, document: Document) -> bool:
    """Whether a body is paragraphs, as articles are, and has kept the page's markup.

    What trafilatura gathers as a last resort is bare text, or the page in one piece.
    """
    lengths = [len(node.text()) for node in body.css("p")]
    if len(lengths) < _FEWEST or not _WORDY <= max(lengths) <= _WALL:
        return False
    kept = body.css_first(_MARKUP) is not None
    return kept or document.tree.css_first(_MARKED) is None


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
