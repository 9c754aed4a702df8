"""One source's visit: the list, what is new or changed in it, and the outcome."""

import time
from collections.abc import Sequence
from dataclasses import replace

from feedsvc.collect import readers
from feedsvc.collect.call import Call
from feedsvc.collect.entries import Entries
from feedsvc.collect.further import Further, further
from feedsvc.collect.report import State, VisitReport
from feedsvc.collect.tools import Tools
from feedsvc.decide import drift, gates, sameness
from feedsvc.decide.cadence import blocked
from feedsvc.decide.entries import wanted
from feedsvc.decide.history import Cost, add, suggestions
from feedsvc.errors import ExtractError, Fault
from feedsvc.model.article import Extraction, RawItem
from feedsvc.model.config import Source
from feedsvc.model.kept import Kept, Role
from feedsvc.model.visit import Outcome, Rhythm, Visit
from feedsvc.model.web import Failed, Fetched, Hints, NotModified, Page, Resource
from feedsvc.normalize.frame import Frame
from feedsvc.text import urls

__all__ = ["visit"]

_MOST = 500
"""Entries of a list that a visit looks at."""


async def visit(
    source: Source,
    before: Visit,
    resource: Resource | None,
    tools: Tools,
    patience: float,
) -> VisitReport:
    """Visit ``source`` once; whatever its server does ends in an outcome stored."""
    now = tools.clock()
    rules = readers.rules_digest(source)
    if before.history.url not in {"", source.url}:
        # Its address was edited: another place's troubles and wishes are not its own.
        before = Visit(
            source=source.id,
            items=before.items,
            is_released=True,
            profile=before.profile,
            history=before.history,
        )
    elif resource and not (resource.body_digest or rules).endswith(rules):
        # Its rules were edited: whoever did so wants what they find now.
        before = replace(before, is_released=True)
    if until := blocked(before, now):
        return VisitReport(source=source.id, state="waiting", due=until)
    started = time.monotonic()
    unread = Resource(url=source.url)
    call = Call(source, before, unread, tools, now, rules, patience)
    call.resource = call.usable(resource, source.url)
    report = await _answer(call, await call.fetch(call.resource))
    return replace(report, seconds=time.monotonic() - started)


async def _answer(call: Call, fetched: Fetched) -> VisitReport:
    if isinstance(fetched, Failed):
        return await _failed(call, fetched)
    if isinstance(fetched, NotModified) or call.is_known(fetched, call.resource):
        kept = call.kept(call.resource, fetched)
        if kept.children:  # an index rests while its sitemaps change
            index = Extraction(children=kept.children)
            return await _read_on(call, fetched, index, kept)
        return await _unchanged(call, fetched, kept)
    try:
        return await _changed(call, fetched)
    except ExtractError as error:
        return await _failed(call, Failed(fault=error.fault), fetched)


async def _unchanged(
    call: Call, fetched: Page | NotModified, kept: Resource
) -> VisitReport:
    cost = Cost(requests=call.requests, repeated=call.is_repeated(fetched))
    hints = _stated(fetched.hints, call.resource.stated)
    after = _succeeded(call, fetched, hints, cost, call.before.rhythm)
    faults = _faults(call, after, fetched, ())
    await call.tools.save(
        Outcome(
            source=call.source.id,
            visit=after,
            resources=[kept],
            is_believed=_was_doubted(call),
            is_heeded=call.before.is_released,
            is_unread=True,
            faults=faults,
        )
    )
    return _report(call, "unchanged", after, faults)


async def _failed(
    call: Call, failed: Failed, doubted: Fetched | None = None
) -> VisitReport:
    """Record the fault and the next try; nothing that is published changes.

    ``doubted`` is a list that is not believed: it is kept to be looked at.
    """
    cost = Cost(requests=call.requests)
    waits = failed.retry_after
    after = replace(
        call.before,
        due=call.due(failed, failed.hints, call.before.rhythm),
        last_attempt=call.now,
        failures=call.before.failures + 1,
        blocked_until=call.now + waits if waits else None,
        history=add(call.before.history, call.source, failed, call.now, cost),
    )
    faults = _faults(call, after, failed, [failed.fault])
    pages = _kept(call, Role.DOUBTED, [doubted])
    source = call.source.id
    await call.tools.save(
        Outcome(source=source, visit=after, pages=pages, faults=faults)
    )
    return replace(_report(call, "failed", after, faults), listed=0)


async def _changed(call: Call, page: Page) -> VisitReport:
    first = await call.tools.workers.run(readers.read_list, call.source, page)
    authority = call.tools.config.settings.site.authority
    loop = gates.loop_gate(authority, first, page.url)
    if loop is not None:
        return await _failed(call, Failed(fault=loop), page)
    read = call.remembered(call.source.url, page, first)
    return await _read_on(call, page, first, read)


