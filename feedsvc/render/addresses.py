"""Where the formats of a feed stand."""

from typing import Final, NamedTuple

from feedsvc.model.feed import Feed, Link

__all__ = ["FILES", "File", "page", "siblings", "url"]


class File(NamedTuple):
    """A format's file name and media type."""

    name: str
    media_type: str


FILES: Final = {
    "rss": File("feed.rss", "application/rss+xml"),
    "atom": File("feed.atom", "application/atom+xml"),
    "json": File("feed.json", "application/feed+json"),
}


def page(feed: Feed) -> str:
    """The page of a feed, for people."""
    return f"{feed.base_url}/{feed.path}/"


def url(feed: Feed, form: str) -> str:
    """The feed in one of :data:`FILES`."""
    return f"{page(feed)}{FILES[form].name}"


def siblings(feed: Feed, form: str) -> tuple[Link, ...]:
    """The same category in the other languages, in the same format."""
    file = FILES[form]
    return tuple(
        Link(
            href=f"{feed.base_url}/{path}/{file.name}",
            type=file.media_type,
            hreflang=language,
        )
        for language, path in feed.siblings
    )
