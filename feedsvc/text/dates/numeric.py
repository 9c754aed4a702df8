"""Digits in an order that only their values can tell: 25/12/2021, 11-05, 1636101000.

When the calendar allows more than one order the date is refused, never guessed; the
source's own pattern decides then. No order is inferred from what lies in the future:
the same text would be read today and refused tomorrow.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime

from feedsvc.errors import Code
from feedsvc.model.article import Precision
from feedsvc.text.dates.dialect import Dialect, Strength
from feedsvc.text.dates.nouns import DateContext, Reading, Refusal
from feedsvc.text.dates.settle import UNREAD, base, day, judge, past

__all__ = ["DIALECTS"]

_YEAR_LAST = re.compile(
    r"(?<![\w./-])(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4})(?!\d|[./-]\d)",
    re.ASCII,
)
_SPACED = re.compile(
    r"(?<![\w./-])(\d{1,2})[\s,./-]{1,3}(\d{1,2})[\s,./-]{1,3}(\d{4})(?!\d|[./-]\d)",
    re.ASCII,
)
_SHORT = re.compile(
    r"(?<![\w./:-])(\d{1,2})([./-])(\d{1,2})\2(\d{2})(?![\d:]|[./-]\d)", re.ASCII
)
_YEARLESS = re.compile(
    r"(?<![\w./:-])(\d{1,2})([./-])(\d{1,2})(?![\d:%]|[./-]\d)", re.ASCII
)
_EPOCH = re.compile(
    r"(?<![\w.-])(\d{9,10}|\d{12,13})(?:\.\d{1,9})?(?![\w.-])", re.ASCII
)
_AMBIGUOUS = Refusal(Code.W_DATE_AMBIGUOUS)
_MILLISECONDS = 11
"""An epoch of more digits counts milliseconds."""
_RECENT = 20
"""Years back to which two digits may reach at the head of a Chinese date."""


def _is_chinese(context: DateContext) -> bool:
    """Whether month comes before day on such a page, and the year before both."""
    if context.language:
        return context.language.startswith("zh")
    return context.zone_name in {"Asia/Shanghai", "+08:00"}


def _only(days: Iterable[date | None]) -> date | Refusal:
    """The one day that the orders agree on."""
    found = {each for each in days if each}
    if not found:
        return UNREAD
    return found.pop() if len(found) == 1 else _AMBIGUOUS


def _year_last(match: re.Match[str], _context: DateContext) -> date | Refusal:
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    return _only((day(year, first, second), day(year, second, first)))


def _short(match: re.Match[str], context: DateContext) -> date | Refusal:
    first, second, third = int(match[1]), int(match[3]), int(match[4])
    century = base(context).year // 100 * 100
    year_first = day(century + first, second, third)
    if year_first and len(match[1]) > 1 and _is_chinese(context):
        age = base(context).year - year_first.year
        return year_first if 0 <= age <= _RECENT else _AMBIGUOUS
    year = century + third
    return _only((year_first, day(year, first, second), day(year, second, first)))


def _yearless(match: re.Match[str], context: DateContext) -> date | Refusal | None:
    first, second = int(match[1]), int(match[3])
    chinese = _is_chinese(context)
    if match[2] == "." and not chinese:
        return None
    month_first = past(first, second, context)
    if month_first and (match[2] == "-" or chinese):
        return month_first
    return _only((month_first, past(second, first, context)))


def _epoch(match: re.Match[str], context: DateContext) -> Reading | Refusal:
    count = int(match[1])
    seconds = count // 1000 if len(match[1]) > _MILLISECONDS else count
    moment = datetime.fromtimestamp(seconds, UTC).astimezone(context.zone)
    return judge(Reading(moment, Precision.SECOND, context.zone_name), context)


DIALECTS = (
    Dialect(_YEAR_LAST, _year_last),
    Dialect(_SPACED, _year_last, Strength.LABELLED),
    Dialect(_SHORT, _short, Strength.LABELLED),
    Dialect(_YEARLESS, _yearless, Strength.ALONE),
    Dialect(_EPOCH, _epoch, Strength.ALONE),
)
