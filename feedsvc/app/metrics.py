"""The metrics of an installation, told from its store."""

import asyncio
from collections.abc import Callable

from feedsvc.app.house import now
from feedsvc.edition.words import Words
from feedsvc.fetch.count import Count
from feedsvc.inspect.status import report
from feedsvc.model.config import Config
from feedsvc.serve import Metrics
from feedsvc.store import Store

__all__ = ["telling"]


def telling(config: Config, store: Callable[[], Store]) -> Metrics:
    """Who tells them; ``store`` gives the open store, or raises StoreError."""

    async def tell(words: Words, accept: str) -> tuple[bytes, str]:
        from feedsvc.inspect.metrics import exposition  # few are ever asked for them

        opened = await asyncio.to_thread(store)
        spent = await Count(opened).total()

        def told() -> tuple[bytes, str]:
            found = opened.status(), (), opened.followers(now()), spent
            return exposition(report(config, *found), words, accept)

        return await asyncio.to_thread(told)

    return tell
