"""``run``: orderly start, reload and stop."""

import asyncio

from feedsvc.app import house
from feedsvc.app.edits import Edits, Tell
from feedsvc.app.front import Announce, Front, stop_signal
from feedsvc.app.place import Place
from feedsvc.errors import Fault, OutputError, StoreError
from feedsvc.lock import hold
from feedsvc.model.config import Config
from feedsvc.schedule.embedded import Service

__all__ = ["run", "running"]


def run(where: Place, announce: Announce, tell: Tell) -> None:
    """The whole service, until SIGTERM or SIGINT.

    ``announce`` gets the address once it is served, ``tell`` what is wrong with an
    edited configuration and what could not be published.
    """
    asyncio.run(running(where, announce, tell))


async def running(where: Place, announce: Announce, tell: Tell) -> None:
    """What :func:`run` does, in an event loop that stands already."""
    stop = stop_signal()
    edits = Edits(where, tell)
    standing: Config | None = None
    config: Config | None = edits.config
    with hold(where.data):
        async with Front(where, tell) as front:
            while config is not None:
                try:
                    with house.shelves(where, config) as kept:
                        # Every configured feed stands before the first reader comes,
                        # empty ones too.
                        await asyncio.to_thread(kept.publisher.publish)
                        if await front.follow(config):
                            announce(config.settings.site.base_url)
                        standing = config
                        config = await _until_edited(kept, front, edits, stop, tell)
                except (OutputError, StoreError) as error:
                    if standing is None or standing is config:
                        raise
                    # An edit that database or disk refuses is as wrong as any other.
                    for fault in error.faults:
                        tell(fault)
                    config = standing


async def _until_edited(
    kept: house.Shelves, front: Front, edits: Edits, stop: asyncio.Event, tell: Tell
) -> Config | None:
    """Collect and publish by one configuration; the next one, or None at the stop."""
    told: tuple[Fault, ...] = ()

    async def publish() -> None:
        nonlocal told
        report = await asyncio.to_thread(kept.publisher.publish)
        if report.switched:
            await front.refresh()
        # Tried again every second while it lasts; told once.
        for fault in report.faults:
            if fault not in told:
                tell(fault)
        told = report.faults

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
