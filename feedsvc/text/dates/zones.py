"""Time zones: by configured name, and as printed behind a time.

``CST`` is China Standard Time on Chinese pages and in Asia (+08:00), Central Standard
Time (−06:00) on English pages and in America; elsewhere it says nothing and the
context's zone holds. Single letters but Z say nothing either (RFC 5322 §4.3).
"""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

from feedsvc.text.dates.nouns import DateContext

__all__ = ["NAMES", "PRINTED", "Zone", "printed", "zone"]

Zone = tuple[tzinfo, str]
"""A zone and how it is called: an IANA name or ``±HH:MM``."""

_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})", re.ASCII)
_MINUTES = 60
_MACHINE = frozenset({"localtime", "posixrules", "Factory"})
"""Names in a zoneinfo tree that mean something else on every machine, or nothing."""

_ABBREVIATIONS = MappingProxyType(
    dict.fromkeys(("Z", "z", "GMT", "UTC", "UT", "WET"), "+00:00")
    | {"BST": "+01:00", "WEST": "+01:00", "CET": "+01:00", "WAT": "+01:00"}
    | {"CEST": "+02:00", "EET": "+02:00", "SAST": "+02:00", "CAT": "+02:00"}
    | {"EEST": "+03:00", "MSK": "+03:00", "EAT": "+03:00", "TRT": "+03:00"}
    | {"GST": "+04:00", "PKT": "+05:00", "IST": "+05:30", "WIB": "+07:00"}
    | {"ICT": "+07:00", "SGT": "+08:00", "MYT": "+08:00", "PHT": "+08:00"}
    | {"HKT": "+08:00", "AWST": "+08:00", "BJT": "+08:00", "JST": "+09:00"}
    | {"KST": "+09:00", "ACST": "+09:30", "AEST": "+10:00", "ACDT": "+10:30"}
    | {"AEDT": "+11:00", "NZST": "+12:00", "NZDT": "+13:00"}
    | {"NST": "-03:30", "NDT": "-02:30", "AST": "-04:00", "ADT": "-03:00"}
    | {"EST": "-05:00", "EDT": "-04:00", "CDT": "-05:00", "MST": "-07:00"}
    | {"MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00", "HST": "-10:00"}
    | {"AKST": "-09:00", "AKDT": "-08:00", "BRT": "-03:00", "ART": "-03:00"}
    | {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver"}
    | {"PT": "America/Los_Angeles", "AET": "Australia/Sydney"}
    | {"北京时间": "Asia/Shanghai", "北京時間": "Asia/Shanghai"}
    | {"Beijing Time": "Asia/Shanghai", "Beijing time": "Asia/Shanghai"}
    | {"中国标准时间": "Asia/Shanghai", "China Standard Time": "Asia/Shanghai"}
    | {"台北时间": "Asia/Taipei", "台北時間": "Asia/Taipei"}
    | {"香港时间": "Asia/Hong_Kong", "香港時間": "Asia/Hong_Kong"}
    | {"美东时间": "America/New_York", "美国东部时间": "America/New_York"}
    | {"格林尼治时间": "+00:00", "格林尼治标准时间": "+00:00", "世界协调时": "+00:00"}
)

PRINTED = (
    r"(?P<zone>(?:GMT|UTC)\s?[+-]\d{1,2}(?::?\d{2})?(?!\d)|[+-]\d{2}:?\d{2}(?!\d)"
    r"|[+-]\d{2}(?![\d:])|(?:CST|"
    + "|".join(sorted(_ABBREVIATIONS, key=len, reverse=True))
    + r")(?![A-Za-z]))"
)
"""A zone as a piece of a regular expression; abbreviations in capitals only."""

NAMES = "|".join(
    sorted(
        (name for name in _ABBREVIATIONS if not name.isalpha() or not name.isascii()),
        key=len,
        reverse=True,
    )
)
"""The zones that are called by a name (北京时间), as alternatives of an expression."""

_NUMERIC = re.compile(r"(?:GMT|UTC)?\s?([+-])(\d{1,2}):?(\d{2})?", re.ASCII)


@lru_cache(256)
def zone(name: str) -> tzinfo:
    """The zone of an IANA name or ``±HH:MM``; ValueError when there is none."""
    found = _OFFSET.fullmatch(name)
    if found:
        return _fixed(found[1], int(found[2]), int(found[3]))
    if name in _MACHINE:
        raise ValueError(name)
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError) as error:
        raise ValueError(name) from error


def printed(name: str | None, context: DateContext) -> Zone:
    """The zone that a text names, or else the context's."""
    found = _NUMERIC.fullmatch(name) if name else None
    if found:
        name = f"{found[1]}{int(found[2]):02}:{found[3] or '00'}"
    elif name == "CST":
        name = _cst(context)
    elif name:
        name = _ABBREVIATIONS.get(name)
    try:
        return (zone(name), name) if name else (context.zone, context.zone_name)
    except ValueError:
        return context.zone, context.zone_name


def _fixed(sign: str, hours: int, minutes: int) -> tzinfo:
    """A fixed zone; ValueError beyond what is in use (UTC−12 to UTC+14)."""
    total = timedelta(hours=hours, minutes=minutes) * (-1 if sign == "-" else 1)
    if minutes >= _MINUTES or not timedelta(hours=-12) <= total <= timedelta(hours=14):
        raise ValueError(f"{sign}{hours:02}:{minutes:02}")
    return timezone(total) if total else UTC


def _cst(context: DateContext) -> str | None:
    """Which Central or China Standard Time a page means; None when it is unclear."""
    language = (context.language or "").split("-")[0]
    if language == "zh" or context.zone_name.startswith(("Asia/", "+08")):
        return "+08:00"
    if language == "en" or context.zone_name.startswith(("America/", "US/")):
        return "-06:00"
    return None
