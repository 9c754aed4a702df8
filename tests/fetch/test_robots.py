"""robots.txt is obeyed as RFC 9309 wants it, and asked for once a day and site."""

import asyncio
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from protego import Protego

from feedsvc.errors import Code, Fault, Stage
from feedsvc.fetch.memory import Shelf
from feedsvc.fetch.robots import Robots
from feedsvc.model.web import Failed, Fetched, Page, Request
from tests.fetch.notebook import Notebook

SITE = "http://a.example"
FILE = f"{SITE}/robots.txt"


def page(text: str | bytes) -> Page:
    body = text.encode() if isinstance(text, str) else text
    return Page(url=FILE, requested=FILE, body=body)


def failed(code: Code, status: int | None = None) -> Failed:
    fault = Fault(code=code, stage=Stage.FETCH, place=FILE)
    return Failed(fault=fault, status=status)


async def refusal(answer: Fetched, path: str = "/news/1") -> Failed | None:
    robots = Robots(Shelf({FILE: answer}).fetch)
    return (await robots.ruling(f"{SITE}{path}", None)).refusal


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /", "/news/1", False),
        ("User-agent: *\nDisallow: /news", "/news/1", False),
        ("User-agent: *\nDisallow: /news", "/other", True),
        ("User-agent: *\nDisallow:", "/news/1", True),
        ("User-agent: FEEDSVC\nDisallow: /\n\nUser-agent: *\nAllow: /", "/", False),
        ("User-agent: feedsvc\nAllow: /\n\nUser-agent: *\nDisallow: /", "/", True),
        ("User-agent: other\nDisallow: /", "/news/1", True),
        # §2.2.2: the longest match counts, and a tie allows.
        ("User-agent: *\nDisallow: /news\nAllow: /news/1", "/news/1", True),
        ("User-agent: *\nDisallow: /news\nAllow: /news", "/news/1", True),
        ("User-agent: *\nDisallow: /*.php$", "/a.php", False),
        ("User-agent: *\nDisallow: /*.php$", "/a.php?x", True),
        ("\ufeffUser-agent: *\nDisallow: /", "/news/1", False),
        ("User-agent: *\nDisallow: /新闻", "/%E6%96%B0%E9%97%BB/1", False),
        ("User-agent: *\r\n# all\r\nDisallow: /", "/news/1", False),
        ("<html>not found</html>", "/news/1", True),
        ("", "/news/1", True),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
    ],
)
async def test_rules_are_obeyed(text: str, path: str, *, allowed: bool) -> None:
    told = await refusal(page(text), path)
    assert (told is None) is allowed
    if told:
        assert told.fault.code is Code.E_ROBOTS
        assert told.fault.args == {"agent": "feedsvc"}
        assert told.fault.place == f"{SITE}{path}"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (failed(Code.E_NOT_FOUND, 404), None),
        (failed(Code.E_FORBIDDEN, 401), None),
        (failed(Code.E_FORBIDDEN, 403), None),
        (failed(Code.E_GONE, 410), None),
        (failed(Code.E_STATUS, 204), None),
        (failed(Code.E_REDIRECT, 302), None),
        (failed(Code.E_304_NO_CACHE, 304), None),
        (failed(Code.E_THROTTLED, 429), Code.E_THROTTLED),
        (failed(Code.E_SERVER, 500), Code.E_SERVER),
        (failed(Code.E_SERVER, 503), Code.E_SERVER),
        (failed(Code.E_TIMEOUT), Code.E_TIMEOUT),
        (failed(Code.E_CONNECT), Code.E_CONNECT),
        (failed(Code.E_TOO_BIG), Code.E_TOO_BIG),
    ],
)
async def test_a_missing_file_allows_and_one_out_of_reach_does_not(
    answer: Failed, code: Code | None
) -> None:
    told = await refusal(answer)
    assert (told.fault.code if told else None) is code
    if told:
        at_fault = FILE if answer.status else f"{SITE}/news/1"
        assert told.fault.place == at_fault


async def test_500_kib_are_parsed_and_no_more() -> None:
    rules = b"User-agent: *\nDisallow: /early\n"
    long = rules + b"#" * (500 * 1024) + b"\nUser-agent: *\nDisallow: /late\n"
    assert await refusal(page(long), "/early")
    assert await refusal(page(long), "/late") is None


@dataclass
class World:
    """Answers that change, and a clock."""

    answers: list[Fetched]
    now: float = 0.0
    asked: list[Request] = field(default_factory=list)

    async def get(self, request: Request) -> Fetched:
        self.asked.append(request)
        await asyncio.sleep(0)
        return self.answers[min(len(self.asked), len(self.answers)) - 1]

    def clock(self) -> float:
        return self.now


async def test_a_site_is_asked_once_a_day_and_once_for_all_who_wait() -> None:
    world = World([page("User-agent: *\nDisallow: /"), page("")])
    robots = Robots(world.get, world.clock)
    told = await asyncio.gather(*(robots.ruling(f"{SITE}/{n}", None) for n in range(9)))
    assert all(ruling.refusal for ruling in told)
    assert [asked.url for asked in world.asked] == [FILE]
    assert not world.asked[0].robots
    world.now += 24 * 3600 + 1
    assert (await robots.ruling(f"{SITE}/1", None)).refusal is None
    assert len(world.asked) == 2


