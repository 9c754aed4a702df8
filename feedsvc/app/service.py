"""``run`` and ``serve``: orderly start, reload and stop."""

import asyncio
import signal
from collections.abc import Callable

from feedsvc.app import house
from feedsvc.app.edits import Edits, Tell
from feedsvc.app.front import Front, served
from feedsvc.app.place import Place, load
from feedsvc.lock import hold
from feedsvc.model.config import Config
from feedsvc.schedule.embedded import Service

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
    config: Config | None = edits.config
    with hold(where.data):
        async with Front(where, tell) as front:
            while config is not None:
                with house.shelves(where, config) as kept:
                    # Every configured feed stands before the first reader comes,
                    # empty ones too.
                    await asyncio.to_thread(kept.publisher.publish)
                    if await front.follow(config):
                        announce(config.settings.site.base_url)
                    config = await _until_edited(kept, front, edits, stop)


async def _until_edited(
    kept: house.Shelves, front: Front, edits: Edits, stop: asyncio.Event
) -> Config | None:
    """Collect and publish by one configuration; the next one, or None at the stop."""

    async def publish() -> None:
        report = await asyncio.to_thread(kept.publisher.publish)
        if report.switched:
            await front.refresh()

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


async def _serving(where: Place, config: Config, announce: Announce) -> None:
    stop = _stop_signal()
    async with served(where, config):
        announce(config.settings.site.base_url)
        await stop.wait()


def _stop_signal() -> asyncio.Event:
    """Set by SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop
