"""Nothing private is dialled, certificates are checked, proxies used where named."""

import asyncio
import contextlib
import ssl
from base64 import b64encode
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from feedsvc.errors import Code
from feedsvc.fetch.door import Door
from feedsvc.model.config import Duration
from feedsvc.model.web import Failed, Page, Request
from tests.fetch.conftest import Opener
from tests.fetch.origin import (
    LOOPBACK,
    Names,
    Origin,
    body_of,
    code_of,
    door,
    listening,
    moved,
    reply,
    serving,
)

DATA = Path(__file__).parent / "data"


def server_tls(name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(DATA / f"{name}.pem")
    return context


def trusting(name: str) -> Door:
    context = ssl.create_default_context(cafile=DATA / f"{name}.pem")
    return Door(LOOPBACK, tls=context)


async def test_a_trusted_certificate_is_taken(opened: Opener) -> None:
    async with serving(ssl=server_tls("good")) as origin:
        origin.routes["/"] = reply(body=b"x")
        fetched = await opened(door=trusting("good")).fetch(Request(url=origin.base))
    assert isinstance(fetched, Page)


@pytest.mark.parametrize(
    ("served", "trusted", "host", "reason"),
    [
        ("good", None, "127.0.0.1", "self-signed certificate"),
        ("expired", "expired", "127.0.0.1", "certificate has expired"),
        ("good", "good", "127.0.0.2", "IP address mismatch"),
    ],
)
async def test_a_bad_certificate_is_a_fault_with_its_reason(
    served: str, trusted: str | None, host: str, reason: str, opened: Opener
) -> None:
    """reliability.md, 28."""
    way = trusting(trusted) if trusted else door()
    async with serving(host, ssl=server_tls(served)) as origin:
        fetched = await opened(door=way).fetch(Request(url=origin.base))
    assert isinstance(fetched, Failed)
    assert fetched.fault.code is Code.E_TLS
    assert reason in str(fetched.fault.args["detail"])


async def test_plain_http_where_tls_is_expected_is_a_fault(
    origin: Origin, opened: Opener
) -> None:
    url = origin.base.replace("http:", "https:")
    fetched = await opened(timeout=Duration(seconds=0.3)).fetch(Request(url=url))
    assert isinstance(fetched, Failed)
    assert fetched.fault.code in {Code.E_TLS, Code.E_CONNECT, Code.E_TIMEOUT}


async def test_a_stalled_handshake_meets_the_deadline(opened: Opener) -> None:
    """reliability.md, 25."""

    async def stall(_r: asyncio.StreamReader, _w: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)

    egress = opened(timeout=Duration(seconds=0.3))
    async with listening(stall) as port:
        fetched = await egress.fetch(Request(url=f"https://127.0.0.1:{port}/"))
    assert isinstance(fetched, Failed)
    assert fetched.fault.code is Code.E_TIMEOUT


async def test_a_downgrade_is_refused(origin: Origin, opened: Opener) -> None:
    """reliability.md, 28."""
    async with serving(ssl=server_tls("good")) as secure:
        secure.routes["/"] = moved(f"{origin.base}/")
        fetched = await opened(door=trusting("good")).fetch(Request(url=secure.base))
    assert isinstance(fetched, Failed)
    assert fetched.fault.code is Code.E_REDIRECT
    assert not origin.asked


@contextlib.asynccontextmanager
async def proxying(heads: list[bytes]) -> AsyncIterator[str]:
    """A proxy that tunnels, and answers plain requests itself."""

    async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while piece := await source.read(65536):
                sink.write(piece)
        finally:
            sink.transport.abort()

    async def handle(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        heads.append(head := await reader.readuntil(b"\r\n\r\n"))
        method, target, *_ = head.decode().split(" ")
        if method != "CONNECT":
            writer.write(reply(body=b"proxied"))
            return
        host, _, port = target.rpartition(":")
        inner, outer = await asyncio.open_connection(host, int(port))
        writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        await asyncio.gather(pump(reader, outer), pump(inner, writer))

    async with listening(handle) as port:
        yield f"http://me:secret@127.0.0.1:{port}"


SECRET = b64encode(b"me:secret")


async def test_a_named_proxy_is_used_though_it_is_private(opened: Opener) -> None:
    heads: list[bytes] = []
    egress = opened(allow_networks=(), door=Door())
    async with proxying(heads) as proxy:
        url = "http://news.example/list"
        fetched = await egress.fetch(Request(url=url, proxy=proxy))
    assert isinstance(fetched, Page)
    assert fetched.body == b"proxied"
    assert heads[0].startswith(b"GET http://news.example/list HTTP/1.1\r\n")
    assert SECRET in heads[0]


async def test_a_proxy_tunnels_tls_and_alone_learns_its_password(
    opened: Opener,
) -> None:
    heads: list[bytes] = []
    async with proxying(heads) as proxy, serving(ssl=server_tls("good")) as origin:
        origin.routes["/"] = reply(body=b"x")
        egress = opened(door=trusting("good"))
        fetched = await egress.fetch(Request(url=origin.base, proxy=proxy))
    assert isinstance(fetched, Page)
    assert heads[0].startswith(b"CONNECT ")
    assert SECRET in heads[0]
    assert "proxy-authorization" not in origin.asked[0].headers


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://2130706433/", "http://localhost/", "http://a:22/"],
)
async def test_a_proxy_is_no_way_into_a_private_network(
    url: str, opened: Opener
) -> None:
    heads: list[bytes] = []
    async with proxying(heads) as proxy:
        egress = opened(door=Door())
        fetched = await egress.fetch(Request(url=url, proxy=proxy))
    assert isinstance(fetched, Failed)
    assert fetched.fault.code is Code.E_ADDRESS
    assert not heads


@pytest.mark.parametrize(
    "proxy", ["http://127.0.0.1:1", "socks5://127.0.0.1:1", "nonsense", "http://"]
)
async def test_a_proxy_that_cannot_be_used_is_a_fault(
    proxy: str, opened: Opener
) -> None:
    fetched = await opened().fetch(Request(url="http://a.example/", proxy=proxy))
    assert isinstance(fetched, Failed)
    assert fetched.fault.code in {Code.E_CONNECT, Code.E_DNS, Code.E_PROTOCOL}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/", "http://169.254.169.254/latest/", "http://[::1]:80/",
        "http://2130706433/", "http://0x7f.1/", "http://100.100.100.200/",
        "http://127.0.0.1/", "http://good@127.0.0.1/", "http://[::ffff:7f00:1]/",
        "http://\uff11\uff12\uff17.0.0.1/", "http://93.184.216.34:22/",
    ],
)  # fmt: skip
async def test_a_redirect_into_a_private_network_is_refused(
    status: int, target: str, opened: Opener
) -> None:
    """reliability.md, 38."""
    async with serving("127.0.0.2") as origin:
        origin.routes["/"] = moved(target, status)
        egress = opened(allow_networks=("127.0.0.2/32",))
        fetched = await egress.fetch(Request(url=origin.base))
    assert code_of(fetched) is Code.E_ADDRESS


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://10.0.0.1/", "http://[::1]/", "http://[fe80::1]/",
        "http://localhost/", "http://LOCALHOST./", "http://2130706433/",
        "http://0177.0.0.1/", "http://0x7f000001/", "http://127.1/", "http://0/",
        "http://good@127.0.0.1/", "http://a.example@127.0.0.1/", "http:\\\\127.0.0.1\\",
        "http://127.0.0.1#@a.example/", "http://169.254.169.254/", "file:///etc/passwd",
        "http://127.0.0\t.1/", "http://127.0.0.1\n/", "http://\u2460\u2461\u2466.0.0.1/",
        "unix:///run/docker.sock", "http://%6c%6fcalhost/", "http://127.0.0.1%00/",
        "http://a.example:22/", "http://rebound.example/",
    ],
)  # fmt: skip
async def test_no_spelling_leads_into_a_private_network(
    url: str, opened: Opener
) -> None:
    """reliability.md, 33-37, 39, 42-44."""
    local = [["127.0.0.1"]]
    names = Names(
        {
            "localhost": local,
            "localhost.": local,
            "rebound.example": local,
            "a.example": [["93.184.216.34"]],
        }
    )
    egress = opened(allow_networks=(), door=door(names, ()))
    fetched = await egress.fetch(Request(url=url))
    assert code_of(fetched) in {Code.E_ADDRESS, Code.E_DNS, Code.E_PROTOCOL}


