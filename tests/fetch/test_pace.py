"""Hosts are asked one request at a time, in turn and with a gap."""

import asyncio
import time
from itertools import pairwise

import pytest

from feedsvc.fetch.pace import Pace


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def visit(pace: Pace, host: str, log: list[tuple[str, float]], name: str) -> None:
    async with pace.turn(host) as start:
        start()
        log.append((name, time.monotonic()))
        await asyncio.sleep(0.01)


async def test_starts_at_one_host_keep_their_gap_and_their_order() -> None:
    pace, log = Pace(0.05), list[tuple[str, float]]()
    await asyncio.gather(*(visit(pace, "a", log, str(n)) for n in range(4)))
    assert [name for name, _ in log] == ["0", "1", "2", "3"]
    times = [at for _, at in log]
    assert all(b - a >= 0.049 for a, b in pairwise(times))


async def test_hosts_do_not_wait_for_each_other() -> None:
    pace, log = Pace(5), list[tuple[str, float]]()
    started = time.monotonic()
    await asyncio.gather(*(visit(pace, f"host{n}", log, str(n)) for n in range(20)))
    assert time.monotonic() - started < 1


async def test_a_site_that_wants_a_longer_gap_gets_it_up_to_a_bound() -> None:
    clock = Clock()
    pace = Pace(2, clock)
    pace.slow("a", 7)
    pace.slow("b", 3600)
    pace.slow("c", 0.1)
    for host, gap in (("a", 7), ("b", 30), ("c", 2)):
        async with pace.turn(host) as start:
            start()
        assert pace._host(host).ready == clock.now + gap


async def test_a_turn_is_given_on_when_its_owner_fails_or_goes() -> None:
    pace = Pace(0)
    with pytest.raises(RuntimeError):
        async with pace.turn("a"):
            raise RuntimeError
    async with pace.turn("a"):
        waiting = asyncio.create_task(visit(pace, "a", [], "x"))
        await asyncio.sleep(0)
        waiting.cancel()
    await asyncio.wait_for(visit(pace, "a", [], "y"), 1)


async def test_idle_hosts_are_forgotten() -> None:
    clock = Clock()
    pace = Pace(2, clock)
    async with pace.turn("busy"):
        for n in range(5_000):
            async with pace.turn(f"host{n}") as start:
                start()
            clock.now += 1
        assert len(pace) < 1_100
        assert pace._hosts["busy"].users == 1
