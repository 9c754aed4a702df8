"""A real server in a thread, for tests that only ask."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from feedsvc.serve import serving
from feedsvc.serve.ports import Served


@contextmanager
def served(app: Served, *, fast: bool = False) -> Iterator[str]:
    """Serve ``app`` on loopback while the block lasts; its address."""
    started, stop = threading.Event(), threading.Event()
    found: list[str] = []

    async def serve() -> None:
        async with serving(app, "127.0.0.1", 0, fast=fast) as running:
            found.append(running.url)
            started.set()
            await asyncio.to_thread(stop.wait)

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    try:
        assert started.wait(20)
        yield found[0]
    finally:
        stop.set()
        thread.join()
