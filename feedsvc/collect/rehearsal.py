"""A visit tried over kept pages: what it would change, without asking anybody."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from feedsvc.collect import readers
from feedsvc.collect.tools import Tools
from feedsvc.collect.visit import visit
from feedsvc.decide.cadence.budget import LEAST
from feedsvc.decide.entries import wanted
from feedsvc.errors import Code, ExtractError, Fault, FetchError, Stage
from feedsvc.fetch.codings import decode
from feedsvc.model.article import Article, RawItem
from feedsvc.model.config import Source
from feedsvc.model.kept import Kept, Role
from feedsvc.model.visit import Outcome
from feedsvc.model.web import Failed, Fetched, Packed, Page, Request, Resource
from feedsvc.normalize import identity

__all__ = ["Found", "Rehearsed", "is_edited", "rehearse"]


@dataclass(frozen=True, slots=True)
class Found:
    """An entry of a list; ``id`` is its article's, "" where it would be a new one."""

    item: RawItem
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """What a visit would find in the list that was read ``at``, and what it would save.

    ``missing`` are the addresses of which nothing is kept.
    """

    source: Source
    at: datetime
    found: Sequence[Found]
    outcomes: Sequence[Outcome]
    missing: frozenset[str]

    @property
    def articles(self) -> list[Article]:
        """Those that would be stored."""
        return [one for outcome in self.outcomes for one in outcome.articles]


def is_edited(source: Source, resource: Resource | None) -> bool:
    """Whether the list was read by other rules than now, or that is not known."""
    if resource is None:
        return False
    return not (resource.body_digest or "").endswith(readers.rules_digest(source))


async def rehearse(source: Source, tools: Tools) -> Rehearsed | None:
    """Visit a source as it was, by what its file says now; None if nothing is kept.

    Nothing is written. Whoever edited a source believes what it lists.
    """
    store = tools.store
    kept = await asyncio.to_thread(store.pages, source.id)
    lists = [one for one in kept if one.role is Role.LIST]
    if not lists:
        return None
    at = max(one.since for one in lists)
    limit = tools.config.settings.collect.max_bytes
    shelf = _Shelf(_answers(kept), limit, source.id)
    outcomes: list[Outcome] = []

    async def save(outcome: Outcome) -> None:
        outcomes.append(replace(outcome, pages=()))  # they are kept already

    trial = replace(tools, fetcher=shelf, save=save, clock=lambda: at)
    before = (await asyncio.to_thread(store.visits, [source.id]))[source.id]
    before = replace(before, blocked_until=None, is_released=True)
    # Read anew, whatever is remembered of it.
    await visit(source, before, None, trial, LEAST)
    shown = {one.page.requested for one in lists}
    read = [page for url, page in shelf.given.items() if url in shown]
    return Rehearsed(
        source=source,
        at=at,
        found=await _found(source, read, outcomes, trial),
        outcomes=outcomes,
        missing=frozenset(shelf.missing),
    )


def _answers(kept: Iterable[Kept]) -> Mapping[str, Page]:
    """Pages by the address that was asked for; a list before an article there."""
    roles = (Role.ARTICLE, Role.LIST)
    return {k.page.requested: k.page for r in roles for k in kept if k.role is r}


@dataclass(slots=True)
class _Shelf:
    """Kept pages as answers; notes what it gave, and what it has not."""

    answers: Mapping[str, Page]
    limit: int
    source: str
    given: dict[str, Page] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)

    async def fetch(self, request: Request) -> Fetched:
        page = self.answers.get(request.url)
        if page is None:
            self.missing.add(request.url)
            return Failed(fault=_fault(request.url, self.source))
        packed = page.packed or Packed(coding="identity", body=page.body)
        try:
            body = decode(packed.body, packed.coding, self.limit)
        except FetchError as error:
            return Failed(fault=error.fault)
        page = self.given[request.url] = replace(page, body=body)
        return page

    async def spent(self) -> int:
        return 0  # nobody is asked


def _fault(url: str, source: str) -> Fault:
    args = {"source": source}
    return Fault(code=Code.E_NO_RECORD, stage=Stage.FETCH, place=url, args=args)


async def _found(
    source: Source, lists: Iterable[Page], outcomes: Sequence[Outcome], tools: Tools
) -> list[Found]:
    """The entries of the lists, each with its article's id if that is known."""
    items = {
        identity.aliases(item, source): item
        for page in lists
        for item in await _items(source, page, tools)
    }
    keys = [key for own in items for key in own]
    known = await asyncio.to_thread(tools.store.known, source.id, keys)
    ids = _named(outcomes, tools.clock()) | {key: one.id for key, one in known.items()}
    most = tools.config.settings.publish.items
    return [
        Found(item, next((ids[key] for key in own if key in ids), ""))
        for own, item in list(items.items())[:most]
    ]


async def _items(source: Source, page: Page, tools: Tools) -> list[RawItem]:
    try:
        read = await tools.workers.run(readers.read_list, source, page)
    except ExtractError:
        return []
    return wanted(source, read.items)


def _named(outcomes: Sequence[Outcome], now: datetime) -> dict[str, str]:
    """Identity keys that pages told of articles which were known before."""
    told = [pair for outcome in outcomes for pair in outcome.aliases]
    changed = [one for outcome in outcomes for one in outcome.articles]
    told += [(one.id, one.aliases) for one in changed if one.first_seen < now]
    return {key: one for one, keys in told for key in keys}
