"""A feed as its own format states it, before it is adapted to ours.

Addresses are as written, each beside the base it is relative to; texts are HTML; dates
are unread.
"""

from dataclasses import dataclass

__all__ = ["Entry", "Link", "Picture", "StatedFeed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address that an entry names, and what for (RFC 4287 §4.2.7)."""

    href: str
    rel: str = "alternate"
    type: str = ""
    hreflang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture beside an entry; sizes as written."""

    href: str
    caption: str = ""
    credit: str = ""
    width: str = ""
    height: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry; ``base`` is what its addresses are relative to.

    ``links`` stand in order of preference; ``guid`` may serve as the address when there
    is none.
    """

    base: str
    links: tuple[Link, ...] = ()
    guid: str = ""
    title: str = ""
    dates: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    outlet: str = ""
    categories: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    summary: str = ""
    content: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedFeed:
    """A feed; ``ttl`` in seconds, ``next`` the following page (RFC 5005 §3).

    ``skip_hours`` (0 to 23) and ``skip_days`` (0 is Monday) are told in GMT. ``home``
    is the page that the feed is of.
    """

    entries: tuple[Entry, ...]
    language: str = ""
    ttl: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    next: str = ""
    home: str = ""
