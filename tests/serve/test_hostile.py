"""Clients that mean no good, at a real server (reliability cases 88b–103)."""

import asyncio
import socket
from contextlib import suppress
from urllib.parse import urlsplit

import httpx
import pytest

from feedsvc.model.feed import GONE, MOVED, Document
from feedsvc.output.memory import Memory
from feedsvc.serve import build, protocol, serving
from feedsvc.serve.limit import Limit, Limited
from tests.serve.conftest import CHANGED, Site, documents, make_site
from tests.serve.threads import served

FEED = "/zh/local/feed.rss"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

# path, headers, status: at least one of every kind of answer that there is
KINDS_OF_ANSWER = [
    (FEED, {}, 200),
    ("/zh/local/", {}, 200),
    ("/style.css", {}, 200),
    ("/healthz", {}, 200),
    ("/hub", {}, 200),
    (FEED, {"if-none-match": "*"}, 304),
    ("/", {}, 302),
    (FEED, {"accept": BROWSER}, 302),
    ("/zh/local", {}, 301),
    ("/nothing", {}, 404),
    (FEED, {"accept-encoding": "identity;q=0"}, 406),
    ("/zh/", {"x-long": "x" * 17_000}, 431),
    ("/broken", {}, 500),
]


@pytest.mark.parametrize(("path", "headers", "status"), KINDS_OF_ANSWER)
async def test_every_answer_tells_browsers_to_run_nothing(
    client: httpx.AsyncClient, path: str, headers: dict[str, str], status: int
) -> None:
    """Case 96: routes that the shells add are no exception."""
    answer = await client.get(path, headers=headers)
    assert answer.status_code == status
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "x-powered-by" not in answer.headers


@pytest.mark.parametrize(
    "text",
    [
        "/zh%0d%0aSet-Cookie:%20a=b",
        "/zh/local%0d%0a%0d%0a<script>",
        "/zh?%0d%0aLocation:%20//evil.example",
        "/%0d%0aX:%20y/",
    ],
)
async def test_a_line_break_never_enters_a_header(
    client: httpx.AsyncClient, text: str
) -> None:
    """Cases 91 and 94."""
    answer = await client.get(text)
    assert answer.status_code in {301, 404}
    assert "set-cookie" not in answer.headers
    assert "evil" not in str(answer.headers)
    assert answer.headers.get("location", "/zh/") == "/zh/"


@pytest.mark.parametrize(
    "asked",
    [
        {"range": "bytes=0-1", "if-range": 'W/"x"'},
        {"range": "bytes=0-1", "if-range": "Thu, 05 Nov 2026 08:30:00 GMT"},
        {"range": "bytes=" + ",".join(f"{n}-{n}" for n in range(1000))},
        {"range": "bytes=0-1", "accept-encoding": "gzip"},
        {"range": "items=1-2"},
    ],
    ids=["weak", "date", "many", "coded", "unit"],
)
async def test_a_part_is_never_sent(
    client: httpx.AsyncClient, asked: dict[str, str]
) -> None:
    """Case 93: a feed is small; 200 is always a right answer to Range."""
    whole = await client.get(
        FEED, headers={k: v for k, v in asked.items() if k == "accept-encoding"}
    )
    answer = await client.get(FEED, headers=asked)
    assert answer.status_code == 200
    assert answer.content == whole.content
    assert "content-range" not in answer.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
@pytest.mark.parametrize("path", [FEED, "/zh/local/", "/style.css"])
async def test_other_methods_are_refused_and_told_which_are_not(
    client: httpx.AsyncClient, method: str, path: str
) -> None:
    """Case 97."""
    answer = await client.request(method, path)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


async def test_what_a_client_confides_is_not_logged(
    site: Site, caplog: pytest.LogCaptureFixture, *, fast: bool
) -> None:
    """Case 99: not even when a bug is."""
    with (
        caplog.at_level("DEBUG"),
        caplog.at_level("DEBUG", logger="uvicorn.error"),
        caplog.at_level("DEBUG", logger="feedsvc.serve.fast"),
    ):
        async with (
            serving(site.app, "127.0.0.1", 0, fast=fast) as running,
            httpx.AsyncClient(base_url=running.url, trust_env=False) as client,
        ):
            headers = {"authorization": "Bearer confided", "cookie": "a=confided"}
            for path in ("/broken?token=confided", FEED, "/nothing?confided"):
                await client.get(path, headers=headers)
    ours = [r for r in caplog.records if not r.name.startswith(("httpx", "httpcore"))]
    assert any("LookupError" in (r.exc_text or "") for r in ours)
    assert not [r for r in ours if "confided" in r.getMessage() + (r.exc_text or "")]


