"""Histories of sources to replay: made up from a seed, and told by recorded feeds."""

import calendar
import warnings
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import exp
from pathlib import Path
from random import Random
from statistics import NormalDist
from typing import Literal

import feedparser

from feedsvc.model.config import Source
from feedsvc.model.visit import Arrival

__all__ = ["ALIKE", "DAY", "MIXES", "History", "Mix", "made_up", "recorded"]

DAY = timedelta(days=1)
_MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
_HOUR = timedelta(hours=1)

Dates = Literal["exact", "day", "none"]


@dataclass(frozen=True)
class History:
    """When a source's articles came; its visits begin at ``start``, end at ``end``.

    ``listed`` is how many articles its list holds, ``dates`` what it tells of theirs.
    """

    source: Source
    came: Sequence[datetime]
    start: datetime
    end: datetime
    zone: str = "UTC"
    listed: int = 30
    dates: Dates = "exact"

    @property
    def days(self) -> float:
        return (self.end - self.start) / DAY

    def until(self, now: datetime) -> int:
        """How many had come by ``now``."""
        return bisect_right(self.came, now)

    def arrival(self, n: int) -> list[Arrival]:
        """The date that article ``n`` is listed with, if any."""
        at = self.came[n]
        if self.dates == "none":
            return []
        if self.dates == "exact":
            return [Arrival(at=at, exact=True)]
        day = at.replace(hour=0, minute=0, second=0, microsecond=0)
        return [Arrival(at=day, exact=False)]


@dataclass(frozen=True)
class Mix:
    """What a set of made-up sources is like.

    ``median`` articles a day, spread log-normally by ``sigma``; ``night`` is what is
    left of the rate outside office hours, ``weekend`` on days off; ``burst`` articles
    come together on average; ``turn`` is the spread of a change of rate half-way.
    """

    median: float
    sigma: float
    night: float = 0.1
    weekend: float = 0.5
    burst: float = 1.3
    turn: float = 0.3
    language: Literal["zh", "en"] = "en"


MIXES: dict[str, Mix] = {
    "a city: papers, departments, schools": Mix(3, 1.5, language="zh", night=0.08),
    "the world: agencies, dailies, magazines": Mix(12, 1.8, night=0.35, weekend=0.7),
    "blogs and institutes": Mix(0.3, 2.0, night=0.2, weekend=0.8, burst=1.1),
    "everything": Mix(3, 2.0, burst=1.6),
}
"""The rates of the recorded feeds are spread by 2.0; one kind of source by less."""

ALIKE: dict[str, Mix] = {
    "all alike, round the clock": Mix(10, 0.2, night=1.0, weekend=1.0, turn=0.1),
}
"""Where nothing is to be gained."""

_DATES: Sequence[Dates] = ("exact", "exact", "day", "none")


def made_up(mix: Mix, sources: int, days: int, seed: int) -> list[History]:
    """So many sources of a mix, watched for ``days`` after three weeks of life.

    Their rates are the quantiles of the mix, so that none hangs on a lucky draw.
    """
    start = _MONDAY + 21 * DAY
    made = []
    for n in range(sources):
        random = Random(f"{seed} {n} {mix}")
        place = NormalDist().inv_cdf((n + 0.5) / sources)
        rate = mix.median * exp(mix.sigma * place)
        came = _arrivals(mix, rate, random, 21 + days)
        made.append(
            History(
                source=Source(
                    id=f"s{n}", url="http://s.example/", language=mix.language
                ),
                came=came,
                start=start + random.random() * _HOUR,
                end=start + days * DAY,
                zone="Asia/Shanghai" if mix.language == "zh" else "Europe/London",
                listed=max(30, len(came) // days),
                dates=_DATES[n % 4],
            )
        )
    return made


def _arrivals(mix: Mix, rate: float, random: Random, days: int) -> list[datetime]:
    """Bursts as a Poisson process whose rate follows the source's own office hours."""
    later = rate * exp(random.gauss(0, mix.turn))
    offset = 8 if mix.language == "zh" else 0
    opens = (random.gauss(8, 1.5) - offset) % 24
    length = random.uniform(8, 14)
    came: list[datetime] = []
    hours = [_busy(mix, opens, length, hour) for hour in range(7 * 24)]
    mean = sum(hours) / len(hours)
    for hour in range(days * 24):
        flow = (later if hour > days * 12 else rate) / 24 / mix.burst
        at = random.expovariate(1)
        expected = flow * hours[hour % 168] / mean
        while expected > 0 and at < expected:
            first = _MONDAY + (hour + at / expected) * _HOUR
            came.append(first)
            while random.random() < 1 - 1 / mix.burst:
                first += random.expovariate(1) * _HOUR / 3
                came.append(first)
            at += random.expovariate(1)
    return sorted(came)


def _busy(mix: Mix, opens: float, length: float, hour: int) -> float:
    day = 1.0 if hour < 5 * 24 else mix.weekend
    return day * (1.0 if (hour - opens) % 24 < length else mix.night)


def recorded(folder: Path) -> list[History]:
    """The histories that saved feeds tell by their dates; visits begin a third in."""
    told: dict[tuple[datetime, ...], History] = {}
    for path in sorted(folder.iterdir()):
        came, language = _dates(path)
        if len(came) < 9 or came[-1] - came[len(came) // 3] < _HOUR:
            continue
        history = History(
            source=Source(id=path.stem, url="http://s.example/", language=language),
            came=came,
            start=came[len(came) // 3],
            end=came[-1],
            zone="Asia/Shanghai" if language == "zh" else "UTC",
            listed=len(came),
        )
        told.setdefault(tuple(came), history)
    return list(told.values())


def _dates(path: Path) -> tuple[list[datetime], Literal["zh", "en"]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        feed = feedparser.parse(path.read_bytes())
    stated = [
        e.get("published_parsed") or e.get("updated_parsed") for e in feed.entries
    ]
    came = sorted(
        datetime.fromtimestamp(calendar.timegm(date), UTC) for date in stated if date
    )
    return came, "zh" if str(feed.feed.get("language")).startswith("zh") else "en"
