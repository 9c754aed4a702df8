"""Servers on loopback, and an egress that may go there."""

import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest

from feedsvc.fetch import Egress
from feedsvc.model.config import CollectSettings, Duration, Size
from tests.fetch.origin import LOOPBACK, Origin, serving


@pytest.fixture
async def origin() -> AsyncIterator[Origin]:
    """A server on loopback; what it was not told to serve is a 404."""
    async with serving() as running:
        yield running


@pytest.fixture
async def other() -> AsyncIterator[Origin]:
    """A second server, of another origin."""
    async with serving() as running:
        yield running


SETTINGS = CollectSettings(
    host_gap=Duration(),
    timeout=Duration(seconds=5),
    max_bytes=Size(100_000),
    robots=False,
    allow_networks=LOOPBACK,
)

Opener = Callable[..., Egress]


@pytest.fixture
async def opened() -> AsyncIterator[Opener]:
    """Opens an egress: settings by name, ``door`` and the like as they are."""
    names = frozenset(CollectSettings.__dataclass_fields__)
    async with contextlib.AsyncExitStack() as stack:

        def make(**options: Any) -> Egress:
            changed = {k: options.pop(k) for k in list(options) if k in names}
            egress = Egress(replace(SETTINGS, **changed), **options)
            stack.push_async_exit(egress)
            return egress

        yield make


@pytest.fixture
def egress(opened: Opener) -> Egress:
    """An egress that may go to loopback, keeps no gap and asks for no robots.txt."""
    return opened()
