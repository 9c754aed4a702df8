"""Worker processes, so that reading pages never makes serving wait.

A slot is one process that does one piece of work at a time: a page that kills its
process, or is killed for taking too long, takes nothing else with it.
"""

import asyncio
import gc
import multiprocessing
import os
import pickle
import resource
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import forkserver, resource_tracker
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

from feedsvc.errors import Code, ExtractError, Fault, Stage

__all__ = ["Inline", "Processes", "spare_collections"]

P = ParamSpec("P")
T = TypeVar("T")

_MEMORY = 1 << 30
"""Bytes of data a worker may hold before its work fails with MemoryError."""

_TASKS = 5_000
"""Work after which a process is replaced: parsers keep caches that only grow."""


class Processes:
    """Up to ``count`` processes, started when there is work for them.

    ``limit`` is the seconds that one piece of work may take; ``preload`` names the
    modules that workers share instead of importing each on its own.
    """

    def __init__(
        self,
        count: int | None = None,
        *,
        limit: float = 20.0,
        preload: Sequence[str] = (),
    ) -> None:
        """Nothing is started yet."""
        self._limit = limit
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(list(preload))
        self._free: list[_Slot] = []
        self._slots: list[_Slot] = []
        self._turn = asyncio.Semaphore(count or _spare())

    async def __aenter__(self) -> Self:
        """Enter with nothing started."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the processes."""
        for slot in self._slots:
            await asyncio.to_thread(slot.close)

    async def run(
        self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call ``work`` in a process; ExtractError when it dies or takes too long."""
        async with self._turn:
            slot = self._free.pop() if self._free else self._add()
            try:
                return await slot.run(_timed, self._limit, work, args, kwargs)
            except (BrokenProcessPool, MemoryError, pickle.PickleError) as error:
                raise _died(error, self._limit) from error
            finally:
                self._free.append(slot)

    def _add(self) -> "_Slot":
        slot = _Slot(self._context)
        self._slots.append(slot)
        return slot


def _spare() -> int:
    """A process a core, but one: that is for serving, and for what feeds the others."""
    return min(max((os.cpu_count() or 1) - 1, 1), 4)


class Inline:
    """The twin that works in this very process: for one-off commands and tests."""

    async def run(
        self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call ``work`` here and now."""
        return work(*args, **kwargs)


class _Slot:
    """One process, replaced when it broke."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self._lock = threading.Lock()
        self._executor: ProcessPoolExecutor | None = None

    async def run(self, work: Callable[..., T], *args: object) -> T:
        executor = self._executor or await asyncio.to_thread(self._open)
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(executor, work, *args)
        except BrokenProcessPool:
            self.close()
            raise

    def _open(self) -> ProcessPoolExecutor:
        """Start the process, for which the server that forks it may have to start too.

        Readers are not to wait for that: whoever is first to submit starts it.
        """
        with self._lock:
            if self._executor is None:
                _start_server()
                self._executor = ProcessPoolExecutor(
                    1, self._context, initializer=_settle, max_tasks_per_child=_TASKS
                )
                self._executor.submit(os.getpid)
            return self._executor

    def close(self) -> None:
        with self._lock:
            if self._executor is not None:
                self._executor.shutdown(cancel_futures=True)
                self._executor = None


def spare_collections() -> None:
    """Keep the collector from what was loaded, and from looking at every 700 objects.

    Both together are 7 % of a cycle's CPU time.
    """
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _start_server() -> None:
    """Start the server that forks workers, unless it runs.

    Ctrl-C and systemd signal a whole group, but only the leader is to end by that: it
    drains, for which it needs its workers. A mask is what children inherit.
    """
    resource_tracker.ensure_running()  # first: it unblocks signals that it blocked
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _died(error: BaseException, limit: float) -> ExtractError:
    why = f"{type(error).__name__} ({limit:g} s, {_MEMORY >> 20} MiB)"
    return ExtractError(
        Fault(code=Code.E_EXTRACT, stage=Stage.EXTRACT, args={"detail": why})
    )


def _settle() -> None:
    """Make a worker mortal: bounded in memory, and gone when its parent is."""
    spare_collections()
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    """End this process when the parent ended, however it did (kill -9 too)."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _timed(
    limit: float, work: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> T:
    """Call ``work``; the kernel ends this process when the alarm is not called off.

    An alarm that no handler catches stops C code as well, which no Python timer does.
    """
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        return work(*args, **kwargs)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
