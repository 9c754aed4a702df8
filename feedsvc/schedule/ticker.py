"""APScheduler, kept to what it is good at: a handful of ticks, and cron arithmetic."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from apscheduler.triggers.cron import CronTrigger

__all__ = ["Ticker", "next_fire"]

Job = Callable[[], Awaitable[None]]

_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


class Ticker:
    """Calls each job again and again, never twice at once."""

    def __init__(self) -> None:
        """Nothing ticks yet."""
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={
                "coalesce": True,
                "max_instances": 1,
                "misfire_grace_time": None,
            },
        )
        self._under_way: dict[str, asyncio.Task[None] | None] = {}

    def every(self, period: timedelta, job: Job, name: str) -> None:
        """Call ``job`` at once, then every ``period``."""

        async def tick() -> None:
            self._under_way[name] = asyncio.current_task()
            try:
                await job()
            finally:
                del self._under_way[name]

        self._scheduler.add_job(
            tick,
            "interval",
            seconds=period.total_seconds(),
            id=name,
            name=name,
            next_run_time=datetime.now(UTC),
        )

    def start(self) -> None:
        """Begin to tick in the running event loop."""
        self._scheduler.start()

    def hasten(self, name: str) -> None:
        """Call a job now rather than at its next tick, unless it is under way."""
        if self._scheduler.running and name not in self._under_way:
            self._scheduler.modify_job(name, next_run_time=datetime.now(UTC))

    async def stop(self) -> None:
        """Tick no more, and return when the ticks under way have ended.

        The scheduler itself would cancel them in the middle of their work.
        """
        self._scheduler.pause()
        await asyncio.sleep(0)  # a tick that is only just submitted gets to begin
        while ticks := [task for task in self._under_way.values() if task]:
            await asyncio.wait(ticks)
        self._scheduler.shutdown(wait=False)


def next_fire(cron: str, zone: str, now: datetime) -> datetime:
    """When a crontab line fires next after ``now``, aware UTC; ValueError if never."""
    trigger = _trigger(cron, zone)
    fires = trigger.get_next_fire_time(None, now + timedelta(seconds=1))
    if fires is None:
        raise ValueError(cron)
    result: datetime = fires.astimezone(UTC)
    return result


def _trigger(cron: str, zone: str) -> "CronTrigger":
    from apscheduler.triggers.cron import CronTrigger

    fields = cron.split()
    if len(fields) != 5:  # noqa: PLR2004 -- crontab(5) has five
        raise ValueError(cron)
    return CronTrigger.from_crontab(
        " ".join([*fields[:4], _weekdays(fields[4])]), timezone=ZoneInfo(zone)
    )


def _weekdays(field: str) -> str:
    """Names for numbers: to cron 0 and 7 are Sunday, to APScheduler 0 is Monday."""
    if field == "*":
        return field
    numbers = re.sub("[a-z]+", lambda day: str(_DAYS.index(day[0])), field.lower())
    days = {day % 7 for part in numbers.split(",") for day in _span(part)}
    return ",".join(_DAYS[day] for day in sorted(days))


def _span(part: str) -> range:
    """The day numbers of ``*``, ``3``, ``1-5``, with ``/step``; ValueError otherwise."""
    span, _, step = part.partition("/")
    first, _, last = ("0-6" if span == "*" else span).partition("-")
    end = int(last or (6 if step else first))
    if not 0 <= int(first) <= end <= 7:  # noqa: PLR2004 -- crontab(5): 0–7
        raise ValueError(part)
    return range(int(first), end + 1, int(step or 1))
