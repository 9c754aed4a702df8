"""What feedgen lacks, put in through its extension hooks (docs/design.md, "feedgen").

feedgen drops the attributes of links, knows no sibling languages in RSS and no names
without an e-mail address, and writes an invalid Atom ``source``.
"""

from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml.etree import SubElement
from lxml.etree import _Element as Element

from feedsvc.model.article import Image
from feedsvc.model.feed import Entry, Feed, Link

__all__ = ["EntryExtension", "FeedExtension"]

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class FeedExtension(BaseExtension):  # type: ignore[misc]  # feedgen ships no types
    """The feed's part: namespaces once on the root, and the sibling languages."""

    feed: Feed
    links: tuple[Link, ...] = ()

    def extend_ns(self) -> dict[str, str]:
        """Prefixes as everybody writes them."""
        return {"dc": DC, "media": MEDIA}

    def extend_rss(self, root: Element) -> Element:
        """``atom:link rel=alternate hreflang`` to each sibling feed."""
        channel = root[0]
        for link in self.links:
            SubElement(channel, f"{{{ATOM}}}link", _link(link))
        return root

    def extend_atom(self, root: Element) -> Element:
        """The same links in Atom's own words."""
        # feedgen declares Atom's namespace as an attribute: its elements have none yet.
        for link in self.links:
            SubElement(root, "link", _link(link))
        return root


class EntryExtension(BaseEntryExtension):  # type: ignore[misc]  # feedgen ships no types
    """An entry's part."""

    entry: Entry
    feed_language: str

    def extend_rss(self, item: Element) -> Element:
        """Names, picture and origin of an item."""
        entry = self.entry
        for name in entry.authors:
            SubElement(item, f"{{{DC}}}creator").text = name
        for name in entry.contributors:
            SubElement(item, f"{{{DC}}}contributor").text = name
        if entry.language != self.feed_language:
            SubElement(item, f"{{{DC}}}language").text = entry.language
        origin = SubElement(item, "source", {"url": entry.source_url})
        origin.text = entry.source_name
        _media(item, entry.image)
        return item

    def extend_atom(self, element: Element) -> Element:
        """Language, alternates, picture and origin of an entry."""
        entry = self.entry
        if entry.language != self.feed_language:
            element.set(XML_LANG, entry.language)
        own = Link(href=entry.url, type="text/html", hreflang=entry.language)
        for link in (own, *entry.alternates):
            SubElement(element, "link", _link(link))
        origin = SubElement(element, "source")
        SubElement(origin, "id").text = entry.source_url
        SubElement(origin, "title").text = entry.source_name
        SubElement(origin, "updated").text = entry.updated.isoformat(timespec="seconds")
        SubElement(origin, "link", {"href": entry.source_url})
        _media(element, entry.image)
        return element


def _link(link: Link) -> dict[str, str]:
    stated: dict[str, Any] = {
        "rel": "alternate",
        "type": link.type,
        "hreflang": link.hreflang,
        "title": link.title,
        "href": link.href,
    }
    return {name: value for name, value in stated.items() if value}


def _media(parent: Element, image: Image | None) -> None:
    """``media:content`` with caption and credit (Media RSS 1.5.1)."""
    if image is None:
        return
    sizes = {"width": image.width, "height": image.height}
    told = {name: str(size) for name, size in sizes.items() if size}
    stated = {"url": image.url, "medium": "image", **told}
    content = SubElement(parent, f"{{{MEDIA}}}content", stated)
    for name, text in (("description", image.caption), ("credit", image.credit)):
        if text:
            SubElement(content, f"{{{MEDIA}}}{name}").text = text
