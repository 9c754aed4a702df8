"""The two forms that machines write, read whole: RFC 3339 and RFC 5322 (once 822).

Dialects read them too, among much else; feeds and metadata hold hardly anything but
them, so they are asked for first, at a tenth of the cost.
"""

import re
from datetime import date
from types import MappingProxyType

from feedsvc.text.dates.clock import make
from feedsvc.text.dates.nouns import DateContext, Reading, Refusal
from feedsvc.text.dates.settle import UNREAD, day, settle
from feedsvc.text.dates.zones import PRINTED, printed

__all__ = ["read"]

_TIME = r"(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,12})?)?"
_RFC3339 = re.compile(
    rf"(\d{{4}})-(\d\d)-(\d\d)(?:[Tt ]{_TIME}\s?{PRINTED}?)?", re.ASCII
)
_RFC5322 = re.compile(
    rf"(?:[A-Z][a-z]{{2}},\s?)?(\d{{1,2}})\s([A-Z][a-z]{{2}})\s(\d{{4}})\s{_TIME}\s{PRINTED}",
    re.ASCII,
)
_MONTHS = MappingProxyType(
    {"Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "May": 5, "Jun": 6}
    | {"Jul": 7, "Aug": 8, "Sep": 9, "Oct": 10, "Nov": 11, "Dec": 12}
)


def read(text: str, context: DateContext) -> Reading | Refusal | None:
    """The date of a text that is in one of the two forms and nothing else."""
    match = _RFC3339.fullmatch(text)
    if match:
        return _settled(
            day(int(match[1]), int(match[2]), int(match[3])), match, context
        )
    match = _RFC5322.fullmatch(text)
    month = _MONTHS.get(match[2]) if match else None
    if match and month:
        return _settled(day(int(match[3]), month, int(match[1])), match, context)
    return None


def _settled(
    on: date | None, match: re.Match[str], context: DateContext
) -> Reading | Refusal:
    hour, minute, second = match.group(4, 5, 6)
    clock = (
        make(int(hour), int(minute), int(second) if second else None) if hour else None
    )
    if on is None or (hour and clock is None):
        return UNREAD
    return settle(on, clock, printed(match["zone"], context), context)
