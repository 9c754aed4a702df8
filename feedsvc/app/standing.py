"""How all stands, told from the store."""

import asyncio

from feedsvc.app.house import now
from feedsvc.fetch.count import Count
from feedsvc.inspect.status import report
from feedsvc.model.config import Config
from feedsvc.model.feed import Edition
from feedsvc.model.status import StatusReport
from feedsvc.store import Store

__all__ = ["standing"]

_RECENT = Edition(language="", category="all", include_all=True, items=1_000)
"""The articles among which section names are looked for that map nowhere."""


async def standing(
    config: Config, store: Store, *, recent: bool = True
) -> StatusReport:
    """Every source and feed; ``recent`` says whether articles are looked at, too."""
    spent = await Count(store).total()

    def told() -> StatusReport:
        articles = store.newest(_RECENT) if recent else ()
        followers = store.followers(now())
        return report(config, store.status(), articles, followers, spent)

    return await asyncio.to_thread(told)
