"""The files of the published tree, made of feeds in a reader's words."""

from collections.abc import Callable, Sequence

from feedsvc.model.feed import Document, Feed
from feedsvc.publish.rhythm import max_age
from feedsvc.render import addresses, atom, jsonfeed, page, rss

__all__ = ["of_feed"]

_RENDER: dict[str, Callable[[Feed], bytes]] = {
    "rss": rss.render,
    "atom": atom.render,
    "json": jsonfeed.render,
}


def of_feed(feed: Feed, words: page.Words, updated_text: str) -> Sequence[Document]:
    """Every format of a feed, and its page; they are switched together."""
    age = max_age(feed)
    index = Document(
        name="index.html",
        body=page.category(feed, words, updated_text),
        media_type="text/html; charset=utf-8",
        updated=feed.updated,
        max_age=age,
    )
    return [*(_of_format(feed, form, age) for form in feed.formats), index]


def _of_format(feed: Feed, form: str, age: int) -> Document:
    file = addresses.FILES[form]
    # JSON has no charset (RFC 8259 §11); XML says it here too (RFC 7303 §3.2)
    charset = "" if form == "json" else "; charset=utf-8"
    return Document(
        name=file.name,
        body=_RENDER[form](feed),
        media_type=f"{file.media_type}{charset}",
        updated=feed.updated,
        max_age=age,
    )
