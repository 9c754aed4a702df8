"""Visits replayed over histories, in a time of their own: requests against delay."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, log, sqrt

from feedsvc.decide.cadence import Plan, next_visit
from feedsvc.decide.cadence.interval import interval
from feedsvc.decide.cadence.learning import Seen, learn
from feedsvc.model.visit import Visit
from feedsvc.model.web import Hints
from tests.bench.histories import DAY, History

__all__ = ["POLICIES", "Cost", "Policy", "cost", "requests_at"]

_LEAST = timedelta(minutes=5)
_KNOBS = (1e-9, 1e5)
_HALVINGS = 5


@dataclass(frozen=True)
class Cost:
    """Requests a day and source, and the mean minutes that an article waited."""

    requests: float
    delay: float


Next = Callable[[datetime, int, int], datetime]
"""(now, how many were known, how many are) → the next visit."""

Policy = Callable[[History, float], Next]
"""A source's visitor, at one setting of the policy's knob."""


def fixed(_history: History, knob: float) -> Next:
    """Every so many days."""
    return lambda now, _before, _known: now + knob * DAY


def entry_frequency(history: History, knob: float) -> Next:
    """Miniflux: a week, divided by the articles of the last one and a factor."""

    def following(now: datetime, _before: int, known: int) -> datetime:
        weekly = known - history.until(now - 7 * DAY)
        wait = 7 * DAY * knob / weekly if weekly else DAY
        return now + min(max(wait, _LEAST), DAY)

    return following


def ours(history: History, knob: float) -> Next:
    """The product's own functions."""
    visit = Visit(source=history.source.id)

    def following(now: datetime, before: int, known: int) -> datetime:
        nonlocal visit
        rhythm = visit.rhythm
        first = max(before, known - history.listed)
        if known > first or rhythm is None:
            seen = Seen(
                now=now,
                before=visit.last_success,
                new=known - first,
                dates=[d for n in range(first, known) for d in history.arrival(n)],
                whole=known - first == history.listed,
            )
            rhythm = learn(rhythm, seen, history.zone)
        wait = interval(rhythm, history.source, now, history.zone, knob)
        plan = Plan(now=now, source=history.source, hints=Hints(), learned=wait)
        visit = Visit(source=visit.source, last_success=now, rhythm=rhythm)
        due = next_visit(visit, None, plan)
        assert due is not None
        return due

    return following


POLICIES: dict[str, Policy] = {
    "fixed": fixed,
    "entry_frequency": entry_frequency,
    "ours": ours,
}


def cost(histories: Sequence[History], policy: Policy, knob: float) -> Cost:
    """What a policy costs; every source counts by what it does in a day."""
    requests = delay = articles = 0.0
    for history in histories:
        visits, waited, came = _replay(history, policy(history, knob))
        requests += visits / history.days
        delay += waited / history.days
        articles += came / history.days
    return Cost(requests / len(histories), delay / articles * 24 * 60)


def _replay(history: History, following: Next) -> tuple[int, float, int]:
    """Visits, days that articles waited, and articles."""
    now, visits, waited = history.start, 0, 0.0
    known = first = history.until(now)
    now = following(now, 0, known)
    while now < history.end:
        visits += 1
        seen = history.until(now)
        waited += sum((now - history.came[n]) / DAY for n in range(known, seen))
        now, known = following(now, known, seen), seen
    last = history.until(history.end)
    waited += sum((now - history.came[n]) / DAY for n in range(known, last))
    return visits, waited, last - first


def requests_at(
    delay: float, histories: Sequence[History], policy: Policy
) -> float | None:
    """Requests a day and source at a mean delay; None where no setting reaches it."""
    low, high = _around(delay, histories, policy)
    if low is None or high is None:
        return None
    for _ in range(_HALVINGS):
        knob = sqrt(low[0] * high[0])
        found = knob, cost(histories, policy, knob)
        low, high = (found, high) if found[1].delay <= delay else (low, found)
    return _between(delay, low[1], high[1])


Found = tuple[float, Cost]


def _around(
    delay: float, histories: Sequence[History], policy: Policy
) -> tuple[Found | None, Found | None]:
    """Two settings a factor of four apart, one with less delay and one with more."""
    low = high = None
    knob = 0.01
    while (low is None or high is None) and _KNOBS[0] < knob < _KNOBS[1]:
        found = knob, cost(histories, policy, knob)
        if found[1].delay <= delay:
            low, knob = found, knob * 4
        else:
            high, knob = found, knob / 4
    return low, high


def _between(delay: float, low: Cost, high: Cost) -> float:
    """What both say of a delay between theirs, on a log–log scale."""
    if high.delay == low.delay:
        return low.requests
    part = log(delay / low.delay) / log(high.delay / low.delay)
    return low.requests * exp(part * log(high.requests / low.requests))
