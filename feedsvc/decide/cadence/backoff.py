"""How long to stay away after a failure (standards.md, "Politeness", table 2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from feedsvc.errors import Code
from feedsvc.model.web import Failed

__all__ = ["after_failure", "is_passing"]

_DAY = timedelta(hours=24)
_UNAVAILABLE_FOR_LEGAL_REASONS = 451
"""Told as a refusal, but no more lasting than a page that is not there."""


@dataclass(frozen=True, slots=True)
class _Curve:
    """``first`` doubled with every failure in a row and stretched, up to ``cap``."""

    first: timedelta
    cap: timedelta

    def at(self, failures: int, stretch: float) -> timedelta:
        doublings = 1 << min(failures, 20)
        return min(self.first * doublings * (1 + stretch), self.cap)


@dataclass(frozen=True, slots=True)
class _Twice:
    """``once``, and ``then`` for good: what was confirmed is asked for hardly ever."""

    once: timedelta
    then: timedelta

    def at(self, failures: int, stretch: float) -> timedelta:
        return (self.then if failures else self.once) * (1 + stretch)


_PASSING = _Curve(timedelta(minutes=5), timedelta(hours=12))
_MISSING = _Curve(timedelta(hours=1), _DAY)
_THROTTLED = _Curve(timedelta(hours=1), _DAY)
_REFUSED = _Curve(_DAY, _DAY)
_GONE = _Twice(_DAY, timedelta(days=30))
_UNREADABLE = _Curve(timedelta(minutes=30), timedelta(hours=6))

_CURVES: Mapping[Code, _Curve | _Twice] = {
    Code.E_NOT_FOUND: _MISSING,
    Code.E_STATUS: _MISSING,
    Code.E_FORBIDDEN: _REFUSED,
    Code.E_BLOCKED: _REFUSED,
    Code.E_ROBOTS: _REFUSED,
    Code.E_GONE: _GONE,
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


def after_failure(failed: Failed, failures: int, stretch: float = 0) -> timedelta:
    """The wait after a failure that ``failures`` others came right before.

    ``stretch`` is the share by which our own guess is made longer, never shorter.
    What the server asks for (Retry-After) holds in place of our own guess where it says
    that it is busy, else beside it; never for longer than a day.
    """
    curve = _curve(failed)
    asked = failed.retry_after and min(failed.retry_after, _DAY)
    if asked and curve in (_PASSING, _THROTTLED):
        return asked
    return max(curve.at(failures, stretch), asked or timedelta())


def is_passing(failed: Failed) -> bool:
    """Whether it may be over before the source's next usual visit."""
    return _curve(failed) is _PASSING


def _curve(failed: Failed) -> _Curve | _Twice:
    if failed.status == _UNAVAILABLE_FOR_LEGAL_REASONS:
        return _MISSING
    return _CURVES.get(failed.fault.code, _UNREADABLE)
