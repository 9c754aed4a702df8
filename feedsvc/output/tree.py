"""The published tree as its server reads it: only what publication put there."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from feedsvc.model.tree import File
from feedsvc.output import disk, layout
from feedsvc.output.files import (
    ARCHIVED,
    CODINGS,
    cache_control,
    digest,
    media_type,
    untwin,
)

__all__ = ["Tree"]


class Tree:
    """The reading side of a ``Directory``; never writes, follows no foreign link."""

    def __init__(self, root: Path) -> None:
        """Name the tree; it may come to stand later."""
        self._root = root

    def stamps(self) -> Mapping[str, str]:
        """What stands, by folder or single file, with a mark that changes with it.

        Cheap: links are read, no file is opened. Empty while there is no tree.
        """
        try:
            found = dict(layout.links(self._root))
            for path, stat in layout.placed(self._root):
                found[path] = f"{stat.st_ino}-{stat.st_mtime_ns}-{stat.st_size}"
        except OSError:
            return {}
        return found

    def read(self, unit: str, stamp: str) -> tuple[File, ...]:
        """The files of a unit as they were at ``stamp``; OSError if they are gone."""
        folder = self._root / layout.GENERATIONS / stamp
        if stamp.startswith(f"{layout.family(unit)}-"):
            ages = disk.ages(folder)
            return tuple(
                _file(folder / name, f"{unit}/{name}", ages.get(name))
                for name in _names(folder)
            )
        return (_checked(_file(self._root / unit, unit)),)

    def find(self, path: str) -> File | None:
        """The archive document at a path; None if there is none."""
        of = layout.archive(path)
        if of is None:
            return None
        folder, name = of
        where = self._root / layout.ARCHIVES / layout.family(folder) / name
        try:
            found = _checked(_file(where, path))
        except OSError:
            return None
        return replace(found, cache_control=ARCHIVED)


def _names(folder: Path) -> Iterator[str]:
    """The files of a generation that have a media type; twins have none."""
    for where, _, names in os.walk(folder, onerror=_raise):
        for name in sorted(names):
            path = (Path(where) / name).relative_to(folder).as_posix()
            if media_type(path):
                yield path


def _raise(error: OSError) -> None:
    """Let a folder that is gone be an error: ``os.walk`` would call it empty."""
    raise error


def _file(path: Path, address: str, age: int | None = None) -> File:
    """A file with those of its twins that are there."""
    body = _bytes(path)
    bodies = {"identity": body}
    for name, coding in CODINGS.items():
        try:
            bodies[name] = _bytes(Path(f"{path}{coding.suffix}"))
        except FileNotFoundError:
            continue
    return File(
        path=address,
        media_type=media_type(address) or "application/octet-stream",
        updated=datetime.fromtimestamp(int(path.stat().st_mtime), UTC),
        etag=digest(body),
        cache_control=cache_control() if age is None else cache_control(age),
        bodies=MappingProxyType(bodies),
    )


def _checked(file: File) -> File:
    """A single file without twins of another moment: they are not switched as one."""
    body = file.bodies["identity"]
    agreeing = {
        name: twin
        for name, twin in file.bodies.items()
        if name == "identity" or untwin(name, twin) == body
    }
    return replace(file, bodies=MappingProxyType(agreeing))


def _bytes(path: Path) -> bytes:
    """The bytes of a regular file; OSError for a link in its place."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with open(descriptor, "rb") as file:  # noqa: PTH123 -- pathlib knows no descriptors
        return file.read()
