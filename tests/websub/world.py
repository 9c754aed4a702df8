"""A publisher, its hub and its server; time is moved by hand, the network is real."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sized
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Any
from urllib.parse import urlencode

import httpx

from feedsvc.fetch import Egress
from feedsvc.model.config import CollectSettings, Config, Duration, WebSubSettings
from feedsvc.model.websub import Followers
from feedsvc.serve import Application, build, hub_route, serving
from feedsvc.websub.hub import Hub
from tests.fetch.origin import LOOPBACK
from tests.publish import world
from tests.publish.world import House, article

__all__ = ["AUTHORITY", "BASE", "Standing", "eventually", "more", "standing"]

BASE = "https://feeds.example.org"
AUTHORITY = "example.org,2026"
NUMBERS = count(1)
SETTINGS = CollectSettings(timeout=Duration(seconds=2), allow_networks=LOOPBACK)


async def eventually(look: Callable[[], object], seconds: float = 10) -> None:
    """Wait until ``look`` is true; fail after ``seconds``."""
    async with asyncio.timeout(seconds):
        while not look():  # noqa: ASYNC110 -- what is waited for sends no events
            await asyncio.sleep(0.01)


async def more(found: Sized, number: int) -> None:
    """Wait until there is more than that number of things."""
    await eventually(lambda: len(found) > number)


@dataclass
class Standing:
    """What runs: a house that publishes, its hub, and where both answer."""

    house: House
    hub: Hub
    app: Application
    client: httpx.AsyncClient

    def news(self) -> None:
        """Store an article in zh and publish it; the hub is told, as the service does."""
        self.house.keep(article(next(NUMBERS), language="zh"))
        assert self.house.publish().switched
        self.app.refresh()
        self.hub.wake()

    def later(self, **length: float) -> None:
        """Let time go by."""
        self.house.now += timedelta(**length)
        self.hub.wake()

    def body(self, name: str) -> bytes:
        """What stands published."""
        return self.house.output.bodies()[name]

    async def ask(self, callback: str, **fields: str | None) -> httpx.Response:
        """Post a form to the hub; a field that is None is left out."""
        form = {
            "hub.mode": "subscribe",
            "hub.callback": callback,
            "hub.topic": f"{BASE}/zh/local/feed.rss",
        } | {f"hub.{name}": value for name, value in fields.items()}
        told = {name: value for name, value in form.items() if value is not None}
        return await self.post(urlencode(told).encode())

    async def post(self, body: bytes, kind: str | None = None) -> httpx.Response:
        """Post bytes to the hub."""
        kind = kind or "application/x-www-form-urlencoded; charset=utf-8"
        headers = {"content-type": kind}
        return await self.client.post("/hub", content=body, headers=headers)

    async def subscribe(self, callback: str, **fields: str | None) -> None:
        """Subscribe, and wait until that is confirmed."""
        before = self.count()
        assert (await self.ask(callback, **fields)).status_code == 202
        await eventually(lambda: self.count() > before)

    def followers(self) -> Followers:
        """Who subscribed, and who is out of reach."""
        return self.house.store.followers(self.house.now)

    def count(self) -> int:
        """How many subscriptions there are."""
        return sum(self.followers().counts.values())


def config(websub: WebSubSettings | None = None, **collect: Any) -> Config:
    """Two categories, three formats, and a hub that may go to loopback."""
    made = world.config()
    return replace(
        made,
        settings=replace(
            made.settings,
            collect=replace(SETTINGS, **collect),
            websub=websub or WebSubSettings(),
        ),
    )


@asynccontextmanager
async def standing(
    settings: Config | None = None, house: House | None = None
) -> AsyncIterator[Standing]:
    """All of it, while the block runs; ``house`` may have stood before."""
    settings = settings or config()
    if house is None:
        house = House(settings)
        house.publish()
    site = settings.settings
    async with Egress(site.collect, base_url=BASE, authority=AUTHORITY) as egress:
        hub = Hub(settings, house.store, egress, house.output, lambda: house.now)
        desk = hub.desk
        routes = [hub_route(lambda: desk.answer)] if desk else []
        app = build(
            house.output,
            site.site.languages,
            BASE,
            routes,
            hubs=site.hubs,
            authority=AUTHORITY,
            poll=0.05,
        )
        async with (
            hub.running(),
            serving(app, "127.0.0.1", 0) as served,
            httpx.AsyncClient(base_url=served.url, trust_env=False) as client,
        ):
            yield Standing(house, hub, app, client)
