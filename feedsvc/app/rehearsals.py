"""Edited sources visited as they were, by what their files say now."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from feedsvc.app import house
from feedsvc.collect.ports import CollectStore, Workers
from feedsvc.collect.rehearsal import Rehearsed, is_edited, rehearse
from feedsvc.collect.tools import Tools
from feedsvc.errors import Code, Fault, FeedsvcError, Stage
from feedsvc.inspect.reread import Reread, differences
from feedsvc.model.config import Config, Source
from feedsvc.model.visit import Outcome
from feedsvc.store import Store
from feedsvc.text import urls

__all__ = ["Rehearsal", "rehearsals"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What an edited source's pages would give, and what a visit would store of them."""

    reread: Reread
    outcomes: Sequence[Outcome] = ()


async def rehearsals(
    config: Config, store: Store, workers: Workers
) -> AsyncIterator[Rehearsal]:
    """One for each enabled source whose file reads its list otherwise than it was read."""
    sources = [source for source in config.sources.values() if source.enabled]
    wanted = [(source.id, source.url) for source in sources]
    known = await asyncio.to_thread(store.resources, wanted)
    tools = house.trial(config, store, workers)
    for source in sources:
        resource = known.get((source.id, source.url))
        if resource is None or not is_edited(source, resource):
            continue
        told = await _guarded(source, tools)
        if resource.body_digest or told.reread.differences:
            yield told  # else it was merely not settled


async def _guarded(source: Source, tools: Tools) -> Rehearsal:
    """Rehearse a source; a bug that its pages bring to light stays its own."""
    try:
        tried = await rehearse(source, tools)
        return await asyncio.to_thread(_told, source, tried, tools.store)
    except FeedsvcError:
        raise
    except Exception as error:  # noqa: BLE001 -- told, and no reason to end a service
        _log.exception("the rehearsal of %s met a bug", source.id)
        fault = Fault(
            code=Code.E_UNEXPECTED,
            stage=Stage.EXTRACT,
            place=urls.bare(source.url),
            source=source.id,
            args={"detail": f"{type(error).__name__}: {error}"},
        )
        return Rehearsal(Reread(source=source.id, faults=[fault]))


def _told(source: Source, tried: Rehearsed | None, store: CollectStore) -> Rehearsal:
    if tried is None:
        return Rehearsal(Reread(source=source.id))
    entries = [(one.item, one.id) for one in tried.found]
    listed = store.listed(source.id)
    shown = {item.url for item, _ in entries}
    reread = Reread(
        source=source.id,
        at=tried.at,
        items=len(entries),
        missing=len(shown & tried.missing),
        differences=tuple(differences(source, entries, listed, tried.articles))
        if entries
        else (),
        faults=[fault for outcome in tried.outcomes for fault in outcome.faults],
    )
    return Rehearsal(reread, tried.outcomes)
