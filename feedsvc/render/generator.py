"""A feedgen generator with what RSS and Atom have in common."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from feedgen.feed import FeedGenerator

from feedsvc.model.feed import Entry, Feed, Link, Term
from feedsvc.render import addresses
from feedsvc.render.extension import DCTERMS, EntryExtension, FeedExtension

__all__ = ["begin", "begin_entry"]


def begin(feed: Feed, form: str, namespaces: Mapping[str, str]) -> Any:
    """A FeedGenerator for ``form``, without entries; every date is the feed's own.

    feedgen would put in the present (and change the bytes) wherever no date is set.
    """
    made = FeedGenerator()
    made.register_extension("feedsvc", FeedExtension, EntryExtension)
    converted = any(entry.converted for entry in feed.entries)
    terms = {"dcterms": DCTERMS} if converted else {}
    made.feedsvc.namespaces = {**namespaces, **terms}
    made.feedsvc.tombstones = feed.tombstones
    page = Link(href=addresses.page(feed), type="text/html", hreflang=feed.language)
    made.feedsvc.page = page
    made.feedsvc.siblings = addresses.siblings(feed, form)
    made.feedsvc.hubs = feed.hubs
    made.feedsvc.history = addresses.history(feed)
    made.feedsvc.is_archive = feed.archive is not None
    made.id(feed.id)
    made.title(feed.title or feed.path)
    made.generator("feedsvc")
    if feed.category:
        made.category(_term(feed.category))
    media_type = addresses.FILES[form].media_type
    made.link(href=addresses.url(feed, form), rel="self", type=media_type)
    # feedgen takes the last link for RSS's own
    made.link(href=page.href, rel="alternate", type=page.type, hreflang=page.hreflang)
    if feed.rights:
        made.rights(feed.rights)
    updated = feed.updated.astimezone(UTC)
    made.updated(updated)
    made.lastBuildDate(updated)
    return made


def begin_entry(made: Any, entry: Entry, feed: Feed) -> Any:
    """A FeedEntry behind those that are there, with id, title and categories."""
    item = made.add_entry(order="append")
    item.feedsvc.entry = entry
    item.feedsvc.foreign = entry.language != feed.language
    item.id(entry.id)
    item.title(entry.title or entry.url)
    item.category([_term(category) for category in entry.categories])
    return item


def _term(category: Term) -> dict[str, str]:
    return {
        "term": category.term,
        "scheme": category.scheme,
        "label": category.label,
    }
