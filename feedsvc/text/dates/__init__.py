"""Printed dates → aware moments: a chain of small readers, one dialect a file."""

import re
from datetime import datetime

from feedsvc.errors import Code
from feedsvc.model.article import Precision
from feedsvc.text.dates.nouns import DateContext, Reading, Refusal
from feedsvc.text.dates.zones import zone

__all__ = [
    "DateContext",
    "Reading",
    "Refusal",
    "from_url",
    "read",
    "spot",
    "valid_pattern",
    "zone",
]


def read(text: str, context: DateContext) -> Reading | Refusal:
    """Skeleton: reads ISO days and times only."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return Refusal(Code.W_DATE_UNREAD)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=context.zone)
    precise = Precision.SECOND if ":" in text else Precision.DAY
    return Reading(aware, precise, context.zone_name)


def spot(text: str) -> str | None:
    """Skeleton: finds ISO days."""
    found = re.search(r"\d{4}-\d\d-\d\d", text)
    return found and found[0]


def from_url(url: str) -> str | None:
    """Skeleton: finds ``/2021/1105/``."""
    found = re.search(r"/(\d{4})/(\d\d)(\d\d)/", url)
    return found and f"{found[1]}-{found[2]}-{found[3]}"


def valid_pattern(pattern: str) -> bool:
    """Skeleton: anything with a day and a month."""
    return "d" in pattern and "M" in pattern
