"""What the configuration on disk would change, tried without keeping anything of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedsvc.app import house, recordings
from feedsvc.app.place import Place, load
from feedsvc.errors import Fault
from feedsvc.inspect.diff import FeedDiff, compare, gate
from feedsvc.inspect.record import Replay
from feedsvc.model.config import Config
from feedsvc.model.feed import ALL, Edition
from feedsvc.model.tree import PublishedTree
from feedsvc.output import open_tree
from feedsvc.output.memory import Memory
from feedsvc.publish.inputs import fingerprint
from feedsvc.publish.publisher import AUTHORITY, Publisher
from feedsvc.store import Store

__all__ = ["Diff", "diff", "refusal"]

_ACCEPTED = "accepted"
"""Under this name the store remembers the configuration whose new ids are accepted."""

_PUBLISHED = Edition(language="", category=ALL, include_all=True, items=10_000)


@dataclass(frozen=True, slots=True)
class Diff:
    """Feed by feed, the fault that a reload would meet, and what recordings would give."""

    feeds: Sequence[FeedDiff]
    refused: Fault | None
    replays: Sequence[Replay]


def diff(where: Place, *, accept: bool) -> Diff:
    """Compare what is published with what would be; ``accept`` lets its ids change."""
    config = load(where)
    with house.stored(where, config) as store:
        refused = _gate(config, store)
        if accept:
            store.remember(_ACCEPTED, fingerprint(config))
        name = f"feed.{config.settings.publish.formats[0]}"
        before = _standing(where, config, name)
        with store.rehearsing() as rehearsed:
            after = _rehearsed(config, rehearsed, name)
    replays = [one for one in recordings.every(where) if one.differences]
    return Diff(tuple(compare(before, after)), refused, replays)


def refusal(config: Config, store: Store) -> Fault | None:
    """Why an edited configuration is not taken up by itself; None if it may be."""
    if store.memory(_ACCEPTED) == fingerprint(config):
        return None
    return _gate(config, store)


def _gate(config: Config, store: Store) -> Fault | None:
    return gate(store.newest(_PUBLISHED), config, store.memory(AUTHORITY))


def _standing(where: Place, config: Config, name: str) -> dict[str, bytes]:
    """The feeds that stand."""
    tree = open_tree(config.settings.publish.output, where.data)
    return _feeds(tree, name)


def _rehearsed(config: Config, store: Store, name: str) -> dict[str, bytes]:
    """The feeds as they would stand."""
    output = Memory()
    Publisher(config, store, output, house.now).publish(everything=True)
    return _feeds(output, name)


def _feeds(tree: PublishedTree, name: str) -> dict[str, bytes]:
    """The feeds of a tree in one format, by their folders."""
    units = (tree.read(unit, mark) for unit, mark in tree.stamps().items())
    return {
        file.path.removesuffix(f"/{name}"): file.bodies["identity"]
        for files in units
        for file in files
        if file.path.endswith(f"/{name}")
    }
