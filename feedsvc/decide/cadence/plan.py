"""The next visit of a source, as a pure function of what is known."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from feedsvc.decide.cadence.backoff import after_failure, is_passing
from feedsvc.model.config import Source
from feedsvc.model.visit import Visit
from feedsvc.model.web import Failed, Hints

__all__ = ["Plan", "next_visit"]

_DEFAULT = timedelta(minutes=30)
"""How often a source is visited that says nothing of it."""

_SHORTEST = timedelta(seconds=1)
_LONGEST = timedelta(hours=24)
_SPREAD = 0.1
"""Equal intervals drift apart by up to this share, each source by its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What decides the next visit besides the history: configuration and hints.

    ``cron_next`` is when the source's cron line fires next after ``now``.
    """

    now: datetime
    source: Source
    hints: Hints
    cron_next: datetime | None = None


def next_visit(before: Visit, failed: Failed | None, plan: Plan) -> datetime:
    """When to come again; always after ``now``.

    ``every`` and ``cron`` are the operator's word and kept to the letter, but that no
    server is asked sooner than it said (max-age, ttl, Retry-After). After a failure the
    back-off holds: sooner than usual where the trouble passes, else never sooner.
    """
    usual = plan.now + _interval(plan)
    if plan.cron_next:
        usual = max(plan.cron_next, plan.now + _hinted(plan))
    if failed is None:
        return usual
    wait = after_failure(failed, before.failures, _SPREAD * _share(plan))
    wait = max(wait, _SHORTEST)
    return plan.now + wait if is_passing(failed) else max(usual, plan.now + wait)


def _interval(plan: Plan) -> timedelta:
    every = plan.source.every
    usual = _default(plan) if every is None else every
    return max(usual, _hinted(plan), _SHORTEST)


def _default(plan: Plan) -> timedelta:
    """The default ± 10 %, within ``max_delay``."""
    middle = min(_DEFAULT, _longest(plan) / (1 + _SPREAD))
    return middle * (1 + _SPREAD * (2 * _share(plan) - 1))


def _hinted(plan: Plan) -> timedelta:
    """What the server wishes, within what the operator bears with."""
    wishes = (plan.hints.max_age, plan.hints.retry_after)
    return min(max(wish or timedelta() for wish in wishes), _longest(plan))


def _longest(plan: Plan) -> timedelta:
    return min(_LONGEST, plan.source.max_delay or _LONGEST)


def _share(plan: Plan) -> float:
    """A number from 0 to 1, the same for the same source on every machine."""
    drawn = blake2b(plan.source.id.encode(), digest_size=4).digest()
    return int.from_bytes(drawn) / 0xFFFFFFFF
