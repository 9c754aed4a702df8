"""granian in our own event loop: requests read by Rust, what is ready answered at once.

Its worker is used without its server, which opens an address anew and tells nobody when
it listens. What is used of it is promised to nobody, hence its minor version is pinned.
"""

import asyncio
import logging
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from granian._granian import ASGIWorker, CallbackScheduler, SocketHolder, WorkerSignal
from granian.asgi import LifespanProtocol
from granian.http import HTTP1Settings

from feedsvc.serve.ports import AtOnce, Served
from feedsvc.serve.protocol import LARGEST_HEAD

__all__ = ["running"]

_log = logging.getLogger(__name__)

_HTTP = HTTP1Settings(header_read_timeout=30_000, max_buffer_size=4 * LARGEST_HEAD)

_UNREAD = 30_000
"""Milliseconds after which a client is left that reads nothing of what it is sent."""

_GRACE = 5
"""Seconds that answers under way get to finish."""

_Request = Any
"""What granian hands over: it has ``scope`` and ``proto``, and no name."""


@asynccontextmanager
async def running(
    app: Served, at_once: AtOnce | None, bound: socket.socket, connections: int
) -> AsyncIterator[asyncio.Task[bool]]:
    """Serve ``app`` on a socket that listens, while the block lasts; the server's task.

    So many ``connections`` are open at a time; others wait to be accepted.
    """
    # Beside errors it only tells of its own comings and goings.
    logging.getLogger("_granian").setLevel(logging.ERROR)
    loop = asyncio.get_running_loop()
    stop, stopped = WorkerSignal(), asyncio.Event()
    stop.add_cb(lambda: loop.call_soon_threadsafe(stopped.set))
    scheduler = CallbackScheduler(loop, app, None, None, None)  # type: ignore[call-arg]  # its stub lacks them
    scheduler._schedule_fn = _Answering(loop, app, at_once)  # type: ignore[attr-defined]  # noqa: SLF001 -- there is no other way in
    worker = ASGIWorker(  # type: ignore[call-arg]  # its stub knows no defaults
        1,
        (None, _held(bound, connections)),
        None,  # type: ignore[arg-type]
        backpressure=connections,
        http1_opts=_HTTP,
    )
    lifespan = LifespanProtocol(app)  # type: ignore[no-untyped-call]  # it has no types
    await lifespan.startup()  # type: ignore[no-untyped-call]
    worker.serve_async(scheduler, loop, stop)  # type: ignore[attr-defined]
    finished = asyncio.create_task(stopped.wait())
    try:
        yield finished
    finally:
        stop.set()
        await asyncio.wait({finished}, timeout=_GRACE)
        finished.cancel()
        await lifespan.shutdown()  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class _Answering:
    """Called with every request, in the thread that has read it.

    An answer that stands ready is given there and then: no task, no turn of the loop.
    """

    loop: asyncio.AbstractEventLoop
    app: Served
    at_once: AtOnce | None

    def __call__(self, request: _Request) -> None:
        """Answer, or have it answered; never raises, for nobody would hear it."""
        try:
            ready = self.at_once and self.at_once(request.scope)
            if not ready:
                self.loop.call_soon_threadsafe(self._begin, request)
                return
            for message in ready.messages:
                request.proto.send(message)
        except Exception:  # noqa: BLE001 -- as said
            self._fail(request)

    def _begin(self, request: _Request) -> None:
        request.taskref(self.loop.create_task(self._call(request)))

    async def _call(self, request: _Request) -> None:
        """Have the application answer."""
        scope = {**request.scope, "root_path": "", "state": {}}
        try:
            await self.app(scope, request.proto.receive, request.proto.send)
        except Exception:  # noqa: BLE001 -- whatever an application may raise
            self._fail(request)
        else:
            request.done()

    def _fail(self, request: _Request) -> None:
        """A bug: the log has its trace, the client a 500 unless it has an answer."""
        _log.exception("serving met a bug")
        request.done()


def _held(bound: socket.socket, backlog: int) -> SocketHolder:
    """A socket of ours as granian has its own; what it accepts inherits the options."""
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if sys.platform != "linux":
        return SocketHolder(bound.detach(), False)  # type: ignore[call-arg]  # noqa: FBT003 -- no Unix socket
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _UNREAD)
    return SocketHolder(bound.detach(), False, backlog)  # type: ignore[call-arg]  # noqa: FBT003
