"""Hosts are asked politely: in turn, with a gap, as their robots.txt says."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from feedsvc.errors import Code
from feedsvc.fetch import Egress
from feedsvc.model.config import Duration, Size
from feedsvc.model.web import Failed, NotModified, Page, Request, Validators
from feedsvc.text import loops
from tests.fetch.conftest import Opener
from tests.fetch.notebook import Notebook
from tests.fetch.origin import (
    Origin,
    body_of,
    code_of,
    moved,
    reply,
    serving,
)


async def test_requests_to_a_host_keep_their_gap(
    origin: Origin, other: Origin, opened: Opener
) -> None:
    origin.routes["/"] = other.routes["/"] = reply(body=b"x")
    egress = opened(host_gap=Duration(seconds=0.2))
    urls = [origin.base] * 3 + [other.base]
    began = time.monotonic()
    await asyncio.gather(*(body_of(egress, url) for url in urls))
    _, second, third = (asked.at for asked in origin.asked)
    # By the first start, not the first arrival, which may be late on a busy machine.
    assert second - began >= 0.2
    assert third - began >= 0.4
    assert other.asked[0].at < second


async def test_only_so_many_requests_run_at_once(opened: Opener) -> None:
    running, most = 0, 0

    async def script(writer: asyncio.StreamWriter) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.02)
        running -= 1
        writer.write(reply(body=b"x"))

    egress = opened(concurrency=3)
    async with serving("0.0.0.0") as origin:
        origin.routes["/"] = script
        port = origin.base.rpartition(":")[2]
        urls = [f"http://127.0.0.{n}:{port}/" for n in range(1, 13)]
        await asyncio.gather(*(body_of(egress, url) for url in urls))
    assert most == 3


async def test_a_wait_ends_by_the_clock_that_is_given(
    origin: Origin, opened: Opener
) -> None:
    now = datetime(2026, 11, 24, 8, tzinfo=UTC)
    egress = opened(clock=lambda: now)
    until = "Tue, 24 Nov 2026 09:00:00 GMT"
    origin.routes["/"] = [reply(503, Retry_After=until), reply(body=b"x")]
    for minutes, code in ((0, Code.E_SERVER), (59, Code.E_THROTTLED)):
        now = datetime(2026, 11, 24, 8, minutes, tzinfo=UTC)
        assert code_of(await egress.fetch(Request(url=origin.base))) is code
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert await body_of(egress, origin.base) == b"x"


@pytest.mark.parametrize("status", [429, 503])
async def test_a_host_that_asks_for_it_is_left_alone(
    status: int, origin: Origin, other: Origin, egress: Egress
) -> None:
    origin.routes["/"] = reply(status, Retry_After="3600")
    other.routes["/"] = reply(body=b"x")
    waiting = [egress.fetch(Request(url=origin.base)) for _ in range(3)]
    first, *later = await asyncio.gather(*waiting)
    assert isinstance(first, Failed)
    assert first.status == status
    assert first.retry_after == timedelta(hours=1)
    for fetched in later:
        assert isinstance(fetched, Failed)
        assert fetched.fault.code is Code.E_THROTTLED
        assert fetched.fault.args == {"status": status}
        assert fetched.retry_after
        assert timedelta(minutes=59) < fetched.retry_after <= timedelta(hours=1)
    assert len(origin.asked) == 1
    assert await body_of(egress, other.base) == b"x"


async def test_a_429_without_a_wait_is_heeded_and_a_500_is_not(
    origin: Origin, other: Origin, egress: Egress
) -> None:
    origin.routes["/"] = reply(429)
    other.routes["/"] = [reply(503), reply(500), reply(body=b"x")]
    for base in (origin.base, other.base):
        for _ in range(3):
            await egress.fetch(Request(url=base))
    assert len(origin.asked) == 1
    assert len(other.asked) == 3


async def test_retry_after_holds_a_host_over_a_restart(
    origin: Origin, opened: Opener
) -> None:
    """Row 429: Retry-After, for the host, whatever else is asked for there."""
    notes = Notebook()
    origin.routes |= {"/": reply(429, Retry_After="3600"), "/b": reply(body=b"x")}
    await opened(notes=notes).fetch(Request(url=origin.base))
    held = await opened(notes=notes).fetch(Request(url=f"{origin.base}/b"))
    assert isinstance(held, Failed)
    assert held.fault.code is Code.E_THROTTLED
    assert held.retry_after
    assert origin.paths == ["/"]


async def test_a_429_without_a_wait_slows_its_host_and_keeps_nobody_by_hand(
    origin: Origin, opened: Opener
) -> None:
    """Row 429: the host's base interval is raised; ``collect`` still tries at once."""
    notes = Notebook()
    origin.routes |= {"/": reply(429), "/b": reply(body=b"x")}
    service = opened(notes=notes)
    await service.fetch(Request(url=origin.base))
    held = await service.fetch(Request(url=f"{origin.base}/b"))
    assert code_of(held) is Code.E_THROTTLED
    assert isinstance(held, Failed)
    assert held.retry_after is None
    tried = await opened(notes=notes).fetch(Request(url=f"{origin.base}/b"))
    assert isinstance(tried, Page)
    assert tried.hints.pause == timedelta(hours=1)


