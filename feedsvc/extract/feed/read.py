"""A feed of any format: strictly, loosely, or a fault that says why not."""

import re
from dataclasses import replace
from typing import Final

from feedsvc.errors import Code
from feedsvc.extract.discover import feed_links
from feedsvc.extract.faults import fault, refuse_garbled, refused
from feedsvc.extract.feed.adapt import adapt
from feedsvc.extract.feed.loose import read_loose
from feedsvc.extract.feed.stated import Entry
from feedsvc.extract.feed.strict import has_entities, read_strict
from feedsvc.extract.records import read_records
from feedsvc.extract.sniff import sniff
from feedsvc.model.article import Extraction
from feedsvc.model.config import Source
from feedsvc.model.web import Page
from feedsvc.text.encoding import decode_xml

__all__ = ["read_feed"]

_END: Final = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)
_ITEM: Final = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_LINK_END: Final = re.compile(r"</link\s*>|<(?:\w+:)?link\s[^<>]*/>", re.IGNORECASE)
_ITEM_END: Final = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_TAIL: Final = 2_000
_MOST_TAGS: Final = 40_000
"""So many tags cost the slow way a second; what follows is as if cut off."""


def read_feed(source: Source, page: Page) -> Extraction:
    """Read RSS, Atom, RDF or JSON Feed.

    W_BOZO beside the items of a feed that is not well-formed, W_EMPTY for a sound one
    that has none. ExtractError: E_XML_DTD, E_ENCODING, E_PARSE_TRUNCATED, E_NOT_A_FEED
    (with the feeds that the page offers).
    """
    if sniff(page) == "json":
        return read_records(source, page)
    decoded = decode_xml(
        page.body,
        override=source.encoding,
        content_type=page.content_type,
        language=source.language,
    )
    text = refuse_garbled(decoded, page).lstrip()
    if has_entities(text):
        raise refused(Code.E_XML_DTD, page)
    feed = read_strict(text, page.url)
    if feed is None:
        return _mended(text, page, decoded.encoding)
    extraction = adapt(feed, page.url, decoded.encoding)
    if extraction.items:
        return extraction
    return replace(extraction, faults=(fault(Code.W_EMPTY, page),))


def _mended(text: str, page: Page, encoding: str) -> Extraction:
    """Read what is not well-formed; an item that was cut off is left out."""
    if sniff(page) != "feed":
        raise refused(Code.E_NOT_A_FEED, page, found=_offered(text, page))
    text = "<".join(text.split("<", _MOST_TAGS)[:_MOST_TAGS])
    feed = read_loose(text, page.url)
    is_cut = not _END.search(text[-_TAIL:])
    if is_cut:
        feed = replace(feed, entries=_whole(feed.entries, text))
    extraction = adapt(feed, page.url, encoding)
    if extraction.items:
        detail = "truncated" if is_cut else "not well-formed"
        return replace(extraction, faults=(fault(Code.W_BOZO, page, detail=detail),))
    if is_cut:
        raise refused(Code.E_PARSE_TRUNCATED, page)
    raise refused(Code.E_NOT_A_FEED, page, found=_offered(text, page))


def _whole(entries: tuple[Entry, ...], text: str) -> tuple[Entry, ...]:
    """Take from the entry that was cut off what may be half of something.

    An entry whose very address was cut is left out; the others' pages tell the rest.
    """
    rest = text[max((m.end() for m in _ITEM_END.finditer(text)), default=0) :]
    if not entries or not _ITEM.search(rest):
        return entries
    if not _LINK_END.search(rest):
        return entries[:-1]
    return (*entries[:-1], replace(entries[-1], summary="", content=""))


def _offered(text: str, page: Page) -> str:
    return " ".join(feed_links(text, page.url)) or "–"
