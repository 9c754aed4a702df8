"""The whole service in one process: collect what is due, publish what changed."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from feedsvc.collect.cycle import collect
from feedsvc.collect.recheck import recheck
from feedsvc.collect.report import VisitReport
from feedsvc.collect.tools import Tools
from feedsvc.decide.cadence import blocked
from feedsvc.decide.history import manner
from feedsvc.errors import FeedsvcError
from feedsvc.model.config import Source
from feedsvc.model.visit import Outcome, Visit
from feedsvc.schedule.ticker import Ticker

__all__ = ["Service"]

_log = logging.getLogger(__name__)

_TICK = timedelta(seconds=1)
_RECHECK = timedelta(seconds=30)
_PUBLISH = "publish-dirty"
_BATCH = 1_000
"""Due sources that one tick takes up; the rest is still due at the next."""


class Service:
    """Ticks over one configuration until stopped; the store knows what is due."""

    def __init__(
        self,
        tools: Tools,
        publish: Callable[[], Awaitable[None]],
        grace: float = 10.0,
    ) -> None:
        """``publish`` publishes what is dirty, quickly when nothing is.

        ``grace`` are the seconds that what is under way gets to end; what is cut off is
        simply still due.
        """
        self._grace = grace
        self._tools = tools
        self._publish = publish
        self._sources = {
            name: source
            for name, source in tools.config.sources.items()
            if source.enabled
        }
        self._running: set[str] = set()
        self._cycles: set[asyncio.Task[None]] = set()
        self._rechecking: asyncio.Task[None] | None = None
        self._ticked = tools.clock()
        self._ticker = Ticker()
        self._hastened = -math.inf

    async def run(self, until: Awaitable[object]) -> None:
        """Tick until ``until`` is done, then let visits under way end."""
        configured = list(self._tools.config.sources)
        await asyncio.to_thread(self._tools.store.keep_pages_of, configured)
        await self._enroll()
        ticker = self._ticker
        ticker.every(_TICK, self._collect_due, "collect-due")
        ticker.every(_TICK, self._publish_dirty, _PUBLISH)
        ticker.every(_RECHECK, self._recheck_due, "recheck-due")
        ticker.start()
        try:
            await until
        finally:
            await ticker.stop()
            await self._drain()
            await self._publish_dirty()

    async def _enroll(self) -> None:
        """Make sources due now that were never visited, or not at their address.

        So too those that wait by a clock which was ahead of what it is now, and those
        of which it was edited when they are visited, or by what leave.
        """
        store = self._tools.store
        visits = await asyncio.to_thread(store.visits, list(self._sources))
        now = self._tools.clock()
        fresh = [
            Outcome(source=name, visit=replace(visit, due=due))
            for name, visit in visits.items()
            if (due := _at_once(visit, self._sources[name], now))
        ]
        if fresh:
            await asyncio.to_thread(store.save, fresh, now)

    async def _collect_due(self) -> None:
        store, now = self._tools.store, self._tools.clock()
        if now < self._ticked:
            await self._enroll()
        self._ticked = now
        due = await asyncio.to_thread(store.due, now, _BATCH)
        if (
            len(due) == _BATCH
        ):  # what nobody visits any more must not stand before the rest
            mine = self._sources.keys() - self._running
            due = await asyncio.to_thread(store.due, now, _BATCH, mine)
        free = [
            self._sources[name]
            for name in due
            if name in self._sources and name not in self._running
        ]
        if free:
            self._begin(self._cycle(free))

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Begin what the end of the service waits for, but not for long."""
        task = asyncio.create_task(work)
        self._cycles.add(task)
        task.add_done_callback(self._cycles.discard)
        return task

    async def _recheck_due(self) -> None:
        if self._rechecking is None or self._rechecking.done():
            self._rechecking = self._begin(self._recheck())

    async def _recheck(self) -> None:
        try:
            await recheck(self._sources, self._tools)
        except FeedsvcError as error:
            _log.error("%s", error)

    async def _cycle(self, sources: list[Source]) -> None:
        ids = {source.id for source in sources}
        self._running |= ids
        try:
            await collect(sources, self._tools, self._told)
        except FeedsvcError as error:
            _log.error("%s", error)
        finally:
            self._running -= ids

    def _told(self, report: VisitReport) -> None:
        self._running.discard(report.source)
        level = logging.WARNING if report.state == "failed" else logging.INFO
        _log.log(
            level,
            "%s %s: %d new, %d changed, next %s%s",
            report.source,
            report.state,
            report.new,
            report.changed,
            report.due and report.due.isoformat(timespec="seconds"),
            "".join(f" {fault.code}" for fault in report.faults[:3]),
        )
        if report.new or report.changed:
            self._hasten()

    def _hasten(self) -> None:
        """Publish what a visit brought, without waiting for the tick; once a tick."""
        now = asyncio.get_running_loop().time()
        if now - self._hastened >= _TICK.total_seconds():
            self._hastened = now
            self._ticker.hasten(_PUBLISH)

    async def _publish_dirty(self) -> None:
        try:
            await self._publish()
        except FeedsvcError as error:
            _log.error("%s", error)

    async def _drain(self) -> None:
        if not self._cycles:
            return
        _, late = await asyncio.wait(self._cycles, timeout=self._grace)
        for cycle in late:
            cycle.cancel()
        await asyncio.gather(*late, return_exceptions=True)


def _at_once(visit: Visit, source: Source, now: datetime) -> datetime | None:
    """When a source is due whatever was planned; None if the plan holds."""
    if _is_new(visit) or _is_elsewhere(visit, source):
        return now
    if visit.is_over or not (_is_ahead(visit, now) or _is_otherwise(visit, source)):
        return None
    return blocked(visit, now) or now


def _is_new(visit: Visit) -> bool:
    return visit.due is None and visit.last_attempt is None


def _is_elsewhere(visit: Visit, source: Source) -> bool:
    """Whether the address was edited since the last visit."""
    return visit.history.url not in {"", source.url}


def _is_ahead(visit: Visit, now: datetime) -> bool:
    """Whether the last visit was made by a clock that was set back since."""
    attempt = visit.last_attempt
    return attempt is not None and attempt > now


def _is_otherwise(visit: Visit, source: Source) -> bool:
    """Whether it was edited since when, or by what leave, the source is visited."""
    return visit.history.manner not in {"", manner(source)}
