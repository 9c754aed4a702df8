"""``run`` and ``serve``: orderly start, reload and stop."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from feedsvc.app import house
from feedsvc.app.edits import Edits, Tell
from feedsvc.app.place import Place, load
from feedsvc.lock import hold
from feedsvc.model.config import Config
from feedsvc.output import open_tree
from feedsvc.schedule.embedded import Service
from feedsvc.serve import Application, build, serving

__all__ = ["run", "running", "serve"]

Announce = Callable[[str], None]


def run(where: Place, announce: Announce, tell: Tell) -> None:
    """The whole service, until SIGTERM or SIGINT.

    ``announce`` gets the address once it is served, ``tell`` what is wrong with an
    edited configuration.
    """
    asyncio.run(running(where, announce, tell))


def serve(where: Place, announce: Announce) -> None:
    """The published tree over HTTP, until SIGTERM or SIGINT."""
    asyncio.run(_serving(where, load(where), announce))


async def running(where: Place, announce: Announce, tell: Tell) -> None:
    """What :func:`run` does, in an event loop that stands already."""
    stop = _stop_signal()
    edits = Edits(where, tell)
    config = edits.config
    with hold(where.data):
        # Every configured feed stands before the first reader comes, empty ones too.
        with house.shelves(where, config) as kept:
            await asyncio.to_thread(kept.publisher.publish)
        async with _served(where, config) as application:
            announce(config.settings.site.base_url)
            current: Config | None = config
            while current is not None:
                with house.shelves(where, current) as kept:
                    current = await _until_edited(kept, application, edits, stop)


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
    # What stands is there for the very first request.
    await asyncio.to_thread(application.refresh)
    async with serving(application, settings.serve.host, settings.serve.port):
        yield application


async def _until_edited(
    kept: house.Shelves, application: Application, edits: Edits, stop: asyncio.Event
) -> Config | None:
    """Collect and publish by one configuration; the next one, or None at the stop."""

    async def publish() -> None:
        report = await asyncio.to_thread(kept.publisher.publish)
        if report.switched:
            await asyncio.to_thread(application.refresh)

    edited = asyncio.create_task(edits.next())
    stopped = asyncio.create_task(stop.wait())
    async with house.tools(kept) as tools:
        either = asyncio.wait({edited, stopped}, return_when="FIRST_COMPLETED")
        await Service(tools, publish).run(until=either)
    stopped.cancel()
    if stop.is_set():
        edited.cancel()
        return None
    return edited.result()


def _stop_signal() -> asyncio.Event:
    """Set by SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop
