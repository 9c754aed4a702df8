"""The entries of a list: which to read, and what the ledger makes of the readings."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from feedsvc.collect import readers
from feedsvc.collect.batch import Batch
from feedsvc.collect.entry import Entry, Read
from feedsvc.collect.gates import Gates
from feedsvc.collect.moves import Moves
from feedsvc.collect.pages import Pages
from feedsvc.collect.tools import Tools
from feedsvc.decide import pairs, recheck, sameness
from feedsvc.decide.changes import decide
from feedsvc.decide.gates import foreign
from feedsvc.errors import Fault
from feedsvc.model.article import Article, Origin, Precision, RawItem
from feedsvc.model.check import Check
from feedsvc.model.config import Source
from feedsvc.model.visit import Arrival, Known
from feedsvc.model.web import Page
from feedsvc.normalize import identity, sections
from feedsvc.normalize.frame import Frame

__all__ = ["Entries"]

_CHUNK = 10
"""Entries read before they are stored: what a kill -9 can cost, and what waits."""


@dataclass(slots=True)
class Entries:
    """The running account of one visit's entries.

    ``rules`` is the digest of what the operator wrote about reading the source.
    ``enough`` entries are read of a list, and all those above what was listed before.
    ``usual`` is how many entries the list had, ``is_released`` whether an operator
    believes it whatever it has now. ``settled`` turns False when something has to be
    tried again at the next visit; ``hold`` is why nothing of the list was taken.
    ``listed`` are the ids of all that the list shows and was known before, ``seen``
    of what was found in it so far; ``dates`` are those that new articles carry,
    ``restated`` those (by id) that it now states of articles it dated otherwise before.
    """

    source: Source
    tools: Tools
    frame: Frame
    rules: str
    usual: int = 0
    is_released: bool = False
    enough: int = 50
    hold: Fault | None = None
    new: int = 0
    changed: int = 0
    settled: bool = True
    seen: list[str] = field(default_factory=list)
    listed: set[str] = field(default_factory=set)
    dates: list[Arrival] = field(default_factory=list)
    restated: list[tuple[str, datetime]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    read: list[Article] = field(default_factory=list)
    pages: Pages = field(init=False)
    moves: Moves = field(init=False)

    def __post_init__(self) -> None:
        """Count what is asked for of old addresses with the rest."""
        self.pages = Pages(self.frame, self.tools)
        self.moves = Moves(self.frame, self.tools.store, self.pages.look)

    @property
    def requests(self) -> int:
        """How many pages were asked for."""
        return self.pages.requests

    async def take(self, items: Sequence[RawItem]) -> None:
        """Read what is new or changed among ``items`` and store it chunk by chunk."""
        entries = await self._look_up(items)
        gates = Gates(self.tools, self.frame, self.usual, self.is_released)
        self.hold = await gates.hold(entries)
        if self.hold is not None:
            return
        self.restated = gates.restated
        self.listed |= {e.known.id for e in entries if e.known}
        self.seen += [e.known.id for e in entries if e.known and e.unchanged]
        for chunk in _chunks([e for e in entries if not e.unchanged]):
            asked = await asyncio.gather(*(self.pages.ask(entry) for entry in chunk))
            await self._store(chunk, asked, await self.pages.read(asked))
        self.faults += self.moves.waiting.values()
        self.settled = self.settled and not self.moves.waiting
        self.faults += foreign(self.source, [one.language for one in self.read])

    async def _look_up(self, items: Sequence[RawItem]) -> Sequence[Entry]:
        keyed = {identity.aliases(i, self.source): i for i in self._distinct(items)}
        known = await self._known([key for keys in keyed for key in keys])
        entries = [
            Entry(
                position=n,
                item=item,
                digest=readers.list_digest(item, self.rules),
                known=known.get(by),
                known_by=by,
            )
            for n, (keys, item) in enumerate(keyed.items())
            for by in [next((key for key in keys if key in known), "")]
        ]
        return self._within_reach(_one_each(entries))

    def _within_reach(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """The entries to look at: what is older than all we have was never ours."""
        ours = (n for n, e in enumerate(entries) if e.known and e.known.list_digest)
        return entries[: max(self.enough, max(ours, default=-1) + 1)]

    def _distinct(self, items: Sequence[RawItem]) -> Iterable[RawItem]:
        """One item an address (reliability.md, 58)."""
        found: dict[str, RawItem] = {}
        for item in items:
            found.setdefault(identity.aliases(item, self.source)[0], item)
        return found.values()

    async def _known(self, keys: Sequence[str]) -> Mapping[str, Known]:
        if not keys:
            return {}
        return await asyncio.to_thread(self.tools.store.known, self.source.id, keys)

    async def _store(
        self,
        chunk: Sequence[Entry],
        asked: Sequence[readers.Asked],
        readings: Sequence[readers.Reading],
    ) -> None:
        """Store what a chunk's readings mean to the ledger."""
        for reading in readings:
            self.faults += reading.faults
            self.settled = self.settled and not reading.again
        read = [
            Read(entry, ask, reading.again, self._filed(reading.article), entry.known)
            for entry, ask, reading in zip(chunk, asked, readings, strict=True)
            if reading.article
        ]
        batch = Batch(self.source.id)
        for ask in asked:
            batch.keep(ask, self.frame.now)
        for one in await self._told_apart(read):
            self._take_in(one, batch)
        self.seen += [identifier for identifier, _ in batch.digests]
        await self.tools.save(batch.outcome())

    async def _told_apart(self, read: Sequence[Read]) -> list[Read]:
        """Readings with what is known of them; what cannot be told yet is left out."""
        read = [await self._by_its_words(one) for one in read]
        ledger = await self._known([key for one in read for key in one.article.aliases])
        found = [
            replace(one, known=one.known or _first(ledger, one.article.aliases))
            for one in read
        ]
        new = [one.article for one in found if not one.known and not one.again]
        moved = await self.moves.find(new, {*self.listed, *self.seen})
        return [
            replace(one, known=moved[one.article.id], is_moved=True)
            if one.article.id in moved
            else one
            for one in found
            if one.article.id not in self.moves.waiting
        ]

    async def _by_its_words(self, one: Read) -> Read:
        """The reading, unknown if but an id says otherwise that named another article.

        reliability.md, 54.
        """
        article, by = one.article, one.entry.known_by
        if one.known is None or one.again or not one.entry.is_known_by_id:
            return one
        old = await asyncio.to_thread(self.tools.store.find, one.known.id)
        if old is None or not sameness.is_another(old, article):
            return one
        self.faults.append(sameness.reused(one.entry.item.guid or "", article.url))
        keys = tuple(key for key in article.aliases if key != by)
        return replace(one, known=None, article=replace(article, aliases=keys))

    def _take_in(self, one: Read, batch: Batch) -> None:
        """Decide what a reading changes."""
        article, known = one.named, one.known
        self.read.append(article)
        identifier = batch.twin(article) or (known.id if known else article.id)
        if identifier in batch.ids.values() or identifier in self.seen:
            batch.add_twin(identifier, article)
            return
        stored = self._decide(known, article, moved=one.is_moved)
        digest = "" if one.again or article.hold else one.entry.digest
        batch.add(identifier, article, digest, stored)
        if one.is_moved:
            batch.moved.append(identifier)
        is_there = isinstance(one.asked.answer, Page) or _is_own(known, self.source)
        if known and known.is_withdrawn and is_there:
            batch.returned.append(identifier)
        if stored and (known is None or one.is_moved):
            batch.checks += self._checks(stored, one)
        elif _is_own(known, self.source) and not one.again:
            batch.statements.append((identifier, one.asked.item))
        if not one.again and (stored or _is_own(known, self.source)):
            batch.versions.append((identifier, pairs.stated(article, self.source)))

    def _checks(self, stored: Article, one: Read) -> list[Check]:
        """When the page of an article is read again, if it has one of its own."""
        if not isinstance(one.asked.answer, Page):
            return []
        schedule = self.tools.config.settings.collect.recheck
        validators = one.asked.answer.validators
        item, now = one.asked.item, self.frame.now
        check = recheck.first(stored, item, validators, schedule, now)
        return [check] if check.at or one.is_moved else []

    def _filed(self, article: Article) -> Article:
        terms = sections.filing(article, self.source, self.tools.config.categories)
        return replace(article, categories=terms)

    def _decide(
        self, known: Known | None, article: Article, *, moved: bool
    ) -> Article | None:
        if known and known.list_digest and not self._is_looked_after(known):
            known = replace(known, source="")
        decided = decide(known, article, self.frame.now, moved=moved)
        if decided is not None and decided.hold is None:
            is_new = known is None or known.is_held
            self.new += is_new
            self.changed += not is_new
            if is_new and article.published_from is not Origin.FIRST_SEEN:
                exact = article.precision is not Precision.DAY
                self.dates.append(Arrival(at=article.published, exact=exact))
        return decided

    def _is_looked_after(self, known: Known) -> bool:
        """Whether the source whose reading stands is still visited."""
        owner = self.tools.config.sources.get(known.source)
        return owner is not None and owner.enabled


def _one_each(entries: Sequence[Entry]) -> list[Entry]:
    """One entry an article: at whichever address it was read last, else the first.

    Which article an entry is that is known by but an id, only its page tells.
    """
    chosen: dict[str, Entry] = {}
    for entry in entries:
        if entry.known and not entry.is_known_by_id:
            first = chosen.setdefault(entry.known.id, entry)
            if entry.unchanged and not first.unchanged:
                chosen[entry.known.id] = entry
    return [
        entry
        for entry in entries
        if entry.known is None
        or entry.is_known_by_id
        or chosen[entry.known.id] is entry
    ]


def _is_own(known: Known | None, source: Source) -> bool:
    """Whether it is this source's reading that stands."""
    return known is not None and known.source == source.id


def _first(known: Mapping[str, Known], keys: Sequence[str]) -> Known | None:
    return next((known[key] for key in keys if key in known), None)


def _chunks(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    for start in range(0, len(entries), _CHUNK):
        yield entries[start : start + _CHUNK]
