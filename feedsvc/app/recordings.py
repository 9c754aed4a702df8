"""Recordings of configured sources: made over the web, replayed without it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feedsvc.app import house
from feedsvc.app.place import Place, choose, load
from feedsvc.errors import Code, Fault, Stage, UsageError
from feedsvc.inspect import recordings
from feedsvc.inspect.record import Difference, Replay, record, replay
from feedsvc.inspect.recordings import Recording
from feedsvc.model.config import Config, Source
from feedsvc.normalize.frame import Frame

__all__ = ["Difference", "Recorded", "Replay", "every", "make", "test"]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording, where it stands (None: nothing worth keeping), what went wrong."""

    recording: Recording
    path: Path | None
    faults: Sequence[Mapping[str, Any]]


def make(where: Place, name: str, limit: int) -> Recorded:
    """Record a configured source; one whose list gives nothing leaves what stood."""
    config = load(where)
    [source] = choose(config, [name])
    frame = Frame(source=source, zone=_zone(source, config), now=house.now())

    async def recorded() -> tuple[Recording, Sequence[Mapping[str, Any]]]:
        async with house.egress(config) as egress:
            return await record(frame, config.categories, egress.fetch, limit)

    recording, faults = asyncio.run(recorded())
    path = recordings.write(_folder(where), recording) if recording.items else None
    return Recorded(recording, path, faults)


def test(where: Place, names: Sequence[str]) -> list[Replay]:
    """Replay the recordings of the named sources, or all there are."""
    config = load(where)
    folder = _folder(where)
    names = names or _recorded(folder, config)
    if not names:
        fault = Fault(
            code=Code.E_NO_RECORD,
            stage=Stage.EXTRACT,
            place=str(folder),
            args={"source": "SOURCE"},
        )
        raise UsageError(fault)
    return _replays(folder, names, config)


def every(where: Place) -> list[Replay]:
    """Replay all the recordings there are, if there are any."""
    config, folder = load(where), _folder(where)
    return _replays(folder, _recorded(folder, config), config)


def _recorded(folder: Path, config: Config) -> list[str]:
    return [name for name in recordings.names(folder) if name in config.sources]


def _replays(folder: Path, names: Sequence[str], config: Config) -> list[Replay]:
    chosen = choose(config, names) if names else []
    read = [(source, recordings.read(folder, source.id)) for source in chosen]
    return [asyncio.run(_replayed(source, made, config)) for source, made in read]


async def _replayed(source: Source, made: Recording, config: Config) -> Replay:
    frame = Frame(source=source, zone=_zone(source, config), now=made.at)
    return await replay(made, frame, config.categories)


def _zone(source: Source, config: Config) -> str:
    return source.timezone or config.settings.site.timezone


def _folder(where: Place) -> Path:
    return where.data / "records"
