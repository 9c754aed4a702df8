"""Year first, in digits: ISO 8601 and RFC 3339, and 2021/11/05, 2021.11.5, 20211105."""

import re
from datetime import date

from feedsvc.text.dates.clock import make
from feedsvc.text.dates.dialect import Dialect, Strength
from feedsvc.text.dates.nouns import DateContext, Reading, Refusal
from feedsvc.text.dates.settle import UNREAD, day, settle
from feedsvc.text.dates.zones import PRINTED, printed

__all__ = ["DIALECTS"]

_EXTENDED = re.compile(
    r"(?<![\w.-])(?<!\d/)(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d|[-/]\d)"
    r"|(?<=[一-龥])(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d|[-/]\d)",
    re.ASCII,
)
_BASIC = re.compile(
    r"(?<![\w.-])((?:19|20)\d{2})(\d{2})(\d{2})"
    rf"(?:\s?T?(\d{{2}})(\d{{2}})(\d{{2}})?(?:[.,]\d{{1,12}})?{PRINTED}?)?(?![\w.-])",
    re.ASCII,
)
_WEEK = re.compile(r"(?<![\w-])(\d{4})-?W(\d{2})-?([1-7])(?!\d)", re.ASCII)


def _extended(match: re.Match[str], _context: DateContext) -> date | Refusal:
    year, month, of_month = (int(part) for part in match.groups() if part)
    return day(year, month, of_month) or UNREAD


def _basic(match: re.Match[str], context: DateContext) -> Reading | Refusal:
    year, month, of_month, hour, minute, second = match.groups()[:6]
    on = day(int(year), int(month), int(of_month))
    clock = (
        make(int(hour), int(minute), int(second) if second else None) if hour else None
    )
    if not on or bool(hour) != bool(clock):
        return UNREAD
    return settle(on, clock, printed(match["zone"], context), context)


def _week(match: re.Match[str], _context: DateContext) -> date | Refusal:
    try:
        return date.fromisocalendar(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return UNREAD


DIALECTS = (
    Dialect(_EXTENDED, _extended),
    Dialect(_WEEK, _week, Strength.LABELLED),
    Dialect(_BASIC, _basic, Strength.LABELLED),
)
