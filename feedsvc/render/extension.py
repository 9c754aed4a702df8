"""What feedgen lacks, put in through its extension hooks (docs/design.md, "feedgen").

feedgen knows neither hubs nor sibling languages in RSS and no names without an e-mail
address, drops the attributes of an entry's links, writes an invalid Atom ``source``, and
changes the process's locale to format a date. Its Atom elements bear plain names under an
``xmlns`` attribute, so ours must too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC
from email.utils import format_datetime

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml.etree import SubElement
from lxml.etree import _Element as Element

from feedsvc.model.article import Image
from feedsvc.model.feed import Entry, Link, Report, Tombstone

__all__ = ["EntryExtension", "FeedExtension", "tombstone"]

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
HISTORY = "http://purl.org/syndication/history/1.0"
MEDIA = "http://search.yahoo.com/mrss/"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class FeedExtension(BaseExtension):  # type: ignore[misc]  # feedgen ships no types
    """The feed's part: namespaces, hubs, sibling languages, archives, tombstones.

    In Atom ``page`` comes again behind the siblings, without a language as in entries:
    newsboat opens the last alternate there is.
    """

    namespaces: Mapping[str, str]
    page: Link
    siblings: tuple[Link, ...]
    hubs: tuple[str, ...]
    tombstones: tuple[Tombstone, ...]
    history: Mapping[str, Link]
    is_archive: bool

    def extend_ns(self) -> Mapping[str, str]:
        """Prefixes as everybody writes them."""
        return self.namespaces

    def extend_rss(self, root: Element) -> Element:
        """``atom:link`` to each hub (WebSub §4), each sibling feed, and the archives."""
        for link in self._links():
            SubElement(root[0], f"{{{ATOM}}}link", link)
        return root

    def extend_atom(self, root: Element) -> Element:
        """The same links in Atom's own words, and what was taken out."""
        for link in self._links():
            SubElement(root, "link", link)
        if self.siblings:
            SubElement(root, "link", _alternate(replace(self.page, hreflang=None)))
        if self.is_archive:
            SubElement(root, f"{{{HISTORY}}}archive")
        for one in self.tombstones:
            tombstone(root, one)
        return root

    def _links(self) -> Iterator[dict[str, str]]:
        for hub in self.hubs:
            yield {"rel": "hub", "href": hub}
        yield from map(_alternate, self.siblings)
        for rel, link in self.history.items():
            yield {"rel": rel, "type": link.type, "href": link.href}


def tombstone(feed: Element, one: Tombstone) -> Element:
    """What stands last in an Atom feed for what was taken out of it (RFC 6721 §3)."""
    told = {"ref": one.id, "when": one.at.isoformat()}
    name = f"{{{TOMBSTONES}}}deleted-entry"
    return SubElement(feed, name, told, nsmap={"at": TOMBSTONES})


class EntryExtension(BaseEntryExtension):  # type: ignore[misc]  # feedgen ships no types
    """An entry's part."""

    entry: Entry
    foreign: bool
    """Whether the entry's language is not its feed's."""

    def extend_rss(self, item: Element) -> Element:
        """Date, names, language, origin and picture of an item."""
        entry = self.entry
        if self.foreign:
            item.set(XML_LANG, entry.language)
            SubElement(item, f"{{{DC}}}language").text = entry.language
        published = format_datetime(entry.published.astimezone(UTC))
        SubElement(item, "pubDate").text = published
        for name in entry.authors:
            SubElement(item, f"{{{DC}}}creator").text = name
        for name in entry.contributors:
            SubElement(item, f"{{{DC}}}contributor").text = name
        if entry.rights:
            SubElement(item, f"{{{DC}}}rights").text = entry.rights
        _original(item, entry)
        for report in entry.also:
            SubElement(item, f"{{{ATOM}}}link", _related(report))
        SubElement(item, "source", {"url": entry.source_url}).text = entry.source_name
        _picture(item, entry.image)
        return item

    def extend_atom(self, element: Element) -> Element:
        """Language, links, origin and picture of an entry."""
        entry = self.entry
        if self.foreign:
            element.set(XML_LANG, entry.language)
        for link in _links(entry):
            SubElement(element, "link", _alternate(link))
        _original(element, entry)
        for report in entry.also:
            SubElement(element, "link", _related(report))
        _origin(element, entry)
        _picture(element, entry.image)
        return element


def _links(entry: Entry) -> Iterator[Link]:
    """The entry's page and, between it and itself, the story in other languages.

    Most readers open the first alternate, feedparser the last, and one type and language
    may stand once only (RFC 4287 §4.1.2): so the last says no language.
    """
    own = Link(href=entry.url, type="text/html", hreflang=entry.page_language)
    yield own
    if entry.alternates:
        yield from entry.alternates
        yield replace(own, hreflang=None)


def _alternate(link: Link) -> dict[str, str]:
    stated = {"rel": "alternate", "type": link.type, "href": link.href}
    told = {"hreflang": link.hreflang, "title": link.title}
    return stated | {name: value for name, value in told.items() if value}


def _original(parent: Element, entry: Entry) -> None:
    """``dcterms:isVersionOf``: the id of the entry that this one was converted from.

    Not ``dc:source``, which the W3C's validator takes for what RSS's ``source`` says.
    """
    if entry.converted:
        SubElement(parent, f"{{{DCTERMS}}}isVersionOf").text = entry.converted.id


def _related(report: Report) -> dict[str, str]:
    """Another report of the story (RFC 4287 §4.2.7.2), called by who reports."""
    return {
        "rel": "related",
        "type": "text/html",
        "href": report.url,
        "hreflang": report.language,
        "title": report.source_name,
    }


def _origin(parent: Element, entry: Entry) -> None:
    """``atom:source``; its author stands for an entry without one (RFC 4287 §4.2.1)."""
    origin = SubElement(parent, "source")
    SubElement(origin, "id").text = entry.source_url
    SubElement(origin, "title").text = entry.source_name
    SubElement(origin, "updated").text = entry.updated.isoformat()
    SubElement(origin, "link", {"href": entry.source_url})
    if not entry.authors:
        name = SubElement(SubElement(origin, "author"), "name")
        name.text = entry.outlet or entry.source_name


def _picture(parent: Element, image: Image | None) -> None:
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
