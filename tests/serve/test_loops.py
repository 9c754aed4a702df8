"""A request of our own that others pass back to us ends there (reliability.md, 47)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from feedsvc.errors import Code
from feedsvc.fetch import Egress
from feedsvc.model.config import CollectSettings, Duration
from feedsvc.model.web import Failed, Page, Request
from feedsvc.serve import build, serving
from feedsvc.text import loops
from tests.fetch.origin import LOOPBACK, listening
from tests.serve.conftest import Site

AUTHORITY = "example.org,2026"
SETTINGS = CollectSettings(
    host_gap=Duration(),
    robots=False,
    allow_networks=LOOPBACK,
    timeout=Duration(seconds=5),
)


@asynccontextmanager
async def passing_on(port: int, path: bytes) -> AsyncIterator[str]:
    """B: whatever is asked of it, it asks of A's feed, headers and all."""

    async def handle(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        inner, outer = await asyncio.open_connection("127.0.0.1", port)
        first, _, rest = head.partition(b"\r\n")
        method, _, version = first.split(b" ")
        outer.write(
            b" ".join((method, path, version)) + b"\r\nConnection: close\r\n" + rest
        )
        writer.write(await inner.read())
        outer.close()

    async with listening(handle) as own:
        yield f"http://127.0.0.1:{own}/b"


@pytest.mark.parametrize(
    ("authority", "code"), [(AUTHORITY, Code.E_LOOP), ("other.example,2026", None)]
)
async def test_a_feed_that_comes_back_to_us_by_way_of_another_is_a_loop(
    authority: str, code: Code | None, site: Site, *, fast: bool
) -> None:
    """A → B → A at an address that says nothing; another feedsvc may well read us."""
    app = build(
        site.output, ["zh", "en"], "https://feeds.example.org", authority=AUTHORITY
    )
    app.refresh()
    async with (
        serving(app, "127.0.0.1", 0, fast=fast) as running,
        passing_on(int(running.url.rpartition(":")[2]), b"/zh/local/feed.rss") as b,
        Egress(SETTINGS, authority=authority) as egress,
    ):
        fetched = await egress.fetch(Request(url=b))
    if code is None:
        assert isinstance(fetched, Page)
    else:
        assert isinstance(fetched, Failed)
        assert fetched.fault.code is code


async def test_the_answer_to_our_own_request_says_whose_it_was(
    site: Site, *, fast: bool
) -> None:
    app = build(site.output, ["zh"], "https://feeds.example.org", authority=AUTHORITY)
    mark = loops.mark(AUTHORITY)
    async with (
        serving(app, "127.0.0.1", 0, fast=fast) as running,
        httpx.AsyncClient(base_url=running.url, trust_env=False) as client,
    ):
        answer = await client.get("/", headers={"cdn-loop": f"a, {mark}"})
        other = await client.get("/healthz", headers={"cdn-loop": f"{mark}x"})
    assert (answer.status_code, answer.headers["cdn-loop"]) == (508, mark)
    assert other.status_code == 200