async def _read_on(
    call: Call, fetched: Page | NotModified, first: Extraction, read: Resource
) -> VisitReport:
    """Read what follows the first list, then the entries of all."""
    rest = await further(call, first)
    lists = [first, *rest.lists]
    items = [item for extraction in lists for item in extraction.items]
    if rest.faults and not (items or rest.rested):
        return await _failed(call, Failed(fault=rest.faults[0]))
    stop = gates.list_gate(call.before.items, first, fetched.url)
    if stop is not None and not items:
        return await _doubted(call, stop, fetched, 0)
    entries = await _take(call, items)
    if entries.hold is not None:
        return await _doubted(call, entries.hold, fetched, len(items))
    call.requests += entries.requests
    is_partial = rest.rested > 0 or bool(rest.faults)
    listed = max(len(items), call.before.items if is_partial else 0)
    if left := _remnant(call, entries, listed):
        return await _doubted(call, left, fetched, listed)
    useful = bool(entries.new or entries.changed)
    repeated = call.is_repeated(fetched)
    cost = Cost(requests=call.requests, repeated=repeated, useful=useful)
    hints = _stated(fetched.hints, read.stated)
    after = replace(
        _succeeded(call, fetched, hints, cost, call.rhythm(entries)),
        items=listed,
        profile=drift.learn(call.before.profile, entries.read, call.now),
    )
    told = [f for extraction in lists for f in extraction.faults]
    faults = _faults(call, after, fetched, [*told, *rest.faults, *entries.faults])
    await call.tools.save(
        Outcome(
            source=call.source.id,
            visit=after,
            seen=entries.seen,
            restated=entries.restated,
            resources=_resources(call, read, rest, entries),
            is_whole=rest.settled,
            pages=_kept(call, Role.LIST, [fetched, *rest.pages]),
            is_believed=_was_doubted(call),
            is_heeded=call.before.is_released,
            is_unread=rest.rested > 0 and not items,
            faults=faults,
        )
    )
    report = _report(call, "changed" if useful else "unchanged", after, faults)
    return replace(report, new=entries.new, changed=entries.changed)


async def _doubted(
    call: Call, hold: Fault, fetched: Fetched, found: int
) -> VisitReport:
    """Record why a list with so many entries is not believed."""
    told = gates.counted(hold, call.before.items, found)
    return await _failed(call, Failed(fault=told), fetched)


async def _take(call: Call, items: Sequence[RawItem]) -> Entries:
    settings = call.tools.config.settings
    frame = Frame(source=call.source, zone=call.zone, now=call.now)
    entries = Entries(
        source=call.source,
        tools=call.tools,
        frame=frame,
        rules=call.rules,
        usual=call.before.items,
        is_released=call.before.is_released,
        enough=settings.publish.items,
    )
    await entries.take(wanted(call.source, items)[:_MOST])
    entries.faults += sameness.shared(items)
    return entries


def _remnant(call: Call, entries: Entries, listed: int) -> Fault | None:
    """Why a list in which there is nothing to read is not the list that it was."""
    if entries.read or call.before.is_released:
        return None
    url = urls.bare(call.source.url)
    return gates.remnant_gate(call.before.items, listed, url)


def _resources(
    call: Call, read: Resource, rest: Further, entries: Entries
) -> list[Resource]:
    """What to ask by next time; by nothing where some entry must be tried again."""
    settled = entries.settled and rest.settled
    first = read if settled else Resource(url=read.url, fetched_at=call.now)
    if entries.settled:
        return [first, *rest.resources]
    return [first, *(Resource(url=r.url, fetched_at=call.now) for r in rest.resources)]


def _kept(call: Call, role: Role, lists: Sequence[Fetched | None]) -> list[Kept]:
    """The lists that came, as they are kept."""
    came = (page for page in lists if isinstance(page, Page))
    return [
        Kept(role=role, page=page, since=call.now, position=n)
        for n, page in enumerate(came)
    ]


def _was_doubted(call: Call) -> bool:
    """Whether a list may be kept that was not believed, also of an address before."""
    return call.before.failures > 0 or call.before.is_released


def _succeeded(
    call: Call, fetched: Fetched, hints: Hints, cost: Cost, rhythm: Rhythm | None
) -> Visit:
    return Visit(
        source=call.source.id,
        due=call.due(None, hints, rhythm),
        last_attempt=call.now,
        last_success=call.now,
        items=call.before.items,
        profile=call.before.profile,
        history=add(call.before.history, call.source, fetched, call.now, cost),
        rhythm=rhythm,
    )


def _report(
    call: Call, state: State, after: Visit, faults: Sequence[Fault]
) -> VisitReport:
    return VisitReport(
        source=call.source.id,
        state=state,
        listed=after.items,
        requests=call.requests,
        due=after.due,
        faults=tuple(faults),
    )


def _stated(hints: Hints, stated: Hints) -> Hints:
    """The server's wishes with those that the document states."""
    if stated == Hints():
        return hints
    return replace(
        hints,
        ttl=stated.ttl,
        skip_hours=stated.skip_hours,
        skip_days=stated.skip_days,
    )


def _faults(
    call: Call, after: Visit, fetched: Fetched, told: Sequence[Fault]
) -> list[Fault]:
    """What was told, what the history suggests and what was lost, with the next try."""
    lost = drift.faults(after.profile, urls.bare(call.source.url))
    advice = (*suggestions(after, fetched, call.now), *lost)
    return [
        replace(fault, source=call.source.id, retry_at=after.due)
        for fault in (*told, *advice)
    ]
