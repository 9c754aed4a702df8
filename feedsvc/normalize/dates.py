"""Which of the dates that were stated is the article's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from feedsvc.errors import Code
from feedsvc.model.article import Origin, Precision, RawDate
from feedsvc.text import dates
from feedsvc.text.dates import DateContext, Reading, Refusal

__all__ = ["Dated", "choose", "default_zone"]

_SKEW = timedelta(minutes=15)
"""A clock that is ahead by less is a clock; a date ahead by more is a mistake."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date chosen: aware UTC, how fine, whence, and the zone in which it was read."""

    moment: datetime
    precision: Precision
    origin: Origin
    zone: str


def default_zone(language: str | None) -> str:
    """The zone of a page that nobody configured (contract, section 5)."""
    return "+08:00" if (language or "").startswith("zh") else "UTC"


def choose(
    stated: Sequence[RawDate], zone: str, now: datetime, language: str | None
) -> tuple[Dated | None, tuple[Code, ...]]:
    """The date of an article among ``stated`` (in order of preference), and warnings.

    The first that can be read is it; when that is a day only, a finer statement of the
    same day refines it, unless a rule gave the day. A date in the future is none.
    """
    refused: list[Code] = []
    readings = list(_read(stated, zone, now, language, refused))
    if not readings:
        return None, tuple(dict.fromkeys(refused or [Code.W_DATE_MISSING]))
    return _finest(readings), ()


def _read(
    stated: Sequence[RawDate],
    zone: str,
    now: datetime,
    language: str | None,
    refused: list[Code],
) -> Iterator[Dated]:
    for raw in stated:
        context = DateContext(
            zone=dates.zone(zone),
            zone_name=zone,
            now=now,
            language=language,
            patterns=raw.patterns,
        )
        read = dates.read(raw.text, context)
        if isinstance(read, Refusal):
            refused.append(read.code)
        elif read.moment > now + _SKEW and not _is_today(read, now):
            refused.append(Code.W_DATE_FUTURE)
        else:
            moment = min(read.moment.astimezone(UTC), now)
            yield Dated(moment, read.precision, raw.origin, read.zone)


def _is_today(read: Reading, now: datetime) -> bool:
    """A day that has begun where it was printed, if not yet in UTC."""
    if read.precision is not Precision.DAY:
        return False
    return read.moment.date() <= now.astimezone(read.moment.tzinfo).date()


def _finest(readings: Sequence[Dated]) -> Dated:
    first = readings[0]
    if first.precision is not Precision.DAY or first.origin is Origin.RULE:
        return first
    finer = (
        other
        for other in readings[1:]
        if other.precision is not Precision.DAY and _same_day(first, other)
    )
    return next(finer, first)


def _same_day(day: Dated, other: Dated) -> bool:
    return timedelta(0) <= other.moment - day.moment < timedelta(days=1)
