"""What the headers of an answer say about the next request (RFC 9111 §5, 9110 §10.2.3)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from feedsvc.model.web import Hints, Validators

__all__ = ["read", "validators"]

_DAY = timedelta(hours=24)
"""No server keeps us away for longer than that."""

_LONGEST_VALIDATOR = 8_192


def read(headers: Mapping[str, str], now: datetime) -> Hints:
    """The server's wishes, each between nothing and 24 hours; nonsense is no wish."""
    theirs = _date(headers.get("date"))
    ahead = None if theirs is None else theirs + _age(headers) - now
    now = theirs or now
    return Hints(
        max_age=_freshness(headers, now),
        retry_after=_wait(headers.get("retry-after"), now),
        ahead=ahead,
    )


def validators(headers: Mapping[str, str]) -> Validators:
    """What to ask by next time, verbatim; what could not be sent again is left out."""
    return Validators(
        etag=_sendable(headers.get("etag")),
        last_modified=_sendable(headers.get("last-modified")),
    )


def _sendable(value: str | None) -> str | None:
    fit = value and len(value) <= _LONGEST_VALIDATOR and value.isprintable()
    return value if fit and "\ufffd" not in str(value) else None


def _freshness(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long the answer stays good from now on; ``max-age`` wins over ``Expires``."""
    directives = _directives(headers.get("cache-control", ""))
    if "no-cache" in directives or "no-store" in directives:
        return None
    if "max-age" in directives:
        stated = _seconds(directives["max-age"])
        return None if stated is None else max(stated - _age(headers), timedelta())
    expires = _date(headers.get("expires"))
    return None if expires is None else _clamped(expires - now)


def _age(headers: Mapping[str, str]) -> timedelta:
    """How long a cache has had the answer (RFC 9111 §5.1)."""
    return _seconds(headers.get("age", "0")) or timedelta()


def _directives(text: str) -> dict[str, str]:
    parts = (part.partition("=") for part in text.lower().split(","))
    return {name.strip(): value.strip(' "') for name, _, value in parts}


def _wait(text: str | None, now: datetime) -> timedelta | None:
    """``Retry-After`` in either form; None when it is over already."""
    if text is None:
        return None
    date = _date(text)
    wait = _seconds(text) if date is None else _clamped(date - now)
    return wait or None


def _seconds(text: str) -> timedelta | None:
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()):
        return None
    # Nine digits are thirty years, and no number that timedelta could not hold.
    return _clamped(timedelta(seconds=int(digits) if len(digits) < 10 else 10**9))  # noqa: PLR2004


def _clamped(length: timedelta) -> timedelta:
    return min(max(length, timedelta()), _DAY)


def _date(text: str | None) -> datetime | None:
    """A date as HTTP writes it, in any of its three forms (RFC 9110 §5.6.7)."""
    if not text or len(text) > 64:  # noqa: PLR2004
        return None
    try:
        read = parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
