"""The entries of an XML sitemap, read one by one so that memory stays bounded."""

import io
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from feedsvc.extract.feed.xml import Element

__all__ = ["SitemapEntry", "read_entries"]

_MOST: Final = 60_000
"""Entries looked at; the protocol allows 50,000."""


@dataclass(slots=True)
class SitemapEntry:
    """A ``<url>`` or ``<sitemap>``.

    ``texts`` are those of its elements by their local names, the first of each (those of
    an image as ``image:…``); ``alternates`` are (hreflang, href).
    """

    is_sitemap: bool
    texts: dict[str, str] = field(default_factory=dict)
    alternates: list[tuple[str, str]] = field(default_factory=list)

    @property
    def date(self) -> str:
        """The text of the date that tells how new the entry is; "" without one."""
        return self.texts.get("publication_date") or self.texts.get("lastmod", "")


def read_entries(text: str) -> tuple[list[SitemapEntry], bool]:
    """Read the entries of a sitemap, and whether it was a whole and well-formed one.

    Entities must have been ruled out. Of namespaces only the local names count: many
    sitemaps misspell them.
    """
    entries: list[SitemapEntry] = []
    events = etree.iterparse(
        io.BytesIO(text.encode("utf-8")),
        tag=("{*}url", "{*}sitemap"),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in events:
            entries.append(_entry(element))
            _forget(element)
            if len(entries) >= _MOST:
                break
    except etree.XMLSyntaxError:
        return entries, False
    root = etree.QName(events.root).localname.lower() if events.root is not None else ""
    return entries, bool(entries) or root in {"urlset", "sitemapindex"}


def _entry(element: Element) -> SitemapEntry:
    entry = SitemapEntry(_local(element) == "sitemap")
    for child in element.iterdescendants("*"):
        name = _local(child)
        if name == "link":
            entry.alternates.append((child.get("hreflang", ""), child.get("href", "")))
            continue
        above = child.getparent()
        if (
            above is not None
            and above is not element
            and _local(above) in {"image", "video"}
        ):
            name = f"{_local(above)}:{name}"
        if child.text and not child.text.isspace():
            entry.texts.setdefault(name, child.text.strip())
    return entry


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _forget(element: Element) -> None:
    """Free an element that was read, and those before it."""
    element.clear()
    above = element.getparent()
    while above is not None and element.getprevious() is not None:
        del above[0]
