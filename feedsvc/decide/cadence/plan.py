"""The next visit of a source, as a pure function of what is known."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from feedsvc.decide.cadence.backoff import after_failure, is_passing
from feedsvc.decide.cadence.wishes import LONGEST, awake, share, wished
from feedsvc.model.config import Source
from feedsvc.model.visit import Visit
from feedsvc.model.web import Failed, Hints

__all__ = ["Plan", "bounds", "next_visit"]

_LEAST = timedelta(minutes=5)
"""What no rhythm that was learned goes below."""

_SHORTEST = timedelta(seconds=1)
_SPREAD = 0.1
"""Equal intervals drift apart by up to this share, each source by its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What decides the next visit besides the history: configuration and hints.

    ``cron_next`` is when the source's cron line fires next after ``now``; ``learned``
    the interval where neither ``every`` nor a cron line says one.
    """

    now: datetime
    source: Source
    hints: Hints
    cron_next: datetime | None = None
    learned: timedelta = timedelta(minutes=30)


def next_visit(before: Visit, failed: Failed | None, plan: Plan) -> datetime | None:
    """When to come again; always after ``now``, and None for what is gone for good.

    ``every`` and ``cron`` are the operator's word and kept to the letter, but that no
    server is asked sooner than it said (max-age, ttl, Retry-After, skipHours …). After
    a failure the back-off holds: sooner than usual where the trouble passes, else never
    sooner.
    """
    usual = plan.now + _interval(plan)
    if plan.cron_next:
        usual = max(plan.cron_next, plan.now + wished(plan.hints, plan.source))
    if failed is None:
        borne = plan.source.max_delay
        return awake(usual, plan.hints, plan.now + borne if borne else None)
    wait = after_failure(failed, before, plan.now, share(plan.source))
    if wait is None:
        return None
    wait = max(wait, _SHORTEST)
    return plan.now + wait if is_passing(failed) else max(usual, plan.now + wait)


def bounds(source: Source) -> tuple[timedelta, timedelta]:
    """The shortest and the longest interval that may be learned."""
    longest = min(LONGEST, source.max_delay or LONGEST)
    return min(_LEAST, longest), longest


def _interval(plan: Plan) -> timedelta:
    every = plan.source.every
    usual = _default(plan) if every is None else every
    return max(usual, wished(plan.hints, plan.source), _SHORTEST)


def _default(plan: Plan) -> timedelta:
    """What was learned ± 10 %, within bounds."""
    least, longest = bounds(plan.source)
    middle = min(plan.learned, longest / (1 + _SPREAD))
    return max(middle * (1 + _SPREAD * (2 * share(plan.source) - 1)), least)
