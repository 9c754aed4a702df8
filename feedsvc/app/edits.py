"""The configuration as it is edited beside the service that runs by it."""

import asyncio
import logging
from collections.abc import Callable

from feedsvc.app.place import Place, load
from feedsvc.errors import ConfigError, Fault
from feedsvc.model.config import Config

__all__ = ["Edits", "Tell"]

_log = logging.getLogger(__name__)

_LOOK = 2.0
"""Seconds between two looks at the configuration's files."""

Tell = Callable[[Fault], None]


class Edits:
    """The configuration that holds, and what was last seen of its files.

    ``tell`` hears every fault of an edit that is wrong.
    """

    def __init__(self, where: Place, tell: Tell) -> None:
        """Load the configuration; ConfigError when it is wrong already."""
        self._where = where
        self.tell = tell
        # Before loading, so that no edit made meanwhile is ever missed.
        self._seen = _stamp(where)
        self.config = load(where)

    async def next(self) -> Config:
        """Wait for an edit that is right; a wrong one is told, the old one stays."""
        while not await self._taken_up():  # noqa: ASYNC110 -- files send no events
            await asyncio.sleep(_LOOK)
        return self.config

    async def _taken_up(self) -> bool:
        stamp = _stamp(self._where)
        if stamp == self._seen:
            return False
        self._seen = stamp
        try:
            self.config = await asyncio.to_thread(load, self._where)
        except ConfigError as error:
            _log.error("the edited configuration is wrong, the old one stays")
            for fault in error.faults:
                self.tell(fault)
            return False
        _log.info("configuration reloaded")
        return True


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
