"""Outcomes that gather while a transaction is written go into the next one."""

import asyncio
import threading
from collections.abc import Sequence
from datetime import datetime
from typing import cast

import pytest

from feedsvc.collect.ports import CollectStore
from feedsvc.collect.writer import Writer
from feedsvc.errors import Code, Fault, Stage, StoreError
from feedsvc.model.visit import Outcome
from tests.collect.world import START


class Slow:
    """A store whose first transaction takes until ``go`` is set."""

    def __init__(self, error: Exception | None = None) -> None:
        self.go = threading.Event()
        self.batches: list[list[str]] = []
        self.error = error

    def save(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        assert now == START
        self.batches.append([outcome.source for outcome in outcomes])
        if len(self.batches) == 1:
            self.go.wait(10)
        if self.error:
            raise self.error


def writer(slow: Slow) -> Writer:
    return Writer(cast("CollectStore", slow), lambda: START)


def later(write: Writer, *names: str) -> list[asyncio.Task[None]]:
    return [asyncio.create_task(write.save(Outcome(source=n))) for n in names]


async def begun(slow: Slow) -> None:
    while not slow.batches:  # noqa: ASYNC110 -- another thread fills it
        await asyncio.sleep(0.001)


async def test_what_gathers_is_written_together() -> None:
    slow = Slow()
    write = writer(slow)
    first = later(write, "a")
    await begun(slow)
    rest = later(write, "b", "c", "d")
    await asyncio.sleep(0)
    slow.go.set()
    await asyncio.gather(*first, *rest)
    assert slow.batches == [["a"], ["b", "c", "d"]]
    await write.save(Outcome(source="e"))
    assert slow.batches[-1] == ["e"]


async def test_a_refusal_reaches_everyone_who_waits() -> None:
    refusal = StoreError(Fault(code=Code.E_DB, stage=Stage.STORE))
    slow = Slow(refusal)
    slow.go.set()
    waiting = later(writer(slow), "a", "b")
    errors = await asyncio.gather(*waiting, return_exceptions=True)
    assert errors == [refusal, refusal]


@pytest.mark.parametrize("refused", [False, True], ids=["written", "refused"])
async def test_who_no_longer_waits_is_passed_over(refused: bool) -> None:  # noqa: FBT001 -- a parameter of the table
    slow = Slow(
        StoreError(Fault(code=Code.E_DB, stage=Stage.STORE)) if refused else None
    )
    write = writer(slow)
    first, second = later(write, "a", "b")
    await begun(slow)
    first.cancel()
    slow.go.set()
    [outcome] = await asyncio.gather(second, return_exceptions=True)
    assert isinstance(outcome, StoreError) == refused
