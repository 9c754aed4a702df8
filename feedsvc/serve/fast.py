"""granian in our own event loop: the same application, requests read by Rust (an extra)."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server
from starlette.types import ASGIApp

from feedsvc.serve.protocol import LARGEST_HEAD

__all__ = ["running"]

_HTTP = HTTP1Settings(header_read_timeout=30_000, max_buffer_size=4 * LARGEST_HEAD)


@asynccontextmanager
async def running(
    app: ASGIApp, host: str, port: int, backlog: int
) -> AsyncIterator[asyncio.Task[None]]:
    """Serve ``app`` on an address that is free while the block lasts; the server's task."""
    # It announces itself as experimental at every start; what goes wrong is raised.
    logging.getLogger("_granian").setLevel(logging.ERROR)
    server = Server(
        app,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        http1_settings=_HTTP,
        websockets=False,
        backlog=backlog,
        log_enabled=False,
    )
    finished = asyncio.create_task(server.serve())
    try:
        while not finished.done() and not await _answers(host, port):  # noqa: ASYNC110 -- it tells nobody
            await asyncio.sleep(0.001)
        yield finished
    finally:
        server.stop()  # type: ignore[no-untyped-call]  # it has no types
        await finished


async def _answers(host: str, port: int) -> bool:
    """Whether somebody listens; granian tells nobody when it does."""
    try:
        _, writer = await asyncio.open_connection(host, port)
    except OSError:
        return False
    writer.close()
    return True
