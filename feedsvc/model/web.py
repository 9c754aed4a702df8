"""What goes to the web and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from feedsvc.errors import Fault

__all__ = [
    "Answered",
    "Failed",
    "Fetched",
    "Hints",
    "Message",
    "NotModified",
    "Packed",
    "Page",
    "Request",
    "Validators",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave to ask again by, kept and sent verbatim (RFC 9110 §8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What server and document say of the next visit; lower bounds for it.

    ``max_age`` and ``retry_after`` are of this answer's headers. ``ttl``, ``skip_hours``
    (0 to 23, GMT) and ``skip_days`` (0 is Monday, GMT) stand in the document, and hold
    until it changes. ``pause`` is what a host has earned that lately said 429;
    ``crawl_delay`` the gap that its robots.txt wants, where that is longer than is kept.
    ``ahead`` is by how much the server's clock is ahead of ours (``Date``, to the second).
    """

    max_age: timedelta | None = None
    retry_after: timedelta | None = None
    ttl: timedelta | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    pause: timedelta | None = None
    crawl_delay: timedelta | None = None
    ahead: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One GET that the egress shall make."""

    url: str
    validators: Validators = Validators()
    accept: str = "*/*"
    accept_language: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    cookies: Mapping[str, str] = field(default_factory=dict, repr=False)
    proxy: str | None = field(default=None, repr=False)
    robots: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A body as it was sent, and the ``Content-Encoding`` that undoes it."""

    coding: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A document as received: decoded of its content coding, not of its charset.

    ``url`` is where it was in the end; ``requested`` what was asked for; ``moved`` says
    that every redirect between them was permanent (301 or 308). ``further`` are the pages
    that continue an article, in order, or why one of them could not be had. ``packed`` is
    the body as it was sent, where that is shorter; no other process is handed it.
    """

    url: str
    body: bytes
    requested: str = ""
    content_type: str | None = None
    validators: Validators = Validators()
    hints: Hints = Hints()
    moved: bool = False
    further: "tuple[Page | Failed, ...]" = ()
    packed: Packed | None = field(default=None, repr=False, compare=False)

    def __getstate__(self) -> list[object]:
        """Everything but ``packed``, for who reads it elsewhere (pickle)."""
        return [
            None if name == "packed" else getattr(self, name) for name in self.__slots__
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The server said 304: what we have is what there is; fields as of a page."""

    url: str
    validators: Validators = Validators()
    hints: Hints = Hints()
    moved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """No document: why, and the wait that the server asked for, if it did."""

    fault: Fault
    status: int | None = None
    hints: Hints = Hints()

    @property
    def retry_after(self) -> timedelta | None:
        """The server's own wish (already clamped by the egress)."""
        return self.hints.retry_after


Fetched = Page | NotModified | Failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One request to a subscriber or to another hub, made once and to nobody else.

    ``url`` is a URI already. Of the answer's body ``wanted`` bytes are read at most.
    """

    method: Literal["GET", "POST"]
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    wanted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Whatever a message was answered; ``body`` is cut where no more was wanted."""

    status: int
    body: bytes = b""
    hints: Hints = Hints()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """What is remembered of one URL between visits.

    ``fetched_at`` is when it last came whole, ``stated`` what it says of visits itself,
    ``children`` the sitemaps of an index that were read.
    """

    url: str
    validators: Validators = Validators()
    body_digest: str | None = None
    fetched_at: datetime | None = None
    stated: Hints = Hints()
    children: tuple[str, ...] = ()
