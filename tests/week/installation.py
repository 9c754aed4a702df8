"""An installation over the newsroom: everything of the product but its clock."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from feedsvc.app import house
from feedsvc.app.place import Place, load
from feedsvc.collect.budget import Budget
from feedsvc.collect.tools import Tools
from feedsvc.collect.writer import Writer
from feedsvc.fetch import Egress
from feedsvc.model.config import Config
from feedsvc.model.status import SourceStatus
from feedsvc.output import open_output
from feedsvc.pool import Inline
from feedsvc.publish.publisher import Publisher
from feedsvc.schedule.embedded import Service
from feedsvc.schedule.ticker import next_fire
from feedsvc.store import Store
from tests.week.newsroom import Clock, newsroom
from tests.week.sites import SOURCES

__all__ = ["AUTHORITY", "Installation", "configure", "opened", "visited"]

AUTHORITY = "feeds.example.org,2026"

_SETTINGS = f"""
[site]
title = {{ zh = "岚河新闻", en = "Lanhe News" }}
base_url = "https://feeds.example.org"
authority = "{AUTHORITY}"
timezone = "Asia/Shanghai"
[collect]
host_gap = "0s"
[publish]
items = 200
"""
_CATEGORIES = """
[local]
title = { zh = "本地", en = "Local" }
[economy]
"""


def configure(root: Path, port: int) -> Place:
    """Write what an operator writes; the sites stand behind a proxy at ``port``."""
    config = root / "config"
    (config / "sources").mkdir(parents=True)
    (config / "feedsvc.toml").write_text(_SETTINGS, encoding="utf-8")
    (config / "categories.toml").write_text(_CATEGORIES, encoding="utf-8")
    for name, text in SOURCES.items():
        told = f'proxy = "http://127.0.0.1:{port}"\n{text}'
        (config / "sources" / f"{name}.toml").write_text(told, encoding="utf-8")
    return Place(config=config, data=root / "data", environ={})


@dataclass
class Installation:
    """The service, ticking when it is told to."""

    store: Store
    service: Service
    public: Path

    async def tick(self) -> None:
        """What the service does from one moment to the next."""
        await self.service._collect_due()
        await self.service._drain()
        await self.service._recheck_due()
        await self.service._publish_dirty()

    def sources(self) -> Sequence[SourceStatus]:
        """What an operator is told."""
        return self.store.status().sources


@asynccontextmanager
async def opened(where: Place, clock: Clock) -> AsyncIterator[Installation]:
    """Open everything anew, as a start of the service does."""
    where.data.mkdir(exist_ok=True)
    config = load(where)
    with house.stored(where, config) as store:
        output = open_output(config.settings.publish.output, where.data)
        publisher = Publisher(config, store, output, clock.now)
        publisher.publish()

        async def publish() -> None:
            report = publisher.publish()
            assert not report.faults, report.faults

        async with _egress(config, store, clock) as egress:
            service = Service(_tools(config, store, egress, clock), publish)
            await service._enroll()
            yield Installation(store, service, where.data / "public")


async def visited(root: Path, clock: Clock) -> Path:
    """What a new installation publishes of a first visit to the newsroom."""
    async with (
        newsroom(clock) as room,
        opened(configure(root, room.port), clock) as installed,
    ):
        await installed.tick()
        return installed.public


def _egress(config: Config, store: Store, clock: Clock) -> Egress:
    site = config.settings.site
    return Egress(
        config.settings.collect,
        base_url=site.base_url,
        authority=site.authority,
        notes=store,
        clock=clock.now,
    )


def _tools(config: Config, store: Store, egress: Egress, clock: Clock) -> Tools:
    return Tools(
        config=config,
        fetcher=egress,
        store=store,
        workers=Inline(),
        save=Writer(store, clock.now).save,
        clock=clock.now,
        next_fire=next_fire,
        budget=Budget(config, store, next_fire),
    )
