"""The servers, held to our manners: no banner, a port said early, a graceful stop."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import (
    AbstractContextManager,
    ExitStack,
    asynccontextmanager,
    nullcontext,
)
from dataclasses import dataclass
from typing import Any

import uvicorn

from feedsvc.errors import Code, Fault, Stage, UsageError
from feedsvc.serve.ports import Prompt, Served
from feedsvc.serve.protocol import Protocol

__all__ = ["Serving", "serving"]

_GRACE = 5
"""Seconds that answers under way get to finish."""

_BACKLOG = 2048
"""Connections that may wait to be accepted."""


_TURN = 0.0005
"""Seconds that a thread may keep the interpreter while another waits for it.

An answer takes several turns: of Python's usual 5 ms each, they add up to more than all
else that a reader waits for while a publication is being made.
"""


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that answers; ``finished`` ends with it (its error, if it had one)."""

    host: str
    port: int
    finished: asyncio.Task[Any]

    @property
    def url(self) -> str:
        """Where it answers, without a trailing slash."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers: the composition root has its own."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.answering = asyncio.Event()

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]  # a generator there
        """Leave the signals alone."""
        return nullcontext()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        self.answering.set()


@asynccontextmanager
async def serving(
    app: Served, host: str, port: int, *, fast: bool = False
) -> AsyncIterator[Serving]:
    """Serve ``app`` until the block ends, then let answers under way finish.

    Port 0 takes a free one. UsageError (``E_PORT``) when the address cannot be had.
    ``fast`` serves by granian, which is an extra.
    """
    start = _granian if fast else _uvicorn
    bound = _bind(host, port)
    port = bound.getsockname()[1]
    # For good: of two servers, each may be the last to stop.
    sys.setswitchinterval(_TURN)
    async with start(app, bound) as finished:
        yield Serving(host, port, finished)


@asynccontextmanager
async def _granian(
    app: Served, bound: socket.socket
) -> AsyncIterator[asyncio.Task[Any]]:
    """Serve by granian on a listening socket."""
    from feedsvc.serve.fast import running

    at_once = app.at_once if isinstance(app, Prompt) else None
    async with running(app, at_once, bound, _BACKLOG) as finished:
        yield finished


@asynccontextmanager
async def _uvicorn(
    app: Served, bound: socket.socket
) -> AsyncIterator[asyncio.Task[Any]]:
    """Serve by uvicorn on a listening socket."""
    server = _Server(
        uvicorn.Config(
            app,
            http=Protocol,
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE,
        )
    )
    finished = asyncio.create_task(server.serve(sockets=[bound]))
    try:
        await server.answering.wait()
        yield finished
    finally:
        server.should_exit = True
        await finished


def _bind(host: str, port: int) -> socket.socket:
    """A listening socket."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with ExitStack() as undone:
            bound = undone.enter_context(socket.socket(family, kind, protocol))
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind(address)
            bound.listen(_BACKLOG)
            undone.pop_all()
    except OSError as refused:
        fault = Fault(
            code=Code.E_PORT,
            stage=Stage.SERVE,
            place=f"{host}:{port}",
            args={"host": host, "port": port},
        )
        raise UsageError(fault) from refused
    return bound
