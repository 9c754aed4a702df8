"""When a published article is read again, and when it counts as withdrawn."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from feedsvc.errors import Code
from feedsvc.model.article import Article, RawItem
from feedsvc.model.check import Check
from feedsvc.model.web import Failed, Fetched, NotModified, Page, Validators

__all__ = ["after", "daily", "first", "is_late", "is_withdrawn"]

_TWICE: Final = 2
"""Times in a row that a page must be gone: once is a slip of its server."""

_DAY: Final = timedelta(days=1)

_GONE: Final = frozenset({Code.E_NOT_FOUND, Code.E_GONE})


def first(
    article: Article,
    item: RawItem,
    validators: Validators,
    schedule: Sequence[timedelta],
    now: datetime,
) -> Check:
    """The check of an article that was read at an address for the first time.

    Never (``at`` is None) for one that was published before the schedule's whole span:
    who corrects yesterday's paper does so soon. ``item`` is what the list said of it.
    """
    check = Check(
        article=article.id,
        source=article.source,
        item=item,
        since=article.first_seen,
        at=None,
        validators=validators,
    )
    span = max(schedule, default=timedelta())
    if article.first_seen - article.published > span:
        return check
    return _due(check, schedule, now) or check


def after(
    check: Check, fetched: Fetched, schedule: Sequence[timedelta], now: datetime
) -> Check:
    """The check after its page was asked for; ``at`` is None when it was the last."""
    if isinstance(fetched, Page | NotModified):
        check = replace(check, validators=fetched.validators, missing=0)
    elif _is_gone(fetched):
        check = replace(check, missing=check.missing + 1)
    done = _due(check, schedule, now)
    if done:
        return done
    if 0 < check.missing < _TWICE:
        return replace(check, at=now + max(schedule, default=timedelta()))
    return replace(check, at=None)


def daily(articles: int, schedule: Sequence[timedelta]) -> float:
    """Requests a day for so many that are to be read again.

    Each is for the schedule's whole span (Little's law); in all they were so many a day.
    """
    span = max(schedule, default=timedelta())
    return articles * len(schedule) * (_DAY / span) if span else 0.0


def is_late(check: Check, schedule: Sequence[timedelta], now: datetime) -> bool:
    """Whether a check has waited in vain for as long as the schedule spans."""
    return check.at is not None and now - check.at > max(schedule, default=_DAY)


def is_withdrawn(check: Check) -> bool:
    """Whether the page is gone for good, as far as can be told."""
    return check.missing >= _TWICE


def _due(check: Check, schedule: Sequence[timedelta], now: datetime) -> Check | None:
    """The next moment of the schedule; those that we slept through are left out."""
    moments = (check.since + wait for wait in sorted(schedule))
    at = next((moment for moment in moments if moment > now), None)
    return replace(check, at=at) if at else None


def _is_gone(fetched: Fetched) -> bool:
    return isinstance(fetched, Failed) and fetched.fault.code in _GONE
