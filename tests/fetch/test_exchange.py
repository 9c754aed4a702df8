"""What a bad or slow server sends is a fault, in bounded time and memory.

reliability.md, 22 to 26.
"""

import asyncio
import gzip
import time

import brotli
import pytest

from feedsvc.errors import Code
from feedsvc.fetch import Egress
from feedsvc.model.config import Duration, Size
from feedsvc.model.web import Failed, Request
from tests.fetch.conftest import Opener
from tests.fetch.origin import (
    CHUNKED,
    ENDED,
    Names,
    Origin,
    Script,
    after,
    body_of,
    code_of,
    door,
    endless,
    moved,
    raw,
    reply,
)

BAD_ANSWERS: dict[str, tuple[Script, set[Code]]] = {
    "closed at once": (raw(), {Code.E_CONNECT}),
    "no HTTP": (raw(b"SSH-2.0-OpenSSH\r\n\r\n"), {Code.E_PROTOCOL}),
    "half a head": (raw(b"HTTP/1.1 200 OK\r\nConte"), {Code.E_CONNECT}),
    "short body": (raw(ENDED[:-3] + b"9\r\n\r\nhi"), {Code.E_TRUNCATED}),
    "cut chunks": (raw(CHUNKED + b"5\r\nhel"), {Code.E_TRUNCATED}),
    "bad chunk": (raw(CHUNKED + b"zz\r\nhello\r\n"), {Code.E_TRUNCATED, Code.E_PROTOCOL}),
    "10 TB": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9999999999999\r\n\r\n"), {Code.E_TOO_BIG}),
    "odd length": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"), {Code.E_PROTOCOL}),
    "endless chunks": (endless(CHUNKED, b"400\r\n" + b"x" * 1024 + b"\r\n"), {Code.E_TOO_BIG}),
    "endless body": (endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 4096), {Code.E_TOO_BIG}),
    "endless head": (endless(b"HTTP/1.1 200 OK\r\n", b"X-A: 1\r\n"), {Code.E_PROTOCOL}),
    "endless header": (endless(b"HTTP/1.1 200 OK\r\nX-A: ", b"x" * 4096), {Code.E_PROTOCOL}),
    "5,000 headers": (raw(ENDED + b"X-A: 1\r\n" * 5000 + b"\r\n"), {Code.E_PROTOCOL}),
    "200 kB header": (raw(ENDED + b"X-A: " + b"x" * 200_000 + b"\r\n\r\n"), {Code.E_PROTOCOL}),
    "gzip bomb": (reply(body=gzip.compress(b"\0" * 10**7), Content_Encoding="gzip"), {Code.E_TOO_BIG}),
    "br bomb": (reply(body=brotli.compress(b"\0" * 10**7), Content_Encoding="br"), {Code.E_TOO_BIG}),
    "gzip upon gzip bomb": (reply(body=gzip.compress(gzip.compress(b"\0" * 10**7)), Content_Encoding="gzip, gzip"), {Code.E_TOO_BIG}),
    "gzip with junk after": (reply(body=gzip.compress(b"hello") + b"junk", Content_Encoding="gzip"), {Code.E_ENCODING_HTTP, Code.E_TRUNCATED}),
    "cut gzip": (reply(body=gzip.compress(b"hello")[:-4], Content_Encoding="gzip"), {Code.E_TRUNCATED}),
    "no gzip": (reply(body=b"hello", Content_Encoding="gzip"), {Code.E_ENCODING_HTTP}),
    "odd coding": (reply(body=b"hello", Content_Encoding="klingon"), {Code.E_ENCODING_HTTP}),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_ANSWERS)
async def test_a_bad_answer_is_a_fault_in_bounded_time(
    name: str, origin: Origin, egress: Egress
) -> None:
    script, codes = BAD_ANSWERS[name]
    origin.routes["/"] = script
    started = time.monotonic()
    assert code_of(await egress.fetch(Request(url=origin.base))) in codes
    assert time.monotonic() - started < 3


SLOW: dict[str, Script] = {
    "silence": raw(hang=True),
    "dripping head": raw(b"HTTP/1.1 200 OK\r\n", *[b"X"] * 100, pause=0.05),
    "dripping body": raw(CHUNKED, *[b"1\r\nx\r\n"] * 100, pause=0.05),
    "stalled body": raw(ENDED[:-3] + b"9\r\n\r\nhi", hang=True),
    "100-continue spam": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a flood of 103": endless(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"),
}


@pytest.mark.parametrize("name", SLOW)
async def test_a_slow_answer_meets_the_deadline_and_frees_the_host(
    name: str, origin: Origin, opened: Opener
) -> None:
    origin.routes |= {"/": SLOW[name], "/next": reply(body=b"x")}
    egress = opened(timeout=Duration(seconds=0.5))
    started = time.monotonic()
    fetched = await egress.fetch(Request(url=origin.base))
    assert code_of(fetched) is Code.E_TIMEOUT
    assert isinstance(fetched, Failed)
    assert fetched.fault.args == {"seconds": 0.5}
    assert 0.4 < time.monotonic() - started < 1.5
    assert await body_of(egress, f"{origin.base}/next") == b"x"


async def test_waiting_for_a_turn_costs_nothing_of_the_deadline(
    origin: Origin, opened: Opener
) -> None:
    origin.routes["/"] = raw(reply(body=b"x"), pause=0.1)
    egress = opened(timeout=Duration(seconds=0.3))
    bodies = await asyncio.gather(*(body_of(egress, origin.base) for _ in range(6)))
    assert bodies == [b"x"] * 6
    assert origin.busiest == 1


async def test_whole_seconds_are_told_as_such(origin: Origin, opened: Opener) -> None:
    origin.routes["/"] = raw(hang=True)
    fetched = await opened(timeout=Duration(seconds=1)).fetch(Request(url=origin.base))
    assert isinstance(fetched, Failed)
    assert repr(fetched.fault.args) == "{'seconds': 1}"


async def test_the_hops_of_a_redirect_share_one_deadline(
    origin: Origin, opened: Opener
) -> None:
    for n in range(5):
        origin.routes[f"/{n}"] = after(0.2, moved(f"/{n + 1}"))
    egress = opened(timeout=Duration(seconds=0.5))
    fetched = await egress.fetch(Request(url=f"{origin.base}/0"))
    assert code_of(fetched) is Code.E_TIMEOUT
    assert len(origin.asked) == 3


async def test_a_slow_name_meets_the_deadline(opened: Opener) -> None:
    names = Names({"slow.example": [["127.0.0.1"]]}, delay=20)
    egress = opened(timeout=Duration(seconds=0.2), door=door(names))
    fetched = await egress.fetch(Request(url="http://slow.example/"))
    assert code_of(fetched) is Code.E_TIMEOUT


async def test_a_cap_holds_for_what_is_sent_and_for_what_comes_of_it(
    origin: Origin, opened: Opener
) -> None:
    origin.routes["/fits"] = reply(body=b"x" * 1000)
    origin.routes["/not"] = reply(body=b"x" * 1001)
    egress = opened(max_bytes=Size(1000))
    assert len(await body_of(egress, f"{origin.base}/fits")) == 1000
    fetched = await egress.fetch(Request(url=f"{origin.base}/not"))
    assert isinstance(fetched, Failed)
    assert fetched.fault.args == {"limit": 1000}
