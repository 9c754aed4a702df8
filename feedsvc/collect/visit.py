"""One source's visit: the list, what is new or changed in it, and the outcome."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from feedsvc.collect import readers
from feedsvc.collect.entries import Entries
from feedsvc.collect.report import VisitReport
from feedsvc.collect.tools import Tools
from feedsvc.decide import gates
from feedsvc.decide.cadence import Plan, next_visit
from feedsvc.decide.entries import PASSING, wanted
from feedsvc.errors import ExtractError, Fault
from feedsvc.fetch import requests
from feedsvc.model.article import Extraction, RawItem
from feedsvc.model.config import Source
from feedsvc.model.visit import Outcome, Visit
from feedsvc.model.web import (
    Failed,
    Fetched,
    Hints,
    NotModified,
    Page,
    Resource,
    Validators,
)
from feedsvc.normalize.frame import Frame

__all__ = ["Call", "visit"]

_SITEMAPS = 3
"""Sitemaps of an index that one visit reads, newest first."""


@dataclass(slots=True)
class Call:
    """One visit under way: the source, what was known before, what it works with."""

    source: Source
    before: Visit
    resource: Resource
    tools: Tools
    now: datetime
    rules: str
    requests: int = 0

    async def fetch(self, url: str) -> Fetched:
        """Ask for a list; conditional when it is the one remembered."""
        self.requests += 1
        remembered = url == self.resource.url
        validators = self.resource.validators if remembered else Validators()
        request = requests.for_list(self.source, url, validators)
        return await self.tools.fetcher.fetch(request)

    def due(self, failure: Failed | None, hints: Hints) -> datetime:
        """When the source is visited next."""
        source = self.source
        zone = source.timezone or self.tools.config.settings.site.timezone
        cron = source.cron and self.tools.next_fire(source.cron, zone, self.now)
        plan = Plan(
            now=self.now,
            source=source,
            cron_next=cron or None,
            hints=hints,
        )
        return next_visit(self.before, failure, plan)


async def visit(
    source: Source, before: Visit, resource: Resource | None, tools: Tools
) -> VisitReport:
    """Visit ``source`` once; whatever its server does ends in an outcome stored."""
    now = tools.clock()
    if before.blocked_until and before.blocked_until > now:
        return VisitReport(source=source.id, state="waiting", due=before.blocked_until)
    started = time.monotonic()
    rules = readers.rules_digest(source)
    if resource is None or not (resource.body_digest or "").endswith(rules):
        resource = Resource(url=source.url)
    call = Call(source, before, resource, tools, now, rules)
    report = await _answer(call, await call.fetch(source.url))
    return replace(report, seconds=time.monotonic() - started)


async def _answer(call: Call, fetched: Fetched) -> VisitReport:
    if isinstance(fetched, Failed):
        return await _failed(call, fetched)
    if isinstance(fetched, NotModified):
        return await _unchanged(call, fetched)
    if _digest(call, fetched) == call.resource.body_digest:
        return await _unchanged(call, fetched)
    try:
        return await _changed(call, fetched)
    except ExtractError as error:
        return await _failed(call, Failed(fault=error.fault))


async def _unchanged(call: Call, fetched: Page | NotModified) -> VisitReport:
    """Keep the validators, which may be new though the document is not."""
    after = _succeeded(call, call.before.items, fetched.hints)
    resource = replace(
        call.resource, validators=fetched.validators, fetched_at=call.now
    )
    await call.tools.save(
        Outcome(source=call.source.id, visit=after, resources=[resource])
    )
    return VisitReport(
        source=call.source.id,
        state="unchanged",
        listed=call.before.items,
        requests=call.requests,
        due=after.due,
    )


async def _failed(call: Call, failed: Failed) -> VisitReport:
    """Record the fault and the next try; nothing that is published changes."""
    due = call.due(failed, failed.hints)
    fault = replace(failed.fault, source=call.source.id, retry_at=due)
    waits = failed.retry_after
    after = replace(
        call.before,
        due=due,
        last_attempt=call.now,
        failures=call.before.failures + 1,
        blocked_until=call.now + waits if waits else None,
    )
    await call.tools.save(Outcome(source=call.source.id, visit=after, faults=[fault]))
    return VisitReport(
        source=call.source.id,
        state="failed",
        requests=call.requests,
        due=due,
        faults=(fault,),
    )


async def _changed(call: Call, page: Page) -> VisitReport:
    first = await call.tools.workers.run(readers.read_list, call.source, page)
    rest = await _further(call, first)
    lists = [first, *rest.lists]
    items = [item for extraction in lists for item in extraction.items]
    stop = gates.list_gate(call.before.items, first, page.url)
    if stop is not None and not items:
        return await _failed(call, Failed(fault=stop))
    entries = await _take(call, items)
    call.requests += entries.requests
    hints = _slower(page.hints, first.ttl)
    after = _succeeded(call, len(items), hints)
    told = [*(f for e in lists for f in e.faults), *rest.faults, *entries.faults]
    faults = _faults(call, after, told)
    settled = entries.settled and rest.settled
    await call.tools.save(
        Outcome(
            source=call.source.id,
            visit=after,
            seen=entries.seen,
            resources=[_remembered(call, page, settled=settled)],
            faults=faults,
        )
    )
    return VisitReport(
        source=call.source.id,
        state="changed" if entries.new or entries.changed else "unchanged",
        listed=len(items),
        new=entries.new,
        changed=entries.changed,
        requests=call.requests,
        due=after.due,
        faults=tuple(faults),
    )


async def _take(call: Call, items: Sequence[RawItem]) -> Entries:
    settings = call.tools.config.settings
    zone = call.source.timezone or settings.site.timezone
    frame = Frame(source=call.source, zone=zone, now=call.now)
    entries = Entries(
        source=call.source, tools=call.tools, frame=frame, rules=call.rules
    )
    await entries.take(wanted(call.source, items)[: settings.publish.items])
    return entries


@dataclass(slots=True)
class _Rest:
    """What follows a first list: pages, or the sitemaps of an index.

    ``settled`` is False when some of it must be asked for at the next visit although
    the first list may not change by then.
    """

    settled: bool
    lists: list[Extraction] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def failed(self, fault: Fault) -> None:
        """Note a list that could not be had; the others stand for themselves."""
        self.faults.append(fault)
        self.settled = self.settled and fault.code not in PASSING


async def _further(call: Call, first: Extraction) -> _Rest:
    """The pages that follow a list, and the sitemaps of an index."""
    rest = _Rest(settled=not first.children)
    pages = call.source.list.pages if call.source.list else 1
    queue = [first.next] if first.next and pages > 1 else []
    queue += first.children[:_SITEMAPS]
    seen = {call.source.url}
    while queue and len(rest.lists) < max(pages - 1, _SITEMAPS):
        url = queue.pop(0)
        if url in seen:
            continue
        seen.add(url)
        extraction = await _one_more(call, url, rest)
        if extraction and extraction.next and len(rest.lists) < pages - 1:
            queue.append(extraction.next)
    return rest


async def _one_more(call: Call, url: str, rest: _Rest) -> Extraction | None:
    fetched = await call.fetch(url)
    if isinstance(fetched, Failed):
        rest.failed(fetched.fault)
    if not isinstance(fetched, Page):
        return None
    try:
        read = await call.tools.workers.run(readers.read_list, call.source, fetched)
    except ExtractError as error:
        rest.failed(error.fault)
        return None
    rest.lists.append(read)
    return read


def _succeeded(call: Call, items: int, hints: Hints) -> Visit:
    return Visit(
        source=call.source.id,
        due=call.due(None, hints),
        last_attempt=call.now,
        last_success=call.now,
        items=items,
    )


def _remembered(call: Call, page: Page, *, settled: bool) -> Resource:
    """What to ask by next time; nothing when some entry must be tried again."""
    if not settled:
        return Resource(url=call.source.url, fetched_at=call.now)
    return Resource(
        url=call.source.url,
        validators=page.validators,
        body_digest=_digest(call, page),
        fetched_at=call.now,
    )


def _digest(call: Call, page: Page) -> str:
    """What tells the same document read by the same rules."""
    return f"{readers.digest(page.body)}.{call.rules}"


def _slower(hints: Hints, ttl: int | None) -> Hints:
    """The later of what the server and the feed itself say about the next visit."""
    if ttl is None:
        return hints
    stated = timedelta(seconds=ttl)
    return replace(hints, max_age=max(hints.max_age or stated, stated))


def _faults(call: Call, after: Visit, faults: Sequence[Fault]) -> list[Fault]:
    return [replace(f, source=call.source.id, retry_at=after.due) for f in faults]
