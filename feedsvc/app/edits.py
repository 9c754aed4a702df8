"""The configuration as it is edited beside the service that runs by it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from feedsvc.app.place import Place, load
from feedsvc.errors import Code, ConfigError, Fault, StoreError
from feedsvc.model.config import Config

__all__ = ["Edits", "Refusal", "Tell"]

_log = logging.getLogger(__name__)

_LOOK = 2.0
"""Seconds between two looks at the configuration's files."""

Tell = Callable[[Fault], None]

Refusal = Callable[[Config], Awaitable[Fault | None]]
"""Says why a configuration is not to be taken up by itself."""

Stamp = frozenset[tuple[str, int, int]]
"""What tells an edited configuration: every file's name, time and size."""


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
        self._refused: tuple[Stamp, Code] | None = None
        self.config = load(where)

    async def next(self, refusal: Refusal) -> Config:
        """Wait for an edit that is right; a wrong one is told, the old one stays.

        One that ``refusal`` refuses is looked at again and again, as somebody may say
        that it is meant; it is told once.
        """
        while not await self._taken_up(refusal):  # noqa: ASYNC110 -- files send no events
            await asyncio.sleep(_LOOK)
        return self.config

    async def _taken_up(self, refusal: Refusal) -> bool:
        stamp = _stamp(self._where)
        if stamp == self._seen:
            return False
        try:
            config = await asyncio.to_thread(load, self._where)
        except ConfigError as error:
            self._seen = stamp
            _log.error("the edited configuration is wrong, the old one stays")
            for fault in error.faults:
                self.tell(fault)
            return False
        try:
            refused = await refusal(config)
        except StoreError as error:  # nobody can tell now
            refused = error.fault
        if refused is not None:
            self._refuse(stamp, refused)
            return False
        self._seen, self.config = stamp, config
        _log.info("configuration reloaded")
        return True

    def _refuse(self, stamp: Stamp, refused: Fault) -> None:
        if self._refused != (stamp, refused.code):
            self._refused = stamp, refused.code
            self.tell(refused)


def _stamp(where: Place) -> Stamp:
    found = set()
    for path in where.config.rglob("*.toml"):
        try:
            stat = path.stat()
        except FileNotFoundError:
            continue
        found.add((str(path), stat.st_mtime_ns, stat.st_size))
    return frozenset(found)
