"""How long to stay away after a failure (standards.md, "Politeness", table 2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from feedsvc.errors import Code
from feedsvc.model.history import Trouble
from feedsvc.model.visit import Visit
from feedsvc.model.web import Failed

__all__ = ["after_failure", "blocked", "is_passing"]

_DAY = timedelta(hours=24)
_UNAVAILABLE_FOR_LEGAL_REASONS = 451
"""Told as a refusal, but no more lasting than a page that is not there."""


@dataclass(frozen=True, slots=True)
class _Curve:
    """``first`` doubled with every failure in a row, up to ``cap``.

    Sources that fail together come back apart: each waits between ``least`` and
    ``most`` times that.
    """

    first: timedelta
    cap: timedelta
    least: float = 1.0
    most: float = 1.1

    def at(self, failures: int, share: float) -> timedelta:
        doublings = 1 << min(failures, 20)
        spread = self.least + (self.most - self.least) * share
        return min(min(self.first * doublings, self.cap) * spread, self.cap)


# Half of a passing fault's wait is kept: the table's full jitter could bring us back
# at once.
_PASSING = _Curve(timedelta(minutes=5), timedelta(hours=12), least=0.5, most=1.0)
_MISSING = _Curve(timedelta(hours=1), _DAY)
_THROTTLED = _Curve(timedelta(hours=1), _DAY)
_REFUSED = _Curve(_DAY, _DAY)
_UNREADABLE = _Curve(timedelta(minutes=30), timedelta(hours=6))

_CURVES: Mapping[Code, _Curve] = {
    Code.E_NOT_FOUND: _MISSING,
    Code.E_STATUS: _MISSING,
    Code.E_FORBIDDEN: _REFUSED,
    Code.E_BLOCKED: _REFUSED,
    Code.E_ROBOTS: _REFUSED,
    Code.E_THROTTLED: _THROTTLED,
    Code.E_SERVER: _PASSING,
    Code.E_TIMEOUT: _PASSING,
    Code.E_CONNECT: _PASSING,
    Code.E_DNS: _PASSING,
    Code.E_TLS: _PASSING,
    Code.E_TRUNCATED: _PASSING,
    Code.E_PARSE_TRUNCATED: _PASSING,
}
"""What is in no row is a page that could not be used: its site may mend it any hour."""


def after_failure(
    failed: Failed, before: Visit, now: datetime, share: float
) -> timedelta | None:
    """The wait after a failure; None when there is no coming back.

    ``share``, from 0 to 1, is the source's own place among those that wait alike.
    What the server asks for (Retry-After) holds in place of our own guess where it says
    that it is busy, else beside it; never for longer than a day.
    """
    if failed.fault.code is Code.E_GONE:
        return _until_confirmed(before.history.trouble, now)
    curve = _curve(failed)
    asked = failed.retry_after and min(failed.retry_after, _DAY)
    if asked and curve in (_PASSING, _THROTTLED):
        return asked
    return max(curve.at(before.failures, share), asked or timedelta())


def blocked(visit: Visit, now: datetime) -> datetime | None:
    """Until when a Retry-After keeps us away, if it still does.

    None reaches beyond a day; one that seems to was told by a clock that was ahead.
    """
    until = visit.blocked_until
    return until if until and now < until <= now + _DAY else None


def is_passing(failed: Failed) -> bool:
    """Whether it may be over before the source's next usual visit."""
    return _curve(failed) is _PASSING


def _until_confirmed(trouble: Trouble | None, now: datetime) -> timedelta | None:
    """What is gone is asked once more, a day after it first said so (410)."""
    known = trouble and trouble.code is Code.E_GONE
    left = trouble.since + _DAY - now if trouble and known else _DAY
    return min(left, _DAY) if left > timedelta() else None


def _curve(failed: Failed) -> _Curve:
    if failed.status == _UNAVAILABLE_FOR_LEGAL_REASONS:
        return _MISSING
    return _CURVES.get(failed.fault.code, _UNREADABLE)
