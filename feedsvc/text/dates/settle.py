"""A day, a time and a zone → a moment, or the reason why there is none.

Plausible is what lies between 1990 and a day ahead of now: a day may have begun
elsewhere already, and a clock or an assumed zone may be wrong by hours. Who publishes
such a date holds it at now; nothing later is believed.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from feedsvc.errors import Code
from feedsvc.model.article import Precision
from feedsvc.text.dates.clock import Clock
from feedsvc.text.dates.nouns import DateContext, Reading, Refusal
from feedsvc.text.dates.zones import Zone

__all__ = ["UNREAD", "base", "day", "judge", "past", "settle"]

UNREAD = Refusal(Code.W_DATE_UNREAD)
_EARLIEST = 1990
_AHEAD = timedelta(days=1)
_EASTMOST = timedelta(hours=14)
_LEAP_CYCLE = 8
"""Years within which 29 February comes again, 1896 to 1904 included."""


def day(year: int, month: int, of_month: int) -> date | None:
    """The day, None when the calendar has none such (29 February 2023)."""
    try:
        return date(year, month, of_month)
    except ValueError:
        return None


def base(context: DateContext) -> datetime:
    """The moment that a page's "today" belongs to, in the context's zone."""
    return (context.reference or context.now).astimezone(context.zone)


def past(month: int, of_month: int, context: DateContext) -> date | None:
    """The latest such day that has begun somewhere on Earth."""
    moment = context.reference or context.now
    latest = (moment.astimezone(UTC) + _EASTMOST).date()
    years = range(latest.year, latest.year - _LEAP_CYCLE - 1, -1)
    days: Iterator[date | None] = (day(year, month, of_month) for year in years)
    return next((found for found in days if found and found <= latest), None)


def settle(
    on: date, clock: Clock | None, zone: Zone, context: DateContext
) -> Reading | Refusal:
    """The moment of a day and time in a zone, the day's first one without a time."""
    hour = clock.hour if clock else 0
    at = time(hour % 24, clock.minute, clock.second or 0) if clock else time()
    try:
        local = datetime.combine(on, at, zone[0]) + timedelta(days=hour // 24)
        # Through UTC and back: a time that a clock change skips is the one after it.
        moment = local.astimezone(UTC).astimezone(zone[0])
    except OverflowError:
        return Refusal(Code.W_DATE_IMPLAUSIBLE)
    return judge(Reading(moment, _precision(clock), zone[1]), context)


def judge(reading: Reading, context: DateContext) -> Reading | Refusal:
    """The reading if it is plausible."""
    if reading.moment.year < _EARLIEST:
        return Refusal(Code.W_DATE_IMPLAUSIBLE)
    if reading.moment > context.now + _AHEAD:
        return Refusal(Code.W_DATE_FUTURE)
    return reading


def _precision(clock: Clock | None) -> Precision:
    if clock is None:
        return Precision.DAY
    return Precision.MINUTE if clock.second is None else Precision.SECOND
