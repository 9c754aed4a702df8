"""The published tree in an S3-compatible store, for static serving behind a CDN.

Keys are the addresses that a ``Directory`` has as paths, twins included. A store cannot
switch several objects at once, so twins go first, then feeds, then the page that links
to them; and ``.generations/zh/local`` holds the digest of what stands in that folder,
empty while it is written. A publication that dies midway leaves it empty: the folder
then counts as lost, is published anew, and keeps its last good bytes in our own servers.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from feedsvc.errors import OutputError
from feedsvc.model.feed import Document
from feedsvc.model.tree import File
from feedsvc.output.bucket import Bucket, Stored
from feedsvc.output.files import (
    ARCHIVED,
    CODINGS,
    cache_control,
    content,
    digest,
    media_type,
    twins,
)
from feedsvc.output.layout import ARCHIVE, GENERATIONS, archive

__all__ = ["Objects"]

_T = TypeVar("_T")
_R = TypeVar("_R")

_log = logging.getLogger(__name__)

_AT_ONCE = 16
"""Requests under way at a time."""

_TWINS = tuple(coding.suffix for coding in CODINGS.values())


class _Object(NamedTuple):
    """An object as it is to stand."""

    key: str
    body: bytes
    attributes: Mapping[str, str]


class Objects:
    """An ``Output`` over a bucket, and the reading side of it.

    Whatever the store refuses is an OutputError (``E_OUTPUT``) to a writer; to a reader
    a tree without units, or an OSError.
    """

    def __init__(self, bucket: Bucket) -> None:
        """Nothing is asked yet."""
        self._bucket = bucket

    def switch(self, folder: str, documents: Sequence[Document]) -> int:
        """Make ``folder`` hold exactly ``documents``; bytes written."""
        state = f"{GENERATIONS}/{folder}"
        name = content(documents)
        files = [_objects(folder, document) for document in documents]
        keys = {one.key for each in files for one in each}
        there = self._bucket.look(folder).objects.keys()
        standing = self._bucket.get(state)
        if standing and standing.body.decode() == name and there == keys:
            return 0
        self._bucket.put(state, b"", {})
        written = self._write(files)
        if there - keys:
            self._bucket.delete(there - keys)
        self._bucket.put(state, name.encode(), {})
        return written

    def place(self, documents: Sequence[Document]) -> int:
        """Put single files at their paths, each after its twins; bytes written."""
        return self._put([_objects("", document) for document in documents])

    def displace(self, names: Iterable[str]) -> None:
        """Take single files away with their twins."""
        self._bucket.delete(f"{n}{suffix}" for n in names for suffix in ("", *_TWINS))

    def archive(self, folder: str, documents: Iterable[Document]) -> int:
        """Put documents that stay whatever ``folder`` is switched to; bytes written."""
        return sum(
            self._put([_objects(folder, document, ARCHIVED)]) for document in documents
        )

    def archived(self, folder: str) -> frozenset[str]:
        """The names of the documents that were put there."""
        found = self._bucket.list(f"{folder}/{ARCHIVE}")
        return frozenset(
            key.removeprefix(f"{folder}/") for key in found if media_type(key)
        )

    def unarchive(self, folder: str) -> None:
        """Take them away."""
        found = self._bucket.list(f"{folder}/{ARCHIVE}")
        if found:
            self._bucket.delete(found)

    def find(self, path: str) -> File | None:
        """The archive document at a path; None if there is none."""
        if archive(path) is None:
            return None
        try:
            stored = self._bucket.get(path)
        except OutputError as error:
            _log.warning("%s", error)
            return None
        return stored and _file(path, stored)

    def _put(self, files: Sequence[Sequence[_Object]]) -> int:
        """Put what is not there yet of some files; bytes written."""
        wanted = [one for each in files for one in each]
        standing = zip(wanted, _each(self._stands, wanted), strict=True)
        lacking = {one.key for one, stands in standing if not stands}
        return self._write(
            each for each in files if lacking & {one.key for one in each}
        )

    def folders(self) -> frozenset[str]:
        """The folders that stand whole, such as ``zh/local``."""
        states = self._bucket.list(GENERATIONS)
        whole = (key for key, listed in states.items() if listed.size)
        return frozenset(key.removeprefix(f"{GENERATIONS}/") for key in whole)

    def stamps(self) -> Mapping[str, str]:
        """What stands, by folder or single file, with a mark that changes with it.

        A folder that is being written has none until it is whole. What folders hold is
        not listed, archives least of all.
        """
        try:
            states = self._bucket.list(GENERATIONS)
            there, folders = self._bucket.look()
            for folder in folders:
                if not folder.startswith("."):
                    there |= self._bucket.look(folder).objects
        except OutputError as error:
            _log.warning("%s", error)
            return {}
        singles = {
            key: listed.tag
            for key, listed in there.items()
            if not key.startswith(".") and not key.endswith(_TWINS)
        }
        whole = {
            key.removeprefix(f"{GENERATIONS}/"): state.tag
            for key, state in states.items()
            if state.size
        }
        return singles | whole

    def read(self, unit: str, stamp: str) -> tuple[File, ...]:
        """The files of a unit as they were at ``stamp``; OSError if they are gone.

        Twins are made anew: their bytes are what the same library would write.
        """
        try:
            found = dict(self._read(unit))
            mark = found.get(unit) or self._bucket.get(f"{GENERATIONS}/{unit}")
        except OutputError as error:
            raise OSError(*error.args) from error
        if mark is None or mark.tag != stamp or None in found.values():
            raise FileNotFoundError(unit)
        return tuple(_file(key, stored) for key, stored in found.items() if stored)

    def _read(self, unit: str) -> Iterator[tuple[str, Stored | None]]:
        """The objects of a unit, twins apart."""
        there = self._bucket.look(unit).objects
        keys = [key for key in there if media_type(key)] or [unit]
        return zip(keys, _each(self._bucket.get, keys), strict=True)

    def _write(self, files: Iterable[Sequence[_Object]]) -> int:
        """Put files in their order: twins, then feeds, then pages; bytes written."""
        phases: dict[int, list[_Object]] = {0: [], 1: [], 2: []}
        for *others, own in files:
            phases[0] += others
            phases[2 if own.key.endswith("index.html") else 1].append(own)
        for phase in phases.values():
            _each(lambda one: self._bucket.put(*one), phase)
        return sum(len(one.body) for phase in phases.values() for one in phase)

    def _stands(self, one: _Object) -> bool:
        """Whether an object holds what it should (a crash can leave newer twins)."""
        there = self._bucket.attributes(one.key)
        return all(
            there.get(name) == one.attributes[name]
            for name in ("digest", "Cache-Control")
        )


def _objects(
    folder: str, document: Document, caching: str | None = None
) -> list[_Object]:
    """A document's objects, its twins first."""
    key = f"{folder}/{document.name}" if folder else document.name
    shared = {
        "Content-Type": document.media_type,
        "Cache-Control": caching or cache_control(document.max_age),
        "digest": digest(document.body),
        # By this name synchronizing tools keep a file's own date.
        "mtime": str(int(document.updated.timestamp())),
    }
    made = [
        _Object(
            f"{key}{CODINGS[name].suffix}", twin, {**shared, "Content-Encoding": name}
        )
        for name, twin in twins(document.body).items()
    ]
    return [*made, _Object(key, document.body, shared)]


def _file(key: str, stored: Stored) -> File:
    """An object as a reader will get it."""
    told = stored.attributes
    kind = media_type(key) or "application/octet-stream"
    updated = datetime.fromtimestamp(int(told.get("mtime", 0)), UTC)
    return File(
        path=key,
        media_type=told.get("Content-Type", kind),
        updated=updated,
        etag=digest(stored.body),
        cache_control=told.get("Cache-Control", cache_control()),
        bodies=MappingProxyType({"identity": stored.body, **twins(stored.body)}),
    )


def _each(work: Callable[[_T], _R], things: Sequence[_T]) -> list[_R]:
    """Do the same with each, some at a time; the first refusal is raised."""
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        return list(threads.map(work, things))
