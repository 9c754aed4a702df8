"""A look at the machine: everything that is configured is tried, whatever else fails."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Literal, TypeAlias

from feedsvc.app import house
from feedsvc.app.place import Place, choose, load
from feedsvc.errors import OutputError, StoreError
from feedsvc.fetch import requests
from feedsvc.inspect import doctor
from feedsvc.inspect.doctor import Finding
from feedsvc.model.config import Config
from feedsvc.model.status import Health
from feedsvc.model.web import Request, Validators
from feedsvc.output import is_store, open_output

__all__ = ["Finding", "examine"]

Answer: TypeAlias = tuple[Finding, timedelta | None]
"""What came of asking, and how far the other clock is ahead."""


def examine(where: Place) -> list[Finding]:
    """Look at everything once; sources are asked in parallel, politely as ever."""
    config = load(where)
    found = [doctor.versions()]
    held, last = 0, None
    try:
        health, last = _health(where, config)
        held = health.size
        found.append(doctor.database(health))
    except StoreError as error:
        place = error.fault.place
        found.append(doctor.failed("database", place, error.faults))
    found += _room(where.data, config.settings.publish.output, held)
    answers = asyncio.run(_asked(config))
    clocks = [ahead for _, ahead in answers if ahead is not None]
    found.append(doctor.clock(house.now(), clocks, last))
    return [*found, *(finding for finding, _ in answers)]


def _health(where: Place, config: Config) -> tuple[Health, datetime | None]:
    """The database, and when a source was last asked."""
    with house.stored(where, config) as store:
        times = (row.visit.last_attempt for row in store.status().sources)
        return store.examine(), max(filter(None, times), default=None)


def _room(data: Path, output: str, held: int) -> Iterator[Finding]:
    """Where data and feeds are written."""
    places = [data] if is_store(output) else [data, data / output]
    yield from map(doctor.folder, places)
    yield from doctor.disks(places, held)
    if is_store(output):
        try:
            open_output(output, data).folders()
        except OutputError as error:
            yield doctor.failed("output", output, error.faults)
        else:
            yield Finding(subject="output", place=output)


async def _asked(config: Config) -> Sequence[Answer]:
    """Every enabled source and outside hub, asked once."""
    turn = asyncio.Semaphore(config.settings.collect.concurrency)
    async with house.egress(config) as egress:

        async def ask(
            subject: Literal["source", "hub"], place: str, request: Request
        ) -> Answer:
            async with turn:
                began = monotonic()
                fetched = await egress.fetch(request)
            seconds = monotonic() - began
            found = doctor.reached(subject, place, fetched, seconds)
            return found, fetched.hints.ahead

        sources = (
            ask("source", one.id, requests.for_list(one, one.url, Validators()))
            for one in choose(config, ())
        )
        hubs = (
            ask("hub", url, Request(url=url, robots=False))
            for url in config.settings.websub.hubs
        )
        return await asyncio.gather(*sources, *hubs)
