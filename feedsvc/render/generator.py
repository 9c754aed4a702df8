"""A feedgen generator filled from a feed; RSS and Atom are two writings of it."""

from html import escape
from typing import Any

from feedgen.feed import FeedGenerator

from feedsvc.model.feed import Entry, Feed, Link
from feedsvc.render.extension import EntryExtension, FeedExtension

__all__ = ["FILES", "LANGUAGES", "generator"]

FILES = {
    "rss": ("feed.rss", "application/rss+xml"),
    "atom": ("feed.atom", "application/atom+xml"),
    "json": ("feed.json", "application/feed+json"),
}
"""Each format's file and media type."""

LANGUAGES = {"zh": "zh-CN", "zh-Hant": "zh-TW"}
"""RSS language codes where they differ from ours (rssboard.org/rss-language-codes)."""


def generator(feed: Feed, form: str) -> Any:
    """A FeedGenerator for ``form`` (``rss`` or ``atom``); all dates are the feed's own."""
    made = FeedGenerator()
    made.register_extension("feedsvc", FeedExtension, EntryExtension)
    made.feedsvc.links = _siblings(feed, form)
    file, media_type = FILES[form]
    page = f"{feed.base_url}/{feed.path}/"
    made.id(feed.id)
    made.title(feed.title)
    made.description(feed.description)
    made.subtitle(feed.description)
    made.author({"name": feed.site_title, "uri": f"{feed.base_url}/"})
    made.link(href=f"{page}{file}", rel="self", type=media_type)
    # The last link becomes RSS's <link>.
    made.link(href=page, rel="alternate", type="text/html", hreflang=feed.language)
    made.language(LANGUAGES.get(feed.language, feed.language))
    made.generator("feedsvc")
    made.updated(feed.updated)
    made.lastBuildDate(feed.updated)
    made.docs("https://www.rssboard.org/rss-specification")
    if feed.rights:
        made.rights(feed.rights)
    for entry in feed.entries:
        _add(made, entry, feed, form)
    return made


def _siblings(feed: Feed, form: str) -> tuple[Link, ...]:
    file, media_type = FILES[form]
    return tuple(
        Link(href=f"{feed.base_url}/{path}/{file}", type=media_type, hreflang=language)
        for language, path in feed.siblings
    )


def _add(made: Any, entry: Entry, feed: Feed, form: str) -> None:
    item = made.add_entry(order="append")
    item.feedsvc.entry = entry
    item.feedsvc.feed_language = feed.language
    item.id(entry.id)
    item.title(entry.title)
    if form == "rss":
        # In Atom feedgen would lose its attributes; the extension writes it there.
        item.link(href=entry.url)
    item.published(entry.published.replace(microsecond=0))
    item.updated(entry.updated.replace(microsecond=0))
    if entry.summary:
        item.description(entry.summary, isSummary=True)
    text = entry.content_html or f"<p>{escape(entry.summary or entry.title)}</p>"
    item.content(text, type="html")
    for name in entry.authors:
        item.author({"name": name})
    for name in entry.contributors:
        item.contributor({"name": name})
    for category in entry.categories:
        item.category(term=category.term, scheme=category.scheme, label=category.label)
