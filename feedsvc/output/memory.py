"""The published tree in memory: the twin of the directory, for tests and previews."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from feedsvc.model.feed import Document
from feedsvc.model.tree import File
from feedsvc.output import layout
from feedsvc.output.files import ARCHIVED, as_read, digest

__all__ = ["Memory"]


class Memory:
    """An ``Output`` that holds its files, and reads like a ``Tree``."""

    def __init__(self) -> None:
        """Start empty."""
        self._units: dict[str, tuple[File, ...]] = {}
        self._folders: set[str] = set()
        self._archives: dict[str, dict[str, Document]] = {}

    def switch(self, folder: str, documents: Sequence[Document]) -> int:
        """Make ``folder`` hold exactly ``documents``; bytes written."""
        self._folders.add(folder)
        return self._put(folder, [as_read(f"{folder}/{d.name}", d) for d in documents])

    def place(self, documents: Sequence[Document]) -> int:
        """Put single files at their paths; bytes written."""
        return sum(self._put(d.name, [as_read(d.name, d)]) for d in documents)

    def displace(self, names: Iterable[str]) -> None:
        """Take single files away."""
        for name in names:
            self._units.pop(name, None)

    def folders(self) -> frozenset[str]:
        """The folders that stand."""
        return frozenset(self._folders)

    def archive(self, folder: str, documents: Iterable[Document]) -> int:
        """Put documents where they stay whatever ``folder`` is switched to."""
        written = 0
        standing = self._archives.setdefault(folder, {})
        for document in documents:
            if standing.get(document.name) != document:
                standing[document.name] = document
                written += len(document.body)
        return written

    def archived(self, folder: str) -> frozenset[str]:
        """The names of the documents that were put there."""
        return frozenset(self._archives.get(folder, ()))

    def unarchive(self, folder: str) -> None:
        """Take them away."""
        self._archives.pop(folder, None)

    def find(self, path: str) -> File | None:
        """The archive document at a path; None if there is none."""
        folder, _ = layout.archive(path) or ("", "")
        document = self._archives.get(folder, {}).get(path.removeprefix(f"{folder}/"))
        if document is None:
            return None
        return replace(as_read(path, document), cache_control=ARCHIVED)

    def stamps(self) -> Mapping[str, str]:
        """What stands, by folder or single file, with a mark that changes with it."""
        return {unit: _stamp(files) for unit, files in self._units.items()}

    def read(self, unit: str, stamp: str) -> tuple[File, ...]:
        """The files of a unit; FileNotFoundError when ``stamp`` is not its any more."""
        files = self._units.get(unit, ())
        if not files or _stamp(files) != stamp:
            raise FileNotFoundError(unit)
        return files

    def _put(self, unit: str, files: Sequence[File]) -> int:
        """Keep a unit; bytes written, none if it is what stands."""
        if self._units.get(unit) == tuple(files):
            return 0
        self._units[unit] = tuple(files)
        return sum(len(body) for file in files for body in file.bodies.values())


def _stamp(files: Sequence[File]) -> str:
    """A mark that changes with any of the files."""
    return digest(*(f"{f.path} {f.updated} {f.etag}".encode() for f in files))
