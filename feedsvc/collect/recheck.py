"""Published articles read again, for what was corrected or withdrawn since."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from feedsvc import extract
from feedsvc.collect import readers
from feedsvc.collect.batch import article_pages
from feedsvc.collect.masks import unmasked
from feedsvc.collect.tools import Tools
from feedsvc.decide import pairs
from feedsvc.decide import recheck as decide
from feedsvc.decide.changes import decide as changed
from feedsvc.errors import ExtractError, FeedsvcError
from feedsvc.fetch import requests
from feedsvc.fetch.further import with_further
from feedsvc.model.article import Article
from feedsvc.model.check import Check
from feedsvc.model.config import Source
from feedsvc.model.visit import Known, Outcome
from feedsvc.model.web import Fetched, Page
from feedsvc.normalize import sections
from feedsvc.normalize.frame import Frame

__all__ = ["Rechecked", "recheck"]

_log = logging.getLogger(__name__)

_SHARE = 0.95
"""Of a day's requests, what may be used up before articles are read again."""

_MOST = 500
"""Articles read again in one go; the rest is due still."""


@dataclass(frozen=True, slots=True)
class Rechecked:
    """How many articles were read again, and what became of them."""

    checked: int = 0
    changed: int = 0
    withdrawn: int = 0

    def __add__(self, other: "Rechecked") -> "Rechecked":
        """Both together."""
        return Rechecked(
            self.checked + other.checked,
            self.changed + other.changed,
            self.withdrawn + other.withdrawn,
        )


async def recheck(sources: Mapping[str, Source], tools: Tools) -> Rechecked:
    """Read again what is due of ``sources``; the trouble of one page stays its own.

    Nothing is as little urgent: it waits where the requests of a day are spent.
    """
    now, settings = tools.clock(), tools.config.settings.collect
    due = await asyncio.to_thread(tools.store.checks, now, _MOST)
    late = [check for check in due if decide.is_late(check, settings.recheck, now)]
    await _give_up(late, tools)
    if len(due) == _MOST:  # what nobody visits any more must not stand before the rest
        due = await asyncio.to_thread(tools.store.checks, now, _MOST, sources)
    room = _SHARE * settings.requests_per_day - await tools.fetcher.spent()
    mine = [
        check
        for check in due
        if check.source in sources and not decide.is_late(check, settings.recheck, now)
    ]
    mine = mine[: max(int(room), 0)]
    done = (_guarded(sources[check.source], check, tools) for check in mine)
    return sum(await asyncio.gather(*done), Rechecked())


async def _give_up(late: Sequence[Check], tools: Tools) -> None:
    """Ask no more for what has waited for too long."""
    for source in sorted({check.source for check in late}):
        over = [replace(check, at=None) for check in late if check.source == source]
        await tools.save(Outcome(source=source, checks=over))


async def _guarded(source: Source, check: Check, tools: Tools) -> Rechecked:
    try:
        return await _one(source, check, tools)
    except FeedsvcError:
        raise
    except Exception:  # noqa: BLE001 -- a bug met on one page stays its own
        _log.exception("the recheck of %s met a bug", check.item.url)
        return Rechecked(checked=1)


async def _one(source: Source, check: Check, tools: Tools) -> Rechecked:
    fetched = await _fetched(source, check, tools)
    schedule = tools.config.settings.collect.recheck
    after = decide.after(check, fetched, schedule, tools.clock())
    again = await _again(source, check, fetched, tools)
    stored = changed(*again, tools.clock()) if again else None
    was, is_now = decide.is_withdrawn(check), decide.is_withdrawn(after)
    outcome = Outcome(
        source=source.id,
        articles=[stored] if stored else [],
        checks=[after],
        withdrawn=[check.article] if is_now else [],
        returned=[check.article] if was and not is_now else [],
        versions=_versions(source, *again) if again else [],
        # In place of the page that was kept, and as old as that.
        pages=article_pages(fetched, check.since) if stored else [],
    )
    await tools.save(outcome)
    return Rechecked(1, int(stored is not None), int(is_now and not was))


def _versions(
    source: Source, known: Known, article: Article
) -> list[tuple[str, Mapping[str, str]]]:
    """What it says of other languages, if this source's reading is the one that stands."""
    own = known.source == source.id
    return [(known.id, pairs.stated(article, source))] if own else []


async def _fetched(source: Source, check: Check, tools: Tools) -> Fetched:
    """The article's page, if it changed, with those that continue it."""

    async def find(page: Page) -> str | None:
        return await tools.workers.run(extract.next_page, source, page)

    async def fetch(url: str) -> Fetched:
        return await tools.fetcher.fetch(requests.for_article(source, url))

    request = requests.for_article(source, check.item.url, check.validators)
    first = await tools.fetcher.fetch(request)
    whole = await with_further(source, first, find, fetch)
    return await unmasked(whole, source, tools.workers)


async def _again(
    source: Source, check: Check, fetched: Fetched, tools: Tools
) -> tuple[Known, Article] | None:
    """What the ledger knows of the article and what its page says now, if anything."""
    if not isinstance(fetched, Page):
        return None
    zone = source.timezone or tools.config.settings.site.timezone
    frame = Frame(source=source, zone=zone, now=tools.clock())
    asked = readers.Asked(
        item=check.item, position=0, is_known=True, is_new_here=False, answer=fetched
    )
    try:
        [reading] = await tools.workers.run(readers.read_entries, [asked], frame)
    except ExtractError:
        return None
    if reading.article is None:
        return None
    keys = reading.article.aliases
    ledger = await asyncio.to_thread(tools.store.known, source.id, keys)
    known = next((one for one in ledger.values() if one.id == check.article), None)
    if known is None:
        return None
    terms = sections.filing(reading.article, source, tools.config.categories)
    return known, replace(reading.article, categories=terms)
