"""The time of day that stands beside a date, in Chinese and English."""

import re
from dataclasses import dataclass, replace
from types import MappingProxyType

from feedsvc.text.dates.zones import NAMES, PRINTED

__all__ = [
    "HALVES",
    "Clock",
    "Found",
    "beside",
    "lone",
    "make",
    "turned",
    "zone_behind",
]

HALVES = (
    r"凌晨|清晨|早上|早晨|上午|中午|正午|午间|午間|下午|午后|午後|傍晚|晚上|晚间|晚間"
    r"|夜间|夜間|深夜|早|晚"
)
_HALF = MappingProxyType(
    dict.fromkeys(("凌晨", "清晨", "早上", "早晨", "上午", "早", "am"), "am")
    | dict.fromkeys(("中午", "正午", "午间", "午間"), "noon")
    | dict.fromkeys(("下午", "午后", "午後", "傍晚", "pm"), "pm")
    | dict.fromkeys(("晚上", "晚间", "晚間", "夜间", "夜間", "深夜", "晚"), "night")
)
_NOON, _DAY, _HOUR = 12, 24, 60
_EARLY = 4
"""Up to this hour 中午 is past noon, and 晚上 or 深夜 past midnight."""

_CLOCK = (
    rf"(?:(?P<before>(?i:{HALVES}|[ap]m(?![a-z])))\s{{0,3}})?(?<!\d)(?:"
    r"(?P<hour>\d{1,2})\s?:\s?(?P<minute>\d{2})(?!\d)"
    r"(?:\s?:\s?(?P<second>\d{2})(?!\d)(?:[.,]\d{1,12})?)?"
    r"|(?P<h>\d{1,2})\s?(?:[时時]|[点點](?=[半整]|\s?\d|[^一-龥]|$))\s?(?:(?P<m>\d{1,2})\s?分?|(?P<half>半)|整)?"
    r"(?:\s?(?P<s>\d{1,2})\s?秒)?"
    r"|(?P<hh>\d{1,2})(?:\.(?P<mm>\d{2}))?(?=\s?(?i:[ap]\.?m\b)))"
    r"(?:\s{0,3}(?P<after>(?i:[ap]\.?m\b\.?|上午|下午)))?"
)
_ZONED = _CLOCK + r"(?P<gap>\s{0,3}[(\[]?\s?)" + f"(?:{PRINTED})?"
_WEEKDAY = (
    r"(?:\(?(?:星期|礼拜|禮拜|周|週)[一二三四五六日天]\)?|\([一二三四五六日月火水木金土]\)"
    r"|\(?(?i:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?i:day)?\)?(?![a-z]))"
)
_GLUE = (
    rf"(?:[Tt_](?=\d)|[\s,.;:|/·•()\[\]-]{{0,8}}(?:{_WEEKDAY}[\s,.;:|/·•()\[\]-]{{0,8}})?"
    r"(?:(?i:at|around|um|à|as of|发布|@)\s{0,3})?)"
)
_LEAD = rf"(?:(?P<lead>{NAMES}|当地时间|當地時間)\s?:?\s?)?"
_BEHIND = re.compile(_GLUE + _LEAD + _ZONED, re.ASCII)
_DAY_ZONE = re.compile(
    r"\s?\(?(?P<zone>[Zz]|\+\d\d:\d\d|(?-i:GMT|UTC|E[SD]?T|P[SD]?T|北京时间|北京時間))(?!\w)",
    re.ASCII,
)
_AHEAD = re.compile(
    _ZONED + rf"[\s,.;|/·•()\[\]-]{{0,8}}(?:{_WEEKDAY}[\s,.]{{0,4}})?"
    r"(?:(?i:on)\s{1,3})?$",
    re.ASCII,
)
_NAMED = re.compile(rf"(?P<zone>{NAMES})[\s,:]{{0,4}}$", re.ASCII)
_ZONE = re.compile(r"\s{0,3}[(\[]?\s?" + PRINTED, re.ASCII)
_LONE = re.compile(_ZONED, re.ASCII)
_WINDOW = 56


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; ``hour`` 24 is the end of the day, ``second`` None unprinted."""

    hour: int
    minute: int = 0
    second: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What stands beside a date (``clock`` None: a time that cannot be)."""

    clock: Clock | None
    timed: bool
    zone: str | None
    start: int
    end: int


def beside(text: str, start: int, end: int) -> Found:
    """The time and zone behind the date at ``text[start:end]``, else those ahead."""
    floor = max(0, start - _WINDOW)
    window = text[floor:start]
    behind = _BEHIND.match(text, end)
    if behind:
        found = _found(behind, start, _end(behind, text))
        return found if found.zone else replace(found, zone=_named(window))
    ahead = _AHEAD.search(window)
    if ahead:
        return _found(ahead, floor + ahead.start(), end)
    zoned = _DAY_ZONE.match(text, end)
    zone, end = (zoned["zone"], zoned.end()) if zoned else (_named(window), end)
    return Found(None, timed=False, zone=zone, start=start, end=end)


def _named(window: str) -> str | None:
    """The zone that ends the text ahead of a date, such as 北京时间."""
    named = _NAMED.search(window)
    return named["zone"] if named else None


def zone_behind(text: str, end: int) -> str | None:
    """The zone that stands right behind a time."""
    found = _ZONE.match(text, end)
    return found["zone"] if found else None


def lone(text: str) -> Found | None:
    """The first time of day in a text that holds no date."""
    found = _LONE.search(text)
    return _found(found, found.start(), found.end()) if found else None


def make(hour: int, minute: int, second: int | None) -> Clock | None:
    """A time that can be; a leap second is the second before it (RFC 3339 §5.7)."""
    if second == _HOUR:
        second = _HOUR - 1
    whole = hour < _DAY or (hour == _DAY and not minute and not second)
    fits = minute < _HOUR and (second or 0) < _HOUR
    return Clock(hour, minute, second) if whole and fits else None


def _found(match: re.Match[str], start: int, end: int) -> Found:
    return Found(_clock(match), timed=True, zone=_zone(match), start=start, end=end)


def _end(match: re.Match[str], text: str) -> int:
    """Where a time ends, with the bracket that closes its zone."""
    end = match.end() if match["zone"] else match.start("gap")
    return end + 1 if "(" in match["gap"] and text[end : end + 1] == ")" else end


def _zone(match: re.Match[str]) -> str | None:
    """The printed zone; the second half of ``08:30-10:00`` is none."""
    name: str | None = match["zone"] or match.groupdict().get("lead")
    if name and name.startswith("-") and not match["second"]:
        return name if match[0][:1] in "Tt" or match["gap"] else None
    return name


def _clock(match: re.Match[str]) -> Clock | None:
    hour = int(match["hour"] or match["h"] or match["hh"])
    minute = (
        30 if match["half"] else int(match["minute"] or match["m"] or match["mm"] or 0)
    )
    second = match["second"] or match["s"]
    hour = turned(hour, match["before"] or match["after"])
    return make(hour, minute, int(second) if second else None)


def turned(hour: int, word: str | None) -> int:
    """An hour of a half day (上午, 晚上, a.m., …) as one of the day."""
    half = _HALF.get((word or "").lower().replace(".", ""))
    if half is None or hour > _NOON:
        return hour
    if half in {"noon", "night"}:
        past = hour > _EARLY if half == "night" else hour <= _EARLY
        return hour + _NOON if past else hour
    return hour % _NOON + (_NOON if half == "pm" else 0)
