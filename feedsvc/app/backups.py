"""All state in one file, and back."""

import asyncio
from contextlib import closing
from pathlib import Path

from feedsvc.app import house
from feedsvc.app.place import Place, load
from feedsvc.lock import hold
from feedsvc.publish.publisher import PublishReport
from feedsvc.store import open_store, restore_store

__all__ = ["back_up", "restore"]


def back_up(where: Place, to: Path) -> int:
    """Write all state to a file, beside a running service; how many bytes it has."""
    url = load(where).settings.store.url
    with closing(open_store(url, where.data, beside=True, make=False)) as store:
        store.back_up(to)
    return to.stat().st_size


def restore(where: Place, backup: Path) -> PublishReport:
    """Put the state of a backup in the place of what is there, and publish it."""
    config = load(where)
    with hold(where.data):
        restore_store(config.settings.store.url, where.data, backup)
        with house.shelves(where, config) as kept:
            done = kept.publisher.publish(everything=True)
            asyncio.run(house.ping(where, kept))
            return done
