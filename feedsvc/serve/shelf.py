"""What was made on demand, kept while it is what would be made."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from feedsvc.errors import StoreError
from feedsvc.model.feed import Edition
from feedsvc.model.tree import Made
from feedsvc.serve import table
from feedsvc.serve.table import Entry

__all__ = ["Maker", "Shelf", "Unready"]

_log = logging.getLogger(__name__)

_AT_ONCE = 2
"""Files made at a time: whoever asks for ready bytes must get them meanwhile."""

_WAITING = 32
"""Files that may wait for their turn; more are refused at once."""

_ROOM = 64_000_000
"""Bytes that are kept."""

_FRESH = 1.0
"""For how many seconds the store is taken to hold what it held."""

_INDEXING = 1.0
"""Seconds that an asker waits for the index; what it takes longer nobody waits for."""


class Maker(Protocol):
    """Who makes files of feeds; StoreError while it cannot (from any thread)."""

    names: frozenset[str]
    """The files that a feed has."""

    def edition(
        self,
        language: str,
        source: str | None,
        query: str | None,
        category: str | None,
    ) -> Edition | None:
        """What an address means; None if there is no such feed."""
        ...

    def change(self) -> int:
        """While this is the same, what was made is what would be made."""
        ...

    def index(self, seconds: float) -> bool:
        """Index what searches need, for about so long; whether all is indexed."""
        ...

    def make(self, edition: Edition, name: str, before: Made | None) -> Made:
        """A file as it is now; ``before`` itself, if that is the same."""
        ...


class Unready(Exception):  # noqa: N818 -- no error: it will be there soon
    """It can be had later; ``after`` so many seconds."""

    def __init__(self, after: int) -> None:
        super().__init__(after)
        self.after = after


class _Kept(NamedTuple):
    mark: int
    made: Made
    entry: Entry

    @property
    def size(self) -> int:
        return sum(map(len, self.made.file.bodies.values()))


Key = tuple[Edition, str]


class Shelf:
    """Files by edition and name, made at most once for each change of the store."""

    def __init__(self, maker: Maker, links: Callable[[str], Sequence[str]]) -> None:
        """Nothing is made yet; ``links`` gives an address's Link header."""
        self._maker = maker
        self._links = links
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()
        self._making: dict[Key, asyncio.Task[Entry]] = {}
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._looking = asyncio.Lock()
        self._look_at = 0.0
        self._mark: int | None = None
        self._indexing: asyncio.Task[None] | None = None

    async def get(self, edition: Edition, name: str) -> Entry:
        """A file, ready to be sent; Unready, or StoreError, if there is none yet.

        While the store cannot be read, what was made last stands.
        """
        key = edition, name
        mark, kept = await self._change(), self._kept.get(key)
        if kept and mark in {kept.mark, None}:
            self._kept.move_to_end(key)
            return kept.entry
        if mark is None:
            raise Unready(30)
        if key not in self._making:
            if len(self._making) >= _WAITING:
                raise Unready(5)
            task = self._making[key] = asyncio.create_task(self._make(key, mark))
            task.add_done_callback(_heard)
        return await asyncio.shield(self._making[key])

    async def _change(self) -> int | None:
        """The store's mark; None when it cannot be read."""
        async with self._looking:
            now = asyncio.get_running_loop().time()
            if now >= self._look_at:
                try:
                    self._mark = await asyncio.to_thread(self._maker.change)
                except StoreError:
                    self._mark = None
                self._look_at = now + _FRESH
        return self._mark

    async def _make(self, key: Key, mark: int) -> Entry:
        try:
            async with self._turns:
                if key[0].query is not None:
                    await self._indexed()
                return await self._made(key, mark)
        finally:
            del self._making[key]

    async def _made(self, key: Key, mark: int) -> Entry:
        edition, name = key
        before = self._kept.get(key)
        stood = before and before.made
        made = await asyncio.to_thread(self._maker.make, edition, name, stood)
        if before and made is stood:
            entry = before.entry
        else:
            asked = edition.parameters and f"?{edition.parameters}"
            links = self._links(f"{made.file.path}{asked}")
            entry = table.entry(made.file, links, asked)
        self._keep(key, _Kept(mark, made, entry))
        return entry

    def _keep(self, key: Key, kept: _Kept) -> None:
        self._kept[key] = kept
        self._kept.move_to_end(key)
        size = sum(each.size for each in self._kept.values())
        while size > _ROOM and len(self._kept) > 1:
            size -= self._kept.popitem(last=False)[1].size

    async def _indexed(self) -> None:
        """See that all is indexed; Unready if that takes long, and it goes on."""
        if self._indexing is None:
            if await asyncio.to_thread(self._maker.index, _INDEXING):
                return
            self._indexing = asyncio.create_task(self._index())
        raise Unready(10)

    async def _index(self) -> None:
        """Index the rest, half of the time."""
        try:
            while not await asyncio.to_thread(self._maker.index, _INDEXING):  # noqa: ASYNC110 -- nobody tells
                await asyncio.sleep(_INDEXING)
        except StoreError as error:
            _log.warning("indexing stopped: %s", error)
        finally:
            self._indexing = None


def _heard(task: asyncio.Task[Entry]) -> None:
    """Who asked may be gone before it fails: then nobody else needs to know."""
    if not task.cancelled():
        task.exception()
