"""``run`` and ``serve``: orderly start, reload and stop."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from feedsvc.app import house
from feedsvc.app.place import Place, load
from feedsvc.errors import ConfigError
from feedsvc.lock import hold
from feedsvc.model.config import Config
from feedsvc.output import open_tree
from feedsvc.schedule.embedded import Service
from feedsvc.serve import Application, build, serving

__all__ = ["run", "running", "serve"]

_log = logging.getLogger(__name__)

_LOOK = 2.0
"""Seconds between two looks at the configuration's files."""

Announce = Callable[[str], None]


def run(where: Place, announce: Announce) -> None:
    """The whole service, until SIGTERM or SIGINT."""
    asyncio.run(running(where, load(where), announce))


def serve(where: Place, announce: Announce) -> None:
    """The published tree over HTTP, until SIGTERM or SIGINT."""
    asyncio.run(_serving(where, load(where), announce))


async def running(where: Place, config: Config, announce: Announce) -> None:
    """What :func:`run` does, in an event loop that stands already."""
    stop = _stop_signal()
    with hold(where.data):
        # Every configured feed stands before the first reader comes, empty ones too.
        with house.shelves(where, config) as kept:
            await asyncio.to_thread(kept.publisher.publish)
        async with _served(where, config) as application:
            announce(config.settings.site.base_url)
            current: Config | None = config
            while current is not None:
                current = await _until_edited(where, current, application, stop)


async def _serving(where: Place, config: Config, announce: Announce) -> None:
    stop = _stop_signal()
    async with _served(where, config):
        announce(config.settings.site.base_url)
        await stop.wait()


@asynccontextmanager
async def _served(where: Place, config: Config) -> AsyncIterator[Application]:
    settings = config.settings
    tree = open_tree(settings.publish.output, where.data)
    application = build(tree, settings.site.languages, settings.site.base_url)
    async with serving(application, settings.serve.host, settings.serve.port):
        yield application


async def _until_edited(
    where: Place, config: Config, application: Application, stop: asyncio.Event
) -> Config | None:
    """Collect and publish by one configuration; the next one, or None at the stop."""
    edited = asyncio.create_task(_edited(where))
    stopped = asyncio.create_task(stop.wait())
    with house.shelves(where, config) as kept:

        async def publish() -> None:
            report = await asyncio.to_thread(kept.publisher.publish)
            if report.switched:
                await asyncio.to_thread(application.refresh)

        async with house.tools(kept) as tools:
            either = asyncio.wait({edited, stopped}, return_when="FIRST_COMPLETED")
            await Service(tools, publish).run(until=either)
    stopped.cancel()
    if stop.is_set():
        edited.cancel()
        return None
    return edited.result()


async def _edited(where: Place) -> Config:
    """The next configuration that is right; a wrong one is told, and waited out."""
    seen = _stamp(where)
    while True:
        await asyncio.sleep(_LOOK)
        stamp = _stamp(where)
        if stamp == seen:
            continue
        seen = stamp
        try:
            config = await asyncio.to_thread(load, where)
        except ConfigError as error:
            _log.error(
                "the edited configuration is wrong, the old one stays: %s", error
            )
        else:
            _log.info("configuration reloaded")
            return config


def _stamp(where: Place) -> frozenset[tuple[str, int, int]]:
    """What tells an edited configuration: every file's name, time and size."""
    found = set()
    for path in where.config.rglob("*.toml"):
        try:
            stat = path.stat()
        except FileNotFoundError:
            continue
        found.add((str(path), stat.st_mtime_ns, stat.st_size))
    return frozenset(found)


def _stop_signal() -> asyncio.Event:
    """Set by SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop
