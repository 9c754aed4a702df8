"""English dates: November 5, 2021; Fri, 05 Nov 2021; 5-Nov-21; asctime; yesterday."""

import re
from datetime import date, timedelta
from types import MappingProxyType

from feedsvc.text.dates.clock import make
from feedsvc.text.dates.dialect import Dialect, Strength
from feedsvc.text.dates.nouns import DateContext, Reading, Refusal
from feedsvc.text.dates.settle import UNREAD, base, day, past, settle
from feedsvc.text.dates.zones import PRINTED, printed

__all__ = ["DIALECTS"]

_MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_NAMES = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_MONTH = r"(?<![a-z])" + _NAMES
_DAY = r"(?<![\d.:/-])(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\da-z])"
_ON_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\da-z])"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_SEP = r"[\s,./-]{1,3}(?:of\s)?"
_WEEKDAY = (
    r"(?:(?<![a-z])(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"\.?,?\s{1,3}(?:the\s)?)?"
)


def _pattern(body: str) -> re.Pattern[str]:
    return re.compile(_WEEKDAY + body, re.ASCII | re.IGNORECASE)


_DAY_FIRST = _pattern(rf"{_DAY}{_SEP}{_NAMES}{_SEP}{_YEAR}")
_MONTH_FIRST = _pattern(rf"{_MONTH}[\s/-]{{0,3}}(?:the\s)?{_ON_DAY}{_SEP}{_YEAR}")
_YEAR_FIRST = _pattern(rf"(?<![\w.:/-]){_YEAR}{_SEP}{_NAMES}{_SEP}{_ON_DAY}")
_SHORT = _pattern(
    rf"{_DAY}[\s-]{_NAMES}[\s-]'?(?P<year>\d{{2}})(?![\d:.]|\s?[ap]\.?m\b)"
)
_ASCTIME = _pattern(
    rf"{_MONTH}\s{{1,2}}{_ON_DAY}\s{{1,2}}(\d\d):(\d\d):(\d\d)\s"
    rf"(?:(?-i:{PRINTED})\s)?{_YEAR}"
)
_DAY_MONTH = _pattern(rf"{_DAY}{_SEP}{_NAMES}(?!{_SEP}\d{{3}})")
_MONTH_DAY = _pattern(rf"{_MONTH}\s{{0,3}}{_ON_DAY}(?!{_SEP}\d{{3}})")
_NEAR = re.compile(r"\b(today|yesterday)\b", re.ASCII | re.IGNORECASE)
_NEAR_DAYS = MappingProxyType({"today": 0, "yesterday": 1})
_PIVOT, _CENTURY = 50, 100
"""Two digits below the pivot are in this century (RFC 5322 §4.3)."""


def _month(match: re.Match[str]) -> int:
    return _MONTHS.index(match["month"][:3].lower()) + 1


def _calendar(match: re.Match[str], _context: DateContext) -> date | Refusal:
    year = int(match["year"])
    if year < _CENTURY:
        year += 2000 if year < _PIVOT else 1900
    return day(year, _month(match), int(match["day"])) or UNREAD


def _asctime(match: re.Match[str], context: DateContext) -> Reading | Refusal:
    on = _calendar(match, context)
    # Weekday and month stand before the day, the time, and last the year.
    hour, minute, second = (int(part) for part in match.group(3, 4, 5))
    clock = make(hour, minute, second)
    if isinstance(on, Refusal) or clock is None:
        return UNREAD
    return settle(on, clock, printed(match["zone"], context), context)


def _yearless(match: re.Match[str], context: DateContext) -> date | Refusal:
    return past(_month(match), int(match["day"]), context) or UNREAD


def _near(match: re.Match[str], context: DateContext) -> date:
    return base(context).date() - timedelta(days=_NEAR_DAYS[match[1].lower()])


DIALECTS = (
    Dialect(_ASCTIME, _asctime),
    Dialect(_DAY_FIRST, _calendar),
    Dialect(_MONTH_FIRST, _calendar),
    Dialect(_YEAR_FIRST, _calendar),
    Dialect(_SHORT, _calendar, Strength.LABELLED),
    Dialect(_DAY_MONTH, _yearless, Strength.LABELLED),
    Dialect(_MONTH_DAY, _yearless, Strength.LABELLED),
    Dialect(_NEAR, _near, Strength.ALONE),
)
