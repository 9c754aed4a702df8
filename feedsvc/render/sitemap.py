"""Sitemaps: of our pages (sitemaps.org) and of articles as Google News takes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from lxml.etree import Element, SubElement, tostring
from lxml.etree import _Element as Node

from feedsvc.text.controls import without_controls

__all__ = ["MEDIA_TYPE", "News", "Place", "news", "places", "robots"]

MEDIA_TYPE = "application/xml; charset=utf-8"

_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS: Final = "http://www.google.com/schemas/sitemap-news/0.9"
_XHTML: Final = "http://www.w3.org/1999/xhtml"

_CODES: Final = {"zh": "zh-cn", "zh-Hant": "zh-tw"}
"""ISO 639 codes, and Google's exceptions to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page: its address, when it changed, and itself by ``hreflang``."""

    url: str
    updated: datetime
    alternates: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """An article's page; ``published`` is a W3C date, a mere day where that is known."""

    url: str
    title: str
    language: str
    published: str


def places(pages: Iterable[Place]) -> bytes:
    """The sitemap of our pages, each with the same page in the other languages."""
    root = Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP, "xhtml": _XHTML})
    for page in pages:
        url = _located(root, page.url)
        stamp = page.updated.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        SubElement(url, f"{{{_SITEMAP}}}lastmod").text = stamp
        for tag, href in page.alternates.items():
            told = {"rel": "alternate", "hreflang": tag, "href": href}
            SubElement(url, f"{{{_XHTML}}}link", told)
    return _written(root)


def news(articles: Iterable[News], publication: str) -> bytes:
    """The news sitemap; one without articles is valid, and means there is no news."""
    root = Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP, "news": _NEWS})
    for article in articles:
        told = SubElement(_located(root, article.url), f"{{{_NEWS}}}news")
        by = SubElement(told, f"{{{_NEWS}}}publication")
        _say(by, "name", publication)
        _say(by, "language", _CODES.get(article.language, article.language))
        _say(told, "publication_date", article.published)
        _say(told, "title", article.title)
    return _written(root)


def robots(sitemaps: Sequence[str], closed: Iterable[str]) -> bytes:
    """A robots.txt (RFC 9309) that opens all but the ``closed`` paths."""
    lines = [
        "User-agent: *",
        *map("Disallow: {}".format, closed),
        "",
        *map("Sitemap: {}".format, sitemaps),
    ]
    return "\n".join([*lines, ""]).encode()


def _located(root: Node, address: str) -> Node:
    url = SubElement(root, f"{{{_SITEMAP}}}url")
    SubElement(url, f"{{{_SITEMAP}}}loc").text = without_controls(address)
    return url


def _say(parent: Node, name: str, text: str) -> None:
    SubElement(parent, f"{{{_NEWS}}}{name}").text = without_controls(text)


def _written(root: Node) -> bytes:
    return tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
