"""Documents come back as asked for: conditions, redirects, names, and our own feeds."""

import asyncio
import gzip
from datetime import timedelta
from typing import Any

import pytest

from feedsvc import __version__
from feedsvc.errors import Code
from feedsvc.fetch import Egress
from feedsvc.model.config import CollectSettings
from feedsvc.model.web import Failed, NotModified, Packed, Page, Request, Validators
from tests.fetch.conftest import Opener
from tests.fetch.origin import (
    Names,
    Origin,
    body_of,
    code_of,
    door,
    moved,
    raw,
    reply,
)


async def test_a_document_is_fetched_by_name_and_contact(
    origin: Origin, opened: Opener
) -> None:
    origin.routes["/"] = reply(body=b"hello", Content_Type="text/plain", ETag='"1"')
    egress = opened(contact="mailto:编辑 (x) editor@a.example", feeds=7)
    page = await egress.fetch(Request(url=origin.base, accept_language="zh-CN"))
    assert page == Page(
        url=f"{origin.base}/",
        requested=origin.base,
        body=b"hello",
        content_type="text/plain",
        validators=Validators(etag='"1"'),
    )
    sent = origin.asked[0].headers
    agent = f"feedsvc/{__version__} (+mailto:xeditor@a.example; 7 feeds)"
    assert sent["user-agent"] == agent
    assert sent["accept-language"] == "zh-CN"
    assert "cookie" not in sent


@pytest.mark.parametrize("coding", ["gzip", None])
async def test_a_body_is_handed_on_as_it_was_sent_beside_what_it_says(
    coding: str | None, origin: Origin, egress: Egress
) -> None:
    sent = gzip.compress(b"hello") if coding else b"hello"
    headers: dict[str, Any] = {"Content_Encoding": coding} if coding else {}
    origin.routes["/"] = reply(body=sent, **headers)
    page = await egress.fetch(Request(url=origin.base))
    assert isinstance(page, Page)
    assert page.body == b"hello"
    assert page.packed == (Packed(coding=coding, body=sent) if coding else None)


async def test_an_egress_may_be_opened_and_closed_unused() -> None:
    async with Egress(CollectSettings()) as egress:
        assert egress.agent.startswith("feedsvc/")


async def test_without_a_contact_only_the_name_is_told(
    origin: Origin, egress: Egress
) -> None:
    await egress.fetch(Request(url=origin.base))
    assert origin.asked[0].headers["user-agent"] == f"feedsvc/{__version__}"


async def test_a_connection_is_kept_and_a_cookie_is_not(
    origin: Origin, egress: Egress
) -> None:
    origin.routes["/"] = reply(body=b"x", Set_Cookie="id=1; Path=/")
    for _ in range(3):
        await body_of(egress, origin.base)
    assert all("cookie" not in asked.headers for asked in origin.asked)


async def test_an_unchanged_document_is_not_sent_again(
    origin: Origin, egress: Egress
) -> None:
    origin.routes["/"] = reply(304, ETag='"2"', Cache_Control="max-age=60")
    known = Validators(etag='W/"1"', last_modified="about noon")
    fetched = await egress.fetch(Request(url=origin.base, validators=known))
    assert isinstance(fetched, NotModified)
    assert fetched.validators == Validators(etag='"2"', last_modified="about noon")
    assert fetched.hints.max_age == timedelta(minutes=1)
    assert origin.asked[0].headers["if-none-match"] == 'W/"1"'
    assert origin.asked[0].headers["if-modified-since"] == "about noon"


async def test_a_304_that_nobody_asked_for_is_asked_once_more(
    origin: Origin, egress: Egress
) -> None:
    origin.routes["/"] = [reply(304), reply(body=b"x")]
    assert await body_of(egress, origin.base) == b"x"
    origin.routes["/"] = reply(304)
    fetched = await egress.fetch(Request(url=origin.base))
    assert code_of(fetched) is Code.E_304_NO_CACHE


@pytest.mark.parametrize(
    "etag", ['"ü"', "unquoted", '"' + "e" * 8000 + '"'], ids=["ü", "unquoted", "8 kB"]
)
async def test_odd_validators_go_and_come_verbatim(
    etag: str, origin: Origin, egress: Egress
) -> None:
    origin.routes["/"] = reply(body=b"x", ETag=etag)
    page = await egress.fetch(Request(url=origin.base))
    assert isinstance(page, Page)
    assert page.validators.etag == etag
    await egress.fetch(Request(url=origin.base, validators=page.validators))
    sent = origin.asked[1].headers["if-none-match"]
    assert sent.encode("latin-1").decode() == etag


