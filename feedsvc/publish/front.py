"""The single files of the tree: pages that lead to the feeds, and what they share."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from feedsvc.edition.localize import Localizer
from feedsvc.edition.selection import editions, with_feeds
from feedsvc.edition.words import Words
from feedsvc.model.config import Config
from feedsvc.model.feed import Document, Published
from feedsvc.publish.catalogue import NEWS, OPML, catalogue
from feedsvc.render import page
from feedsvc.render.listing import Listing, Row

__all__ = ["front", "of_language", "of_term"]

_HTML = "text/html; charset=utf-8"


def of_term(term: str) -> str:
    """The name of the page that says what a category means."""
    return f"categories/{term}"


def of_language(language: str) -> Sequence[str]:
    """The names of a language's single files."""
    names = ("index.html", "sources/index.html", OPML, NEWS)
    return [f"{language}/{name}" for name in names]


def front(
    config: Config,
    localizers: Mapping[str, Localizer],
    standing: Mapping[str, Published],
) -> Sequence[Document]:
    """Every single file but the news, in the order in which it must come to stand."""
    listings = [
        _listing(config, localizer, standing) for localizer in localizers.values()
    ]
    words = {language: localizer.words for language, localizer in localizers.items()}
    first = words[listings[0].language]
    return [
        *_assets(listings[0].opened),
        *catalogue(listings, words),
        *_terms(listings, first),
        *(
            _html(
                f"{x.language}/sources/index.html",
                _directory(replace(x, rows=()), words[x.language]),
                x.updated,
            )
            for x in listings
            if x.sources
        ),
        *(
            _html(f"{x.language}/index.html", _index(x, words[x.language]), x.updated)
            for x in listings
        ),
        _html("index.html", page.root(listings, first), _newest(listings)),
    ]


def _listing(
    config: Config, localizer: Localizer, standing: Mapping[str, Published]
) -> Listing:
    """What stands in one language."""
    site = config.settings.site
    rows = (
        _row(localizer, edition.category, standing[edition.path])
        for edition in editions(config)
        if edition.language == localizer.language and edition.path in standing
    )
    return Listing(
        language=localizer.language,
        languages=site.languages,
        base_url=localizer.base_url,
        site_title=localizer.site_title,
        rows=tuple(rows),
        formats=config.settings.publish.formats,
        opened=localizer.opened,
        contact=site.contact,
        sources=_sources(config, localizer),
    )


def _sources(config: Config, localizer: Localizer) -> tuple[tuple[str, str], ...]:
    """The sources that have feeds, in the order of what they are called."""
    named = ((one, localizer.source_name(one)) for one in with_feeds(config))
    return tuple(sorted(named, key=lambda each: (each[1].casefold(), each[0])))


def _row(localizer: Localizer, term: str, published: Published) -> Row:
    label = localizer.term(term).label
    return Row(
        language=localizer.language,
        path=published.path,
        term=term,
        label=label,
        title=localizer.feed_title(label),
        description=localizer.feed_description(label),
        entries=published.entries,
        updated=published.updated,
        updated_text=localizer.moment(published.updated),
    )


def _terms(listings: Sequence[Listing], words: Words) -> Iterator[Document]:
    """What each category means, at the address by which feeds name it."""
    meanings: dict[str, list[Row]] = {}
    for listing in listings:
        for row in listing.rows:
            meanings.setdefault(row.term, []).append(row)
    bare = replace(listings[0], rows=())
    for term, rows in meanings.items():
        body = _meaning(tuple(rows), bare, words)
        yield _html(of_term(term), body, max(row.updated for row in rows))


@lru_cache(maxsize=4096)
def _meaning(rows: tuple[Row, ...], listing: Listing, words: Words) -> bytes:
    """The page of one category, remembered: of a thousand few change at a time."""
    return page.term(rows, listing, words)


@lru_cache(maxsize=16)
def _index(listing: Listing, words: Words) -> bytes:
    """The page of a language, remembered: an article changes that of its own alone."""
    return page.index(listing, words)


@lru_cache(maxsize=16)
def _directory(listing: Listing, words: Words) -> bytes:
    """The page of a language's sources, remembered: the configuration alone changes it."""
    return page.sources(listing, words)


def _assets(opened: datetime) -> Iterator[Document]:
    for name, media_type, body in page.assets():
        yield Document(name=name, body=body, media_type=media_type, updated=opened)


def _html(name: str, body: bytes, updated: datetime) -> Document:
    return Document(name=name, body=body, media_type=_HTML, updated=updated)


def _newest(listings: Sequence[Listing]) -> datetime:
    return max(listing.updated for listing in listings)
