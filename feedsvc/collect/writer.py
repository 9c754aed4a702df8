"""Outcomes of many visits, written together."""

import asyncio
from collections.abc import Sequence

from feedsvc.collect.ports import CollectStore
from feedsvc.collect.tools import Clock
from feedsvc.model.visit import Outcome

__all__ = ["Writer"]


class Writer:
    """Batches: while one transaction is written, the next outcomes gather.

    So a slow disk makes transactions larger, never visits slower by a queue of commits.
    """

    def __init__(self, store: CollectStore, clock: Clock) -> None:
        """Write to ``store``."""
        self._store = store
        self._clock = clock
        self._waiting: list[tuple[Outcome, asyncio.Future[None]]] = []
        self._task: asyncio.Task[None] | None = None

    async def save(self, outcome: Outcome) -> None:
        """Return when the outcome is in the store; StoreError when it was refused."""
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((outcome, done))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._drain())
        await done

    async def _drain(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            error = await self._write([outcome for outcome, _ in batch])
            for _, done in batch:
                if done.done():
                    continue
                if error is None:
                    done.set_result(None)
                else:
                    done.set_exception(error)

    async def _write(self, outcomes: Sequence[Outcome]) -> Exception | None:
        try:
            await asyncio.to_thread(self._store.save, outcomes, self._clock())
        except Exception as error:  # noqa: BLE001 -- handed to every visit that waits
            return error
        return None
