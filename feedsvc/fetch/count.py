"""How many requests were made in the last 24 hours, over restarts."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass

from feedsvc.fetch.notes import Notes

__all__ = ["Count", "Hours"]

_KEY = "requests"
_HOUR = 3600
_DAY = 24


@dataclass(frozen=True, slots=True)
class Hours:
    """Requests by the hour: ``hour`` (since 1970) is the last, ``made`` ends with it."""

    hour: int = 0
    made: tuple[int, ...] = (0,)

    def at(self, hour: int) -> "Hours":
        """The same, seen from another hour.

        A clock set back by less than a day moves nothing, by more it ends what was known.
        """
        passed = hour - self.hour
        if passed <= -_DAY:
            return Hours(hour)
        rest = [0] * min(max(passed, 0), _DAY)
        return Hours(max(hour, self.hour), (*self.made, *rest)[-_DAY:])

    def add(self, requests: int, hour: int) -> "Hours":
        """With so many more in an hour."""
        now = self.at(hour)
        *before, last = now.made
        return Hours(now.hour, (*before, last + requests))

    def total(self) -> int:
        """Requests in the last 24 hours, of which this is one."""
        return sum(self.made)


class Count:
    """Counts requests; what it knows is noted whenever somebody asks."""

    def __init__(
        self, notes: Notes | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        """``clock`` gives seconds that outlive the process."""
        self._notes = notes
        self._clock = clock
        self._hours: Hours | None = None
        self._fresh = 0

    def add(self) -> None:
        """One more is made."""
        self._fresh += 1

    async def total(self) -> int:
        """Requests of the last 24 hours."""
        hour = int(self._clock()) // _HOUR
        known = self._hours or await self._noted()
        fresh, self._fresh = self._fresh, 0
        self._hours = known.add(fresh, hour)
        if fresh:
            await self._note(self._hours)
        return self._hours.at(hour).total()

    async def _noted(self) -> Hours:
        notes = self._notes
        noted = await asyncio.to_thread(notes.memory, _KEY) if notes else None
        if noted is None:
            return Hours()
        hour, made = json.loads(noted)
        return Hours(hour, tuple(made))

    async def _note(self, hours: Hours) -> None:
        if self._notes is not None:
            told = json.dumps([hours.hour, hours.made])
            await asyncio.to_thread(self._notes.remember, _KEY, told)
