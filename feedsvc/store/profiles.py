"""A source's profile ⇄ the JSON of its column; NULL where nothing is known."""

import json

from feedsvc.model.profile import Alarm, Profile, Share
from feedsvc.store.codec import dumps, micros, moment

__all__ = ["document", "profile"]

_DIGITS = 4


def document(known: Profile) -> str | None:
    """The column of a profile."""
    if known == Profile():
        return None
    shares = {
        name: [round(share.slow, _DIGITS), round(share.fast, _DIGITS)]
        for name, share in known.shares.items()
    }
    alarms = {
        name: [round(alarm.usual, _DIGITS), micros(alarm.since)]
        for name, alarm in known.alarms.items()
    }
    return dumps([known.articles, shares, alarms])


def profile(column: str | None) -> Profile:
    """The profile of a column."""
    if column is None:
        return Profile()
    articles, shares, alarms = json.loads(column)
    return Profile(
        articles=articles,
        shares={name: _share(*values) for name, values in shares.items()},
        alarms={name: _alarm(*values) for name, values in alarms.items()},
    )


def _share(slow: float, fast: float) -> Share:
    return Share(slow=slow, fast=fast)


def _alarm(usual: float, since: int) -> Alarm:
    return Alarm(usual=usual, since=moment(since))
