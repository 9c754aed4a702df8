"""Hosts that asked to be left alone, and those that lately said they get too much.

standards.md, "Politeness", row 429: Retry-After, else an hour that doubles, for the
whole host and for a day at most; and a longer interval for all that is visited there,
which shrinks again day by day.
"""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta

from feedsvc.fetch.notes import Notes

__all__ = ["Hold", "Holds"]

_KEY = "holds"
_HOUR = 3600.0
_DAY = 24 * _HOUR
_TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class Hold:
    """A host that is left alone: how long still, by which status, and if it ``asked``."""

    left: timedelta
    status: int
    asked: bool


@dataclass(slots=True)
class _Host:
    """``held`` is the end of a hold, ``noted`` of what of it outlives the process.

    ``level`` counts the doublings earned by ``since``, one of which a day forgives.
    """

    held: float = 0.0
    noted: float = 0.0
    status: int = 0
    level: int = 0
    since: float = 0.0

    def earned(self, now: float) -> int:
        """The doublings that are left."""
        return max(self.level - int(max(now - self.since, 0.0) / _DAY), 0)


class Holds:
    """What hosts said; Retry-After is noted, so that a restart is no way around it."""

    def __init__(
        self, notes: Notes | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        """``clock`` gives seconds that outlive the process."""
        self._notes = notes
        self._clock = clock
        self._hosts: dict[str, _Host] = {}
        self._lock = asyncio.Lock()
        self._recalled = notes is None

    async def recall(self) -> None:
        """Know what was noted in an earlier run; at once when that is done already."""
        if self._recalled or self._notes is None:
            return
        async with self._lock:
            if self._recalled:
                return
            noted = await asyncio.to_thread(self._notes.memory, _KEY)
            for name, told in json.loads(noted or "{}").items():
                self._hosts.setdefault(name, _Host(held=told["noted"], **told))
            self._recalled = True

    async def add(self, name: str, status: int, asked: timedelta | None) -> None:
        """Leave a host alone that said 429, or 503 with a Retry-After."""
        await self.recall()
        now = self._clock()
        host = self._hosts.setdefault(name, _Host())
        if status == _TOO_MANY:
            host.level, host.since = host.earned(now) + 1, now
        if asked is not None:
            host.noted = max(self._end(host.noted), now + asked.total_seconds())
        wait = 0.0 if asked is not None else self._pause(host)
        host.held = max(self._end(host.held), host.noted, now + wait)
        host.status = status
        await self._note()

    def held(self, name: str) -> Hold | None:
        """The hold that a host is under, if any."""
        host = self._hosts.get(name)
        if host is None or (left := self._end(host.held) - self._clock()) <= 0:
            return None
        return Hold(timedelta(seconds=left), host.status, host.noted >= host.held)

    def pause(self, name: str) -> timedelta | None:
        """The least time between visits of what is on a host that lately said 429."""
        host = self._hosts.get(name)
        seconds = self._pause(host) if host else 0.0
        return timedelta(seconds=seconds) if seconds else None

    def __len__(self) -> int:
        """How many hosts are remembered."""
        return len(self._hosts)

    def _pause(self, host: _Host) -> float:
        level = host.earned(self._clock())
        return min(_HOUR * 2.0 ** (level - 1), _DAY) if level else 0.0

    def _end(self, until: float) -> float:
        """An end that no clock set back puts off for longer than a day."""
        return min(until, self._clock() + _DAY)

    async def _note(self) -> None:
        """Forget what is over, and note the rest."""
        now = self._clock()
        self._hosts = {
            name: host
            for name, host in self._hosts.items()
            if max(host.held, host.noted) > now or host.earned(now)
        }
        if self._notes is None:
            return
        told = {name: asdict(host) for name, host in self._hosts.items()}
        for host in told.values():
            del host["held"]
        await asyncio.to_thread(self._notes.remember, _KEY, json.dumps(told))
