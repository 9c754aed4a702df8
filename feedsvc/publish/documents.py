"""The files of the published tree, made of feeds in a reader's words."""

from collections.abc import Callable, Sequence

from feedsvc.model.feed import Document, Feed
from feedsvc.publish.rhythm import max_age
from feedsvc.render import atom, jsonfeed, page, rss

__all__ = ["of_feed"]

_FORMATS: dict[str, tuple[str, str, Callable[[Feed], bytes]]] = {
    "rss": ("feed.rss", "application/rss+xml; charset=utf-8", rss.render),
    "atom": ("feed.atom", "application/atom+xml; charset=utf-8", atom.render),
    "json": ("feed.json", "application/feed+json", jsonfeed.render),
}


def of_feed(feed: Feed, words: page.Words, updated_text: str) -> Sequence[Document]:
    """Every format of a feed, and its page; they are switched together."""
    made = [_FORMATS[name] for name in feed.formats]
    age = max_age(feed)
    return [
        *(
            Document(
                name=name,
                body=render(feed),
                media_type=media_type,
                updated=feed.updated,
                max_age=age,
            )
            for name, media_type, render in made
        ),
        Document(
            name="index.html",
            body=page.category(feed, words, updated_text),
            media_type="text/html; charset=utf-8",
            updated=feed.updated,
            max_age=age,
        ),
    ]