async def test_a_crawl_delay_beyond_what_is_kept_is_told(
    origin: Origin, opened: Opener
) -> None:
    """Rule 1."""
    origin.routes["/robots.txt"] = reply(body=b"User-agent: *\nCrawl-delay: 120")
    origin.routes["/"] = reply(body=b"x")
    page = await opened(robots=True).fetch(Request(url=origin.base, robots=False))
    assert isinstance(page, Page)
    assert page.hints.crawl_delay is None  # nobody asked its robots.txt
    page = await opened(robots=True).fetch(Request(url=origin.base))
    assert isinstance(page, Page)
    assert page.hints.crawl_delay == timedelta(minutes=2)


async def test_a_304_at_the_end_of_a_move_tells_of_the_move(
    origin: Origin, egress: Egress
) -> None:
    """Row 301/308."""
    origin.routes |= {"/": moved("/new", 308), "/new": reply(304)}
    known = Validators(etag="a")
    fetched = await egress.fetch(Request(url=origin.base, validators=known))
    assert isinstance(fetched, NotModified)
    assert (fetched.url, fetched.moved) == (f"{origin.base}/new", True)


@pytest.mark.parametrize(
    ("named", "code"),
    [
        (loops.mark("example.org,2026"), Code.E_LOOP),
        (f"cdn; x=1, {loops.mark('example.org,2026')} ; y", Code.E_LOOP),
        (loops.mark("other.example,2026"), Code.E_SERVER),
        ("", Code.E_SERVER),
    ],
    ids=["ours", "ours-among-others", "another-feedsvc", "a-host-out-of-resources"],
)
async def test_an_answer_of_our_own_is_a_loop(
    named: str, code: Code, origin: Origin, opened: Opener
) -> None:
    """reliability.md, 47: by a token, whatever the address."""
    origin.routes["/"] = reply(508, CDN_Loop=named)
    egress = opened(authority="example.org,2026")
    assert code_of(await egress.fetch(Request(url=origin.base))) is code
    assert origin.asked[0].headers["cdn-loop"] == loops.mark("example.org,2026")


async def test_robots_txt_is_asked_for_first_and_obeyed(
    origin: Origin, opened: Opener
) -> None:
    origin.routes |= {
        "/robots.txt": reply(body=b"User-agent: *\nDisallow: /private"),
        "/news": reply(body=b"x"),
        "/private": reply(body=b"x"),
        "/hop": moved("/private"),
    }
    egress = opened(robots=True)
    assert await body_of(egress, f"{origin.base}/news") == b"x"
    for path in ("/private", "/hop"):
        fetched = await egress.fetch(Request(url=f"{origin.base}{path}"))
        assert isinstance(fetched, Failed)
        assert fetched.fault.code is Code.E_ROBOTS
        assert fetched.fault.args == {"agent": "feedsvc"}
        assert fetched.fault.place == f"{origin.base}/private"
    assert origin.paths == ["/robots.txt", "/news", "/hop"]
    free = await egress.fetch(Request(url=f"{origin.base}/private", robots=False))
    assert isinstance(free, Page)


async def test_a_server_in_trouble_is_asked_for_nothing_but_robots_txt(
    origin: Origin, opened: Opener
) -> None:
    origin.routes |= {"/robots.txt": reply(503), "/news": reply(body=b"x")}
    fetched = await opened(robots=True).fetch(Request(url=f"{origin.base}/news"))
    assert code_of(fetched) is Code.E_SERVER
    assert origin.paths == ["/robots.txt"]


@pytest.mark.parametrize(("hops", "allowed"), [(5, False), (11, True)])
async def test_robots_txt_may_be_moved_but_not_for_ever(
    hops: int, *, allowed: bool, origin: Origin, opened: Opener
) -> None:
    origin.routes["/robots.txt"] = moved("/r1")
    for n in range(1, hops):
        origin.routes[f"/r{n}"] = moved(f"/r{n + 1}")
    origin.routes[f"/r{hops}"] = reply(body=b"User-agent: *\nDisallow: /")
    origin.routes["/news"] = reply(body=b"x")
    fetched = await opened(robots=True).fetch(Request(url=f"{origin.base}/news"))
    assert isinstance(fetched, Page) is allowed


async def test_a_long_robots_txt_is_read_in_part(
    origin: Origin, opened: Opener
) -> None:
    rules = b"User-agent: *\nDisallow: /news\n" + b"# padding\n" * 60_000
    origin.routes |= {"/robots.txt": reply(body=rules), "/news": reply(body=b"x")}
    egress = opened(robots=True, max_bytes=Size(8_000_000))
    fetched = await egress.fetch(Request(url=f"{origin.base}/news"))
    assert code_of(fetched) is Code.E_ROBOTS


async def test_a_crawl_delay_is_kept(origin: Origin, opened: Opener) -> None:
    origin.routes["/robots.txt"] = reply(body=b"User-agent: *\nCrawl-delay: 0.3")
    origin.routes["/"] = reply(body=b"x")
    egress = opened(robots=True)
    for _ in range(2):
        await body_of(egress, origin.base)
    assert origin.asked[-1].at - origin.asked[-2].at >= 0.29


async def test_every_request_counts_for_the_day_robots_and_redirects_too(
    origin: Origin, opened: Opener
) -> None:
    notes = Notebook()
    origin.routes |= {
        "/robots.txt": reply(404),
        "/": moved(f"{origin.base}/b"),
        "/b": reply(body=b"x"),
    }
    egress = opened(robots=True, notes=notes)
    assert await body_of(egress, origin.base) == b"x"
    assert await egress.spent() == len(origin.asked) == 3
    assert await opened(notes=notes).spent() == 3
