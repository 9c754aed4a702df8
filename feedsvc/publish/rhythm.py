"""How soon a feed may change again, by how often it did."""

from datetime import datetime, timedelta

from feedsvc.model.feed import Feed

__all__ = ["max_age"]

_NEWEST = 20
"""Changes that make a rhythm: a day of a busy feed, some weeks of a quiet one."""

_LEAST, _MOST = timedelta(minutes=1), timedelta(hours=1)
_UNKNOWN = timedelta(minutes=5)
"""For a feed of which too little is known: it may just be beginning."""


def max_age(feed: Feed) -> int:
    """For how many seconds a cache need not ask again; whole minutes, at most an hour.

    Half the mean time between the newest changes of entries: that is how long the next
    one is away, seen from any moment. It depends on the feed's content alone, so it is
    the same on every node.
    """
    changes = sorted((entry.updated for entry in feed.entries), reverse=True)[:_NEWEST]
    wait = min(max(_expected(changes), _LEAST), _MOST)
    return int(wait / _LEAST) * 60


def _expected(changes: list[datetime]) -> timedelta:
    """The mean wait for the next change; ``changes`` are the newest first."""
    gaps = len(changes) - 1
    return (changes[0] - changes[-1]) / gaps / 2 if gaps > 0 else _UNKNOWN
