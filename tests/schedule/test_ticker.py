"""Ticks and cron lines."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from feedsvc.schedule.ticker import Ticker, next_fire

FRIDAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cron", "zone", "fires"),
    [
        ("*/10 6-23 * * *", "UTC", "2026-11-20T12:10"),
        ("0 0 * * 0", "UTC", "2026-11-22T00:00"),
        ("0 0 * * 7", "UTC", "2026-11-22T00:00"),
        ("0 9 * * 1-5", "UTC", "2026-11-23T09:00"),
        ("0 9 * * 6,0", "UTC", "2026-11-21T09:00"),
        ("0 9 * * */3", "UTC", "2026-11-21T09:00"),
        ("0 9 * * mon", "UTC", "2026-11-23T09:00"),
        ("0 9 * * sun-sat", "UTC", "2026-11-21T09:00"),
        ("0 9 * * SUN,3", "UTC", "2026-11-22T09:00"),
        ("0 9 * * tue,3", "UTC", "2026-11-24T09:00"),
        ("0 9 * * 3,mon-mon", "UTC", "2026-11-23T09:00"),
        ("30 8 * * *", "Asia/Shanghai", "2026-11-21T00:30"),
    ],
)
def test_a_cron_line_fires_as_crontab_says(cron: str, zone: str, fires: str) -> None:
    expected = datetime.fromisoformat(fires).replace(tzinfo=UTC)
    assert next_fire(cron, zone, FRIDAY) == expected


def test_a_cron_line_never_fires_now() -> None:
    assert next_fire("0 12 * * *", "UTC", FRIDAY) == FRIDAY + timedelta(days=1)


@pytest.mark.parametrize(
    "cron",
    [
        "",
        "* * * *",
        "61 * * * *",
        "* * * * 8",
        "* * * * 5-1",
        "x y z 1 2",
        "* * * * x",
        "0 0 31 2 *",
    ],
)
def test_a_wrong_cron_line_is_told(cron: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        next_fire(cron, "UTC", FRIDAY)


async def test_a_job_ticks_at_once_again_and_never_beside_itself() -> None:
    running = most = ticks = 0

    async def job() -> None:
        nonlocal running, most, ticks
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.05)
        running -= 1
        ticks += 1

    ticker = Ticker()
    ticker.every(timedelta(milliseconds=20), job, "job")
    ticker.start()
    for _ in range(100):
        await asyncio.sleep(0.02)
        if ticks >= 3:
            break
    await ticker.stop()
    assert running == 0
    assert ticks >= 3
    assert most == 1


async def test_a_job_that_is_hastened_does_not_wait_for_its_tick() -> None:
    called = asyncio.Event()

    async def job() -> None:
        called.set()

    ticker = Ticker()
    ticker.every(timedelta(days=1), job, "job")
    ticker.hasten("job")  # nothing ticks yet: it is called when it does
    ticker.start()
    for _ in range(3):
        async with asyncio.timeout(10):
            await called.wait()
        called.clear()
        await asyncio.sleep(0)
        ticker.hasten("job")
    await ticker.stop()
    ticker.hasten("job")


async def test_a_job_under_way_is_not_hastened(
    caplog: pytest.LogCaptureFixture,
) -> None:
    begun, over = asyncio.Event(), asyncio.Event()

    async def job() -> None:
        begun.set()
        await over.wait()

    ticker = Ticker()
    ticker.every(timedelta(days=1), job, "job")
    ticker.start()
    async with asyncio.timeout(10):
        await begun.wait()
    ticker.hasten("job")
    await asyncio.sleep(0.05)
    over.set()
    await ticker.stop()
    assert "skipped" not in caplog.text