@pytest.mark.parametrize(
    ("answer", "allowed"),
    [
        (page("User-agent: *\nDisallow: /"), False),
        (failed(Code.E_NOT_FOUND, 404), True),
    ],
)
async def test_a_restart_asks_no_site_again_that_day(
    answer: Fetched, *, allowed: bool
) -> None:
    world, notes = World([answer]), Notebook()
    for hours in (0, 1, 22):
        world.now += hours * 3600
        ruling = await Robots(world.get, world.clock, notes).ruling(f"{SITE}/1", None)
        assert (ruling.refusal is None) is allowed
    assert len(world.asked) == 1
    world.now += 2 * 3600
    await Robots(world.get, world.clock, notes).ruling(f"{SITE}/1", None)
    assert len(world.asked) == 2


async def test_a_clock_that_jumped_back_does_not_keep_rules_for_ever() -> None:
    world, notes = World([page("")], now=1e9), Notebook()
    await Robots(world.get, world.clock, notes).ruling(f"{SITE}/1", None)
    world.now = 0.0
    await Robots(world.get, world.clock, notes).ruling(f"{SITE}/1", None)
    assert len(world.asked) == 2


DAY = 24 * 3600.0
DOWN = failed(Code.E_SERVER, 503)


async def test_a_failure_is_asked_about_again_after_a_restart() -> None:
    world, notes = World([DOWN, page("")]), Notebook()
    for allowed in (False, True):
        ruling = await Robots(world.get, world.clock, notes).ruling(f"{SITE}/1", None)
        assert (ruling.refusal is None) is allowed


async def test_a_file_out_of_reach_for_thirty_days_counts_as_none() -> None:
    """RFC 9309 §2.3.1.4; over restarts too, and it is asked for again each day."""
    world, notes = World([DOWN], now=1e9), Notebook()
    ruled = []
    for day in (0, 1, 29, 30, 31, 31.5, 33):
        world.now = 1e9 + day * DAY + 1
        robots = Robots(world.get, world.clock, notes)
        ruled.append((await robots.ruling(f"{SITE}/1", None)).refusal is None)
    assert ruled == [False, False, False, False, True, True, True]
    assert len(world.asked) == 6


async def test_a_file_that_came_back_starts_the_thirty_days_anew() -> None:
    world, notes = World([DOWN, page(""), DOWN], now=1e9), Notebook()
    for day, allowed in ((0, False), (20, True), (32, False)):
        world.now = 1e9 + day * DAY
        robots = Robots(world.get, world.clock, notes)
        assert ((await robots.ruling(f"{SITE}/1", None)).refusal is None) is allowed


async def test_a_file_out_of_reach_is_asked_for_again_soon() -> None:
    world = World([failed(Code.E_SERVER, 500), page("")])
    robots = Robots(world.get, world.clock)
    for _ in range(3):
        assert (await robots.ruling(f"{SITE}/1", None)).refusal
    world.now += 301
    assert (await robots.ruling(f"{SITE}/1", None)).refusal is None
    assert len(world.asked) == 2


async def test_every_origin_has_its_own_file() -> None:
    world = World([page("")])
    robots = Robots(world.get, world.clock)
    for url in (f"{SITE}/1", "https://a.example/1", "http://a.example:8080/1"):
        await robots.ruling(url, None)
    assert len({asked.url for asked in world.asked}) == 3


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 10\nDisallow: /x", 10),
        ("User-agent: *\nCrawl-delay: 0.5", 0.5),
        ("User-agent: *\nCrawl-delay: -1", 0),
        ("User-agent: *\nCrawl-delay: inf", 0),
        ("User-agent: *\nCrawl-delay: soon", 0),
        ("User-agent: other\nCrawl-delay: 10", 0),
    ],
)
async def test_a_sites_own_gap_is_told(text: str, delay: float) -> None:
    ruling = await Robots(Shelf({FILE: page(text)}).fetch).ruling(f"{SITE}/1", None)
    assert ruling.delay == delay
    assert ruling.refusal is None


async def test_memory_for_files_is_bounded_by_number_and_by_size() -> None:
    world = World([page("")])
    robots = Robots(world.get, world.clock)
    for n in range(2_100):
        await robots.ruling(f"http://host{n}.example/", None)
    assert len(robots._sites) == 2_000
    world = World([page("#" * 500_000)])
    robots = Robots(world.get, world.clock)
    for n in range(40):
        await robots.ruling(f"http://host{n}.example/", None)
    assert len(robots._sites) == 16


@given(st.text(max_size=300))
def test_no_file_is_too_odd_to_be_parsed(text: str) -> None:
    rules = Protego.parse(f"User-agent: *\n{text}")
    rules.can_fetch(f"{SITE}/1", "feedsvc")
    rules.crawl_delay("feedsvc")