async def connected(url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    where = urlsplit(url)
    return await asyncio.open_connection(where.hostname, where.port)


@pytest.mark.parametrize(
    "sent",
    [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n"],
    ids=["nothing", "a line", "a head without end"],
)
@pytest.mark.usefixtures("impatient")
async def test_who_does_not_end_a_request_is_left(
    site: Site, sent: bytes, *, fast: bool
) -> None:
    """Case 100; others are answered meanwhile."""
    async with (
        serving(site.app, "127.0.0.1", 0, fast=fast) as running,
        httpx.AsyncClient(base_url=running.url, trust_env=False) as client,
    ):
        slow = [await connected(running.url) for _ in range(200)]
        for _, writer in slow:
            writer.write(sent)
        assert (await client.get(FEED)).status_code == 200
        async with asyncio.timeout(10):
            for reader, writer in slow:
                with suppress(ConnectionResetError):
                    assert await reader.read() == b""
                writer.close()


@pytest.mark.usefixtures("impatient")
async def test_who_does_not_read_an_answer_is_left(*, fast: bool) -> None:
    """Case 100: an answer waits in memory only as long as somebody takes it."""
    output = Memory()
    output.switch("zh/local", documents("x" * 8_000_000))
    app = build(output, ["zh"], "https://example.org")
    app.refresh()
    async with serving(app, "127.0.0.1", 0, fast=fast) as running:
        slow = socket.socket()
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        await asyncio.to_thread(slow.connect, ("127.0.0.1", running.port))
        slow.sendall(f"GET {FEED} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        got = 0
        async with asyncio.timeout(10):
            await asyncio.sleep(0.5)
            with suppress(ConnectionResetError):
                while part := await asyncio.to_thread(slow.recv, 1 << 20):
                    got += len(part)
        slow.close()
    assert got < 8_000_000


async def test_a_connection_between_requests_is_kept_for_a_while(
    site: Site, monkeypatch: pytest.MonkeyPatch, *, fast: bool
) -> None:
    """Patience is with clients that owe us something; a kept connection does not."""
    monkeypatch.setattr(protocol, "_PATIENCE", 0.05)
    async with serving(site.app, "127.0.0.1", 0, fast=fast) as running:
        reader, writer = await connected(running.url)
        for _ in range(3):
            writer.write(b"HEAD /zh/ HTTP/1.1\r\nHost: x\r\n\r\n")
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")
            await asyncio.sleep(0.3)
        writer.close()


async def test_pipelined_requests_are_answered_in_order(
    client: httpx.AsyncClient,
) -> None:
    """Case 100: those that stand ready wait for those that do not."""
    paths = {"/healthz": 200, FEED: 200, "/nothing": 404, "/zh/": 200, "/zh": 301}
    asked = list(paths) * 300
    lines = "".join(f"HEAD {path} HTTP/1.1\r\nHost: x\r\n\r\n" for path in asked)
    reader, writer = await connected(str(client.base_url))
    writer.write(lines.encode())
    async with asyncio.timeout(20):
        got = [await reader.readuntil(b"\r\n\r\n") for _ in asked]
    writer.close()
    assert [int(head.split(b" ")[1]) for head in got] == [paths[p] for p in asked]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("*", 304),
        ("{tag}", 304),
        ("W/{tag}", 304),
        (", ".join(f'"{n}"' for n in range(1000)) + ", {tag}", 304),
        ('"x", W/"y"', 200),
        ("'{tag}'x", 304),  # the tag stands in it, whole
        ("{bare}", 200),
        ('"{bare}-gzip"', 200),
        ('"' * 500, 200),
    ],
)
async def test_a_condition_is_read_whatever_its_form(
    client: httpx.AsyncClient, asked: str, status: int
) -> None:
    """Case 101; an If-Modified-Since beside it counts for nothing."""
    tag = (await client.get(FEED)).headers["etag"]
    asked = asked.replace("{tag}", tag).replace("{bare}", tag.strip('"'))
    headers = {
        "if-none-match": asked,
        "if-modified-since": "Thu, 05 Nov 2026 08:30:00 GMT",
    }
    answer = await client.get(FEED, headers=headers)
    assert answer.status_code == status
    for name in ("etag", "cache-control", "vary", "date", "last-modified"):
        assert name in answer.headers


def test_tags_and_dates_are_the_same_on_every_node() -> None:
    """Standards: the same validators from every node, whichever server it runs."""
    seen = []
    for fast in (False, True):
        with (
            served(make_site().app, fast=fast) as url,
            httpx.Client(base_url=url, trust_env=False) as client,
        ):
            answers = [
                client.get(FEED, headers={"accept-encoding": coding}).headers
                for coding in ("", "gzip", "br", "zstd")
            ]
        seen.append(
            [(a["etag"], a["last-modified"], a["cache-control"]) for a in answers]
        )
    assert seen[0] == seen[1]
    assert len({etag for etag, _, _ in seen[0]}) == 4


def notice(name: str, text: str = "") -> list[Document]:
    kind = "text/plain; charset=utf-8"
    return [Document(name=name, body=text.encode(), media_type=kind, updated=CHANGED)]


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/zh/old/", 301, "/zh/local/"),
        ("/zh/old", 301, "/zh/local/"),
        ("/zh/old/feed.rss", 301, "/zh/local/feed.rss"),
        ("/zh/old/feed.atom", 301, "/zh/local/feed.atom"),
        ("/zh/old/feed.rdf", 404, None),
        ("/zh/old//evil.example", 404, None),
        ("/zh/old/.moved", 404, None),
        ("/en/old/feed.rss", 410, None),
        ("/en/old/", 410, None),
        ("/en/old", 410, None),
        ("/en/older/feed.rss", 404, None),
    ],
)
def test_a_category_that_is_no_more_has_moved_or_is_gone(
    site: Site, path: str, status: int, location: str | None
) -> None:
    """Case 88b."""
    for language in ("zh", "en"):
        site.publish(f"{language}/old", "old")
    site.output.switch("zh/old", notice(MOVED, "zh/local"))
    site.output.switch("en/old", notice(GONE))
    site.app.refresh()
    with served(site.app) as url, httpx.Client(base_url=url, trust_env=False) as client:
        answer = client.get(path)
        assert (answer.status_code, answer.headers.get("location")) == (
            status,
            location,
        )
        site.publish("en/old", "here again")
        assert client.get("/en/old/feed.rss").text == "here again"


