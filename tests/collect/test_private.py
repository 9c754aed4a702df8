"""Nothing private is dialled, whichever way an address reaches us (reliability.md, 33-46).

The ways: a source's own address, a redirect, robots.txt, a sitemap of an index, a
further page, an article, the probes of ``add``. Images, WebSub callbacks and hubs are
not fetched.
"""

import socket
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest

from feedsvc.errors import FeedsvcError
from feedsvc.fetch import Egress
from feedsvc.fetch.door import Door
from feedsvc.inspect.add import Survey
from feedsvc.model.config import ListRules, Rule
from tests.collect.test_visit import index
from tests.collect.world import World, links, source
from tests.fetch.conftest import SETTINGS
from tests.fetch.origin import Names, Origin, moved, reply, serving

HOME = "127.0.0.2"

TARGETS = {
    "33 loopback": "http://127.0.0.1:{port}/",
    "33 loopback, a port of the web": "http://127.0.0.1/",
    "33 private": "http://10.0.0.1/",
    "33 private, 172": "http://172.16.0.1:8080/",
    "33 link-local": "http://169.254.1.1/",
    "33 carriers' NAT": "http://100.64.0.1/",
    "33 multicast": "http://224.0.0.1/",
    "33 this network": "http://0.0.0.0:{port}/",
    "34 loopback": "http://[::1]:{port}/",
    "34 unique local": "http://[fc00::1]/",
    "34 link-local with a zone": "http://[fe80::1%25lo]:{port}/",
    "34 site-local": "http://[fec0::1]/",
    "35 mapped": "http://[::ffff:7f00:1]:{port}/",
    "35 compatible": "http://[::127.0.0.1]:{port}/",
    "35 translated": "http://[::ffff:0:7f00:1]/",
    "36 NAT64": "http://[64:ff9b::7f00:1]/",
    "36 local NAT64": "http://[64:ff9b:1::7f00:1]/",
    "36 6to4": "http://[2002:7f00:1::1]/",
    "36 Teredo": "http://[2001:0:53aa:64c::1]/",
    "37 decimal": "http://2130706433:{port}/",
    "37 hexadecimal": "http://0x7f000001:{port}/",
    "37 octal": "http://0177.0.0.1:{port}/",
    "37 short": "http://127.1:{port}/",
    "37 full width": "http://１２７.0.0.1:{port}/",
    "37 trailing dot": "http://127.0.0.1.:{port}/",
    "37 localhost": "http://localhost:{port}/",
    "37 LOCALHOST.": "http://LOCALHOST.:{port}/",
    "37 a name like nip.io": "http://127.0.0.1.nip.example:{port}/",
    "39 file": "file:///etc/passwd",
    "39 ftp": "ftp://127.0.0.1:{port}/",
    "39 gopher": "gopher://127.0.0.1:{port}/",
    "39 dict": "dict://127.0.0.1:{port}/",
    "39 data": "data:text/html,x",
    "39 jar": "jar:http://127.0.0.1:{port}!/",
    "41 public and private": "http://mixed.example/",
    "42 user": "http://good@127.0.0.1:{port}/",
    "42 backslash": "http:\\\\127.0.0.1:{port}\\",
    "42 NUL": "http://127.0.0.1%00:{port}/",
    "42 tab": "http://127.0.0\t.1:{port}/",
    "42 fragment": "http://127.0.0.1:{port}#@93.184.216.34/",
    "43 a port of no web": "http://93.184.216.34:22/",
    "44 unix socket": "unix:///run/docker.sock",
    "45 metadata": "http://169.254.169.254/latest/meta-data/",
    "45 metadata, v6": "http://[fd00:ec2::254]/",
    "45 metadata, Aliyun": "http://100.100.100.200/",
}

_dialled: list[str] = []
_LOCAL = {
    name: [["127.0.0.1"]]
    for name in ("localhost", "localhost.", "127.0.0.1.nip.example", "127.0.0.1.")
}
NAMES = {**_LOCAL, "mixed.example": [["93.184.216.34", "10.0.0.1"]]}


def _audit(event: str, args: tuple[Any, ...]) -> None:
    if event == "socket.connect" and args[0].family in {
        socket.AF_INET,
        socket.AF_INET6,
    }:
        _dialled.append(args[1][0])


