"""What a visit adds to a source's history, and what operators are told of it.

standards.md, "Politeness": the status table, and rule 7.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Final

from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.config import Source
from feedsvc.model.history import History, Move, Tally, Trouble
from feedsvc.model.visit import Visit
from feedsvc.model.web import Failed, Fetched, NotModified, Page
from feedsvc.text import urls

__all__ = [
    "STANDING",
    "Cost",
    "add",
    "manner",
    "requests_per_day",
    "shares",
    "suggestions",
]

STANDING: Final = frozenset(
    {Code.W_BOZO, Code.W_CAPPED, Code.W_ENCODING, Code.W_GARBLED, Code.W_SAME_ID}
)
"""What every reading of a list tells again for as long as it is so."""

_DAY = timedelta(days=1)
_HALF_LIFE = 7.0
"""Days after which a request counts half."""

_SEEN = 3
"""Visits that a permanent redirect must have led to the same place."""

_LOST = timedelta(days=7)
_DOUBTED = timedelta(days=3)
_LOOKS = 5
"""So long, and at so many visits, is no list believed before an operator is asked for."""

_MISSING_STATUSES = frozenset({400, 404, 451})
_REPEATED = 10
"""The same body sent again so often, to a conditional request, is no chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a visit came to: its requests, and what its first answer was worth."""

    requests: int
    repeated: bool = False
    useful: bool = False


def add(
    before: History, source: Source, fetched: Fetched, now: datetime, cost: Cost
) -> History:
    """The history after a visit of ``source`` that was answered by ``fetched``.

    What is known of another address is not known of this one.
    """
    known = (
        before
        if before.url in {"", source.url}
        else replace(before, trouble=None, move=None)
    )
    return History(
        url=source.url,
        manner=manner(source),
        trouble=_trouble(known.trouble, fetched, now),
        move=_move(known.move, fetched, now),
        tally=_counted(known.tally, fetched, now, cost),
    )


def manner(source: Source) -> str:
    """What stands for how the operator wants a source to be visited: when, by what leave."""
    asked = (source.headers, source.cookies)
    leave = [sorted(named.items()) for named in asked]
    plan = (source.every, source.cron, source.timezone, source.max_delay)
    told = repr((plan, leave, source.proxy, source.robots))
    return blake2b(told.encode(errors="replace"), digest_size=8).hexdigest()


def suggestions(visit: Visit, fetched: Fetched, now: datetime) -> Iterator[Fault]:
    """What the operator should see to after a visit; the configuration stays as it is."""
    history = visit.history
    move, tally = history.move, history.tally
    if visit.is_over:
        yield _told(history, Code.W_STOPPED)
    if move and move.times >= _SEEN and now - move.since >= _DAY:
        yield _told(history, Code.W_MOVED, to=move.to)
    yield from _lasting(visit, fetched, now)
    if (
        tally
        and tally.repeated >= _REPEATED
        and tally.unmodified < tally.repeated / 100
    ):
        yield _told(history, Code.W_NEVER_304, times=_REPEATED)
    if fetched.hints.crawl_delay:
        seconds = fetched.hints.crawl_delay.total_seconds()
        yield _told(history, Code.W_CRAWL_DELAY, seconds=int(seconds))


def _lasting(visit: Visit, fetched: Fetched, now: datetime) -> Iterator[Fault]:
    """What went on too long to wait for its end."""
    history, trouble = visit.history, visit.history.trouble
    if trouble is None:
        return
    lasts = now - trouble.since
    if _is_missing(fetched) and lasts >= _LOST:
        yield _told(history, Code.W_LOST, days=lasts // _DAY)
    if _is_doubt(trouble.code) and visit.failures >= _LOOKS and lasts >= _DOUBTED:
        yield _told(history, Code.W_DOUBTED, since=trouble.since.date().isoformat())


def requests_per_day(tally: Tally | None) -> float:
    """Requests a day of late; of a first day, those of that day."""
    return tally.requests / max(tally.days, 1.0) if tally else 0.0


def shares(tally: Tally | None) -> tuple[float, float]:
    """The shares of answers that were 304, and that brought something new or changed."""
    if tally is None or not tally.answers:
        return 0.0, 0.0
    return tally.unmodified / tally.answers, tally.useful / tally.answers


def _told(history: History, code: Code, **args: str | float) -> Fault:
    place = urls.bare(history.url)
    return Fault(code=code, stage=Stage.DECIDE, place=place, args=args)


def _is_missing(fetched: Fetched) -> bool:
    return isinstance(fetched, Failed) and fetched.status in _MISSING_STATUSES


def _trouble(before: Trouble | None, fetched: Fetched, now: datetime) -> Trouble | None:
    if not isinstance(fetched, Failed):
        return None
    code = fetched.fault.code
    if before and _is_doubt(before.code) and _is_doubt(code):
        return replace(
            before, code=code
        )  # emptied, then full of strangers: one trouble
    same = before is not None and before.code is code
    return before if same else Trouble(code=code, since=now)


def _is_doubt(code: Code) -> bool:
    """Whether a visit failed because its list was not believed (``decide.gates``)."""
    return code.startswith("W_")


def _move(before: Move | None, fetched: Fetched, now: datetime) -> Move | None:
    """Count visits that were led to the same place; trouble on the way tells nothing."""
    if isinstance(fetched, Failed):
        return before
    if not fetched.moved:
        return None
    to = urls.bare(fetched.url)
    if before is None or before.to != to:
        return Move(to=to, since=now, times=1)
    return replace(before, times=before.times + 1)


def _counted(
    before: Tally | None, fetched: Fetched, now: datetime, cost: Cost
) -> Tally:
    tally = before or Tally(at=now)
    days = max((now - tally.at) / _DAY, 0.0)
    left = 2.0 ** (-days / _HALF_LIFE)
    answered = isinstance(fetched, Page | NotModified)
    return Tally(
        at=now,
        days=tally.days * left + days,
        requests=tally.requests * left + cost.requests,
        answers=tally.answers * left + answered,
        unmodified=tally.unmodified * left + isinstance(fetched, NotModified),
        repeated=tally.repeated * left + cost.repeated,
        useful=tally.useful * left + cost.useful,
    )
