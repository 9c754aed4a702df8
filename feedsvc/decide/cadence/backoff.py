"""How long to stay away after a failure (standards.md, "Politeness", table 2)."""

from dataclasses import dataclass
from datetime import timedelta

from feedsvc.errors import Code
from feedsvc.model.web import Failed

__all__ = ["after_failure"]

_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class _Curve:
    """``first`` doubled with every failure in a row, up to ``cap``."""

    first: timedelta
    cap: timedelta

    def at(self, failures: int) -> timedelta:
        doublings = 1 << min(failures, 20)
        return min(self.first * doublings, self.cap)


_PASSING = _Curve(timedelta(minutes=5), timedelta(hours=12))
_MISSING = _Curve(timedelta(hours=1), _DAY)
_THROTTLED = _Curve(timedelta(hours=1), _DAY)
_REFUSED = _Curve(_DAY, _DAY)
_UNREADABLE = _Curve(timedelta(minutes=30), timedelta(hours=6))

_CURVES = {
    Code.E_NOT_FOUND: _MISSING,
    Code.E_STATUS: _MISSING,
    Code.E_FORBIDDEN: _REFUSED,
    Code.E_BLOCKED: _REFUSED,
    Code.E_ROBOTS: _REFUSED,
    Code.E_GONE: _REFUSED,
    Code.E_THROTTLED: _THROTTLED,
    Code.E_SERVER: _PASSING,
    Code.E_TIMEOUT: _PASSING,
    Code.E_CONNECT: _PASSING,
    Code.E_DNS: _PASSING,
    Code.E_TLS: _PASSING,
    Code.E_TRUNCATED: _PASSING,
    Code.E_PARSE_TRUNCATED: _PASSING,
}


def after_failure(failed: Failed, failures: int) -> timedelta:
    """The wait after a failure that ``failures`` others came right before.

    A wish of the server (Retry-After) is kept to, within a day.
    """
    wait = _CURVES.get(failed.fault.code, _UNREADABLE).at(failures)
    asked = failed.retry_after
    return max(wait, min(asked, _DAY)) if asked else wait
