"""How long ago: 3小时前, 半小时前, 刚刚; 3 hours ago, an hour ago, just now."""

import calendar
import re
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from feedsvc.model.article import Precision
from feedsvc.text.dates.chinese import number
from feedsvc.text.dates.dialect import Dialect, Strength
from feedsvc.text.dates.folding import fold
from feedsvc.text.dates.nouns import DateContext, Reading, Refusal
from feedsvc.text.dates.settle import UNREAD, base, judge

__all__ = ["DIALECTS", "is_coarse"]

_CHINESE = re.compile(
    r"(?<![\d.])(\d{1,4}|[一二两三四五六七八九十廿]{1,3}|半)\s?(?:个|個)?(半)?"
    r"(秒|分|小时|小時|钟头|鐘頭|天|日|周|週|星期|礼拜|禮拜|月|年)(?:钟|鐘)?\s?(?:之|以)?前",
    re.ASCII,
)
_ENGLISH = re.compile(
    r"\b(\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|half\san)\s?"
    r"(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|mos?|months?"
    r"|y|yrs?|years?)(?:,?\s(?:and\s)?\d{1,2}\s?[a-z]{1,7})?\sago\b",
    re.ASCII | re.IGNORECASE,
)
_NOW = re.compile(r"刚刚|剛剛|刚才|剛才|\b(?:just\snow|moments?\sago)\b", re.IGNORECASE)
_WORDS = MappingProxyType(
    {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
    | {"six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
)
_SECONDS = MappingProxyType(
    {"秒": 1, "分": 60, "小": 3600, "钟": 3600, "鐘": 3600, "s": 1, "m": 60, "h": 3600}
)
_DAYS = MappingProxyType(
    {"天": 1, "日": 1, "周": 7, "週": 7, "星": 7, "礼": 7, "禮": 7, "d": 1, "w": 7}
)
_MONTHS = MappingProxyType({"月": 1, "年": 12, "mo": 1, "y": 12})


def is_coarse(text: str) -> bool:
    """Whether a text tells an age in weeks, months or years, which leaves days open."""
    told = fold(text)
    if found := _CHINESE.search(told):
        unit = found[3][0]
    elif found := _ENGLISH.search(told):
        unit = _unit(found[2].lower())
    else:
        return False
    return unit in _MONTHS or _DAYS.get(unit, 0) > 1


def _chinese(match: re.Match[str], context: DateContext) -> date | Reading | Refusal:
    count = 0.5 if match[1] == "半" else number(match[1])
    if count is None:
        return UNREAD
    return _before(count + (0.5 if match[2] else 0), match[3][0], context)


def _english(match: re.Match[str], context: DateContext) -> date | Reading | Refusal:
    word, unit = match[1].lower(), match[2].lower()
    count = 0.5 if word.startswith("half") else _WORDS.get(word) or int(word)
    return _before(count, _unit(unit), context)


def _unit(word: str) -> str:
    """A unit's first letter; months have two, for minutes have the first."""
    return "mo" if word.startswith("mo") else word[0]


def _before(count: float, unit: str, context: DateContext) -> date | Reading | Refusal:
    """Seconds to hours before the page's moment to the minute, more to the day."""
    if unit in _SECONDS:
        return _moment(timedelta(seconds=count * _SECONDS[unit]), context)
    today = base(context).date()
    try:
        if unit in _DAYS:
            return today - timedelta(days=int(count * _DAYS[unit]))
        return _months(today, int(count * _MONTHS[unit]))
    except (OverflowError, ValueError):
        return UNREAD


def _months(today: date, count: int) -> date:
    """The same day so many months earlier, or the last one of its month."""
    year, month = divmod(today.year * 12 + today.month - 1 - count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(today.day, last))


def _moment(ago: timedelta, context: DateContext) -> Reading | Refusal:
    at: datetime = base(context).astimezone(UTC) - ago
    at = at.replace(second=0, microsecond=0).astimezone(context.zone)
    return judge(Reading(at, Precision.MINUTE, context.zone_name), context)


def _now(_match: re.Match[str], context: DateContext) -> Reading | Refusal:
    return _moment(timedelta(), context)


DIALECTS = (
    Dialect(_CHINESE, _chinese, Strength.RELATIVE),
    Dialect(_ENGLISH, _english, Strength.RELATIVE),
    Dialect(_NOW, _now, Strength.LABELLED),
)
