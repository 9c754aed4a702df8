"""Archive documents without what was hidden: the one change that is made to them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from lxml import etree

from feedsvc.model.feed import Tombstone
from feedsvc.render.extension import ATOM, tombstone

__all__ = ["redacted"]


def redacted(body: bytes, hidden: Iterable[Tombstone], updated: datetime) -> bytes:
    """An Atom document with tombstones in the place of some entries (RFC 6721).

    It says that it was ``updated`` then.

    An entry is known whether it was a conversion or not: an article's language may be
    told otherwise by now.
    """
    stones = {_article(one.id): one for one in hidden}
    feed = etree.fromstring(body)
    for date in feed.findall(f"{{{ATOM}}}updated"):
        date.text = updated.isoformat()
    entries = feed.findall(f"{{{ATOM}}}entry")
    # RFC 4287's schema has whatever is no entry before the first
    place = feed.index(entries[0]) if entries else 0
    for entry in entries:
        told = entry.findtext(f"{{{ATOM}}}id", "")
        stone = stones.get(_article(told))
        if stone:
            feed.remove(entry)
            feed.insert(place, tombstone(feed, replace(stone, id=told)))
            place += 1
    etree.indent(feed)
    written: bytes = etree.tostring(
        feed, pretty_print=True, encoding="UTF-8", xml_declaration=True
    )
    return written


def _article(entry: str) -> str:
    """The ``tag:`` URI of the article itself; a conversion's has its language behind."""
    return entry.partition("/")[0]