async def test_a_name_with_one_private_address_is_refused_whole(opened: Opener) -> None:
    """reliability.md, 41."""
    names = Names({"mixed.example": [["93.184.216.34", "10.0.0.1"]]})
    egress = opened(door=door(names, ()))
    fetched = await egress.fetch(Request(url="http://mixed.example/"))
    assert isinstance(fetched, Failed)
    assert code_of(fetched) is Code.E_ADDRESS
    assert fetched.fault.args == {"host": "mixed.example"}
    assert fetched.fault.place == "http://mixed.example/"


async def test_the_address_judged_is_the_address_dialled(
    origin: Origin, opened: Opener
) -> None:
    """reliability.md, 40."""
    origin.routes["/"] = reply(body=b"x")
    port = origin.base.rpartition(":")[2]
    names = Names({"rebinding.example": [["127.0.0.1"], ["10.0.0.1"]]})
    egress = opened(door=door(names))
    assert await body_of(egress, f"http://rebinding.example:{port}/") == b"x"
    assert names.calls == ["rebinding.example"]


async def test_what_only_the_operator_opens_is_logged_once(
    origin: Origin, opened: Opener, caplog: pytest.LogCaptureFixture
) -> None:
    """reliability.md, 46."""
    origin.routes["/"] = reply(body=b"x", Connection="close")
    egress = opened()
    with caplog.at_level("INFO", logger="feedsvc.fetch"):
        for _ in range(3):
            await body_of(egress, origin.base)
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 1
    assert "127.0.0.1" in told[0]
    assert "allow_networks" in told[0]
