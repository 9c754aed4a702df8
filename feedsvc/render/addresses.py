"""Where the formats of a feed stand."""

from typing import Final, NamedTuple

from feedsvc.model.feed import Feed, Link

__all__ = ["FILES", "File", "asked", "page", "rss_language", "siblings", "url"]


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
    """The feed in one of :data:`FILES`."""
    return f"{feed.base_url}/{feed.path}/{FILES[form].name}{asked(feed)}"


def asked(feed: Feed) -> str:
    """What ends every address of a feed: ``?`` and its parameters, if it has any."""
    return feed.parameters and f"?{feed.parameters}"


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
