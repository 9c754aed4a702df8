"""The newsroom on loopback: one address a site, with the manners of real servers."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from hashlib import blake2b

import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from feedsvc.demo.sites import SITES, Document, documents

__all__ = ["newsroom"]

_FIRST_PORT = 18801
"""The same ports every time, so that a demonstration kept with --data goes on."""

_SLOW_SECONDS = 0.6
"""What the slow gazette needs for an answer."""


@asynccontextmanager
async def newsroom(
    first_port: int = _FIRST_PORT,
) -> AsyncIterator[Mapping[str, str]]:
    """Serve every site while the block runs; gives site → base address.

    Each has a port of its own from ``first_port`` on; 0 takes any that are free.
    """
    sockets = {s: _listen(first_port and first_port + n) for n, s in enumerate(SITES)}
    bases = {s: f"http://127.0.0.1:{k.getsockname()[1]}" for s, k in sockets.items()}
    app = _Newsroom({int(base.rsplit(":", 1)[1]): s for s, base in bases.items()})
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, lifespan="off", ws="none"
    )
    server = _Guest(config)
    serving = asyncio.create_task(server.serve(list(sockets.values())))
    try:
        while not server.started:  # noqa: ASYNC110 -- uvicorn offers no event
            await asyncio.sleep(0.01)
        yield bases
    finally:
        server.should_exit = True
        await serving


def _listen(port: int) -> socket.socket:
    """Listen at ``port``, or at any when it is taken."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind(("127.0.0.1", port))
    except OSError:
        sock.bind(("127.0.0.1", 0))
    sock.listen()
    return sock


class _Guest(uvicorn.Server):
    """A server in somebody else's process: signals are that one's."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


@dataclass(slots=True)
class _Newsroom:
    """One ASGI application for all sites; the port says which is meant."""

    ports: Mapping[int, str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        site = self.ports[scope["server"][1]]
        answer = await _answer(site, Request(scope))
        await answer(scope, receive, send)


async def _answer(site: str, request: Request) -> Response:
    if site == "broken":
        return PlainTextResponse("The editor is out for lunch.", status_code=503)
    if site == "gazette":
        await asyncio.sleep(_SLOW_SECONDS)
    host, port = request.scope["server"]
    document = documents(site, f"http://{host}:{port}").get(request.url.path)
    if document is None:
        return PlainTextResponse("Not found", status_code=404)
    return _conditional(document, request)


def _conditional(document: Document, request: Request) -> Response:
    etag = f'"{blake2b(document.body, digest_size=8).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": "max-age=60"}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    headers["Content-Type"] = document.media_type
    return Response(document.body, headers=headers)
