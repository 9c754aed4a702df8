"""Asks whether articles that seem new are old ones at edited addresses."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from feedsvc.collect.ports import CollectStore
from feedsvc.decide import moves
from feedsvc.errors import Fault
from feedsvc.model.article import Article
from feedsvc.model.visit import Former, Known
from feedsvc.model.web import Fetched
from feedsvc.normalize.frame import Frame

__all__ = ["Moves"]

_MOST: Final = 10
"""Old addresses that one visit asks for; what is left waits for the next."""


@dataclass(slots=True)
class Moves:
    """Asks for the old addresses of one visit by ``fetch``, each once.

    ``waiting`` are those of which nothing can be told yet, by the ids that they would
    get, each with the fault that says so.
    """

    frame: Frame
    store: CollectStore
    fetch: Callable[[str], Awaitable[Fetched]]
    left: int = _MOST
    waiting: dict[str, Fault] = field(default_factory=dict)

    async def find(
        self, new: Sequence[Article], listed: Collection[str]
    ) -> Mapping[str, Known]:
        """Which of ``new`` are known at another address, by the ids they would get.

        ``listed`` are the ids of what the list shows.
        """
        if not new:
            return {}
        source = self.frame.source.id
        former = await asyncio.to_thread(self.store.former, source, new)
        taken = set(listed)
        pairs: list[tuple[Article, Former]] = []
        for article in new:
            one = moves.candidate(article, former.get(article.id, ()), taken)
            if one is not None:
                taken.add(one.known.id)
                pairs.append((article, one))
        moved = await asyncio.gather(*(self._is_moved(*pair) for pair in pairs))
        found = zip(pairs, moved, strict=True)
        return {article.id: one.known for (article, one), is_one in found if is_one}

    async def _is_moved(self, article: Article, former: Former) -> bool:
        moved = await self._verdict(article, former)
        if moved is None:
            self.waiting[article.id] = moves.waits(article, former)
        return bool(moved)

    async def _verdict(self, article: Article, former: Former) -> bool | None:
        if not self.left:
            return None
        self.left -= 1
        fetched = await self.fetch(former.url)
        return moves.is_moved(article, former, fetched, self.frame.now)
