"""What a visit teaches of its source's rhythm: a rate that fades, by hour of the week.

Rates are articles a day. A source that is watched from now on is taken to bring one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, log

from feedsvc.decide.cadence.week import CELLS, stretches
from feedsvc.model.visit import Arrival, Rhythm

__all__ = ["Seen", "costs", "fading", "learn", "rate"]

_HALF_LIFE = 14.0
"""Days after which what was seen counts half."""

_WHOLE = _HALF_LIFE / log(2)
"""What the days of a source watched for ever come to."""

_PRIOR = 0.3
"""Articles, and days, that every source is given to begin with."""

_DAY = timedelta(days=1)
_MEMORY = timedelta(days=28)
"""How far back the dates of a first list are history."""

_FEW = 3
"""Fewer dates are no history."""

_BULK = 5
"""More than so many times the usual number at once may be old articles at new places."""

_SETTLED = 1.0
"""Days that a source must have been watched to have a usual number."""

_DIGITS = 4
"""Decimals that are kept: what is decided does not depend on what is stored of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a visit found: articles ``new`` to us, and the dates that they carry.

    ``before`` is the last visit that went well, ``whole`` says that all that is listed
    is new, ``requests`` are those that the visit cost beside its list.
    """

    now: datetime
    before: datetime | None
    new: int
    dates: Sequence[Arrival] = ()
    whole: bool = False
    requests: int = 0


def rate(rhythm: Rhythm | None, now: datetime) -> float:
    """Articles a day that are to be expected of a source."""
    if rhythm is None:
        return 1.0
    left = fading(rhythm, now)
    return (_PRIOR + sum(rhythm.cells) * left) / (_PRIOR + _watched(rhythm, left))


def costs(rhythm: Rhythm | None, now: datetime) -> float:
    """Requests a day beside those for lists; an article's page where nothing is known."""
    if rhythm is None:
        return 1.0
    left = fading(rhythm, now)
    return rhythm.requests * left / (_PRIOR + _watched(rhythm, left))


def fading(rhythm: Rhythm, now: datetime) -> float:
    """What is left of the sums by ``now``; a clock set back leaves them as they are."""
    return _left(now - rhythm.at)


def _watched(rhythm: Rhythm, left: float) -> float:
    """The days that a source was watched, those since its rhythm was noted with them."""
    return rhythm.days * left + _WHOLE * (1 - left)


def _left(age: timedelta) -> float:
    return exp(-max(age / _DAY, 0.0) / _WHOLE)


def learn(rhythm: Rhythm | None, seen: Seen, zone: str) -> Rhythm:
    """The rhythm after a visit that found something or cost more than its list.

    A first list, or one that was turned over as a whole, tells by its dates how far
    back it reaches; what may have come before that was not watched.
    """
    start = _reach(seen)
    if rhythm is None:
        rhythm = Rhythm(at=start, days=0.0, cells=(0.0,) * CELLS)
    left = fading(rhythm, seen.now)
    unwatched = _left(seen.now - start) - _left(seen.now - (seen.before or start))
    days = _watched(rhythm, left) - _WHOLE * max(unwatched, 0.0)
    tally = _Tally(start, seen.now, zone, [n * left for n in rhythm.cells])
    usual = rate(rhythm, seen.now) if days >= _SETTLED else None
    counted = _count(tally, seen, usual)
    cost = seen.requests * counted / seen.new if seen.new else seen.requests
    return Rhythm(
        at=seen.now,
        days=round(max(days, 0.0), _DIGITS),
        cells=tuple(round(n, _DIGITS) for n in tally.cells),
        requests=round(rhythm.requests * left + cost, _DIGITS),
    )


def _reach(seen: Seen) -> datetime:
    """From when on what is listed was watched.

    A list may hold on to some old articles, so the oldest fifth of its dates is no
    sign; so short a list of dates is none either.
    """
    dates = sorted(date.at for date in seen.dates if date.at <= seen.now)
    before = min(seen.before or seen.now, seen.now)
    if len(dates) < _FEW:
        return before
    oldest = dates[len(dates) // 5]
    if seen.before is None:
        return max(oldest, seen.now - _MEMORY)
    return max(oldest, before) if seen.whole else before


def _count(tally: "_Tally", seen: Seen, usual: float | None) -> float:
    """Count what came; how many articles that is by now.

    What carries a date from before the last visit, or none, has its number alone to
    tell whether it is news: of far more than usual only so much counts that a source
    which did become busy is known for it after a few visits. Where nothing is usual yet
    all of it counts.
    """
    told = [weight for date in seen.dates if (weight := tally.add(date))]
    rest: float = seen.new - len(told)
    if seen.before is None:
        rest = 0 if told else min(rest, 1)
    if usual is not None:
        expected = usual * ((seen.now - tally.start) / _DAY)
        rest = min(rest, _BULK * max(expected, 1))
    if rest:
        tally.spread(max(tally.start, seen.now - _DAY), seen.now, rest)
    return sum(told) + rest


@dataclass(slots=True)
class _Tally:
    """Cells that what came after ``start`` is counted in."""

    start: datetime
    now: datetime
    zone: str
    cells: list[float]

    def add(self, date: Arrival) -> float:
        """Count an article if it came in time; what it weighs by now, else nothing."""
        end = date.at if date.exact else min(date.at + _DAY, self.now)
        if not self.start < end <= self.now:
            return 0.0
        weight = _left(self.now - end)
        self.spread(end if date.exact else max(date.at, self.start), end, weight)
        return weight

    def spread(self, begin: datetime, end: datetime, weight: float) -> None:
        """Count ``weight`` evenly over the hours between two moments."""
        length = (end - begin) / _DAY
        togo = length
        for cell, days in stretches(begin, self.zone):
            part = min(days, togo)
            self.cells[cell] += weight * part / length if length else weight
            togo -= part
            if togo <= 0:
                break
