"""Requests a second and CPU a request, against the smallest ASGI application there is.

``python -m tests.bench.serve``: both run on the same uvicorn settings in processes of
their own, one after the other; what counts is the ratio.
"""

import asyncio
import multiprocessing
import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing.connection import Connection

from starlette.types import ASGIApp, Receive, Scope, Send

from feedsvc.model.feed import Document
from feedsvc.output.memory import Memory
from feedsvc.serve import build, serving

FEED = b"<item><title>A headline of usual length</title></item>\n" * 700
CONNECTIONS = 8
REQUESTS = 6000
PATH = "/zh/local/feed.rss"


async def floor(scope: Scope, receive: Receive, send: Send) -> None:
    """Send the same bytes whatever is asked."""
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"].endswith("shutdown"):
                return
    length = str(len(FEED)).encode()
    await send(
        {
            "type": "http.response.start",
            "status": 200,
            "headers": [(b"content-length", length)],
        }
    )
    await send({"type": "http.response.body", "body": FEED})


def ours() -> ASGIApp:
    """The application over one feed."""
    output = Memory()
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    kind = "application/rss+xml; charset=utf-8"
    feed = Document(name="feed.rss", body=FEED, media_type=kind, updated=moment)
    output.switch("zh/local", [feed])
    app = build(output, ["zh", "en"], "https://feeds.example.org")
    app.refresh()
    return app


def server(make: Callable[[], ASGIApp], told: Connection) -> None:
    """Serve until told to stop; says its port, then the CPU seconds it took."""

    async def run() -> None:
        async with serving(make(), "127.0.0.1", 0) as running:
            told.send(running.port)
            before = cpu()
            await asyncio.to_thread(told.recv)
            told.send(cpu() - before)

    asyncio.run(run())


def cpu() -> float:
    """CPU seconds of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def ask(port: int, request: bytes, times: int) -> None:
    """Send a request again and again on one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(times):
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
        await reader.readexactly(int(length or 0))
    writer.close()


def measure(make: Callable[[], ASGIApp], headers: str = "") -> tuple[float, float]:
    """Requests a second, and CPU microseconds of the server for each."""
    request = f"GET {PATH} HTTP/1.1\r\nHost: x\r\n{headers}\r\n".encode()
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=server, args=(make, there)
    )
    process.start()
    port = here.recv()

    async def load() -> None:
        each = REQUESTS // CONNECTIONS
        await asyncio.gather(*(ask(port, request, each) for _ in range(CONNECTIONS)))

    started = time.perf_counter()
    asyncio.run(load())
    took = time.perf_counter() - started
    here.send("stop")
    used = here.recv()
    process.join()
    return REQUESTS / took, used / REQUESTS * 1e6


def nothing() -> ASGIApp:
    """The floor, made where it runs."""
    return floor


def main() -> None:
    """Print the table."""
    cases = {
        "floor": (nothing, ""),
        "feed": (ours, ""),
        "feed, br": (ours, "Accept-Encoding: gzip, deflate, br\r\n"),
        "feed, 304": (ours, "If-Modified-Since: Tue, 24 Nov 2026 00:00:00 GMT\r\n"),
    }
    base = 0.0
    for name, (make, headers) in cases.items():
        rate, micros = measure(make, headers)
        base = base or rate
        print(f"{name:10} {rate:7.0f} req/s  {micros:5.0f} us CPU  {rate / base:.2f}")


if __name__ == "__main__":
    main()
