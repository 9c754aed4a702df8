"""The entries of a list: which to read, and what the ledger makes of the readings."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from feedsvc import extract
from feedsvc.collect import readers
from feedsvc.collect.batch import Batch
from feedsvc.collect.tools import Tools
from feedsvc.decide import pairs, recheck
from feedsvc.decide.changes import decide
from feedsvc.decide.entries import needs_page
from feedsvc.decide.gates import foreign, is_all_new, strangers_gate
from feedsvc.errors import ExtractError, Fault
from feedsvc.fetch import requests
from feedsvc.fetch.further import with_further
from feedsvc.model.article import Article, Origin, Precision, RawItem
from feedsvc.model.check import Check
from feedsvc.model.config import Source
from feedsvc.model.visit import Arrival, Known
from feedsvc.model.web import Failed, Fetched, Page
from feedsvc.normalize import identity, sections
from feedsvc.normalize.frame import Frame
from feedsvc.text import urls

__all__ = ["Entries", "Entry"]

_CHUNK = 10
"""Entries read before they are stored: what a kill -9 can cost, and what waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a list, its place in it, and what the ledger knows of it."""

    position: int
    item: RawItem
    digest: str
    keys: tuple[str, ...]
    known: Known | None

    @property
    def unchanged(self) -> bool:
        """Whether this source listed the very same entry before."""
        return self.known is not None and self.known.list_digest == self.digest

    def is_new_to(self, source: Source) -> bool:
        """Whether it is known by another source alone."""
        known = self.known
        if known is None:
            return False
        return not known.list_digest and known.source != source.id


@dataclass(slots=True)
class Entries:
    """The running account of one visit's entries.

    ``rules`` is the digest of what the operator wrote about reading the source.
    ``usual`` is how many entries the list had, ``is_released`` whether an operator
    believes it whatever it has now. ``settled`` turns False when something has to be
    tried again at the next visit; ``hold`` is why nothing of the list was taken.
    ``dates`` are those that new articles carry.
    """

    source: Source
    tools: Tools
    frame: Frame
    rules: str
    usual: int = 0
    is_released: bool = False
    hold: Fault | None = None
    new: int = 0
    changed: int = 0
    requests: int = 0
    settled: bool = True
    seen: list[str] = field(default_factory=list)
    dates: list[Arrival] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    read: list[Article] = field(default_factory=list)

    async def take(self, items: Sequence[RawItem]) -> None:
        """Read what is new or changed among ``items`` and store it chunk by chunk."""
        entries = await self._look_up(items)
        self.hold = await self._strangers(entries)
        if self.hold is not None:
            return
        self.seen += [e.known.id for e in entries if e.known and e.unchanged]
        for chunk in _chunks([e for e in entries if not e.unchanged]):
            asked = await asyncio.gather(*(self._ask(entry) for entry in chunk))
            await self._store(chunk, asked, await self._read(asked))
        self.faults += foreign(self.source, [one.language for one in self.read])

    async def _strangers(self, entries: Sequence[Entry]) -> Fault | None:
        """Why the list may be another than it was."""
        new = [entry.item for entry in entries if entry.known is None]
        if self.is_released or not is_all_new(self.usual, len(entries), len(new)):
            return None
        known = await asyncio.to_thread(self.tools.store.addresses, self.source.id)
        return strangers_gate(new, known, urls.bare(self.source.url))

    async def _look_up(self, items: Sequence[RawItem]) -> list[Entry]:
        keyed = {identity.aliases(i, self.source): i for i in self._distinct(items)}
        known = await self._known([key for keys in keyed for key in keys])
        return [
            Entry(
                position=n,
                item=item,
                digest=readers.list_digest(item, self.rules),
                keys=keys,
                known=_first(known, keys),
            )
            for n, (keys, item) in enumerate(keyed.items())
        ]

    def _distinct(self, items: Sequence[RawItem]) -> list[RawItem]:
        """One item an address; an id of the source's that several share names none.

        reliability.md, 54 and 58.
        """
        found: dict[str, RawItem] = {}
        for item in items:
            found.setdefault(identity.aliases(item, self.source)[0], item)
        told = Counter(item.guid for item in found.values())
        return [
            item if told[item.guid] == 1 else replace(item, guid=None)
            for item in found.values()
        ]

    async def _known(self, keys: Sequence[str]) -> Mapping[str, Known]:
        if not keys:
            return {}
        return await asyncio.to_thread(self.tools.store.known, self.source.id, keys)

    async def _ask(self, entry: Entry) -> readers.Asked:
        """Ask for the entry's page, if it needs one."""
        asked = readers.Asked(
            item=entry.item,
            position=entry.position,
            is_known=entry.known is not None,
            is_new_here=entry.is_new_to(self.source),
        )
        if not needs_page(self.source, entry.item):
            return asked
        fetched = await self._fetch(entry.item.url)
        match await with_further(self.source, fetched, self._next, self._fetch):
            case Page() as page:
                return replace(asked, answer=page)
            case Failed(fault=fault):
                return replace(asked, answer=fault)
        return asked

    async def _fetch(self, url: str) -> Fetched:
        self.requests += 1
        return await self.tools.fetcher.fetch(requests.for_article(self.source, url))

    async def _next(self, page: Page) -> str | None:
        return await self.tools.workers.run(extract.next_page, self.source, page)

    async def _read(self, chunk: Sequence[readers.Asked]) -> list[readers.Reading]:
        """Have a chunk read; what ends its worker is then looked for one by one."""
        try:
            return await self.tools.workers.run(readers.read_entries, chunk, self.frame)
        except ExtractError as error:
            if len(chunk) > 1:
                return [r for asked in chunk for r in await self._read([asked])]
            return await self._read_without(chunk[0], error.fault)

    async def _read_without(
        self, asked: readers.Asked, fault: Fault
    ) -> list[readers.Reading]:
        """Have an entry read without the page that ended a worker."""
        if isinstance(asked.answer, Page):
            return await self._read([replace(asked, answer=fault)])
        return [readers.Reading(faults=(fault,))]

    async def _store(
        self,
        chunk: Sequence[Entry],
        asked: Sequence[readers.Asked],
        readings: Sequence[readers.Reading],
    ) -> None:
        ledger = await self._known(
            [key for r in readings if r.article for key in r.article.aliases]
        )
        batch = Batch(self.source.id)
        for entry, ask, reading in zip(chunk, asked, readings, strict=True):
            batch.keep(ask, self.frame.now)
            self.faults += reading.faults
            self.settled = self.settled and not reading.again
            if reading.article is None:
                continue
            article = self._filed(reading.article)
            self.read.append(article)
            known = entry.known or _first(ledger, article.aliases)
            digest = "" if reading.again or article.hold else entry.digest
            twin = None if known else batch.twin(article)
            stored = None if twin else self._decide(known, article)
            identifier = twin or (known.id if known else article.id)
            batch.add(identifier, article, digest, stored)
            if stored and known is None:
                batch.checks += self._checks(stored, ask)
            if not reading.again and (stored or _is_own(known, self.source)):
                batch.versions.append((identifier, pairs.stated(article, self.source)))
        self.seen += [identifier for identifier, _ in batch.digests]
        await self.tools.save(batch.outcome())

    def _checks(self, article: Article, asked: readers.Asked) -> list[Check]:
        """When the page of a new article is read again, if it has one of its own."""
        if not isinstance(asked.answer, Page):
            return []
        schedule = self.tools.config.settings.collect.recheck
        validators = asked.answer.validators
        check = recheck.first(article, asked.item, validators, schedule)
        return [check] if check else []

    def _filed(self, article: Article) -> Article:
        terms = sections.filing(article, self.source, self.tools.config.categories)
        return replace(article, categories=terms)

    def _decide(self, known: Known | None, article: Article) -> Article | None:
        decided = decide(known, article, self.frame.now)
        if decided is not None and decided.hold is None:
            is_new = known is None or known.is_held
            self.new += is_new
            self.changed += not is_new
            if is_new and article.published_from is not Origin.FIRST_SEEN:
                exact = article.precision is not Precision.DAY
                self.dates.append(Arrival(at=article.published, exact=exact))
        return decided


def _is_own(known: Known | None, source: Source) -> bool:
    """Whether it is this source's reading that stands."""
    return known is not None and known.source == source.id


def _first(known: Mapping[str, Known], keys: Sequence[str]) -> Known | None:
    return next((known[key] for key in keys if key in known), None)


def _chunks(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    for start in range(0, len(entries), _CHUNK):
        yield entries[start : start + _CHUNK]
