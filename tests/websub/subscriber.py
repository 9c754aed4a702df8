"""A subscriber on loopback as the standard describes it, and as it must not be."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from tests.fetch.origin import listening, reply

__all__ = ["Push", "Subscriber", "subscribing"]


@dataclass(frozen=True, slots=True)
class Push:
    """What was sent to a callback."""

    path: str
    headers: dict[str, str]
    body: bytes


Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass(slots=True)
class Subscriber:
    """Confirms what it is asked about; what it is told to do otherwise, it does.

    ``confirmation`` makes the answer to a question of its parameters; ``pushed`` are
    answers to news by path, played one a push, the last one for ever; an ``Answer`` takes
    over the connection, and may leave the body unread.
    """

    base: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    pushes: list[Push] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    confirmation: Callable[[dict[str, str]], bytes] = lambda asked: reply(
        200, asked["hub.challenge"].encode()
    )
    pushed: dict[str, list[bytes | Answer]] = field(default_factory=dict)
    wait: float = 0
    open: int = 0
    busiest: int = 0

    def got(self, path: str) -> list[Push]:
        """The news that one callback got, in order."""
        return [push for push in self.pushes if push.path == path]

    async def handle(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Serve one connection until either side ends it."""
        while not writer.is_closing():
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            self.open += 1
            self.busiest = max(self.busiest, self.open)
            try:
                await asyncio.sleep(self.wait)
                await self._take(head, reader, writer)
                await writer.drain()
            finally:
                self.open -= 1

    async def _take(
        self, head: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        first, *lines = head.strip().split("\r\n")
        method, target, _ = first.split(" ")
        headers = {k.lower(): v for k, _, v in (x.partition(": ") for x in lines)}
        path = urlsplit(target).path
        self.paths.append(target)
        if method == "GET":
            asked = dict(parse_qsl(urlsplit(target).query))
            self.asked.append(asked)
            writer.write(self.confirmation(asked))
            return
        answers = self.pushed.get(path, [reply(204)])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if callable(answer):
            await answer(reader, writer)
            return
        body = await reader.readexactly(int(headers["content-length"]))
        self.pushes.append(Push(path, headers, body))
        writer.write(answer)


@asynccontextmanager
async def subscribing(host: str = "127.0.0.1") -> AsyncIterator[Subscriber]:
    """One subscriber while the block runs."""
    subscriber = Subscriber()
    async with listening(subscriber.handle, host) as port:
        subscriber.base = f"http://{host}:{port}"
        yield subscriber
