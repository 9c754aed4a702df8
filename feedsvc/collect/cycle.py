"""A cycle: many sources visited side by side, each for itself."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import zip_longest

from feedsvc.collect.report import VisitReport
from feedsvc.collect.tools import Tools
from feedsvc.collect.visit import visit
from feedsvc.errors import Code, Fault, FeedsvcError, Stage
from feedsvc.model.config import Source
from feedsvc.model.visit import Outcome, Visit
from feedsvc.model.web import Resource
from feedsvc.text import urls

__all__ = ["collect"]

_log = logging.getLogger(__name__)

_AFTER_A_BUG = timedelta(hours=1)

Told = Callable[[VisitReport], None]


async def collect(
    sources: Sequence[Source], tools: Tools, told: Told | None = None
) -> list[VisitReport]:
    """Visit ``sources`` whether due or not; ``told`` hears of each as it ends.

    The trouble of one source, even a bug that it brings to light, is that source's
    alone; what the store refuses ends the cycle.
    """
    visits, resources, patience = await asyncio.to_thread(_remembered, sources, tools)
    turn = asyncio.Semaphore(tools.config.settings.collect.concurrency)

    async def one(source: Source) -> VisitReport:
        async with turn:
            known = resources.get((source.id, source.url))
            report = await _guarded(source, visits[source.id], known, tools, patience)
        if told:
            told(report)
        return report

    tasks = {s.id: asyncio.create_task(one(s)) for s in _by_turns(sources)}
    try:
        return await asyncio.gather(*(tasks[source.id] for source in sources))
    finally:
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)


def _by_turns(sources: Sequence[Source]) -> Iterator[Source]:
    """One source of each host, then the next of each.

    So a host of many sources, which are asked one after the other, keeps none waiting.
    """
    queues: dict[str, list[Source]] = {}
    for source in sources:
        queues.setdefault(urls.host(source.url), []).append(source)
    for row in zip_longest(*queues.values()):
        yield from filter(None, row)


def _remembered(
    sources: Sequence[Source], tools: Tools
) -> tuple[Mapping[str, Visit], Mapping[tuple[str, str], Resource], float]:
    """What is known of the sources, of their lists, and the patience of now."""
    visits = tools.store.visits([source.id for source in sources])
    wanted = [(source.id, source.url) for source in sources]
    patience = tools.budget.patience(tools.clock())
    return visits, tools.store.resources(wanted), patience


async def _guarded(
    source: Source, before: Visit, known: Resource | None, tools: Tools, patience: float
) -> VisitReport:
    try:
        return await visit(source, before, known, tools, patience)
    except FeedsvcError:
        raise
    except Exception as error:  # noqa: BLE001 -- a bug met in one source stays its own
        return await _bug(source, before, error, tools)


async def _bug(
    source: Source, before: Visit, error: Exception, tools: Tools
) -> VisitReport:
    """Record what should not have happened, loudly, and come back in an hour."""
    _log.error("source %s met a bug", source.id, exc_info=error)
    now = tools.clock()
    due = now + _AFTER_A_BUG
    fault = Fault(
        code=Code.E_UNEXPECTED,
        stage=Stage.EXTRACT,
        place=urls.bare(source.url),
        source=source.id,
        args={"detail": f"{type(error).__name__}: {error}"},
        retry_at=due,
    )
    after = replace(before, due=due, last_attempt=now, failures=before.failures + 1)
    await tools.save(Outcome(source=source.id, visit=after, faults=[fault]))
    return VisitReport(source=source.id, state="failed", due=due, faults=(fault,))
