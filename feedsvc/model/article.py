"""What a page says (:class:`RawItem`) and what becomes of it (:class:`Article`)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from feedsvc.errors import Code, Fault

__all__ = [
    "Alternate",
    "Article",
    "Extraction",
    "Gone",
    "Image",
    "Origin",
    "Precision",
    "RawDate",
    "RawItem",
    "Story",
]


class Precision(StrEnum):
    """How finely a date is known."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"


class Origin(StrEnum):
    """Where a date was found (contract, section 5, ``published_from``)."""

    RULE = "rule"
    JSON_LD = "json-ld"
    META = "meta"
    TIME = "time"
    TEXT = "text"
    LIST = "list"
    FEED = "feed"
    URL = "url"
    FIRST_SEEN = "first-seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A lead image; sizes in pixels."""

    url: str
    caption: str | None = None
    credit: str | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """The same story in another language, as the source itself links it."""

    hreflang: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDate:
    """A date as printed, unread; ``patterns`` are the source's own (CLDR)."""

    text: str
    origin: Origin
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawItem:
    """An item as stated by a list, a feed or a page: nothing in it is trusted.

    URLs are absolute already; ``dates`` stand in order of preference; HTML is as found.
    ``guid`` is the source's own id. ``complete`` says that ``content_html`` is the whole
    text, so that no article page need be read. ``rules`` names the fields that a rule
    gave (they win over what was found without one). ``alone`` marks an item that has no
    page of its own: it tells it from others at the same address ("" where that does),
    and the item's text is all there is. ``base`` is what addresses within
    ``content_html`` are relative to, where that is not ``url``.
    """

    url: str
    title: str | None = None
    language: str | None = None
    guid: str | None = None
    canonical_url: str | None = None
    dates: tuple[RawDate, ...] = ()
    updated: tuple[RawDate, ...] = ()
    authors: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    outlet: str | None = None
    section: str | None = None
    breadcrumb: tuple[str, ...] = ()
    image: Image | None = None
    summary: str | None = None
    content_html: str | None = None
    base: str | None = None
    complete: bool = False
    alone: str | None = None
    keywords: tuple[str, ...] = ()
    alternates: tuple[Alternate, ...] = ()
    encoding: str | None = None
    rules: frozenset[str] = frozenset()
    warnings: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What one document gave.

    ``items`` in page order; ``next`` the following page of the list; ``children`` the
    sitemaps of an index; ``language`` and ``ttl`` (seconds) as a feed states them, with
    the hours (GMT) and days (0 is Monday) in which it does not change; ``feeds`` what a
    page offers by autodiscovery.
    """

    items: tuple[RawItem, ...] = ()
    next: str | None = None
    children: tuple[str, ...] = ()
    language: str | None = None
    ttl: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    feeds: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What stands for an article that was published and is no more: its id, and since when.

    ``language`` is the one in which it was written.
    """

    id: str
    language: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A normalized article: aware UTC times, clean HTML, one id for ever.

    ``id`` is the bare digest; an edition makes the ``tag:`` URI of it. ``aliases`` are
    identity keys of everything the article is also known by. ``zone`` is the IANA name
    or ``±HH:MM`` in which the date was read. ``categories`` are the terms under which
    it is filed, its first the one a byline names. ``first_seen`` is the visit that first
    saw it, ``position`` its place in that list; ``updated`` follows contract, section 4.
    ``digest`` covers what a reader sees, so that it changes when the article does.
    ``hold`` is why it is kept from readers until the cause is gone or an operator
    releases it.
    """

    id: str
    source: str
    url: str
    canonical_url: str | None
    aliases: tuple[str, ...]
    title: str
    language: str
    published: datetime
    precision: Precision
    published_from: Origin
    zone: str
    updated: datetime
    first_seen: datetime
    position: int
    authors: tuple[str, ...]
    contributors: tuple[str, ...]
    outlet: str | None
    section: str | None
    breadcrumb: tuple[str, ...]
    image: Image | None
    summary: str | None
    content_html: str
    content_text: str
    keywords: tuple[str, ...]
    alternates: tuple[Alternate, ...]
    categories: tuple[str, ...]
    digest: str
    encoding: str | None = None
    modified: datetime | None = None
    warnings: tuple[Code, ...] = ()
    hold: Fault | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article that stands in a feed, with what is told beside it.

    ``also`` are the articles that tell the same in the same language, which it stands
    for; ``versions`` those that are its story in other languages.
    """

    article: Article
    also: tuple[Article, ...] = ()
    versions: tuple[Article, ...] = ()
