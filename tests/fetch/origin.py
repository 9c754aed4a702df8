"""A real server on loopback that answers with the very bytes that a test gives it."""

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, cast

from aiohttp.abc import AbstractResolver, ResolveResult

from feedsvc.errors import Code
from feedsvc.fetch import Egress
from feedsvc.fetch.door import Door
from feedsvc.model.web import Failed, Fetched, Page, Request

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
ENDED = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"
LOOPBACK = ("127.0.0.0/8", "::1/128")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    at: float


Script = bytes | Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass(slots=True)
class Origin:
    """Scripts by path; a list of them is played one a request, its last one for ever."""

    base: str = ""
    routes: dict[str, Script | list[Script]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    open: int = 0
    busiest: int = 0

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [asked.path for asked in self.asked]

    async def handle(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Serve one connection until a script or the other side ends it."""
        while not writer.is_closing():
            await self._answer(await reader.readuntil(b"\r\n\r\n"), writer)

    async def _answer(self, head: bytes, writer: asyncio.StreamWriter) -> None:
        first, *lines = head.decode("latin-1").strip().split("\r\n")
        pairs = (line.partition(": ") for line in lines)
        path = first.split(" ")[1]
        headers = {name.lower(): value for name, _, value in pairs}
        self.asked.append(Asked(path, headers, time.monotonic()))
        self.open += 1
        self.busiest = max(self.busiest, self.open)
        try:
            await self._play(path, writer)
        finally:
            self.open -= 1

    async def _play(self, path: str, writer: asyncio.StreamWriter) -> None:
        script = self.routes.get(path, reply(404))
        if isinstance(script, list):
            script = script.pop(0) if len(script) > 1 else script[0]
        if isinstance(script, bytes):
            writer.write(script)
        else:
            await script(writer)
        await writer.drain()


def reply(status: int = 200, body: bytes = b"", **headers: str) -> bytes:
    """An answer with its length; ``content_type`` becomes ``content-type``."""
    lines = [f"HTTP/1.1 {status} Said", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {text}" for name, text in headers.items()]
    return "\r\n".join((*lines, "", "")).encode() + body


def moved(location: str, status: int = 301) -> bytes:
    """A redirect."""
    return reply(status, Location=location)


def code_of(fetched: Fetched) -> Code:
    """The code of a fetch that must fail."""
    assert isinstance(fetched, Failed), fetched
    return fetched.fault.code


async def body_of(egress: Egress, url: str) -> bytes:
    """The body of a document that must come."""
    fetched = await egress.fetch(Request(url=url))
    assert isinstance(fetched, Page), fetched
    return fetched.body


def raw(*pieces: bytes, pause: float = 0, hang: bool = False) -> Script:
    """Write pieces with pauses between them, then close (or hang)."""

    async def script(writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)
        if hang:
            await asyncio.sleep(30)
        writer.close()

    return script


def endless(head: bytes, piece: bytes) -> Script:
    """Write a piece again and again until the other side goes."""

    async def script(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)

    return script


def after(seconds: float, answer: bytes) -> Script:
    """Wait, then answer."""

    async def script(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(seconds)
        writer.write(answer)

    return script


Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextlib.asynccontextmanager
async def listening(
    handle: Handler, host: str = "127.0.0.1", **options: Any
) -> AsyncIterator[int]:
    """Handle connections while the block runs, then drop them; gives the port."""
    tasks: set[asyncio.Task[None]] = set()

    async def guarded(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = cast("asyncio.Task[None]", asyncio.current_task())
        tasks.add(task)
        try:
            await handle(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass  # the other side went
        except asyncio.CancelledError:
            writer.transport.abort()
        finally:
            writer.close()
            # Whoever drops connections may come while this one is closing.
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()
            tasks.discard(task)

    server = await asyncio.start_server(guarded, host, 0, **options)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in tuple(tasks):
            task.cancel()
        await asyncio.gather(*tasks)


@contextlib.asynccontextmanager
async def serving(host: str = "127.0.0.1", **options: Any) -> AsyncIterator[Origin]:
    """One more origin while the block runs."""
    origin = Origin()
    scheme = "https" if options.get("ssl") else "http"
    async with listening(origin.handle, host, **options) as port:
        origin.base = f"{scheme}://{host}:{port}"
        yield origin


@dataclass(slots=True)
class Names(AbstractResolver):
    """A resolver that answers from a table, each time with the next answer."""

    table: dict[str, list[list[str]]]
    calls: list[str] = field(default_factory=list)
    delay: float = 0

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,
    ) -> list[ResolveResult]:
        self.calls.append(host)
        await asyncio.sleep(self.delay)
        if host not in self.table:
            raise OSError(host)
        answers = self.table[host]
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            ResolveResult(
                hostname=host, host=a, port=port, family=family, proto=0, flags=0
            )
            for a in found
        ]

    async def close(self) -> None:
        """Nothing to let go of."""


def door(names: Names | None = None, allow: tuple[str, ...] = LOOPBACK) -> Door:
    """A door with names of our own."""
    return Door(allow, resolver=names)
