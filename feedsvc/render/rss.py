"""RSS 2.0 (rssboard.org/rss-specification, and its Profile)."""

from html import escape
from typing import Any

from feedsvc.model.feed import Entry, Feed
from feedsvc.render import addresses
from feedsvc.render.extension import DC, MEDIA
from feedsvc.render.generator import begin, begin_entry
from feedsvc.render.writable import writable

__all__ = ["render"]


@writable
def render(feed: Feed) -> bytes:
    """The feed as RSS; the same feed gives the same bytes."""
    made = begin(feed, "rss", {"dc": DC, "media": MEDIA})
    made.description(feed.description or feed.title or feed.path)
    made.language(addresses.rss_language(feed.language))
    for entry in feed.entries:
        _add(begin_entry(made, entry, feed), entry)
    written: bytes = made.rss_str(pretty=True)
    first, *others = written.split(b"<title>")
    return b"<title>".join([first, *map(_as_profiled, others)])


def _add(item: Any, entry: Entry) -> None:
    """What RSS says its own way: descriptions are HTML there, titles are not."""
    item.link(href=entry.url, rel="alternate")
    if entry.summary:
        item.description(escape(entry.summary, quote=False))
    item.content(entry.content_html)


def _as_profiled(after: bytes) -> bytes:
    """A title with what old readers take for HTML written as the Profile wants it."""
    title, end, rest = after.partition(b"</title>")
    return title.replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;") + end + rest
