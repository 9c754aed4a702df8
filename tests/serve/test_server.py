"""The server: its own port, its own manners, a graceful end."""

import asyncio
import signal
import socket
import sys

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from feedsvc.errors import Code, UsageError
from feedsvc.serve import serving
from tests.serve.conftest import Site


async def test_a_port_in_use_is_said_before_anything_starts(
    site: Site, *, fast: bool
) -> None:
    async with serving(site.app, "127.0.0.1", 0, fast=fast) as running:
        with pytest.raises(UsageError) as refused:
            async with serving(site.app, "127.0.0.1", running.port, fast=fast):
                pass
    fault = refused.value.fault
    assert fault.code is Code.E_PORT
    assert fault.args == {"host": "127.0.0.1", "port": running.port}


async def test_an_address_that_is_not_ours_is_said_too(
    site: Site, *, fast: bool
) -> None:
    with pytest.raises(UsageError):
        async with serving(site.app, "192.0.2.1", 0, fast=fast):
            pass


async def test_the_port_is_free_again_at_once(site: Site, *, fast: bool) -> None:
    async with (
        serving(site.app, "127.0.0.1", 0, fast=fast) as running,
        httpx.AsyncClient(trust_env=False) as client,
    ):
        await client.get(f"{running.url}/healthz")
    assert running.finished.done()
    async with serving(site.app, "127.0.0.1", running.port, fast=fast) as again:
        assert again.port == running.port


async def test_an_answer_under_way_is_finished_first(*, fast: bool) -> None:
    async def slow(_: Request) -> Response:
        await asyncio.sleep(0.3)
        return PlainTextResponse("done")

    app = Starlette(routes=[Route("/", slow)])
    async with httpx.AsyncClient(trust_env=False) as client:
        async with serving(app, "127.0.0.1", 0, fast=fast) as running:
            asking = asyncio.create_task(client.get(running.url))
            await asyncio.sleep(0.1)
        assert (await asking).text == "done"


async def test_signals_are_left_to_the_composition_root(
    site: Site, *, fast: bool
) -> None:
    before = signal.getsignal(signal.SIGTERM)
    async with serving(site.app, "127.0.0.1", 0, fast=fast):
        assert signal.getsignal(signal.SIGTERM) is before


async def test_it_serves_on_ipv6_too(site: Site, *, fast: bool) -> None:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        pytest.skip("this machine has no IPv6")
    async with serving(site.app, "::1", 0, fast=fast) as running:
        assert running.url == f"http://[::1]:{running.port}"
        async with httpx.AsyncClient(trust_env=False) as client:
            assert (await client.get(f"{running.url}/healthz")).status_code == 200


async def test_while_it_serves_no_thread_keeps_the_interpreter_for_long(
    site: Site,
) -> None:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(0.005)
    try:
        async with serving(site.app, "127.0.0.1", 0):
            assert sys.getswitchinterval() <= 0.001
    finally:
        sys.setswitchinterval(usual)
