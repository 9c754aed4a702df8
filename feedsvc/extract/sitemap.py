"""Sitemaps: URL sets, indexes, news and image extensions, plain lists, robots.txt.

sitemaps.org/protocol.html; Google's news and image sitemaps; hreflang by xhtml:link.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from feedsvc.errors import Code, Fault
from feedsvc.extract.faults import fault, refuse_garbled, refused
from feedsvc.extract.feed import read_feed
from feedsvc.extract.feed.strict import has_entities
from feedsvc.extract.sitemapxml import SitemapEntry, read_entries
from feedsvc.extract.sniff import sniff
from feedsvc.model.article import Alternate, Extraction, Image, Origin, RawDate, RawItem
from feedsvc.model.config import Source
from feedsvc.model.web import Page
from feedsvc.text.encoding import decode_xml
from feedsvc.text.language import tag
from feedsvc.text.urls import absolute

__all__ = ["read_sitemap", "robots_sitemaps"]

_MOST_ITEMS: Final = 1_000
_MOST_CHILDREN: Final = 50
_MOST_READ: Final = 60_000
"""Entries looked at; the protocol allows 50,000."""

_MOST_BYTES: Final = 60_000_000
"""Bytes of an unpacked sitemap; the protocol allows 50 MiB."""

_GZIP: Final = b"\x1f\x8b"
_ROBOTS_LINE: Final = re.compile(
    r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE
)
_ADDRESS: Final = re.compile(r"^\s*(https?://\S+)\s*$", re.MULTILINE)


def read_sitemap(source: Source, page: Page) -> Extraction:
    """Read a sitemap, packed or not: its newest items, or an index's newest children.

    W_CAPPED when there are more, W_BOZO when it breaks off, W_EMPTY when there is
    nothing. ExtractError: E_TOO_BIG, E_XML_DTD, E_ENCODING, E_PARSE_TRUNCATED, E_EXTRACT.
    """
    if (
        sniff(page) == "feed"
    ):  # a feed may serve as a sitemap (sitemaps.org "Other formats")
        return read_feed(source, page)
    body = _unpacked(page)
    decoded = decode_xml(body, override=source.encoding, content_type=page.content_type)
    text = refuse_garbled(decoded, page).lstrip()
    if not text.startswith("<"):
        return _plain_list(text, page)
    if has_entities(text):
        raise refused(Code.E_XML_DTD, page)
    entries, sound = read_entries(text)
    if not entries and sniff(replace(page, body=body)) != "sitemap":
        raise refused(Code.E_EXTRACT, page, detail="no sitemap")
    if not entries and not sound:
        raise refused(Code.E_PARSE_TRUNCATED, page)
    return _adapted(entries, page, sound=sound)


def robots_sitemaps(text: str, url: str) -> tuple[str, ...]:
    """List the sitemaps that a robots.txt at ``url`` names (sitemaps.org "Informing")."""
    found = (
        absolute(url, href) for href in _ROBOTS_LINE.findall(text.replace("\r", "\n"))
    )
    return tuple(dict.fromkeys(link for link in found if link))


def _unpacked(page: Page) -> bytes:
    if not page.body.startswith(_GZIP):
        return page.body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        body = unpacker.decompress(page.body, _MOST_BYTES)
    except zlib.error as error:
        raise refused(Code.E_EXTRACT, page, detail=str(error)) from error
    if unpacker.unconsumed_tail:
        raise refused(Code.E_TOO_BIG, page, limit=_MOST_BYTES)
    return body


def _plain_list(text: str, page: Page) -> Extraction:
    """Read a text sitemap, or the sitemaps that a robots.txt names."""
    children = robots_sitemaps(text, page.url)
    hrefs = () if children else islice(_hrefs(text), _MOST_READ)
    urls = [url for href in hrefs if (url := absolute(page.url, href))]
    if not urls and not children:
        raise refused(Code.E_EXTRACT, page, detail="no sitemap")
    items = tuple(RawItem(url=url) for url in dict.fromkeys(urls))
    return Extraction(
        items=items[:_MOST_ITEMS],
        children=children[:_MOST_CHILDREN],
        faults=_capped(page, len(items), len(children)),
    )


def _hrefs(text: str) -> Iterator[str]:
    return (found[1] for found in _ADDRESS.finditer(text))


def _capped(page: Page, items: int, children: int) -> tuple[Fault, ...]:
    if items > _MOST_ITEMS:
        return (fault(Code.W_CAPPED, page, limit=_MOST_ITEMS),)
    if children > _MOST_CHILDREN:
        return (fault(Code.W_CAPPED, page, limit=_MOST_CHILDREN),)
    return ()


def _adapted(entries: list[SitemapEntry], page: Page, *, sound: bool) -> Extraction:
    newest = sorted(entries, key=lambda entry: entry.date, reverse=True)
    items = [i for e in newest if not e.is_sitemap and (i := _item(e, page.url))]
    children = [u for e in newest if e.is_sitemap and (u := _address(e, page.url))]
    children = [child for child in dict.fromkeys(children) if child != page.url]
    faults = _capped(page, len(items), len(children))
    if not sound:
        faults += (fault(Code.W_BOZO, page, detail="truncated"),)
    if not items and not children:
        faults += (fault(Code.W_EMPTY, page),)
    return Extraction(
        items=tuple(items[:_MOST_ITEMS]),
        children=tuple(children[:_MOST_CHILDREN]),
        faults=faults,
    )


def _address(entry: SitemapEntry, base: str) -> str | None:
    return absolute(base, entry.texts.get("loc", "")) if "loc" in entry.texts else None


def _item(entry: SitemapEntry, base: str) -> RawItem | None:
    url = _address(entry, base)
    if not url:
        return None
    words = entry.texts
    keywords = (k.strip() for k in re.split("[,，、]", words.get("keywords", "")))
    return RawItem(
        url=url,
        title=words.get("title"),
        language=tag(words.get("language")),
        dates=_date(words.get("publication_date")),
        updated=_date(words.get("lastmod")),
        image=_image(words, base),
        keywords=tuple(filter(None, keywords)),
        alternates=tuple(_alternates(entry, url)),
    )


def _date(text: str | None) -> tuple[RawDate, ...]:
    return (RawDate(text=text, origin=Origin.LIST),) if text else ()


def _image(words: dict[str, str], base: str) -> Image | None:
    url = absolute(base, words["image:loc"]) if "image:loc" in words else None
    return Image(url=url, caption=words.get("image:caption")) if url else None


def _alternates(entry: SitemapEntry, url: str) -> Iterator[Alternate]:
    for hreflang, href in entry.alternates:
        other = absolute(url, href) if hreflang and href else None
        if other and other != url:
            yield Alternate(hreflang=hreflang, url=other)
