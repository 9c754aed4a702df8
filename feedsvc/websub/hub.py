"""The hub at work: confirmations asked for, news told, failures tried again.

What a receiver does not have yet is what its digest in the store differs from, so
there is no queue to lose: of several changes only the newest is sent, and after a crash
whatever was published and not told still is. It may be told twice, never not at all.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from feedsvc.errors import StoreError
from feedsvc.model.config import Config
from feedsvc.model.tree import File, PublishedTree
from feedsvc.model.websub import Delivery, Errand, Topic
from feedsvc.text import urls
from feedsvc.websub import topics
from feedsvc.websub.courier import Courier
from feedsvc.websub.desk import Desk
from feedsvc.websub.form import Terms
from feedsvc.websub.ports import HubStore, Post

__all__ = ["Hub"]

_log = logging.getLogger(__name__)

_LOOK = 1.0
"""Seconds between two looks for what has become due, when nothing wakes the hub."""

_SLOTS = 256
"""Errands under way at a time."""

_EACH = 8
"""Of them to one host; the egress sends fewer at once, the rest stands ready."""

_PINGS = 30.0
"""Seconds that a single command spends on outside hubs."""

_GRACE = 3.0
"""Seconds that errands under way get at the stop; what is cut off is due again."""

Started = tuple[Errand, File | None]


class Hub:
    """The built-in hub and the pings to others, for one configuration."""

    def __init__(
        self,
        config: Config,
        store: HubStore,
        post: Post,
        tree: PublishedTree,
        now: Callable[[], datetime],
    ) -> None:
        """Nothing is sent yet; enter :meth:`running`."""
        self._settings = config.settings
        self._topics = topics.topics(config)
        self._store = store
        self._tree = tree
        self._now = now
        self._courier = Courier(config.settings, store, post, now)
        self._woken = asyncio.Event()
        self._under_way: dict[tuple[str, Topic], asyncio.Task[None]] = {}

    @property
    def desk(self) -> Desk | None:
        """Where subscribers come to; None where there are outside hubs alone."""
        home = self._settings.own_hub
        if home is None:
            return None
        return Desk(Terms(self._topics, home), self._store, self._now, self.wake)

    def wake(self) -> None:
        """Look at once: something was published, or asked."""
        self._woken.set()

    async def ping(self) -> None:
        """Tell outside hubs what they have not heard, each at most once, and return.

        What fails, or takes too long, is due again: a later call or a service sees to it.
        """
        await self._follow()
        with suppress(TimeoutError):
            async with asyncio.timeout(_PINGS):
                await self._set_out(own=False)
                while self._under_way:
                    await asyncio.wait(self._under_way.values())
                    await self._set_out(own=False)
        await self._drain()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Work while the block runs; what is under way at its end gets a moment."""
        await self._follow()
        working = asyncio.create_task(self._work()) if self._settings.hubs else None
        try:
            yield
        finally:
            if working:
                working.cancel()
                await asyncio.gather(working, return_exceptions=True)
                await self._drain()

    async def _follow(self) -> None:
        hubs = {hub: urls.host(hub) for hub in self._settings.websub.hubs}
        every = list(self._topics.values())
        await asyncio.to_thread(self._store.follow, hubs, every)

    async def _work(self) -> None:
        own = self._settings.own_hub is not None
        while True:
            self._woken.clear()
            try:
                await self._set_out(own=own)
            except StoreError as error:
                _log.error("%s", error)
            except Exception:  # noqa: BLE001 -- a bug met once must not end the hub
                _log.exception("websub met a bug")
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK):
                    await self._woken.wait()

    async def _set_out(self, *, own: bool) -> None:
        """Start what is due and not under way, as far as there is room.

        Unless ``own`` only outside hubs are told.
        """
        busy = frozenset(self._under_way)
        for errand, file in await asyncio.to_thread(self._due, busy, own=own):
            task = asyncio.create_task(self._run(errand, file))
            self._under_way[errand.key] = task

    def _due(
        self, busy: AbstractSet[tuple[str, Topic]], *, own: bool
    ) -> Sequence[Started]:
        """What to start, with what stands published of its topic.

        What was ``busy`` before the store was asked is left out, though it may have ended
        meanwhile. Digests are read before bytes, so that these are never older than those.
        """
        due = self._store.errands(self._now(), _EACH, _SLOTS, own=own)
        by_key = {e.key: e for e in reversed(due) if e.key not in busy}
        fresh = list(by_key.values())[::-1][: _SLOTS - len(busy)]
        files = self._files({e.topic for e in fresh if _is_content(e)})
        return [(e, files.get(e.topic) if _is_content(e) else None) for e in fresh]

    def _files(self, wanted: Iterable[Topic]) -> Mapping[Topic, File]:
        """The published files of topics."""
        found: dict[Topic, File] = {}
        paths = {topic.path for topic in wanted}
        stamps = self._tree.stamps() if paths else {}
        for path in paths & stamps.keys():
            with suppress(OSError):
                for file in self._tree.read(path, stamps[path]):
                    found[Topic(path, file.path.rpartition("/")[2])] = file
        return found

    async def _run(self, errand: Errand, file: File | None) -> None:
        try:
            await self._courier.run(errand, file)
        finally:
            del self._under_way[errand.key]
            self.wake()

    async def _drain(self) -> None:
        tasks = list(self._under_way.values())
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=_GRACE)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)


def _is_content(errand: Errand) -> bool:
    """Whether the errand is to send a feed's own bytes."""
    return isinstance(errand, Delivery) and not errand.is_ping
