"""Which of the dates that were stated is the article's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from feedsvc.errors import Code
from feedsvc.model.article import Origin, Precision, RawDate
from feedsvc.text import dates
from feedsvc.text.dates import DateContext, Refusal

__all__ = ["Dated", "choose", "default_zone", "read_all"]

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
    same day refines it, unless a rule of the article gave the day. A date in the future
    is none. Why earlier statements were passed over stays told.
    """
    refused: list[Code] = []
    readings = _readable(read_all(stated, zone, now, language), refused)
    first = next(readings, None)
    warnings = tuple(dict.fromkeys(refused))
    if first is None:
        return None, warnings or (Code.W_DATE_MISSING,)
    return _refined(first, readings), warnings


def read_all(
    stated: Sequence[RawDate], zone: str, now: datetime, language: str | None
) -> Iterator[Dated | Code]:
    """What each of the dates ``stated`` is, or why it is none."""
    context = DateContext(dates.zone(zone), zone, now, language)
    for raw in stated:
        read = dates.read(raw.text, replace(context, patterns=raw.patterns))
        if isinstance(read, Refusal):
            yield read.code
        elif read.moment > now + _SKEW:
            yield Code.W_DATE_FUTURE
        else:
            moment = min(read.moment.astimezone(UTC), now)
            yield Dated(moment, read.precision, raw.origin, read.zone)


def _readable(readings: Iterator[Dated | Code], refused: list[Code]) -> Iterator[Dated]:
    for reading in readings:
        if isinstance(reading, Code):
            refused.append(reading)
        else:
            yield reading


def _refined(first: Dated, others: Iterator[Dated]) -> Dated:
    if first.precision is not Precision.DAY or first.origin is Origin.RULE:
        return first
    finer = (
        other
        for other in others
        if other.precision is not Precision.DAY and _is_of(first, other)
    )
    return next(finer, first)


def _is_of(day: Dated, other: Dated) -> bool:
    """Whether a moment lies in the day, by the clock of either zone."""
    wanted = day.moment.astimezone(dates.zone(day.zone)).date()
    zones = (dates.zone(day.zone), dates.zone(other.zone))
    return wanted in {other.moment.astimezone(zone).date() for zone in zones}
