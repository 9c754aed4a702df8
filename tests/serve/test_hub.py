"""``/hub`` over HTTP: what is taken, and what is not even looked at."""

import asyncio
from http import HTTPStatus

import httpx
import pytest

from feedsvc.output.memory import Memory
from feedsvc.serve import build, hub_route, serving
from feedsvc.serve.hub import Answer

FORM = {"content-type": "Application/X-WWW-Form-Urlencoded;charset=UTF-8"}


async def taker(body: bytes) -> tuple[HTTPStatus, str]:
    """Say what came, or nothing."""
    return HTTPStatus.ACCEPTED, body.decode() if body != b"a=b" else ""


async def asked(
    answer: Answer | None, body: bytes, *, fast: bool, **headers: str
) -> httpx.Response:
    routes = [hub_route(lambda: answer)]
    app = build(Memory(), ["zh"], "https://feeds.example.org", routes)
    async with (
        serving(app, "127.0.0.1", 0, fast=fast) as served,
        httpx.AsyncClient(base_url=served.url, trust_env=False) as client,
    ):
        return await client.post("/hub", content=body, headers=FORM | headers)


async def test_a_form_is_handed_on_and_the_answer_is_plain(*, fast: bool) -> None:
    told = await asked(taker, b"c=d", fast=fast)
    assert (told.status_code, told.text) == (202, "c=d")
    assert told.headers["content-type"] == "text/plain; charset=utf-8"
    assert told.headers["x-content-type-options"] == "nosniff"
    assert (await asked(taker, b"a=b", fast=fast)).text == "202 Accepted\n"


@pytest.mark.parametrize(
    "kind", ["text/plain", "multipart/form-data", "application/json"]
)
async def test_what_is_no_form_is_refused(kind: str, *, fast: bool) -> None:
    assert (
        await asked(taker, b"a=b", fast=fast, **{"content-type": kind})
    ).status_code == 415


async def test_a_form_that_is_too_large_is_refused(*, fast: bool) -> None:
    assert (await asked(taker, b"x" * 16_384, fast=fast)).status_code == 202
    assert (await asked(taker, b"x" * 16_385, fast=fast)).status_code == 413


async def test_while_no_hub_is_at_work_it_says_to_come_back(*, fast: bool) -> None:
    told = await asked(None, b"a=b", fast=fast)
    assert (told.status_code, told.headers["retry-after"]) == (503, "60")


async def test_a_form_that_never_ends_is_given_up(*, fast: bool) -> None:
    route = hub_route(lambda: taker, seconds=0.2)
    app = build(Memory(), ["zh"], "https://f.example", [route])
    async with serving(app, "127.0.0.1", 0, fast=fast) as served:
        reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
        head = f"POST /hub HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM['content-type']}"
        writer.write(f"{head}\r\nContent-Length: 50\r\n\r\nhub.mode=".encode())
        async with asyncio.timeout(10):
            assert b" 408 " in await reader.readline()
        writer.close()
