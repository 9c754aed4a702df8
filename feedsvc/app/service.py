"""``run``: orderly start, reload and stop."""

import asyncio
from collections.abc import Awaitable, Callable

from feedsvc.app import house
from feedsvc.app.differences import Judge
from feedsvc.app.edits import Edits, Tell
from feedsvc.app.front import Announce, Front, stop_signal
from feedsvc.app.place import Place
from feedsvc.errors import Fault, OutputError, StoreError
from feedsvc.lock import hold
from feedsvc.model.config import Config
from feedsvc.schedule.embedded import Service
from feedsvc.websub.hub import Hub

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
                        config = await _until_edited(where, kept, front, edits, stop)
                except (OutputError, StoreError) as error:
                    if standing is None or standing is config:
                        raise
                    # An edit that database or disk refuses is as wrong as any other.
                    for fault in error.faults:
                        tell(fault)
                    config = standing


async def _until_edited(
    where: Place, kept: house.Shelves, front: Front, edits: Edits, stop: asyncio.Event
) -> Config | None:
    """Collect and publish by one configuration; the next one, or None at the stop."""
    stopped = asyncio.create_task(stop.wait())
    async with (
        house.egress(kept.config, kept.store) as egress,
        house.hub(where, kept, egress) as hub,
        house.tools(kept, egress) as tools,
    ):
        edited = asyncio.create_task(edits.next(Judge(kept.store, tools.workers)))
        either = asyncio.wait({edited, stopped}, return_when="FIRST_COMPLETED")
        with front.taking(hub), front.making(kept):
            publish = _publishing(kept, front, hub, edits.tell)
            await Service(tools, publish).run(until=either)
    stopped.cancel()
    if stop.is_set():
        edited.cancel()
        return None
    return edited.result()


def _publishing(
    kept: house.Shelves, front: Front, hub: Hub, tell: Tell
) -> Callable[[], Awaitable[None]]:
    """What publishes, shows and pushes what is dirty; a fault that lasts is told once."""
    told: tuple[Fault, ...] = ()

    async def publish() -> None:
        nonlocal told
        report = await asyncio.to_thread(kept.publisher.publish)
        if report.switched:
            # Who is told may look at once.
            await front.refresh()
            hub.wake()
        for fault in report.faults:
            if fault not in told:
                tell(fault)
        told = report.faults

    return publish
