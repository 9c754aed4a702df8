"""Where the formats of a feed stand."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from feedsvc.model.feed import Feed, Link

__all__ = [
    "FILES",
    "HEALTH",
    "OVERVIEW",
    "File",
    "archive",
    "asked",
    "history",
    "page",
    "rss_language",
    "siblings",
    "url",
]


OVERVIEW: Final = "ops/"
HEALTH: Final = "ops/health.atom"
"""The operators' page and their feed, below the root."""


class File(NamedTuple):
    """A format's file name, media type and proper name, which is never translated."""

    name: str
    media_type: str
    label: str


FILES: Final = {
    "rss": File("feed.rss", "application/rss+xml", "RSS"),
    "atom": File("feed.atom", "application/atom+xml", "Atom"),
    "json": File("feed.json", "application/feed+json", "JSON Feed"),
}

_RSS_LANGUAGES: Final = {"zh": "zh-CN", "zh-Hant": "zh-TW"}
"""Language codes where RSS has its own (rssboard.org/rss-language-codes)."""


def rss_language(tag: str) -> str:
    """A language as RSS writes it."""
    return _RSS_LANGUAGES.get(tag, tag)


def page(feed: Feed) -> str:
    """The page of a feed, for people."""
    return f"{feed.base_url}/{feed.path}/{asked(feed)}"


def url(feed: Feed, form: str) -> str:
    """This document of the feed, in one of :data:`FILES`; archives are Atom."""
    name = FILES[form].name if feed.archive is None else archive(feed.archive)
    return _within(feed, name)


def asked(feed: Feed) -> str:
    """What ends every address of a feed: ``?`` and its parameters, if it has any."""
    return feed.parameters and f"?{feed.parameters}"


def _within(feed: Feed, name: str) -> str:
    return f"{feed.base_url}/{feed.path}/{name}{asked(feed)}"


def archive(number: int) -> str:
    """Where in the folder of its feed an archive document stands."""
    return f"archive/{number}.atom"


def history(feed: Feed) -> Mapping[str, Link]:
    """Where else the feed's entries are, by relation (RFC 5005 §4).

    An archive document never changes, so it cannot name the one that follows it.
    """
    found: dict[str, Link] = {}
    atom = FILES["atom"].media_type
    if feed.archive is not None:
        form = "atom" if "atom" in feed.formats else feed.formats[0]
        now = _within(feed, FILES[form].name)
        found["current"] = Link(href=now, type=FILES[form].media_type)
    if feed.archives:
        before = _within(feed, archive(feed.archives))
        found["prev-archive"] = Link(href=before, type=atom)
    return found


def siblings(feed: Feed, form: str) -> tuple[Link, ...]:
    """The same category in the other languages, in the same format."""
    file = FILES[form]
    return tuple(
        Link(
            href=f"{feed.base_url}/{path}/{file.name}{asked(feed)}",
            type=file.media_type,
            hreflang=language,
        )
        for language, path in feed.siblings
    )
