"""Atom 1.0 (RFC 4287)."""

from typing import Any

from feedsvc.model.feed import Entry, Feed
from feedsvc.render import addresses
from feedsvc.render.extension import HISTORY, MEDIA, TOMBSTONES
from feedsvc.render.generator import begin, begin_entry
from feedsvc.render.writable import writable

__all__ = ["render"]


@writable
def render(feed: Feed) -> bytes:
    """The feed as Atom; the same feed gives the same bytes."""
    namespaces = {"media": MEDIA} | ({"at": TOMBSTONES} if feed.tombstones else {})
    namespaces |= {"fh": HISTORY} if feed.archive is not None else {}
    made = begin(feed, "atom", namespaces)
    made.subtitle(feed.description)
    made.language(feed.language)
    made.author({"name": feed.site_title or feed.path, "uri": addresses.page(feed)})
    for entry in feed.entries:
        _add(begin_entry(made, entry, feed), entry)
    written: bytes = made.atom_str(pretty=True)
    return written


def _add(item: Any, entry: Entry) -> None:
    """What Atom says its own way."""
    item.published(entry.published)
    item.updated(entry.updated)
    item.author([{"name": name} for name in entry.authors])
    item.contributor([{"name": name} for name in entry.contributors])
    if entry.summary:
        item.summary(entry.summary)
    item.content(entry.content_html, type="html")
    if entry.rights:
        item.rights(entry.rights)
