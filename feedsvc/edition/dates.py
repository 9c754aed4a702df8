"""Dates in the reader's words, and the dates of feeds."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

from babel.core import Locale
from babel.dates import DateTimePattern, parse_pattern

from feedsvc.model.article import Precision, Story
from feedsvc.text import dates

__all__ = ["date_text", "feed_updated", "opening"]

_PATTERNS = {
    ("zh", True): "y年M月d日",
    ("zh", False): "y年M月d日 HH:mm",
    ("en", True): "MMMM d, y",
    ("en", False): "MMMM d, y, h:mm a",
}
"""CLDR patterns of our own: a joint skeleton fails in Babel, and CLDR's English times
hold U+202F, which few fonts of feed readers show."""


def date_text(moment: datetime, precision: Precision, language: str, zone: str) -> str:
    """A localized date, in ``zone``; a date known to the day shows no time."""
    local = moment.astimezone(dates.zone(zone))
    pattern, locale = _pattern(language, precision is Precision.DAY)
    return pattern.apply(local, locale)


@cache
def _pattern(language: str, day: bool) -> tuple[DateTimePattern, Locale]:  # noqa: FBT001 -- half of a key
    base = language.partition("-")[0]
    return parse_pattern(_PATTERNS[base, day]), Locale.parse(base)


def feed_updated(stories: Sequence[Story], authority: str) -> datetime:
    """When the newest change of a feed's articles was seen, in whole seconds.

    An article moves its feed when it arrives, however old it is, and so does what is
    told beside it; an empty feed's date is :func:`opening`.
    """
    changes = [
        max(article.first_seen, article.updated)
        for story in stories
        for article in (story.article, *story.also)
    ]
    changes += [version.first_seen for s in stories for version in s.versions]
    return max(changes, default=opening(authority)).replace(microsecond=0)


def opening(authority: str) -> datetime:
    """Midnight UTC of the day that opens the authority's year (contract, section 4)."""
    found = re.search(r",([1-9]\d{3})", authority)
    return datetime(int(found[1]) if found else 1970, 1, 1, tzinfo=UTC)
