"""The rooms put together: opened in order, closed in the reverse order."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from time import sleep

from feedsvc.app.place import Place
from feedsvc.collect.budget import Budget
from feedsvc.collect.ports import Workers
from feedsvc.collect.tools import Tools
from feedsvc.collect.writer import Writer
from feedsvc.fetch import Egress
from feedsvc.fetch.memory import Shelf
from feedsvc.model.config import Config
from feedsvc.output import open_output, open_tree
from feedsvc.pool import Processes, spare_collections
from feedsvc.publish.publisher import Publisher
from feedsvc.schedule.ticker import next_fire
from feedsvc.store import Store, open_store
from feedsvc.websub.hub import Hub

__all__ = [
    "Shelves",
    "egress",
    "hub",
    "now",
    "ping",
    "shelves",
    "stored",
    "tools",
    "trial",
    "workers",
]

_PRELOAD = (
    "feedsvc.collect.readers",
    "feedsvc.extract.article",
    "feedsvc.extract.feed",
    "feedsvc.extract.listing",
    "feedsvc.normalize.article",
    "feedsvc.text.dates.chain",
)
"""What worker processes share instead of loading it each for itself.

Not trafilatura: its objects are written to as they are used, so that a third copy of
them would stand in the process that shares.
"""


def now() -> datetime:
    """The clock, aware UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Shelves:
    """What stays on disk: the store, and the publisher that fills the tree from it."""

    config: Config
    store: Store
    publisher: Publisher


@contextmanager
def stored(where: Place, config: Config) -> Iterator[Store]:
    """Open the store alone, beside whoever may be publishing."""
    with closing(open_store(config.settings.store.url, where.data, beside=True)) as it:
        yield it


@contextmanager
def shelves(where: Place, config: Config) -> Iterator[Shelves]:
    """Open the store and the published tree; whoever does holds the data's lock."""
    spare_collections()
    with closing(open_store(config.settings.store.url, where.data)) as store:
        output = open_output(config.settings.publish.output, where.data)
        publisher = Publisher(config, store, output, now, sleep)
        yield Shelves(config, store, publisher)


def egress(config: Config, notes: Store | None = None) -> Egress:
    """The one way out, named as the site's; ``notes`` outlive this run."""
    return Egress(
        config.settings.collect,
        contact=config.settings.site.contact,
        feeds=len(config.sources),
        base_url=config.settings.site.base_url,
        authority=config.settings.site.authority,
        notes=notes,
    )


def workers() -> Processes:
    """The processes that read pages, none of them started yet."""
    return Processes(preload=_PRELOAD)


def trial(config: Config, store: Store, workers: Workers) -> Tools:
    """What a visit needs that asks nobody and changes nothing."""
    return Tools(
        config=config,
        fetcher=Shelf({}),
        store=store,
        workers=workers,
        save=Writer(store, now).save,
        clock=now,
        next_fire=next_fire,
        budget=Budget(config, store, next_fire),
    )


@asynccontextmanager
async def tools(kept: Shelves, fetcher: Egress) -> AsyncIterator[Tools]:
    """Open what visits need besides the egress: the worker processes."""
    async with workers() as processes:
        yield Tools(
            config=kept.config,
            fetcher=fetcher,
            store=kept.store,
            workers=processes,
            save=Writer(kept.store, now).save,
            clock=now,
            next_fire=next_fire,
            budget=Budget(kept.config, kept.store, next_fire),
        )


@asynccontextmanager
async def hub(where: Place, kept: Shelves, post: Egress) -> AsyncIterator[Hub]:
    """Open the WebSub hub: it tells by ``post`` what is published."""
    opened = _hub(where, kept, post)
    async with opened.running():
        yield opened


async def ping(where: Place, kept: Shelves) -> None:
    """Tell outside hubs what was published, where no service goes on doing so."""
    if kept.config.settings.websub.hubs:
        async with egress(kept.config) as post:
            await _hub(where, kept, post).ping()


def _hub(where: Place, kept: Shelves, post: Egress) -> Hub:
    tree = open_tree(kept.config.settings.publish.output, where.data)
    return Hub(kept.config, kept.store, post, tree, now)
