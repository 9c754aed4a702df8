"""Whole visits over a real server: the status table and the transfer of documents.

standards.md, "Politeness"; reliability.md, 27 to 32, 48, 49, 55, 56 and 69.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from feedsvc.fetch import Egress
from feedsvc.inspect.add import Survey
from feedsvc.inspect.preview import Preview
from feedsvc.model.config import Duration, Source
from feedsvc.normalize.frame import Frame
from tests.collect.world import START, World, rss, source, whole
from tests.fetch.conftest import SETTINGS
from tests.fetch.origin import Origin, after, moved, reply, serving

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FEED = rss(whole(1)).body
CLOSED = b"User-agent: *\nDisallow: /"

Opener = Callable[..., Egress]


@pytest.fixture
async def origin() -> AsyncIterator[Origin]:
    """The site; what it was not told to serve is a 404."""
    async with serving() as running:
        yield running


@pytest.fixture
async def opened() -> AsyncIterator[Opener]:
    """Opens an egress that may go to loopback; settings and the rest by name."""
    async with AsyncExitStack() as stack:

        def make(notes: Any = None, **settings: Any) -> Egress:
            egress = Egress(replace(SETTINGS, **settings), notes=notes)
            stack.push_async_exit(egress)
            return egress

        yield make


def at(origin: Origin, path: str = "/feed", **fields: Any) -> Source:
    return source(f"{origin.base}{path}", **fields)


@pytest.mark.parametrize(
    ("status", "code", "least", "most"),
    [
        (400, "E_STATUS", HOUR, 1.1 * HOUR),
        (401, "E_FORBIDDEN", DAY, DAY),
        (403, "E_FORBIDDEN", DAY, DAY),
        (404, "E_NOT_FOUND", HOUR, 1.1 * HOUR),
        (410, "E_GONE", DAY, DAY),
        (429, "E_THROTTLED", HOUR, 1.1 * HOUR),
        (451, "E_FORBIDDEN", HOUR, 1.1 * HOUR),
        (500, "E_SERVER", 2.5 * MINUTE, 5 * MINUTE),
        (502, "E_SERVER", 2.5 * MINUTE, 5 * MINUTE),
        (503, "E_SERVER", 2.5 * MINUTE, 5 * MINUTE),
        (520, "E_SERVER", 2.5 * MINUTE, 5 * MINUTE),
        (526, "E_SERVER", 2.5 * MINUTE, 5 * MINUTE),
        (999, "E_STATUS", HOUR, 1.1 * HOUR),
    ],
)
async def test_every_status_has_its_fault_and_its_next_try(  # noqa: PLR0913, PLR0917 -- a row of the table
    status: int,
    code: str,
    least: timedelta,
    most: timedelta,
    origin: Origin,
    opened: Opener,
) -> None:
    """reliability.md, 56, and the status table."""
    w = World([at(origin, every=Duration(minutes=1))])
    origin.routes["/feed"] = reply(body=FEED)
    await w.visit(fetcher=opened())
    origin.routes["/feed"] = reply(status)
    report = await w.visit(fetcher=opened())
    assert w.codes() == [code]
    assert report.due
    assert least <= report.due - w.now <= most
    assert w.titles() == {"Story 1"}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_followed_and_the_address_kept(
    status: int, origin: Origin, opened: Opener
) -> None:
    """Rows 301/308 and 302/307."""
    w = World([at(origin)])
    origin.routes |= {"/feed": moved("/new", status), "/new": reply(body=FEED)}
    for _ in range(2):
        assert (await w.visit(fetcher=opened())).state != "failed"
    assert origin.paths == ["/feed", "/new"] * 2


@pytest.mark.parametrize("status", [200, 301, 429, 503])
@pytest.mark.parametrize(
    ("asked", "waits"),
    [
        ("7200", 2 * HOUR),
        ("315360000", DAY),
        ("-5", None),
        ("soon", None),
        ("Fri, 01 Jan 2010 00:00:00 GMT", None),
    ],
)
async def test_retry_after_is_kept_within_a_day_and_nonsense_is_none(
    status: int, asked: str, waits: timedelta | None, origin: Origin, opened: Opener
) -> None:
    """reliability.md, 55."""
    w = World([at(origin, every=Duration(minutes=1))])
    first = reply(
        status, FEED if status == 200 else b"", Retry_After=asked, Location="/b"
    )
    origin.routes |= {"/feed": first, "/b": reply(body=FEED)}
    report = await w.visit(fetcher=opened())
    assert report.due
    usual = {200: MINUTE, 301: MINUTE, 429: HOUR, 503: 2.5 * MINUTE}[status]
    least = waits if waits and status != 301 else usual
    assert least <= report.due - w.now <= 2 * least


async def test_one_hosts_retry_after_silences_no_other(
    origin: Origin, opened: Opener
) -> None:
    """reliability.md, 55: kept by host, neither for all nor in one source alone."""
    async with serving() as other:
        sources = [at(origin), at(origin, "/b", id="twin"), at(other, id="other")]
        w = World(sources)
        origin.routes["/feed"] = reply(429, Retry_After="3600")
        other.routes["/feed"] = reply(body=FEED)
        await w.cycle(fetcher=opened(notes=w.store))
        assert {r.source: r.state for r in w.reports} == {
            "river": "failed",
            "twin": "failed",
            "other": "changed",
        }
        assert origin.paths == ["/feed"]
        w.reports.clear()
        w.now += MINUTE
        await w.cycle(fetcher=opened(notes=w.store))  # by hand, after a restart
        states = {r.source: r.state for r in w.reports}
    assert states == {"river": "waiting", "twin": "waiting", "other": "unchanged"}
    assert origin.paths == ["/feed"]


async def test_robots_txt_holds_a_visit_by_hand_and_is_asked_for_daily(
    origin: Origin, opened: Opener
) -> None:
    """Row robots; reliability.md, 69: newly disallowed, then allowed again."""
    w = World([at(origin)])
    origin.routes |= {"/feed": reply(body=FEED), "/robots.txt": reply(body=CLOSED)}
    for _ in range(2):
        report = await w.visit(fetcher=opened(robots=True))
    assert w.codes()[0] == "E_ROBOTS"
    assert set(origin.paths) == {"/robots.txt"}
    assert report.due
    assert report.due - w.now <= DAY
    origin.routes["/robots.txt"] = reply(404)
    assert (await w.visit(fetcher=opened(robots=True))).new == 1
    origin.routes["/robots.txt"] = reply(body=CLOSED)
    assert (await w.visit(fetcher=opened(robots=True))).state == "failed"
    assert w.titles() == {"Story 1"}


async def test_validators_are_kept_and_sent_verbatim_though_the_body_rests(
    origin: Origin, opened: Opener
) -> None:
    """Rule 3; reliability.md, 30."""
    w = World([at(origin)])
    dates = "Mon, 23 Nov 2026 10:00:00 GMT", "about noon"
    origin.routes["/feed"] = [
        reply(body=FEED, ETag='W/"1"', Last_Modified=dates[0]),
        reply(body=FEED, ETag="unquoted", Last_Modified=dates[1]),
        reply(304),
    ]
    for _ in range(3):
        await w.visit(fetcher=opened())
    sent = [
        (a.headers.get("if-none-match"), a.headers.get("if-modified-since"))
        for a in origin.asked
    ]
    assert sent == [(None, None), ('W/"1"', dates[0]), ("unquoted", dates[1])]


async def test_the_same_etag_with_another_body_is_another_document(
    origin: Origin, opened: Opener
) -> None:
    """reliability.md, 30: the body decides."""
    w = World([at(origin)])
    more = rss(whole(1), whole(2)).body
    origin.routes["/feed"] = [reply(body=b, ETag='"1"') for b in (FEED, more)]
    await w.visit(fetcher=opened())
    assert (await w.visit(fetcher=opened())).new == 1


async def test_a_304_to_someone_who_holds_nothing_is_asked_about_once_more(
    origin: Origin, opened: Opener
) -> None:
    """reliability.md, 29."""
    w = World([at(origin)])
    origin.routes["/feed"] = [reply(304), reply(body=FEED)]
    assert (await w.visit(fetcher=opened())).new == 1
    w = World([at(origin)])
    origin.routes["/feed"] = reply(304)
    assert (await w.visit(fetcher=opened())).state == "failed"
    assert w.codes() == ["E_304_NO_CACHE"]


@pytest.mark.parametrize(
    "kind", ["text/html", "application/octet-stream", "image/png", "nonsense", ""]
)
async def test_a_wrong_content_type_hides_no_feed(
    kind: str, origin: Origin, opened: Opener
) -> None:
    """reliability.md, 32."""
    w = World([at(origin)])
    stated = reply(body=FEED, Content_Type=kind) if kind else reply(body=FEED)
    origin.routes["/feed"] = stated
    assert (await w.visit(fetcher=opened())).new == 1


CHALLENGE = "<title>访问验证</title><p>请输入验证码</p>".encode()


@pytest.mark.parametrize(
    "answer",
    [
        reply(body=CHALLENGE, Content_Type="text/html; charset=utf-8"),
        reply(body=b"<title>Just a moment...</title><p>Checking your browser</p>"),
        reply(403, cf_mitigated="challenge"),
        reply(body=b"<p>x</p>", cf_mitigated="challenge"),
        reply(503, cf_mitigated="challenge"),
    ],
    ids=["zh", "en", "cf 403", "cf 200", "cf 503"],
)
async def test_a_challenge_is_no_list_and_brings_no_storm(
    answer: bytes, origin: Origin, opened: Opener
) -> None:
    """reliability.md, 48."""
    w = World([at(origin, every=Duration(minutes=1))])
    origin.routes["/feed"] = reply(body=FEED)
    await w.visit(fetcher=opened())
    origin.routes["/feed"] = answer
    report = await w.visit(fetcher=opened())
    assert w.codes() == ["E_BLOCKED"]
    assert report.due == w.now + DAY
    assert w.titles() == {"Story 1"}
    assert origin.paths == ["/feed"] * 2


@pytest.mark.parametrize("body", [b"", b"[]", b'{"items": []}', rss().body])
async def test_a_list_that_is_suddenly_empty_keeps_what_stands(
    body: bytes, origin: Origin, opened: Opener
) -> None:
    """reliability.md, 49."""
    w = World([at(origin)])
    origin.routes["/feed"] = [reply(body=FEED), reply(body=body)]
    for _ in range(4):
        report = await w.visit(fetcher=opened())
    assert report.state == "failed"
    assert w.known().failures == 3
    assert set(w.codes()) <= {"W_EMPTY", "W_LAYOUT", "E_NO_LIST"}
    assert w.titles() == {"Story 1"}


async def test_what_is_overdue_is_queued_at_its_host(
    origin: Origin, opened: Opener
) -> None:
    """Rule 5: no burst at start-up, nor after an outage; the gap is test_pace's."""
    sources = [at(origin, f"/{n}", id=f"s{n}") for n in range(8)]
    origin.routes |= {
        f"/{n}": after(0.01, reply(body=rss(whole(n)).body)) for n in range(8)
    }
    w = World(sources)
    await w.cycle(fetcher=opened())
    assert origin.busiest == 1
    assert sorted(origin.paths) == [f"/{n}" for n in range(8)]


