"""The rule that would read a list page as it is read without: for operators to start from."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from selectolax.lexbor import LexborNode

from feedsvc.extract.listing.found import find_items
from feedsvc.extract.listing.ruled import ruled_items
from feedsvc.extract.rules import Document
from feedsvc.model.config import ListRules, Rule

__all__ = ["item_rule"]

_FEWEST: Final = 3
_MOST_TRIED: Final = 60
_NAMED: Final = frozenset(".#")
_NAME: Final = re.compile(r"[A-Za-z][\w-]*", re.ASCII)


def item_rule(document: Document) -> str | None:
    """A CSS selector whose elements are exactly the items found; None if none is simple.

    Tried are the elements around the first item's link, each below a named one.
    """
    urls = list(dict.fromkeys(item.url for item in find_items(document)))
    if len(urls) < _FEWEST:
        return None
    tried = dict.fromkeys(_selectors(document, urls[0]))
    return next(
        (s for s in islice(tried, _MOST_TRIED) if _fits(document, s, urls)), None
    )


def _selectors(document: Document, url: str) -> Iterator[str]:
    """From the largest element around a link to the smallest: dates stand in it too."""
    for link in document.tree.css("a[href]"):
        if document.absolute(link.attributes.get("href")) == url:
            around = [_called(node) for node in _around(link)]
            for n, inner in reversed(list(enumerate(around))):
                outside = around[n + 1 :]
                yield from (
                    f"{outer} {inner}" for outer in outside if _NAMED & set(outer)
                )


def _around(link: LexborNode) -> Iterator[LexborNode]:
    """The elements around a link, up to the body."""
    step = link.parent
    while step is not None and step.tag not in {"body", "html"}:
        yield step
        step = step.parent


def _called(node: LexborNode) -> str:
    """An element by its tag and its first class, or its id unless that counts."""
    attributes = node.attributes
    classes = (attributes.get("class") or "").split()
    name = next(filter(_NAME.fullmatch, classes), None)
    if name:
        return f"{node.tag}.{name}"
    called = attributes.get("id") or ""
    counts = any(char.isdigit() for char in called)
    named = _NAME.fullmatch(called) and not counts
    return f"{node.tag}#{called}" if named else str(node.tag)


def _fits(document: Document, selector: str, urls: Sequence[str]) -> bool:
    if not len(urls) <= len(document.tree.css(selector)) <= 2 * len(urls):
        return False
    rules = ListRules(item=Rule(select=selector))
    return list(dict.fromkeys(i.url for i in ruled_items(document, rules))) == urls
