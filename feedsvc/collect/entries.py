"""The entries of a list: which to read, and what the ledger makes of the readings."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from feedsvc.collect import readers
from feedsvc.collect.tools import Tools
from feedsvc.decide.changes import decide
from feedsvc.decide.entries import needs_page
from feedsvc.errors import Code, ExtractError, Fault, Stage
from feedsvc.fetch import requests
from feedsvc.model.article import Article, RawItem
from feedsvc.model.config import Source
from feedsvc.model.visit import Known, Outcome
from feedsvc.model.web import Failed, Page
from feedsvc.normalize import identity, sections
from feedsvc.normalize.article import Frame

__all__ = ["PASSING", "Entries", "Entry"]

_CHUNK = 10
"""Entries read before they are stored: what a kill -9 can cost, and what waits."""

PASSING = frozenset(
    {
        Code.E_CONNECT, Code.E_DNS, Code.E_TIMEOUT, Code.E_SERVER, Code.E_THROTTLED,
        Code.E_TRUNCATED, Code.E_TLS, Code.E_PROTOCOL,
    }
)  # fmt: skip
"""Trouble that may be over at the next visit, so that the page is asked for again."""

_GONE = frozenset({Code.E_NOT_FOUND, Code.E_GONE})


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


@dataclass(slots=True)
class Entries:
    """The running account of one visit's entries.

    ``rules`` is the digest of what the operator wrote about reading the source.
    ``settled`` turns False when something has to be tried again at the next visit.
    """

    source: Source
    tools: Tools
    frame: Frame
    rules: str
    new: int = 0
    changed: int = 0
    requests: int = 0
    settled: bool = True
    seen: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    async def take(self, items: Sequence[RawItem]) -> None:
        """Read what is new or changed among ``items`` and store it chunk by chunk."""
        entries = await self._look_up(items)
        self.seen += [e.known.id for e in entries if e.known and e.unchanged]
        for chunk in _chunks([e for e in entries if not e.unchanged]):
            readings = await asyncio.gather(*(self._read(entry) for entry in chunk))
            await self._store(chunk, readings)

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

    async def _read(self, entry: Entry) -> readers.Reading:
        page: Page | None = None
        faults: tuple[Fault, ...] = ()
        if needs_page(self.source, entry.item):
            self.requests += 1
            request = requests.for_article(self.source, entry.item.url)
            fetched = await self.tools.fetcher.fetch(request)
            if isinstance(fetched, Page):
                page = fetched
            elif isinstance(fetched, Failed):
                faults = (fetched.fault,)
        if faults:
            return await self._without_page(entry, faults[0])
        try:
            return await self._understand(entry, page)
        except ExtractError as error:
            return await self._without_page(entry, error.fault)

    async def _understand(self, entry: Entry, page: Page | None) -> readers.Reading:
        return await self.tools.workers.run(
            readers.read_entry, entry.item, page, self.frame, entry.position
        )

    async def _without_page(self, entry: Entry, fault: Fault) -> readers.Reading:
        """Publish what the list itself said, if that is enough to stand alone.

        A page that is gone is no news; one that a passing fault hides is asked for
        again, and until then only a list that gave text speaks for it.
        """
        told = Fault(
            code=Code.W_ARTICLE,
            stage=Stage.FETCH,
            place=entry.item.url,
            args={"detail": str(fault.code)},
        )
        again = fault.code in PASSING
        self.settled = self.settled and not again
        if entry.known or not _stands_alone(entry.item, fault.code):
            return readers.Reading(faults=(told,))
        try:
            reading = await self._understand(entry, None)
        except ExtractError as error:
            return readers.Reading(faults=(told, error.fault))
        return replace(reading, again=again, faults=(told, *reading.faults))

    async def _store(
        self, chunk: Sequence[Entry], readings: Sequence[readers.Reading]
    ) -> None:
        ledger = await self._known(
            [key for r in readings if r.article for key in r.article.aliases]
        )
        batch = _Batch(self.source.id)
        for entry, reading in zip(chunk, readings, strict=True):
            self.faults += reading.faults
            if reading.article is None:
                continue
            article = self._filed(reading.article)
            known = entry.known or _first(ledger, article.aliases)
            digest = "" if reading.again else entry.digest
            twin = None if known else batch.twin(article)
            stored = None if twin else self._decide(known, article)
            identifier = twin or (known.id if known else article.id)
            batch.add(identifier, article, digest, stored)
        self.seen += [identifier for identifier, _ in batch.digests]
        await self.tools.save(batch.outcome())

    def _filed(self, article: Article) -> Article:
        terms = sections.filing(article, self.source, self.tools.config.categories)
        return replace(article, categories=terms)

    def _decide(self, known: Known | None, article: Article) -> Article | None:
        decided = decide(known, article, self.frame.now)
        if decided is not None:
            self.new += known is None
            self.changed += known is not None
        return decided


@dataclass(slots=True)
class _Batch:
    """What a chunk of entries comes to, stored together."""

    source: str
    articles: list[Article] = field(default_factory=list)
    digests: list[tuple[str, str]] = field(default_factory=list)
    filed: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    aliases: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)

    def twin(self, article: Article) -> str | None:
        """The id of the same article, if the chunk listed it under another address."""
        return next((self.ids[key] for key in article.aliases if key in self.ids), None)

    def add(
        self, identifier: str, article: Article, digest: str, stored: Article | None
    ) -> None:
        """Take in one entry; ``stored`` is its article as the ledger is to hold it."""
        if stored:
            self.articles.append(stored)
        else:
            self.aliases.append((identifier, article.aliases))
        self.digests.append((identifier, digest))
        self.filed.append((identifier, article.categories))
        self.ids |= dict.fromkeys(article.aliases, identifier)

    def outcome(self) -> Outcome:
        """The part of the visit's outcome that the chunk is."""
        return Outcome(
            source=self.source,
            articles=self.articles,
            list_digests=self.digests,
            filed=self.filed,
            aliases=self.aliases,
        )


def _first(known: Mapping[str, Known], keys: Sequence[str]) -> Known | None:
    return next((known[key] for key in keys if key in known), None)


def _stands_alone(item: RawItem, code: Code) -> bool:
    if code in _GONE or not item.title:
        return False
    has_text = bool(item.summary or item.content_html)
    return has_text or (code not in PASSING and bool(item.dates))


def _chunks(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    for start in range(0, len(entries), _CHUNK):
        yield entries[start : start + _CHUNK]
