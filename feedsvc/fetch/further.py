"""An article on several pages: each leads to the next, up to a bound."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

from feedsvc.decide.entries import PASSING
from feedsvc.errors import ExtractError
from feedsvc.model.config import Source
from feedsvc.model.web import Failed, Fetched, Page

__all__ = ["with_further"]

_MOST: Final = 20
"""Pages that one article may have; more is a chain of articles, or a trap."""

Find = Callable[[Page], Awaitable[str | None]]
"""Says where a page goes on; may raise ExtractError."""

Fetch = Callable[[str], Awaitable[Fetched]]


async def with_further(
    source: Source, fetched: Fetched, find: Find, fetch: Fetch
) -> Fetched:
    """Give an article's page with those that continue it, where a rule leads to them.

    A passing fault on the way fails the article as a whole, so that half of it is never
    published; what cannot be had for good is noted in ``further``.
    """
    rules = source.article
    if rules is None or rules.next is None or not isinstance(fetched, Page):
        return fetched
    try:
        return await _followed(fetched, find, fetch)
    except ExtractError as error:
        return Failed(fault=error.fault)


async def _followed(first: Page, find: Find, fetch: Fetch) -> Page | Failed:
    further: list[Page | Failed] = []
    seen = {first.requested, first.url}
    url = _bare(await find(first))
    while url and url not in seen and len(further) < _MOST - 1:
        seen.add(url)
        found = await fetch(url)
        if isinstance(found, Failed) and found.fault.code in PASSING:
            return found
        if isinstance(found, Page | Failed):
            further.append(found)
        url = _bare(await find(found)) if isinstance(found, Page) else ""
    return replace(first, further=tuple(further))


def _bare(url: str | None) -> str:
    """An address without its fragment, which leads nowhere else."""
    return (url or "").partition("#")[0]
