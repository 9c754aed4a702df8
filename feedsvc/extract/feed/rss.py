"""RSS 0.9 to 2.0 and RSS 1.0 (RDF), with the modules in use beside them.

rssboard.org/rss-specification, rssboard.org/rss-profile, web.resource.org/rss/1.0/spec.
"""

from collections.abc import Iterator
from typing import Final

from feedsvc.extract.feed import syndication
from feedsvc.extract.feed.media import pictures
from feedsvc.extract.feed.stated import Entry, Link, StatedFeed
from feedsvc.extract.feed.xml import (
    Children,
    Element,
    base_of,
    children,
    html,
    language_of,
    text,
    texts,
)

__all__ = ["read_rss"]

_RDF_ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_DATES: Final = ("pubdate", "dc:date", "dcterms:issued", "dcterms:created", "atom:published", "?:pubdate")  # fmt: skip
_UPDATED: Final = ("dcterms:modified", "atom:updated", "atom:modified")
_CONTENTS: Final = ("content:encoded", "xhtml:body", "xhtml:div", "atom:content", "body")  # fmt: skip
_LANGUAGES: Final = ("language", "dc:language")


def read_rss(root: Element, base: str) -> StatedFeed:
    """Read ``<rss>``, ``<rdf:RDF>`` or a bare ``<channel>``.

    Items may stand in the channel (RSS 2.0) or beside it (RSS 1.0).
    """
    around = children(root)
    base = base_of(root, base)
    channel = around.get("channel", [root])[0]
    found = children(channel)
    items = [
        *found.get("item", ()),
        *(around.get("item", ()) if channel is not root else ()),
    ]
    base = base_of(channel, base)
    return StatedFeed(
        entries=tuple(_entry(item, base) for item in items),
        language=text(found, *_LANGUAGES) or language_of(channel) or language_of(root),
        ttl=syndication.ttl(found),
        skip_hours=syndication.skip_hours(found),
        skip_days=syndication.skip_days(found),
        home=text(found, "link"),
        next=next(
            (
                e.get("href", "")
                for e in found.get("atom:link", ())
                if e.get("rel") == "next"
            ),
            "",
        ),
    )


def _entry(item: Element, base: str) -> Entry:
    found = children(item)
    return Entry(
        base=base_of(item, base),
        links=tuple(_links(item, found)),
        guid=text(found, "guid", "dc:identifier", "atom:id"),
        title=html(found, "title", "dc:title", "media:title"),
        dates=tuple(texts(found, *_DATES)),
        updated=tuple(texts(found, *_UPDATED)),
        authors=tuple(_authors(found)),
        contributors=tuple(texts(found, "dc:contributor")),
        outlet=text(found, "source", "dc:source", "dc:publisher"),
        categories=tuple(texts(found, "category", "dc:subject")),
        keywords=tuple(texts(found, "media:keywords", "itunes:keywords")),
        pictures=pictures(found),
        summary=html(
            found, "description", "dc:description", "atom:summary", "itunes:summary"
        ),
        content=html(found, *_CONTENTS),
        language=text(found, *_LANGUAGES) or language_of(item),
    )


def _links(item: Element, found: Children) -> Iterator[Link]:
    """Yield the addresses of an item, the publisher's own before a counter's."""
    for href in texts(found, "feedburner:origlink", "link"):
        yield Link(href=href)
    for link in found.get("atom:link", ()):
        yield Link(
            href=link.get("href", ""),
            rel=link.get("rel", "alternate"),
            type=link.get("type", ""),
            hreflang=link.get("hreflang", ""),
        )
    for guid in found.get("guid", ()):
        stated = guid.get("isPermaLink", "").strip().lower()
        if stated == "true" or (stated != "false" and "://" in (guid.text or "")):
            yield Link(href=guid.text or "")
    for enclosure in found.get("enclosure", ()):
        yield Link(href=enclosure.get("url", ""), rel="enclosure")
    if about := item.get(_RDF_ABOUT):
        yield Link(href=about)


def _authors(found: Children) -> Iterator[str]:
    yield from texts(found, "dc:creator", "author")
    for author in found.get("atom:author", ()):
        yield from texts(children(author), "atom:name")
    if "dc:creator" not in found and "author" not in found:
        yield from texts(found, "itunes:author")
