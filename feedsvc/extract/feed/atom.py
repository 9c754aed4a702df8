"""Atom 1.0 (RFC 4287) and its draft 0.3."""

import html as escaping
from collections.abc import Iterator
from typing import Final

from feedsvc.extract.feed import syndication
from feedsvc.extract.feed.media import pictures, words
from feedsvc.extract.feed.stated import Entry, Link, Picture, StatedFeed
from feedsvc.extract.feed.xml import (
    Children,
    Element,
    base_of,
    children,
    inner,
    language_of,
    text,
    texts,
)

__all__ = ["read_atom"]

_TEXTUAL: Final = frozenset({"", "text", "text/plain"})
_MARKUP: Final = frozenset({"html", "text/html", "xhtml", "application/xhtml+xml"})


def read_atom(root: Element, base: str) -> StatedFeed:
    """Read ``<feed>``; entries without an author have the feed's (§4.2.1)."""
    found = children(root)
    base = base_of(root, base)
    authors = tuple(_people(found, "atom:author"))
    return StatedFeed(
        entries=tuple(
            _entry(entry, base, authors) for entry in found.get("atom:entry", ())
        ),
        language=language_of(root),
        ttl=syndication.ttl(found),
        next=_linked(found, "next"),
        home=_linked(found, "alternate"),
    )


def _linked(found: Children, rel: str) -> str:
    links = (link for link in _links(found) if link.rel == rel)
    return next((link.href for link in links), "")


def _entry(entry: Element, base: str, authors: tuple[str, ...]) -> Entry:
    found = children(entry)
    source = _source(found)
    summary, content = _texts(found)
    return Entry(
        base=_content_base(entry, found, base),
        links=tuple(_links(found)),
        guid=text(found, "atom:id"),
        title=_first(found, "atom:title") or words(found, "media:title"),
        dates=tuple(
            texts(found, "atom:published", "atom:issued", "dc:date", "atom:created")
        ),
        updated=tuple(texts(found, "atom:updated", "atom:modified")),
        authors=tuple(_people(found, "atom:author"))
        or tuple(texts(found, "dc:creator"))
        or tuple(_people(source, "atom:author"))
        or authors,
        contributors=tuple(_people(found, "atom:contributor")),
        outlet=_first(source, "atom:title"),
        categories=tuple(_categories(found)),
        keywords=tuple(texts(found, "media:keywords")),
        pictures=(*pictures(found), *_enclosed(found)),
        summary=summary,
        content=content,
        language=language_of(entry),
    )


def _source(found: Children) -> Children:
    return children(found["atom:source"][0]) if "atom:source" in found else {}


def _texts(found: Children) -> tuple[str, str]:
    """Say summary and whole text; content that lies elsewhere (``src``) is none."""
    summary = _first(found, "atom:summary") or words(found, "media:description")
    return summary, next(
        (
            html
            for e in found.get("atom:content", ())
            if not e.get("src") and (html := _html(e))
        ),
        "",
    )


def _content_base(entry: Element, found: Children, base: str) -> str:
    base = base_of(entry, base)
    return base_of(found["atom:content"][0], base) if "atom:content" in found else base


def _first(found: Children, tag: str) -> str:
    return next((html for e in found.get(tag, ()) if (html := _html(e))), "")


def _html(element: Element) -> str:
    """Give a text construct as HTML (§3.1; ``mode`` is of 0.3)."""
    kind = element.get("type", "").strip().lower()
    if len(element) or kind in _MARKUP or element.get("mode") == "escaped":
        return inner(element).strip()
    if kind in _TEXTUAL or kind.startswith("text/"):
        return escaping.escape((element.text or "").strip(), quote=False)
    return ""


def _links(found: Children) -> Iterator[Link]:
    for href in texts(found, "feedburner:origlink"):
        yield Link(href=href)
    for link in found.get("atom:link", ()):
        yield Link(
            href=link.get("href", ""),
            rel=link.get("rel", "alternate").rpartition("/")[2],
            type=link.get("type", ""),
            hreflang=link.get("hreflang", ""),
        )
    for content in found.get("atom:content", ()):
        yield Link(href=content.get("src", ""))


def _people(found: Children, tag: str) -> Iterator[str]:
    for person in found.get(tag, ()):
        own = children(person)
        yield from ([text(own, "atom:name")] if own else texts(found, tag))


def _categories(found: Children) -> Iterator[str]:
    for category in found.get("atom:category", ()):
        if not category.get("scheme", "").endswith("#kind"):
            yield category.get("label") or category.get("term") or ""
    yield from texts(found, "dc:subject")


def _enclosed(found: Children) -> Iterator[Picture]:
    for link in found.get("atom:link", ()):
        if link.get("rel") == "enclosure" and link.get("type", "").startswith("image/"):
            yield Picture(href=link.get("href", ""))
