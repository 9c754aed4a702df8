"""The body of an article that no rule points at.

Pages in Latin letters are read by trafilatura, which is slow to import and to run (tens
of milliseconds a page): they are read in worker processes, and nothing else in the house
imports it. It measures texts in words, which Chinese has no spaces between: such pages
are read by :mod:`feedsvc.extract.article.segment`. Furniture goes from both.
"""

import logging
from collections import Counter
from collections.abc import Sequence
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feedsvc.extract.article.furniture import text_of
from feedsvc.extract.article.segment import above, is_dense, segment
from feedsvc.extract.article.title import printing
from feedsvc.extract.dom import Line, lines_of
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
_PARTS: Final = frozenset(
    ["p", "h1", "h2", "h3", "h4", "td", "th", "tr", "tbody", "thead", "table"]
)
"""What is no holder of a text, or not to be parsed without what is around it."""

_PICTURES: Final = frozenset(["img", "picture", "video", "audio", "figure", "hr"])


def find_body(document: Document, title: str | None) -> str | None:
    """Give the inner HTML of the article's body without its title; None for no body."""
    if is_dense(document.lines):
        return _segmented(document, title) or _densest(document, title)
    found = _worded(document, title)
    if found and len(plain(found)) >= _NOTICE:
        return found
    return _densest(document, title) or found


def _worded(document: Document, title: str | None) -> str | None:
    """What trafilatura finds, without furniture."""
    if document.text.count("<") > _MOST:
        return None
    found = _extracted(document)
    return _cut(found, title) if found else None


def _segmented(document: Document, title: str | None) -> str | None:
    """What stands in the run of lines that says most."""
    lines = document.lines
    run = segment(lines, _headline(lines, title))
    if not run:
        return None
    holder = _common(lines[run.start].block, lines[run.stop - 1].block)
    first = run.start
    while first > 0 and _holds(holder, lines[first - 1]):
        first -= 1
    start = run.start - first
    return _cut(holder.inner_html or "", title, range(start, start + len(run)))


def _headline(lines: Sequence[Line], title: str | None) -> int | None:
    same = list(printing(lines, title)) if title else []
    return same[-1] if same else None


def _holds(holder: LexborNode, line: Line) -> bool:
    """Whether an element holds a line, or its end."""
    return any(step.mem_id == holder.mem_id for step in above(line.nodes[-1]))


def _common(first: LexborNode, last: LexborNode) -> LexborNode:
    """The innermost element that holds both and can be read on its own."""
    ids = {node.mem_id for node in above(last)}
    shared = (node for node in above(first) if node.mem_id in ids)
    return next(node for node in shared if node.tag not in _PARTS)


def _cut(markup: str, title: str | None, run: range | None = None) -> str | None:
    """The markup without its furniture, and of the lines in ``run`` alone if told.

    Pictures go with the text that they stand among.
    """
    body = LexborHTMLParser(markup).body
    if body is None:
        return None
    lines = lines_of(body)
    run = run or range(len(lines))
    kept = [
        run.start + n
        for n, keep in enumerate(text_of(lines[run.start : run.stop], title))
        if keep
    ]
    if not kept:
        return None
    _keep(body, lines, frozenset(kept))
    return (body.inner_html or "").strip() or None


def _keep(body: LexborNode, lines: Sequence[Line], kept: frozenset[int]) -> None:
    places = {node.mem_id: n for n, line in enumerate(lines) for node in line.nodes}
    among = range(min(kept) - 1, max(kept) + 1)
    now = -1
    for node in list(body.traverse(include_text=True)):
        if node.is_text_node:
            now = places.get(node.mem_id, now)
            if node.mem_id in places and now not in kept:
                node.decompose()
        elif node.tag in _PICTURES and now not in among:
            node.decompose()


def _extracted(document: Document) -> str | None:
    """What trafilatura finds; it compares with other algorithms only in doubt."""
    is_usual = document.text.count("<") <= _USUAL
    found = _asked(document, fast=True) if is_usual else None
    if found is None or not _is_plain(found, document):
        found = _asked(document, fast=False)
    return found


def _asked(document: Document, *, fast: bool) -> str | None:
    """What ``trafilatura.extract`` gives, without the fingerprint that it reckons."""
    import trafilatura
    from trafilatura.core import determine_returnstring
    from trafilatura.settings import Document as Extracted
    from trafilatura.settings import Extractor

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree = document.xml
    if tree is None:
        return None
    # without ``url``: it would resolve links by the site's root, whatever the base
    options = Extractor(
        output_format="html",
        fast=fast,
        comments=False,
        formatting=True,
        links=True,
        images=True,
        tables=True,
    )
    found = trafilatura.bare_extraction(tree, options=options)
    return (
        determine_returnstring(found, options) if isinstance(found, Extracted) else None
    )


def _is_plain(markup: str, document: Document) -> bool:
    """Whether a body is paragraphs, as articles are, and has kept the page's markup.

    What trafilatura gathers as a last resort is bare text, or the page in one piece.
    """
    body = LexborHTMLParser(markup)
    lengths = [len(node.text()) for node in body.css("p")]
    if len(lengths) < _FEWEST or not _WORDY <= max(lengths) <= _WALL:
        return False
    kept = body.css_first(_MARKUP) is not None
    return kept or document.tree.css_first(_MARKED) is None


def _densest(document: Document, title: str | None) -> str | None:
    """The element whose own lines hold most text that is no link (short notices)."""
    blocks: dict[int, LexborNode] = {}
    sizes: Counter[int] = Counter()
    for line in document.lines:
        block = line.block.parent if line.block.tag in _PARAGRAPHS else line.block
        if block is not None and len(line.text) >= _WORTH and not line.is_link:
            blocks[block.mem_id] = block
            sizes[block.mem_id] += len(line.text)
    best = max(sizes, key=sizes.__getitem__, default=None)
    return None if best is None else _cut(blocks[best].inner_html or "", title)
