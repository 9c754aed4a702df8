"""Whether a client already holds what it asks for (RFC 9110 §13)."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

__all__ = ["unchanged"]


def unchanged(
    none_match: str | None,
    modified_since: str | None,
    etag: str,
    last_modified: datetime,
) -> bool:
    """Whether 304 is the answer; If-None-Match silences If-Modified-Since (§13.2.2).

    ``etag`` has its quotes. They bound it, and no tag may hold one, so finding it
    anywhere in the list is the weak comparison with each member (§13.1.2).
    """
    if none_match is not None:
        return none_match.strip() == "*" or etag in none_match
    if modified_since is None:
        return False
    since = _moment(modified_since)
    # A date that has not come yet is a broken clock: an answer too many costs bytes, one
    # too few would hide news for as long as the clock is wrong.
    return since is not None and last_modified <= since <= datetime.now(UTC)


def _moment(value: str) -> datetime | None:
    """An HTTP date in any of its three forms (§5.6.7); None when it is none."""
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC)
