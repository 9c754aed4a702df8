"""What the configuration on disk would change, tried without keeping anything of it."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from feedsvc.app import house, recordings
from feedsvc.app.place import Place, load
from feedsvc.app.rehearsals import Rehearsal, rehearsals
from feedsvc.collect.ports import Workers
from feedsvc.collect.readers import rules_digest
from feedsvc.errors import Fault
from feedsvc.inspect.diff import FeedDiff, compare, gate
from feedsvc.inspect.record import Replay
from feedsvc.inspect.reread import Reread
from feedsvc.model.config import Config
from feedsvc.model.feed import ALL, Document, Edition
from feedsvc.model.tree import PublishedTree
from feedsvc.output import open_tree
from feedsvc.output.memory import Memory
from feedsvc.publish.inputs import fingerprint
from feedsvc.publish.publisher import AUTHORITY, Publisher
from feedsvc.store import Store

__all__ = ["Diff", "Judge", "Reread", "diff"]

_ACCEPTED = "accepted"
"""Under this name the store remembers the configuration whose new ids are accepted."""

_PUBLISHED = Edition(language="", category=ALL, include_all=True, items=10_000)


@dataclass(frozen=True, slots=True)
class Diff:
    """Feed by feed, the fault that a reload would meet, and what edited rules would read.

    ``sources`` are edited ones, by the pages that are kept; ``replays`` by recordings.
    """

    feeds: Sequence[FeedDiff]
    refused: Fault | None
    sources: Sequence[Reread]
    replays: Sequence[Replay]


def diff(where: Place, *, accept: bool) -> Diff:
    """Compare what is published with what would be; ``accept`` lets its ids change."""
    config = load(where)
    with house.stored(where, config) as store:
        tried = asyncio.run(_rehearsed(config, store))
        refused = _gate(config, store, [one.reread for one in tried])
        if accept:
            store.remember(_ACCEPTED, _form(config))
        name = f"feed.{config.settings.publish.formats[0]}"
        before = _standing(where, config, name)
        with store.rehearsing() as rehearsed:
            rehearsed.save([o for one in tried for o in one.outcomes], house.now())
            after = _published(config, rehearsed, name)
    replays = [one for one in recordings.every(where) if one.differences]
    sources = [one.reread for one in tried]
    return Diff(tuple(compare(before, after)), refused, sources, replays)


class Judge:
    """Says why an edited configuration is not taken up by itself, if it may not be."""

    def __init__(self, store: Store, workers: Workers) -> None:
        """Judge by what ``store`` holds; ``workers`` read pages that are kept."""
        self._store = store
        self._workers = workers
        self._last: tuple[str, Fault | None] | None = None

    async def __call__(self, config: Config) -> Fault | None:
        """The fault, or None; the same configuration is looked into once."""
        form = await asyncio.to_thread(_form, config)
        if await asyncio.to_thread(self._store.memory, _ACCEPTED) == form:
            return None
        if self._last is None or self._last[0] != form:
            found = rehearsals(config, self._store, self._workers)
            tried = [one.reread async for one in found]
            fault = await asyncio.to_thread(_gate, config, self._store, tried)
            self._last = form, fault
        return self._last[1]


async def _rehearsed(config: Config, store: Store) -> list[Rehearsal]:
    async with house.workers() as workers:
        return [one async for one in rehearsals(config, store, workers)]


def _gate(config: Config, store: Store, tried: Sequence[Reread]) -> Fault | None:
    """Why ids would change, if any would."""
    published = store.newest(_PUBLISHED)
    renamed = {one.before for each in tried for one in each.renamed}
    return gate(published, config, store.memory(AUTHORITY), renamed)


def _form(config: Config) -> str:
    """What tells an edited configuration: all that feeds depend on, and every rule."""
    rules = sorted((s.id, rules_digest(s)) for s in config.sources.values())
    return blake2b(
        f"{fingerprint(config)} {rules}".encode(), digest_size=16
    ).hexdigest()


def _standing(where: Place, config: Config, name: str) -> dict[str, bytes]:
    """The feeds that stand."""
    tree = open_tree(config.settings.publish.output, where.data)
    return _feeds(tree, name)


def _published(config: Config, store: Store, name: str) -> dict[str, bytes]:
    """The feeds as they would stand."""
    output = _Feeds()
    Publisher(config, store, output, house.now).publish(everything=True)
    return _feeds(output, name)


class _Feeds(Memory):
    """Feeds without archives: an edit changes none of their documents."""

    def archive(self, folder: str, documents: Iterable[Document]) -> int:  # noqa: ARG002 -- the output's
        """Read none of them."""
        return 0


def _feeds(tree: PublishedTree, name: str) -> dict[str, bytes]:
    """The feeds of a tree in one format, by their folders."""
    units = (tree.read(unit, mark) for unit, mark in tree.stamps().items())
    return {
        file.path.removesuffix(f"/{name}"): file.bodies["identity"]
        for files in units
        for file in files
        if file.path.endswith(f"/{name}")
    }
