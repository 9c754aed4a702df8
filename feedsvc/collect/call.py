"""One visit under way: what it asks for, and what it asks by."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from feedsvc.collect import readers
from feedsvc.collect.entries import Entries
from feedsvc.collect.tools import Tools
from feedsvc.decide.cadence import Plan, Seen, interval, learn, next_visit
from feedsvc.fetch import requests
from feedsvc.model.article import Extraction
from feedsvc.model.config import Source
from feedsvc.model.visit import Rhythm, Visit
from feedsvc.model.web import (
    Failed,
    Fetched,
    Hints,
    NotModified,
    Page,
    Resource,
    Validators,
)

__all__ = ["SITEMAPS", "Call"]

SITEMAPS: Final = 3
"""Sitemaps of an index that one visit reads, newest first."""

_WHOLE = timedelta(days=30)
"""After so long a document is asked for whole (standards.md, "Politeness", 3)."""


@dataclass(slots=True)
class Call:
    """The source, what was known before, what the visit works with.

    ``patience`` is how many article-days may wait before a visit (``collect.budget``).
    """

    source: Source
    before: Visit
    resource: Resource
    tools: Tools
    now: datetime
    rules: str
    patience: float
    requests: int = 0

    @property
    def zone(self) -> str:
        """Where the source's clock goes, and its cron line."""
        return self.source.timezone or self.tools.config.settings.site.timezone

    async def fetch(self, resource: Resource) -> Fetched:
        """Ask for a list; conditional when it was read by the same rules not long ago."""
        self.requests += 1
        request = requests.for_list(
            self.source, resource.url, self._conditions(resource)
        )
        return await self.tools.fetcher.fetch(request)

    async def recall(self, url: str) -> Resource:
        """What is remembered of a further list."""
        pair = (self.source.id, url)
        found = await asyncio.to_thread(self.tools.store.resources, [pair])
        return self.usable(found.get(pair), url)

    def usable(self, resource: Resource | None, url: str) -> Resource:
        """The resource, unless it was read by other rules than now."""
        read_so = resource and (resource.body_digest or "").endswith(self.rules)
        return resource if resource and read_so else Resource(url=url)

    def is_known(self, page: Page, resource: Resource) -> bool:
        """Whether the very same document was read before, by the same rules."""
        return self._digest(page) == resource.body_digest

    def is_repeated(self, fetched: Page | NotModified) -> bool:
        """Whether a server that was asked on conditions gave the same body again."""
        if isinstance(fetched, NotModified):
            return False
        conditional = self._conditions(self.resource) != Validators()
        return conditional and self.is_known(fetched, self.resource)

    def kept(self, resource: Resource, fetched: Page | NotModified) -> Resource:
        """The resource with the validators, which may be new though the document is not."""
        whole = isinstance(fetched, Page)
        return replace(
            resource,
            validators=fetched.validators,
            fetched_at=self.now if whole else resource.fetched_at,
        )

    def remembered(self, url: str, page: Page, read: Extraction) -> Resource:
        """What to ask by next time, and what the document says of that."""
        ttl = None if read.ttl is None else timedelta(seconds=read.ttl)
        return Resource(
            url=url,
            validators=page.validators,
            body_digest=self._digest(page),
            fetched_at=self.now,
            stated=Hints(ttl=ttl, skip_hours=read.skip_hours, skip_days=read.skip_days),
            children=read.children[:SITEMAPS],
        )

    def rhythm(self, entries: Entries) -> Rhythm | None:
        """What the source's rhythm is after a list that was read."""
        known = self.before.rhythm
        if known and not entries.new:
            return known
        seen = Seen(
            now=self.now,
            before=self.before.last_success,
            new=entries.new,
            dates=entries.dates,
            whole=entries.new >= len(entries.seen),
            requests=self.requests - 1,
        )
        return learn(known, seen, self.zone)

    def due(
        self, failure: Failed | None, hints: Hints, rhythm: Rhythm | None
    ) -> datetime | None:
        """When the source is visited next."""
        cron = self.source.cron
        plan = Plan(
            now=self.now,
            source=self.source,
            cron_next=self.tools.next_fire(cron, self.zone, self.now) if cron else None,
            hints=hints,
            learned=self._learned(rhythm),
        )
        return next_visit(self.before, failure, plan)

    def _learned(self, rhythm: Rhythm | None) -> timedelta:
        """The interval by the source's rhythm; of no account where the operator says."""
        if self.source.cron or self.source.every is not None:
            return timedelta()
        wait = interval(rhythm, self.source, self.now, self.zone, self.patience)
        return max(wait, self.tools.config.settings.collect.host_gap)

    def _conditions(self, resource: Resource) -> Validators:
        since = resource.fetched_at
        old = since is not None and self.now - since >= _WHOLE
        return Validators() if old else resource.validators

    def _digest(self, page: Page) -> str:
        """What tells the same document read by the same rules."""
        return f"{readers.digest(page.body)}.{self.rules}"
