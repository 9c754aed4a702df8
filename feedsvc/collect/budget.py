"""The day's requests shared among all sources: how patient their visits are now."""

import json
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from feedsvc.collect.ports import CollectStore
from feedsvc.decide import recheck
from feedsvc.decide.cadence.budget import Share, patience, rechecks, share
from feedsvc.model.config import Config, Source
from feedsvc.text import urls

__all__ = ["Budget", "NextFire"]

NextFire = Callable[[str, str, datetime], datetime]
"""(cron expression, zone name, now) → the next time it fires, aware UTC."""

_KEY = "patience"
_DAY = timedelta(days=1)
_PERIOD = timedelta(hours=1)
_SHORTEST = timedelta(seconds=1)

_MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
_WEEK = 7
_FIRES = 500
"""A cron line is counted for whole days: a week of them, or until there are so many."""


@dataclass(frozen=True, slots=True)
class _Reckoned:
    """A patience: when it was reckoned (seconds since 1970), for which sources."""

    at: float
    of: str
    value: float

    def holds(self, of: str, now: datetime) -> bool:
        age = now.timestamp() - self.at
        return self.of == of and 0 <= age < _PERIOD.total_seconds()


class Budget:
    """The patience of all sources: reckoned once an hour, the same after a restart.

    What was learned meanwhile counts from the next hour on, an edited configuration
    at once.
    """

    def __init__(
        self, config: Config, store: CollectStore, next_fire: NextFire
    ) -> None:
        """Share out what ``config`` allows; ``store`` knows what was learned."""
        self._config = config
        self._store = store
        self._next_fire = next_fire
        self._of = _digest(config)
        self._last: _Reckoned | None = None
        self._fires: dict[tuple[str, str], float] = {}

    def patience(self, now: datetime) -> float:
        """Article-days that may wait before a visit."""
        last = self._last or self._kept()
        if last is None or not last.holds(self._of, now):
            last = self._reckon(now)
        self._last = last
        return last.value

    def _kept(self) -> _Reckoned | None:
        noted = self._store.memory(_KEY)
        return _Reckoned(*json.loads(noted)) if noted else None

    def _reckon(self, now: datetime) -> _Reckoned:
        settings = self._config.settings.collect
        enabled = [s for s in self._config.sources.values() if s.enabled]
        rhythms, watched = self._store.rhythms(), self._store.watched()
        again = sum(watched.get(source.id, 0) for source in enabled)
        shares = [
            *(share(s, rhythms.get(s.id), now, self._said(s)) for s in enabled),
            rechecks(recheck.daily(again, settings.recheck), settings.requests_per_day),
            *([Share(taken=_hosts(enabled))] if settings.robots else []),
        ]
        value = patience(shares, settings.requests_per_day)
        reckoned = _Reckoned(now.timestamp(), self._of, value)
        self._store.remember(_KEY, json.dumps(astuple(reckoned)))
        return reckoned

    def _said(self, source: Source) -> float | None:
        """Visits a day that the operator wants, if they say."""
        if source.cron:
            zone = source.timezone or self._config.settings.site.timezone
            return self._daily(source.cron, zone)
        if source.every is None:
            return None
        return _DAY / max(source.every, _SHORTEST)

    def _daily(self, cron: str, zone: str) -> float:
        """How often a day a cron line fires, by a week in January."""
        if (cron, zone) not in self._fires:
            self._fires[cron, zone] = self._count(cron, zone)
        return self._fires[cron, zone]

    def _count(self, cron: str, zone: str) -> float:
        at, fires, days = _MONDAY, -1, 0  # the last to be found lies beyond the days
        try:
            while days < _WEEK and fires < _FIRES:
                days += 1
                while at < _MONDAY + days * _DAY:
                    at, fires = self._next_fire(cron, zone, at), fires + 1
        except ValueError:  # the 30th of February
            return 0.0
        return fires / days


def _hosts(sources: Iterable[Source]) -> int:
    """Hosts, each of which is asked for its robots.txt once a day."""
    return len({urls.host(source.url) for source in sources})


def _digest(config: Config) -> str:
    """What tells the same requests for the same sources."""
    said = [
        (source.id, source.every, source.cron, source.timezone, source.max_delay)
        for source in config.sources.values()
        if source.enabled
    ]
    text = repr((config.settings.collect.requests_per_day, sorted(said, key=repr)))
    return blake2b(text.encode(), digest_size=8).hexdigest()
