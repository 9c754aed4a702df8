"""What operators are told over HTTP, from the store."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from feedsvc.app.standing import standing
from feedsvc.edition.localize import Localizer
from feedsvc.edition.words import Words
from feedsvc.model.config import Config
from feedsvc.model.status import StatusReport
from feedsvc.serve import HEALTH, METRICS, OVERVIEW, Told, View
from feedsvc.store import Store

__all__ = ["views"]


def views(config: Config, store: Callable[[], Store]) -> Mapping[str, View]:
    """Who tells what, by address; ``store`` gives the open store, or raises StoreError."""
    telling = _Telling(config, store)
    return {
        METRICS: telling.metrics,
        OVERVIEW: telling.overview,
        HEALTH: telling.health,
    }


@dataclass(frozen=True, slots=True)
class _Telling:
    """Tells how all stands when it is asked; few ever ask, so imports wait for that."""

    config: Config
    store: Callable[[], Store]

    async def metrics(self, words: Words, accept: str) -> Told:
        """What a monitor reads."""
        from feedsvc.inspect.metrics import exposition

        found = await self._standing(recent=False)
        return await asyncio.to_thread(exposition, found, words, accept)

    async def overview(self, words: Words, _: str) -> Told:
        """What a person reads."""
        from feedsvc.render.operators import overview

        found = await self._standing(recent=True)
        site = Localizer(self.config, words)
        body = await asyncio.to_thread(overview, found, site, words)
        return body, "text/html; charset=utf-8"

    async def health(self, words: Words, _: str) -> Told:
        """What a feed reader reads."""
        from feedsvc.render.operators import health

        found = await self._standing(recent=False)
        site = Localizer(self.config, words)
        body = await asyncio.to_thread(health, found, site, words)
        return body, "application/atom+xml; charset=utf-8"

    async def _standing(self, *, recent: bool) -> StatusReport:
        opened = await asyncio.to_thread(self.store)
        return await standing(self.config, opened, recent=recent)
