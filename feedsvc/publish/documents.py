"""The files of the published tree, made of feeds in a reader's words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from feedsvc.model.archive import Archive
from feedsvc.model.feed import Document, Feed
from feedsvc.publish.chronicler import settled
from feedsvc.publish.rhythm import max_age
from feedsvc.render import addresses, atom, jsonfeed, page, rss

__all__ = ["INDEX", "names", "of_archive", "of_feed", "one_of"]

INDEX = "index.html"
"""The page of a feed, which an address that ends in a slash means."""

_RENDER: dict[str, Callable[[Feed], bytes]] = {
    "rss": rss.render,
    "atom": atom.render,
    "json": jsonfeed.render,
}


def of_feed(
    feed: Feed, words: page.Words, updated_text: str, newest: int
) -> Sequence[Document]:
    """Every format of a feed, and its page; they are switched together.

    The page shows the ``newest`` entries: who missed more reads a feed.
    """
    shown = replace(feed, entries=feed.entries[:newest])
    age = max_age(feed)
    formats = (_of_format(feed, form, age) for form in feed.formats)
    return [*formats, _page(shown, words, updated_text, age)]


def names(formats: Iterable[str]) -> tuple[str, ...]:
    """The files of a feed in these formats, its page the last of them."""
    return *(addresses.FILES[form].name for form in formats), INDEX


def one_of(feed: Feed, name: str, words: page.Words, updated_text: str) -> Document:
    """One of these files."""
    age = max_age(feed)
    forms = {addresses.FILES[form].name: form for form in feed.formats}
    if name in forms:
        return _of_format(feed, forms[name], age)
    return _page(feed, words, updated_text, age)


def _page(feed: Feed, words: page.Words, updated_text: str, age: int) -> Document:
    return Document(
        name=INDEX,
        body=page.category(feed, words, updated_text),
        media_type="text/html; charset=utf-8",
        updated=feed.updated,
        max_age=age,
    )


def of_archive(kept: Archive, base_url: str) -> Document:
    """A full archive document, for where the site stands."""
    return Document(
        name=addresses.archive(kept.number),
        body=settled(kept.body, base_url),
        media_type=f"{addresses.FILES['atom'].media_type}; charset=utf-8",
        updated=kept.updated,
    )


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
