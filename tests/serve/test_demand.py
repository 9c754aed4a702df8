"""Feeds made on demand, over HTTP from a real server (contract §3; cases 89–97, 101–103)."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from feedsvc.model.feed import Edition
from feedsvc.model.tree import Made
from feedsvc.output.memory import Memory
from feedsvc.publish.demand import Demand
from feedsvc.serve import Application, build
from feedsvc.serve import shelf as shelves
from feedsvc.serve.shelf import Shelf, Unready
from feedsvc.store import Store, open_store
from tests.publish.world import House, article
from tests.serve.threads import served

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
BASE = "https://feeds.example.org"
YANGQUAN = f"?q={quote('阳泉')}"
SOURCE = "/zh/sources/river/feed.rss"
SEARCH = f"/zh/search/feed.rss{YANGQUAN}"
FEEDS = [SOURCE, SEARCH, f"/en/search/feed.atom{YANGQUAN}&category=local"]
COAL = article(1, title="阳泉的煤", language="zh")


class Counting(Demand):
    """A maker that counts, and waits while it is told to."""

    made = 0
    asked = 0
    gate: threading.Event | None = None
    began = threading.Event()

    def change(self) -> int:
        self.asked += 1
        return super().change()

    def make(self, edition: Edition, name: str, before: Made | None) -> Made:
        self.made += 1
        self.began.set()
        if self.gate:
            assert self.gate.wait(20)
        return super().make(edition, name, before)


def of(house: House) -> Counting:
    return Counting(house.config, lambda: house.store, lambda: house.now)


def site(maker: Counting | None) -> Application:
    output = Memory()
    return build(output, ["zh", "en"], f"{BASE}/", maker=lambda: maker)


@pytest.fixture(scope="module")
def house() -> House:
    kept = House()
    kept.keep(COAL, article(2))
    return kept


@pytest.fixture(scope="module", params=["uvicorn", "granian"])
def url(request: pytest.FixtureRequest, house: House) -> Iterator[str]:
    with served(site(of(house)), fast=request.param == "granian") as found:
        yield found


@pytest.fixture
async def client(url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        base_url=url, trust_env=False, headers={"accept-encoding": ""}
    ) as found:
        yield found


@pytest.mark.parametrize("path", FEEDS)
async def test_a_feed_comes_with_all_that_caches_and_scripts_need(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.get(path)
    assert answer.status_code == 200
    head = answer.headers
    assert "阳泉的煤" in answer.text
    assert head["content-type"].startswith("application/")
    assert head["last-modified"] == "Tue, 24 Nov 2026 07:00:00 GMT"
    assert head["cache-control"].startswith("public, max-age=")
    assert head["vary"] == "Accept, Accept-Encoding"
    assert head["access-control-allow-origin"] == "*"
    assert head["x-content-type-options"] == "nosniff"
    assert head["content-security-policy"] == "default-src 'none'; sandbox"
    other = {"zh": "en", "en": "zh"}[path[1:3]]
    sibling = f"/{other}{path[3:]}"
    assert head["link"] == (
        f'<{BASE}{path}>; rel="self", '
        f'<{BASE}{sibling}>; rel="alternate"; hreflang="{other}"'
    )


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("coding", ["", "gzip", "br", "zstd"])
async def test_unchanged_is_said_without_a_body(
    client: httpx.AsyncClient, path: str, coding: str
) -> None:
    asked = {"accept-encoding": coding}
    full = await client.get(path, headers=asked)
    assert full.headers.get("content-encoding", "") == coding
    for condition in (
        {"if-none-match": full.headers["etag"]},
        {"if-modified-since": full.headers["last-modified"]},
    ):
        again = await client.get(path, headers=asked | condition)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == full.headers["etag"]


@pytest.mark.parametrize("path", FEEDS)
async def test_head_is_get_without_a_body_and_other_methods_are_refused(
    client: httpx.AsyncClient, path: str
) -> None:
    got, head = await client.get(path), await client.head(path)
    assert head.content == b""
    for name in ("etag", "content-length", "last-modified", "link"):
        assert head.headers[name] == got.headers[name]
    assert (await client.post(path)).status_code == 405
    asked = await client.options(path)
    assert (asked.status_code, asked.headers["allow"]) == (204, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("path", FEEDS)
async def test_a_browser_is_sent_to_the_page(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.get(path, headers={"accept": BROWSER})
    folder, _, name = path.rpartition("/")
    parameters = name.partition("?")[2]
    page = f"{folder}/{parameters and '?'}{parameters}"
    assert (answer.status_code, answer.headers["location"]) == (302, page)
    found = await client.get(page)
    assert found.status_code == 200
    assert "form-action 'self'" in found.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/zh/sources/nobody/feed.rss", 404),
        ("/zh/sources/river/feed.xml", 404),
        ("/zh/sources/%2e%2e/feed.rss", 404),
        ("/zh/sources/river%00/feed.rss", 404),
        ("/zh/sources/riv\u0435r/feed.rss", 404),
        ("/fr/sources/river/feed.rss", 404),
        ("/zh/search/feed.rss?q=a&category=nothing", 404),
        ("/zh/search/feed.rss", 400),
        ("/zh/search/feed.rss?q=", 400),
        ("/zh/search/feed.rss?q=" + "x" * 201, 400),
        ("/zh/search/?q=%0d%0aset-cookie:%20x", 200),
        ("/zh/search/?q=%3Cscript%3Ealert(1)%3C/script%3E", 200),
        ("/zh/search/?q=%22%20OR%201=1%20--", 200),
        ("/zh/search/?q=%E2%80%AEa", 200),
        ("/zh/search/feed.rss?q=a%00%01", 200),
        ("/zh/search/feed.rss?q=" + "a+" * 99, 200),
    ],
)
async def test_hostile_addresses_are_refused_or_harmless(
    client: httpx.AsyncClient, path: str, status: int
) -> None:
    answer = await client.get(path)
    assert answer.status_code == status
    assert "set-cookie" not in answer.headers
    assert "<script>alert" not in answer.text
    for value in answer.headers.values():
        assert value.isascii()
        assert "<script" not in value
    if status >= 400:
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"


async def test_other_spellings_give_the_same_bytes(client: httpx.AsyncClient) -> None:
    plain = await client.get(SEARCH)
    for asked in (
        f"{SEARCH}&utm_source=x",
        f"/zh/search/feed.rss?q=+{quote('阳泉')}%20%09",
    ):
        other = await client.get(asked)
        assert other.content == plain.content
        assert other.headers["etag"] == plain.headers["etag"]
        assert other.headers["link"] == plain.headers["link"]


async def test_a_forgotten_slash_is_put_in(client: httpx.AsyncClient) -> None:
    for path, there in (
        ("/zh/sources/river", "/zh/sources/river/"),
        (f"/zh/search{YANGQUAN}&x=y", f"/zh/search/{YANGQUAN}"),
    ):
        answer = await client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (301, there)


async def test_while_nobody_makes_feeds_they_alone_are_unavailable() -> None:
    app = site(None)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        answer = await client.get(SOURCE)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/zh/search/?q=")).status_code == 400


def unreadable() -> Store:
    return open_store("sqlite", Path("/nowhere"), beside=True, make=False)


async def test_while_the_store_cannot_be_read_they_alone_are_unavailable(
    house: House,
) -> None:
    app = site(Counting(house.config, unreadable, lambda: house.now))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url=BASE
    ) as client:
        for path in FEEDS:
            answer = await client.get(path)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
        assert (await client.get("/healthz")).status_code == 200


def edition(maker: Counting, query: str = "阳泉") -> Edition:
    found = maker.edition("zh", None, query, None)
    assert found
    return found


def fresh(maker: Counting) -> Shelf:
    return Shelf(maker, lambda _: [])


def look_again(shelf: Shelf) -> None:
    """As a second later."""
    shelf._look_at = 0.0


async def test_a_storm_of_polls_is_one_question_and_one_rendering() -> None:
    house = House()
    house.keep(COAL)
    maker = of(house)
    shelf = fresh(maker)
    wanted = edition(maker)
    entries = await asyncio.gather(*(shelf.get(wanted, "feed.rss") for _ in range(500)))
    assert len({id(entry) for entry in entries}) == 1
    assert (maker.made, maker.asked) == (1, 1)
    look_again(shelf)
    await shelf.get(wanted, "feed.rss")
    assert (maker.made, maker.asked) == (1, 2)


async def test_what_the_change_does_not_touch_is_not_rendered_anew() -> None:
    house = House()
    house.keep(COAL)
    maker = of(house)
    shelf = fresh(maker)
    first = await shelf.get(edition(maker), "feed.rss")
    house.keep(article(9))
    look_again(shelf)
    assert await shelf.get(edition(maker), "feed.rss") is first
    house.keep(article(5, title="阳泉", language="zh"))
    look_again(shelf)
    third = await shelf.get(edition(maker), "feed.rss")
    assert third.last_modified > first.last_modified or third is not first


async def test_a_flood_of_searches_is_bounded_and_the_rest_goes_on() -> None:
    house = House()
    house.keep(COAL)
    maker = of(house)
    maker.gate = threading.Event()
    app = site(maker)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        flood = [
            asyncio.create_task(client.get(f"/zh/search/feed.rss?q=w{n}"))
            for n in range(100)
        ]
        refused, _ = await asyncio.wait(flood, timeout=5)
        while len(refused) < 100 - shelves._WAITING:
            refused, _ = await asyncio.wait(flood, timeout=0.05)
        assert (await client.get("/healthz")).status_code == 200
        assert maker.made == shelves._AT_ONCE
        maker.gate.set()
        answers = await asyncio.gather(*flood)
    told = [answer.status_code for answer in answers]
    assert told.count(200) == shelves._WAITING
    assert told.count(503) == 100 - shelves._WAITING


async def test_what_nobody_asks_for_any_more_makes_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = House()
    house.keep(COAL)
    maker = of(house)
    shelf = fresh(maker)
    monkeypatch.setattr(shelves, "_ROOM", 60_000)
    for n in range(20):
        await shelf.get(edition(maker, f"阳泉 {n}"), "index.html")
    assert 1 < len(shelf._kept) < 20
    assert sum(kept.size for kept in shelf._kept.values()) <= 60_000
    await shelf.get(edition(maker, "阳泉 19"), "index.html")
    assert maker.made == 20


async def test_a_large_store_is_indexed_beside_the_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = House()
    house.keep(*(article(n, title=f"阳泉 {n}") for n in range(450)))
    maker = of(house)
    shelf = fresh(maker)
    monkeypatch.setattr(shelves, "_INDEXING", 0.0)
    with pytest.raises(Unready) as later:
        await shelf.get(edition(maker), "feed.rss")
    assert later.value.after == 10
    source = maker.edition("zh", "river", None, None)
    assert source
    await shelf.get(source, "feed.rss")
    for _ in range(1000):
        if shelf._indexing is None:
            break
        await asyncio.sleep(0.01)
    assert (await shelf.get(edition(maker), "feed.rss")).answers


async def test_what_was_made_stands_while_the_store_is_away() -> None:
    house = House()
    house.keep(COAL)
    maker = of(house)
    shelf = fresh(maker)
    first = await shelf.get(edition(maker), "feed.rss")
    maker._store = unreadable
    look_again(shelf)
    assert await shelf.get(edition(maker), "feed.rss") is first
    with pytest.raises(Unready):
        await shelf.get(edition(maker, "other"), "feed.rss")


async def test_who_leaves_does_not_keep_others_from_what_is_made() -> None:
    house = House()
    house.keep(COAL)
    maker = of(house)
    maker.gate, maker.began = threading.Event(), threading.Event()
    shelf = fresh(maker)
    first = asyncio.create_task(shelf.get(edition(maker), "feed.rss"))
    second = asyncio.create_task(shelf.get(edition(maker), "feed.rss"))
    assert await asyncio.to_thread(maker.began.wait, 20)
    first.cancel()
    maker.gate.set()
    assert (await second).answers
    assert maker.made == 1
    assert shelf._making == {}
