"""Dates in other languages, by dateparser: the last link of the chain.

It guesses freely, so it is asked in one language only, about short texts only, and
believed only where the day and year that it gives are printed (it has been seen to read
``2021年11月05日 08:30`` as the 1st). Dates in digits alone are settled before.
"""

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feedsvc.text.dates.clock import Clock
from feedsvc.text.dates.nouns import DateContext, Reading, Refusal
from feedsvc.text.dates.settle import base, settle
from feedsvc.text.language import detect

if TYPE_CHECKING:
    from dateparser.date import DateData

__all__ = ["read"]

_LONGEST = 64
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]")
_OWN = frozenset({"zh", "en"})
"""Here "3 hours" would be taken for "3 hours ago", which a dialect has read already."""


def read(text: str, context: DateContext) -> Reading | Refusal | None:
    """What dateparser makes of a short text with a number and a word in it."""
    text = text.strip()
    if len(text) > _LONGEST or not (_NUMBER.search(text) and _WORD.search(text)):
        return None
    language = (context.language or detect(text) or "en").split("-")[0]
    found = _ask(text, language, context, "absolute-time")
    if found and found.date_obj and not _is_printed(found.date_obj, text):
        return None
    if not (found and found.date_obj) and language not in _OWN:
        found = _ask(text, language, context, "relative-time")
    return _reading(found, context) if found else None


def _ask(
    text: str, language: str, context: DateContext, parser: str
) -> "DateData | None":
    from dateparser.date import DateDataParser  # 60 ms, and most dates never get here

    settings = {
        "TIMEZONE": "UTC",
        "RELATIVE_BASE": base(context).replace(tzinfo=None),
        "PREFER_DATES_FROM": "past",
        "REQUIRE_PARTS": ["year", "month", "day"] if parser == "absolute-time" else [],
        "RETURN_TIME_AS_PERIOD": True,
        "PARSERS": [parser],
    }
    try:
        return DateDataParser(languages=[language], settings=settings).get_date_data(
            text
        )
    except (ValueError, OverflowError):  # a language or a date that it does not know
        return None


def _is_printed(moment: datetime, text: str) -> bool:
    numbers = {int(number) for number in _NUMBER.findall(text)}
    return {moment.day, moment.year} <= numbers


def _reading(found: "DateData", context: DateContext) -> Reading | Refusal | None:
    moment = found.date_obj
    if moment is None:
        return None
    timed = found.period == "time"
    clock = Clock(moment.hour, moment.minute) if timed else None
    zone = (UTC, "+00:00") if moment.tzinfo else (context.zone, context.zone_name)
    return settle(moment.date(), clock, zone, context)