async def test_a_header_that_cannot_be_sent_is_a_fault(
    origin: Origin, egress: Egress
) -> None:
    request = Request(url=origin.base, headers={"X-A": "a\r\nX-B: b"})
    assert code_of(await egress.fetch(request)) is Code.E_PROTOCOL
    assert not origin.asked


async def test_redirects_are_followed_and_told(
    origin: Origin, other: Origin, egress: Egress
) -> None:
    origin.routes["/"] = moved(f"{other.base}/新闻")
    other.routes["/%E6%96%B0%E9%97%BB"] = reply(body=b"x")
    request = Request(url=origin.base, headers={"X-Key": "k"}, cookies={"a": "1"})
    page = await egress.fetch(request)
    assert isinstance(page, Page)
    assert page.moved
    assert page.url == f"{other.base}/%E6%96%B0%E9%97%BB"
    assert {"x-key", "cookie"} <= set(origin.asked[0].headers)
    assert not {"x-key", "cookie"} & set(other.asked[0].headers)


async def test_a_location_in_gbk_is_taken_byte_for_byte(
    origin: Origin, egress: Egress
) -> None:
    head = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /"
    origin.routes["/"] = head + "新".encode("gbk") + b"\r\n\r\n"
    origin.routes["/%D0%C2"] = reply(body=b"x")
    assert await body_of(egress, origin.base) == b"x"


async def test_the_environment_names_no_proxy(
    origin: Origin, egress: Egress, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    origin.routes["/"] = reply(body=b"x")
    assert await body_of(egress, origin.base) == b"x"


async def test_an_unknown_name_and_a_closed_port_are_faults_of_their_own(
    opened: Opener,
) -> None:
    egress = opened(door=door(Names({})))
    fetched = await egress.fetch(Request(url="http://nowhere.example/"))
    assert isinstance(fetched, Failed)
    assert fetched.fault.code is Code.E_DNS
    assert fetched.fault.args == {"host": "nowhere.example"}
    fetched = await egress.fetch(Request(url="http://127.0.0.1:1/"))
    assert isinstance(fetched, Failed)
    assert fetched.fault.code is Code.E_CONNECT
    assert fetched.fault.args == {"detail": "Connection refused"}


async def test_names_are_looked_up_by_the_system(
    origin: Origin, egress: Egress
) -> None:
    origin.routes["/"] = reply(body=b"x")
    port = origin.base.rpartition(":")[2]
    assert await body_of(egress, f"http://localhost:{port}/") == b"x"


async def test_a_user_in_an_address_is_sent_and_never_shown(
    origin: Origin, egress: Egress
) -> None:
    url = origin.base.replace("//", "//me:secret@")
    fetched = await egress.fetch(Request(url=f"{url}/missing"))
    assert origin.asked[0].headers["authorization"] == "Basic bWU6c2VjcmV0"
    assert isinstance(fetched, Failed)
    assert "secret" not in fetched.fault.place
    fetched = await egress.fetch(Request(url="ftp://me:secret@a.example/"))
    assert isinstance(fetched, Failed)
    assert "secret" not in repr(fetched)


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("/zh/all/feed.rss", True),
        ("/en/local/feed.atom", True),
        ("/zh-Hant/all/feed.json", True),
        ("/en/all/archive/3.atom", True),
        ("/feed.rss", False),
        ("/fr/all/feed.rss", False),
        ("/en/news/", False),
    ],
)
async def test_our_own_feeds_are_not_collected(
    path: str, *, own: bool, origin: Origin, opened: Opener
) -> None:
    egress = opened(base_url=f"{origin.base}/")
    origin.routes["/"] = moved(path)
    for url in (f"{origin.base}{path}", origin.base):
        fetched = await egress.fetch(Request(url=url))
        assert code_of(fetched) is (Code.E_LOOP if own else Code.E_NOT_FOUND)


async def test_a_fetch_may_be_called_off(origin: Origin, egress: Egress) -> None:
    origin.routes |= {"/": raw(hang=True), "/next": reply(body=b"x")}
    task = asyncio.create_task(egress.fetch(Request(url=origin.base)))
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await body_of(egress, f"{origin.base}/next") == b"x"