sys.addaudithook(_audit)


@pytest.fixture
async def home() -> AsyncIterator[Origin]:
    """The site that may be asked; what it was not told to serve is a 404."""
    async with serving(HOME) as running:
        yield running


@pytest.fixture
async def canary() -> AsyncIterator[Origin]:
    """The service that nobody may reach."""
    async with serving() as running:
        running.routes["/"] = reply(body=b"secret")
        yield running


@pytest.fixture
async def egress(canary: Origin) -> AsyncIterator[Egress]:
    """An egress that may go home and nowhere else that is not public."""
    allowed = (f"{HOME}/32",)
    settings = replace(SETTINGS, allow_networks=allowed, robots=True)
    async with Egress(settings, door=Door(allowed, resolver=Names(NAMES))) as way:
        _dialled.clear()
        yield way
    assert set(_dialled) <= {HOME}, _dialled
    assert canary.asked == []


Way = Callable[[Origin, str, Egress], Any]


async def _visit(egress: Egress, **fields: Any) -> World:
    w = World([source(**fields)])
    await w.visit(fetcher=egress)
    assert w.articles() == []
    return w


async def own(_home: Origin, target: str, egress: Egress) -> None:
    w = await _visit(egress, url=target)
    assert w.known().failures == 1


async def redirect(home: Origin, target: str, egress: Egress) -> None:
    for status in (301, 302, 303, 307, 308):  # case 38
        home.routes["/"] = moved(target, status)
        w = await _visit(egress, url=home.base)
        assert w.known().failures == 1


async def refresh(home: Origin, target: str, egress: Egress) -> None:
    body = f'<meta http-equiv="refresh" content="0;url={target}">'.encode()
    home.routes["/"] = reply(body=body, Refresh=f"0;url={target!r}")  # case 38
    await _visit(egress, url=home.base)


async def robots(home: Origin, target: str, egress: Egress) -> None:
    home.routes |= {"/robots.txt": moved(target), "/": reply(body=b"<p>x</p>")}
    await _visit(egress, url=home.base)


async def sitemap(home: Origin, target: str, egress: Egress) -> None:
    home.routes["/"] = reply(body=index(target).body, Content_Type="text/xml")
    await _visit(egress, url=home.base, kind="sitemap")


async def further(home: Origin, target: str, egress: Egress) -> None:
    after = f'<a class="next" href="{target}">more</a>'
    home.routes["/"] = reply(body=links(1, after=after).encode())
    rules = ListRules(item=Rule(select="li"), next=Rule(select=".next"), pages=3)
    await _visit(egress, url=home.base, list=rules)


async def article(home: Origin, target: str, egress: Egress) -> None:
    rows = f'<ul><li><a href="{target}">A story about the river tonight</a></li></ul>'
    home.routes["/"] = reply(body=rows.encode(), Content_Type="text/html;charset=utf-8")
    rules = ListRules(item=Rule(select="li"))
    await _visit(egress, url=home.base, list=rules)


async def probes(home: Origin, target: str, egress: Egress) -> None:
    link = f'<link rel="alternate" type="application/rss+xml" href="{target}">'
    robots_txt = f"Sitemap: {target}".encode()
    home.routes |= {
        "/": reply(body=link.encode()),
        "/robots.txt": reply(body=robots_txt),
        "/feed": moved(target),
        "/sitemap.xml": moved(target),
    }
    with pytest.raises(FeedsvcError):
        await Survey(egress.fetch).run(home.base)


WAYS: dict[str, Way] = {
    way.__name__: way
    for way in (own, redirect, refresh, robots, sitemap, further, article, probes)
}


WHOLE = ("own", "redirect", "article")
ONE_EACH = {name[:2]: name for name in reversed(TARGETS)}.values()
"""The first target of each case: enough to prove that a way passes the same gate."""

CASES = [
    pytest.param(way, target, id=f"{way} {target}")
    for way in WAYS
    for target in TARGETS
    if way in WHOLE or target in ONE_EACH
]


@pytest.mark.parametrize(("way", "target"), CASES)
async def test_no_way_leads_to_what_is_private(
    way: str, target: str, home: Origin, canary: Origin, egress: Egress
) -> None:
    port = canary.base.rpartition(":")[2]
    await WAYS[way](home, TARGETS[target].format(port=port), egress)