class Clock:
    """Seconds, moved by hand."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_client_may_ask_a_minute_s_worth_at_once() -> None:
    """Case 103."""
    clock = Clock()
    limit = Limit(30, clock=clock)
    for _ in range(30):
        assert limit.wait("a") == 0
        limit.count("a", 200)
    assert limit.wait("a") == 2
    assert limit.wait("b") == 0
    clock.now += 2
    assert limit.wait("a") == 0
    clock.now += 10_000
    for _ in range(30):
        limit.count("a", 200)
    assert limit.wait("a") == 2


def test_what_has_not_changed_costs_an_eighth() -> None:
    """Case 103."""
    limit = Limit(60, clock=Clock())
    for _ in range(472):
        assert limit.wait("a") == 0
        limit.count("a", 304)
    limit.count("a", 200)
    assert limit.wait("a") == 1


@pytest.mark.parametrize("few", [1, 5])
def test_a_reader_that_adds_a_feed_may_ask_a_few_times(few: int) -> None:
    """Case 103: some ask ten times for a new site before they show it."""
    limit = Limit(few, clock=Clock())
    for _ in range(10):
        assert limit.wait("a") == 0
        limit.count("a", 200)
    assert limit.wait("a") == 60 // few


def test_only_so_many_clients_are_remembered() -> None:
    limit = Limit(60, clock=Clock())
    for n in range(30_000):
        limit.count(str(n), 200)
    assert len(limit._left) == 20_000


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.7", None, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # nobody's proxy
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),  # the first is made up
        ("10.1.2.3", "6.6.6.6, 198.51.100.1, 10.1.9.9", "198.51.100.1"),
        ("127.0.0.1", None, None),
        ("127.0.0.1", "unknown", None),
        ("127.0.0.1", "10.1.9.9", None),
        ("2001:db8:1:2:3::4", None, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", None, "203.0.113.7"),
        ("::1", "2001:db8:1:2::5", "2001:db8:1:2::/64"),
    ],
)
def test_a_client_is_known_by_what_trusted_proxies_say(
    peer: str, forwarded: str | None, client: str | None
) -> None:
    """Case 98."""
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    scope = {"client": (peer, 1234), "headers": headers}
    assert Limit(60, ["10.1.0.0/16"]).client(scope) == client


def test_who_asks_too_often_is_told_when_to_come_again(
    site: Site, *, fast: bool
) -> None:
    """Case 103: over HTTP; others, and whoever cannot be told apart, are answered."""
    app = Limited(site.app, Limit(10, clock=Clock()))
    with (
        served(app, fast=fast) as url,
        httpx.Client(base_url=url, trust_env=False) as client,
    ):
        me = {"x-forwarded-for": "198.51.100.1"}
        found = [client.get(FEED, headers=me) for _ in range(11)]
        assert [a.status_code for a in found] == [200] * 10 + [429]
        assert found[-1].headers["retry-after"] == "6"
        assert found[-1].headers["x-content-type-options"] == "nosniff"
        assert client.get(FEED).status_code == 200
        other = {"x-forwarded-for": "198.51.100.2"}
        assert client.get(FEED, headers=other).status_code == 200
