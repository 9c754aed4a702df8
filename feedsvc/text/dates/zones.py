"""Time zones: by IANA name or offset."""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

__all__ = ["zone"]

_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})", re.ASCII)


def zone(name: str) -> tzinfo:
    """The zone of an IANA name or ``±HH:MM``; ValueError when there is none."""
    found = _OFFSET.fullmatch(name)
    if found:
        return offset(found[1], int(found[2]), int(found[3]))
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError) as error:
        raise ValueError(name) from error


def offset(sign: str, hours: int, minutes: int) -> tzinfo:
    """A fixed zone; ValueError beyond what is in use (UTC−12 to UTC+14)."""
    total = timedelta(hours=hours, minutes=minutes) * (-1 if sign == "-" else 1)
    if minutes >= 60 or not timedelta(hours=-12) <= total <= timedelta(hours=14):
        raise ValueError(f"{sign}{hours:02}:{minutes:02}")
    return timezone(total) if total else UTC
