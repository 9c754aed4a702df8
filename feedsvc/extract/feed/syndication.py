"""What a channel says of visits: how long it stays good, and when it does not change.

rssboard.org/rss-specification (ttl, skipHours, skipDays), all times in GMT;
web.resource.org/rss/1.0/modules/syndication.
"""

from typing import Final

from feedsvc.extract.feed.xml import Children, children, text, texts

__all__ = ["skip_days", "skip_hours", "ttl"]

_PERIODS: Final = {
    "hourly": 3_600,
    "daily": 86_400,
    "weekly": 604_800,
    "monthly": 2_592_000,
    "yearly": 31_536_000,
}
_DAYS: Final = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
_HOURS: Final = 24


def ttl(found: Children) -> int | None:
    """Say how long the channel stays good, in seconds."""
    minutes = text(found, "ttl")
    if minutes.isascii() and minutes.isdigit():
        return min(int(minutes[:6]) * 60, _PERIODS["yearly"])
    period = _PERIODS.get(text(found, "sy:updateperiod").lower())
    often = text(found, "sy:updatefrequency")
    times = int(often[:6]) if often.isascii() and often.isdigit() else 1
    return period // max(times, 1) if period else None


def skip_hours(found: Children) -> tuple[int, ...]:
    """Name the hours, 0 to 23, in which nothing is new; 24 is an old name of 0."""
    written = _listed(found, "skiphours", "hour")
    hours = {int(hour[:3]) for hour in written if hour.isascii() and hour.isdigit()}
    return tuple(sorted({hour % _HOURS for hour in hours if hour <= _HOURS}))


def skip_days(found: Children) -> tuple[int, ...]:
    """Name the days, 0 for Monday, on which nothing is new."""
    written = {day.lower() for day in _listed(found, "skipdays", "day")}
    return tuple(n for n, day in enumerate(_DAYS) if day in written)


def _listed(found: Children, around: str, each: str) -> list[str]:
    return [t for list_ in found.get(around, ()) for t in texts(children(list_), each)]
