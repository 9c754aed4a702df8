"""The published tree in memory: the twin of the directory, for tests and previews."""

from collections.abc import Mapping, Sequence

from feedsvc.model.feed import Document
from feedsvc.model.tree import File
from feedsvc.output.files import as_read, digest

__all__ = ["Memory"]


class Memory:
    """An ``Output`` that holds its files, and reads like a ``Tree``."""

    def __init__(self) -> None:
        """Start empty."""
        self._units: dict[str, tuple[File, ...]] = {}
        self._folders: set[str] = set()

    def switch(self, folder: str, documents: Sequence[Document]) -> int:
        """Make ``folder`` hold exactly ``documents``; bytes written."""
        self._folders.add(folder)
        return self._put(folder, [as_read(f"{folder}/{d.name}", d) for d in documents])

    def place(self, documents: Sequence[Document]) -> int:
        """Put single files at their paths; bytes written."""
        return sum(self._put(d.name, [as_read(d.name, d)]) for d in documents)

    def folders(self) -> frozenset[str]:
        """The folders that stand."""
        return frozenset(self._folders)

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
