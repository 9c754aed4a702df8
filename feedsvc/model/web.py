"""What goes to the web and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from feedsvc.errors import Fault

__all__ = [
    "Failed",
    "Fetched",
    "Hints",
    "NotModified",
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
    """How long a server says its answer stays good; lower bounds for the next visit."""

    max_age: timedelta | None = None
    retry_after: timedelta | None = None


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
class Page:
    """A document as received: decoded of its content coding, not of its charset.

    ``url`` is where it was in the end; ``requested`` what was asked for; ``moved`` says
    that every redirect between them was permanent (301 or 308).
    """

    url: str
    body: bytes
    requested: str = ""
    content_type: str | None = None
    validators: Validators = Validators()
    hints: Hints = Hints()
    moved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The server said 304: what we have is what there is."""

    url: str
    validators: Validators = Validators()
    hints: Hints = Hints()


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
class Resource:
    """What is remembered of one URL between visits."""

    url: str
    validators: Validators = Validators()
    body_digest: str | None = None
    fetched_at: datetime | None = None