async def test_a_host_of_many_sources_keeps_none_waiting(
    origin: Origin, opened: Opener
) -> None:
    """Rule 5."""
    async with serving() as other:
        many = [at(origin, f"/{n}", id=f"s{n}") for n in range(40)]
        w = World([*many, at(other, id="other")])
        other.routes["/feed"] = reply(body=FEED)
        await w.cycle(fetcher=opened(host_gap=Duration(seconds=0.01)))
        assert len(origin.asked) == 40
        assert other.asked[0].at < origin.asked[20].at


async def test_a_new_source_costs_one_request(origin: Origin, opened: Opener) -> None:
    """Rule 5: the first body is the one that is read."""
    origin.routes |= {"/feed": reply(body=FEED), "/robots.txt": reply(404)}
    await World([at(origin)]).visit(fetcher=opened(robots=True))
    assert sorted(origin.paths) == ["/feed", "/robots.txt"]
    origin.asked.clear()
    egress = opened(robots=True)
    frame = Frame(source=at(origin), zone="UTC", now=START)
    assert (await Preview(frame, {}, egress.fetch).run())["listed"] == 1
    assert sorted(origin.paths) == ["/feed", "/robots.txt"]
    origin.asked.clear()
    survey = Survey(opened(robots=True).fetch)
    await survey.run(f"{origin.base}/feed")
    form = await Preview(frame, {}, survey.fetch).run()
    assert form["listed"] == 1
    assert origin.paths.count("/feed") == 1


async def test_add_asks_for_nothing_twice(origin: Origin, opened: Opener) -> None:
    """Rule 5: a site that is only being tried is no less a site."""
    page = b'<link rel="alternate" type="application/rss+xml" href="/feed">'
    origin.routes |= {
        "/": reply(body=page),
        "/feed": reply(body=FEED),
        "/robots.txt": reply(body=b"User-agent: *\nAllow: /"),
    }
    survey = Survey(opened(robots=True).fetch)
    await survey.run(f"{origin.base}/")
    counts = {path: origin.paths.count(path) for path in origin.paths}
    assert counts.pop("/robots.txt") <= 2  # obeyed first, then read for its sitemaps
    assert set(counts.values()) == {1}
