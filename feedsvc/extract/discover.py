"""Feeds that a page offers (rssboard.org/rss-autodiscovery, HTML LS "alternate")."""

import re
from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from feedsvc.text.nesting import is_too_deep
from feedsvc.text.urls import absolute

__all__ = ["feed_links"]

_TYPES: Final = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/xml",
        "text/xml",
    }
)
_ADDRESS: Final = re.compile(
    r"(?:/(?:rss|feed|atom)/?|(?:rss|feed|atom|index)\.(?:xml|rss|rdf|json)|\.(?:rss|atom|rdf))$",
    re.IGNORECASE,
)
"""How the address of a feed ends when a page merely links to it."""

_MOST: Final = 30


def feed_links(html: str, url: str) -> tuple[str, ...]:
    """List the feeds a page names in its head, else those it links to, in order.

    ``url`` is the page's own address; feeds of comments come last.
    """
    if is_too_deep(html):
        return ()
    tree = LexborHTMLParser(html.encode("utf-8", "replace"))
    base = _base(tree, url)
    declared = dict.fromkeys(_declared(tree, base))
    found = list(declared or dict.fromkeys(_linked(tree, base)))
    return tuple(sorted(found, key=lambda feed: "comment" in feed)[:_MOST])


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    href = (node.attributes.get("href") if node else None) or ""
    return absolute(url, href) or url


def _declared(tree: LexborHTMLParser, base: str) -> Iterator[str]:
    for link in tree.css("link[href][rel][type]"):
        attributes = link.attributes
        rel = (attributes.get("rel") or "").lower().split()
        kind = (attributes.get("type") or "").partition(";")[0].strip().lower()
        feed = absolute(base, attributes.get("href") or "")
        if feed and kind in _TYPES and ("alternate" in rel or "feed" in rel):
            yield feed


def _linked(tree: LexborHTMLParser, base: str) -> Iterator[str]:
    for anchor in tree.css("a[href]"):
        feed = absolute(base, anchor.attributes.get("href") or "")
        if feed and _ADDRESS.search(feed.partition("?")[0]):
            yield feed
