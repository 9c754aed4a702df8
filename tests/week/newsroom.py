"""The newsroom on loopback: a proxy behind which its sites stand at their own addresses.

So that what identity is made of, host names included, is the same in every run.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from hashlib import blake2b
from urllib.parse import urlsplit

from tests.fetch.origin import listening
from tests.week.script import START
from tests.week.sites import Answer, answer

__all__ = ["Clock", "Newsroom", "newsroom"]


@dataclass
class Clock:
    """The true moment, and by how much our own clock is wrong."""

    true: datetime = START
    wrong: timedelta = timedelta()

    def now(self) -> datetime:
        """What our own clock says."""
        return self.true + self.wrong


@dataclass
class Newsroom:
    """What the sites answer at the true moment, and who asked for what."""

    clock: Clock
    port: int = 0
    asked: Counter[str] = field(default_factory=Counter)

    async def handle(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Serve one connection until either side ends it."""
        while not writer.is_closing():
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = head.strip().split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in lines)
            parts = urlsplit(first.split(" ")[1])
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            self.asked[parts.netloc] += 1
            said = answer(parts.netloc, path, self.clock.true)
            if said.status is None:
                writer.transport.abort()
                return
            writer.write(self._written(said, headers.get("if-none-match", "")))
            await writer.drain()

    def _written(self, said: Answer, known: str) -> bytes:
        tag = f'"{blake2b(said.body, digest_size=8).hexdigest()}"'
        status, body = said.status, said.body
        headers = {"Content-Type": said.media_type, **said.headers}
        headers["Date"] = format_datetime(self.clock.true, usegmt=True)
        if status == 200:
            headers["ETag"] = tag
            if known == tag:
                status, body = 304, b""
        if status != 304:
            headers["Content-Length"] = str(len(body))
        lines = [f"HTTP/1.1 {status} Said", *(f"{k}: {v}" for k, v in headers.items())]
        return "\r\n".join((*lines, "", "")).encode() + body


@asynccontextmanager
async def newsroom(clock: Clock) -> AsyncIterator[Newsroom]:
    """Open the sites while the block runs."""
    room = Newsroom(clock)
    async with listening(room.handle) as room.port:
        yield room
