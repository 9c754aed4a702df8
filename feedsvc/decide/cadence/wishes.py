"""What servers and publishers wish of the next visit (standards.md, "Politeness", 6)."""

from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Final

from feedsvc.model.config import Source
from feedsvc.model.web import Hints

__all__ = ["LONGEST", "awake", "share", "wished"]

LONGEST: Final = timedelta(hours=24)
"""No wish holds for longer, and no source is left alone for longer unless it fails."""

_HOUR = timedelta(hours=1)
_WEEK = 7 * 24


def wished(hints: Hints, source: Source) -> timedelta:
    """The least wait, within what the operator bears with.

    Only a host that had to say 429 is left alone for longer than ``max_delay``.
    """
    wishes = (hints.max_age, hints.retry_after, hints.ttl)
    longest = max(wish or timedelta() for wish in wishes)
    borne = min(longest, source.max_delay or LONGEST)
    return min(max(borne, hints.pause or timedelta()), LONGEST)


def awake(at: datetime, hints: Hints, latest: datetime | None) -> datetime:
    """``at``, or its minute in the first hour after that in which something may be new.

    skipHours and skipDays are told in GMT. Nobody waits past ``latest`` for them, nor
    for a publisher that never wakes.
    """
    if not (hints.skip_hours or hints.skip_days):
        return at
    for hours in range(_WEEK + 1):
        later = at + hours * _HOUR
        if hours and latest and later > latest:
            break
        gmt = later.astimezone(UTC)
        if gmt.hour not in hints.skip_hours and gmt.weekday() not in hints.skip_days:
            return later
    return at


def share(source: Source) -> float:
    """A number from 0 to 1, the same for the same source on every machine."""
    drawn = blake2b(source.id.encode(), digest_size=4).digest()
    return int.from_bytes(drawn) / 0xFFFFFFFF
