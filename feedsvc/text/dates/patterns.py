"""The source's own CLDR patterns, searched for within a text.

A time or zone that a pattern leaves out is read where it stands beside the date.
"""

import re
from collections.abc import Mapping
from datetime import date

from feedsvc.text.dates.cldr import compiled
from feedsvc.text.dates.clock import Clock, beside, make, turned, zone_behind
from feedsvc.text.dates.nouns import DateContext, Reading, Refusal
from feedsvc.text.dates.settle import UNREAD, base, day, past, settle
from feedsvc.text.dates.zones import printed

__all__ = ["read"]

_CENTURY = 100


def read(text: str, context: DateContext) -> Reading | Refusal | None:
    """What the first pattern found in a folded text says; None when none is in it.

    A pattern that matches what cannot be a date is refused: the source's own word
    weighs more than what a dialect would make of it.
    """
    answer: Reading | Refusal | None = None
    for pattern in context.patterns:
        found = compiled(pattern, context.language)
        match = found.regex.search(text) if found else None
        if found and match:
            answer = _reading(match, found.months, context)
            if isinstance(answer, Reading):
                return answer
    return answer


def _reading(
    match: re.Match[str], months: Mapping[str, int], context: DateContext
) -> Reading | Refusal:
    parts = {name: text for name, text in match.groupdict().items() if text}
    on = _day(parts, months, context)
    found = beside(match.string, *match.span())
    clock, zone = found.clock, found.zone
    if "hour" in parts:
        clock, zone = _clock(parts), zone_behind(match.string, match.end())
    if on is None or (clock is None and ("hour" in parts or found.timed)):
        return UNREAD
    return settle(on, clock, printed(parts.get("zone") or zone, context), context)


def _day(
    parts: Mapping[str, str], months: Mapping[str, int], context: DateContext
) -> date | None:
    if "day" not in parts:
        return base(context).date()
    name = parts["month"].lower()
    month, of_month = months.get(name) or int(name), int(parts["day"])
    if "year" not in parts:
        return past(month, of_month, context)
    year = int(parts["year"])
    if year < _CENTURY:
        year += base(context).year // _CENTURY * _CENTURY
    return day(year, month, of_month)


def _clock(parts: Mapping[str, str]) -> Clock | None:
    hour = turned(int(parts["hour"]), parts.get("half"))
    second = parts.get("second")
    return make(hour, int(parts.get("minute", 0)), int(second) if second else None)
