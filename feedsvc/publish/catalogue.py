"""What leads machines to the feeds: OPML, the sitemap of the pages, robots.txt."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlsplit

from feedsvc.edition.words import Words
from feedsvc.model.feed import Document
from feedsvc.render import opml, sitemap
from feedsvc.render.listing import Listing

__all__ = ["NEWS", "OPML", "catalogue"]

OPML = "feeds.opml"
NEWS = "news-sitemap.xml"
"""File names, in the folder of each language."""


def catalogue(
    listings: Sequence[Listing], words: Mapping[str, Words]
) -> Iterator[Document]:
    """These files, of what stands in every language."""
    for listing in listings:
        title = words[listing.language].text(
            "labels", "feeds.title", site=listing.site_title
        )
        yield Document(
            name=f"{listing.language}/{OPML}",
            body=_opml(listing, title),
            media_type=opml.MEDIA_TYPE,
            updated=listing.updated,
        )
    newest = max(listing.updated for listing in listings)
    yield Document(
        name="sitemap.xml",
        body=sitemap.places(_places(listings)),
        media_type=sitemap.MEDIA_TYPE,
        updated=newest,
    )
    base = listings[0].base_url
    news = [f"{base}/{listing.language}/{NEWS}" for listing in listings]
    yield Document(
        name="robots.txt",
        body=sitemap.robots([f"{base}/sitemap.xml", *news], _closed(listings)),
        media_type="text/plain; charset=utf-8",
        updated=newest,
    )


@lru_cache(maxsize=16)
def _opml(listing: Listing, title: str) -> bytes:
    """A list of feeds, remembered as the page of them is."""
    return opml.render(listing, title)


def _closed(listings: Sequence[Listing]) -> Iterator[str]:
    """What crawlers are to leave: operators' pages, and searches without an end."""
    prefix = urlsplit(listings[0].base_url).path
    yield f"{prefix}/ops/"
    for listing in listings:
        yield f"{prefix}/{listing.language}/search/"


def _places(listings: Sequence[Listing]) -> Iterator[sitemap.Place]:
    """Directories first, then feeds, then what categories mean."""
    base = listings[0].base_url
    doors = {listing.language: f"{base}/{listing.language}/" for listing in listings}
    for listing in listings:
        yield sitemap.Place(
            url=doors[listing.language],
            updated=listing.updated,
            alternates=doors | {"x-default": f"{base}/"},
        )
    yield from _sources(listings)
    changed: dict[str, datetime] = {}
    alternates = _alternates(listings)
    for listing in listings:
        for row in listing.rows:
            yield sitemap.Place(
                url=f"{base}/{row.path}/",
                updated=row.updated,
                alternates=alternates[row.term],
            )
            changed[row.term] = max(row.updated, changed.get(row.term, row.updated))
    for term, updated in changed.items():
        yield sitemap.Place(
            url=f"{base}/categories/{term}", updated=updated, alternates={}
        )


def _sources(listings: Sequence[Listing]) -> Iterator[sitemap.Place]:
    """The directories of the sources."""
    found = {x.language: f"{x.base_url}/{x.language}/sources/" for x in listings}
    for listing in listings:
        if listing.sources:
            yield sitemap.Place(
                url=found[listing.language],
                updated=listing.updated,
                alternates=found | {"x-default": next(iter(found.values()))},
            )


def _alternates(listings: Sequence[Listing]) -> Mapping[str, Mapping[str, str]]:
    """Each category's pages by language; the first is for readers of any other."""
    found: dict[str, dict[str, str]] = {}
    for listing in listings:
        for row in listing.rows:
            page = f"{listing.base_url}/{row.path}/"
            found.setdefault(row.term, {})[row.language] = page
    return {
        term: pages | {"x-default": next(iter(pages.values()))}
        for term, pages in found.items()
    }
