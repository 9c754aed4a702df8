"""What a site offers to be read, and which of it tells most about its articles."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urljoin, urlsplit

from feedsvc.model.article import Extraction, Origin, RawItem
from feedsvc.text.urls import bare, identity

__all__ = ["Found", "Kind", "Offer", "best", "folder", "score", "usual_feeds", "widens"]

Kind = Literal["html", "feed", "sitemap", "json"]
Found = Literal["given", "linked", "usual", "robots"]

_USUAL: Final = (
    "feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json",
)  # fmt: skip
"""Where sites that name no feed most often have one, relative to their root."""

_USUAL_BELOW: Final = ("feed", "rss.xml", "feed.xml", "index.xml")
"""The same for a section, relative to its folder."""

_FEW: Final = 2
"""So many items make half of the full score."""

_NEAR: Final = 5
"""Points by which an offer may fall behind and still go before by its order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One document of a site that lists articles.

    ``url`` is what a source would name, ``shown`` the document that gave the items: a
    child where ``url`` is a sitemap index. ``wider`` says that it lists much besides
    what the address given is about.
    """

    url: str
    kind: Kind
    found: Found
    extraction: Extraction
    shown: str = ""
    wider: bool = False

    @property
    def score(self) -> int:
        """Points out of 100; half of them for what is wider than asked for."""
        return score(self.extraction) // (2 if self.wider else 1)

    @property
    def counts(self) -> dict[str, int]:
        """How many items there are, and of these with a date, a summary, a whole text."""
        items = self.extraction.items
        return {
            "items": len(items),
            "dated": sum(bool(item.dates) for item in items),
            "summaries": sum(bool(item.summary) for item in items),
            "texts": sum(item.complete for item in items),
        }

    @property
    def public_url(self) -> str:
        """``url`` as it may be shown."""
        return bare(self.url)


def score(extraction: Extraction) -> int:
    """How much a document tells of its articles, in points out of 100.

    Titles, dates, texts and pictures count, by the share of items that have them; a
    handful of items counts less than many.
    """
    items = extraction.items
    if not items:
        return 0
    told = sum(map(_worth, items)) / len(items)
    return round(10 * told * len(items) / (len(items) + _FEW))


def _worth(item: RawItem) -> int:
    """What one item tells, out of 10; its address alone is 1."""
    text = 2 if item.complete else int(bool(item.summary))
    more = int(bool(item.image or item.authors))
    return 1 + 2 * bool(item.title) + _dated(item) + text + more


def _dated(item: RawItem) -> int:
    """4 for a date with its time, 3 for a day, 2 for one that says less of the story."""
    stated = [date.text for date in item.dates if date.origin is not Origin.URL]
    if any(":" in text for text in stated):
        return 4
    return 3 if stated else 2 * bool(item.dates or item.updated)


def best(offers: Sequence[Offer]) -> Offer | None:
    """The first offer that comes near the highest score; None when all are empty."""
    top = max((offer.score for offer in offers), default=0)
    near = (o for o in offers if o.score and o.score >= top - _NEAR)
    return next(near, None)


def usual_feeds(url: str) -> Iterator[str]:
    """Addresses at which a feed may be hidden: of the page's folder, then the site's."""
    root = urljoin(url, "/")
    below = _USUAL_BELOW if folder(url) != root else ()
    yield from (urljoin(url, name) for name in below)
    yield from (urljoin(root, name) for name in _USUAL)


def folder(url: str) -> str:
    """The folder in which a page lies, with its slash."""
    return urljoin(url, ".")


def widens(items: Iterable[RawItem], url: str, listed: Collection[str]) -> bool:
    """Whether most items belong elsewhere than to the section that ``url`` is.

    What belongs lies below the page's folder, or is among ``listed``: the identity keys
    of what the page links to. A front page is the whole site.
    """
    place = folder(url)
    if urlsplit(place).path in {"", "/"}:
        return False
    below = identity(place) + "/"
    keys = [identity(item.url) for item in items]
    inside = sum(key in listed or key.startswith(below) for key in keys)
    return inside * 2 < len(keys)
