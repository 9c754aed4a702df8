"""How long to leave a source alone: the square-root rule over the hours of its week.

What waits unseen costs delay, a visit costs a request. With articles at a steady rate
the two are in balance at intervals of ``sqrt(2 · patience / rate)`` (Sia, Cho & Cho,
TKDE 19(7), 2007); with busy and quiet hours, when what has come since is expected to
have waited for ``patience`` in all.
"""

from datetime import datetime, timedelta
from math import exp, sqrt

from feedsvc.decide.cadence.learning import fading, rate
from feedsvc.decide.cadence.week import Week, stretches, usual_week
from feedsvc.model.config import Source
from feedsvc.model.visit import Rhythm

__all__ = ["evenness", "interval"]

_FOLLOW_UP = 0.3
"""By so much sooner is looked for more, where something came though little was due."""


def interval(
    rhythm: Rhythm | None, source: Source, now: datetime, zone: str, patience: float
) -> timedelta:
    """Time until what may have come has waited ``patience`` article-days; a day at most."""
    expected = rate(rhythm, now)
    week = _week(rhythm, source, now)
    days = _until(patience, expected, week, now, zone)
    if rhythm and rhythm.at == now:  # this very visit found something
        days *= 1 - _FOLLOW_UP * exp(-expected * days)
    return timedelta(days=days)


def evenness(rhythm: Rhythm | None, source: Source, now: datetime) -> float:
    """How often a source is visited, next to one that brings as much at an even rate.

    Visits go by the square root of the rate, so that busy hours never make up for quiet
    ones: 1 at most, or little more.
    """
    return _week(rhythm, source, now).mean_root()


def _week(rhythm: Rhythm | None, source: Source, now: datetime) -> Week:
    usual = usual_week(source)
    if rhythm is None:
        return Week(usual)
    left = fading(rhythm, now)
    return Week(usual, rhythm.cells, left, sum(rhythm.cells) * left)


def _until(
    patience: float, expected: float, week: Week, now: datetime, zone: str
) -> float:
    """Days until the delays of what comes from ``now`` on add up to ``patience``."""
    past = waiting = delay = 0.0
    hours = stretches(now, zone)
    while past < 1:
        cell, days = next(hours)
        flow = expected * week[cell]
        missing = patience - delay
        if waiting * days + flow * days * days / 2 >= missing:
            more = (sqrt(waiting * waiting + 2 * flow * missing) - waiting) / flow
            return min(past + more, 1.0)
        delay += waiting * days + flow * days * days / 2
        waiting += flow * days
        past += days
    return 1.0
