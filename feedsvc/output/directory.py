"""The published tree as a directory that any static server can serve.

What a reader opens is whole, whenever the writer dies: files are written and synced
under names that nobody asks for, then given their address by one ``rename``.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from uuid import uuid4

from feedsvc.model.feed import Document
from feedsvc.output import disk, layout
from feedsvc.output.files import CODINGS, content

__all__ = ["Directory"]


class Directory:
    """An ``Output`` on a file system; one process at a time may write to it.

    Whatever the file system refuses is an OutputError (``E_OUTPUT``).
    """

    def __init__(self, root: Path) -> None:
        """Open (or make) the tree and sweep what a crash or an old switch left."""
        self._root = root
        self._generations = root / layout.GENERATIONS
        with disk.reported(root):
            disk.make(self._generations)
            standing = {name for _, name in layout.links(root)}
            for entry in self._generations.iterdir():
                if entry.name not in standing:
                    disk.remove(entry)

    def switch(self, folder: str, documents: Sequence[Document]) -> int:
        """Make ``folder`` hold exactly ``documents``, all at once; bytes written.

        The generation before stays for readers in flight until the next switch.
        """
        name = f"{layout.family(folder)}-{content(documents)}"
        with disk.reported(self._root / folder):
            generation = self._generations / name
            has_archives = self._archives(folder).is_dir()
            whole = (
                generation.is_dir()
                and all(disk.whole(generation / d.name, d) for d in documents)
                and (generation / layout.ARCHIVE).is_symlink() == has_archives
            )
            before = layout.generation(self._root, folder)
            archives = self._archives(folder) if has_archives else None
            written = 0 if whole else self._generate(generation, documents, archives)
            if before != name:
                self._point(folder, name)
                self._retire(folder, {name, before})
        return written

    def place(self, documents: Sequence[Document]) -> int:
        """Put single files at their paths, each after its twins; bytes written."""
        written = 0
        for document in documents:
            path = self._root / document.name
            with disk.reported(path):
                if not disk.holds(path, document.body):
                    written += self._place(path, document)
        return written

    def displace(self, names: Iterable[str]) -> None:
        """Take single files away, each before its twins."""
        for name in names:
            path = self._root / name
            with disk.reported(path):
                for suffix in ("", *(coding.suffix for coding in CODINGS.values())):
                    disk.remove(Path(f"{path}{suffix}"))

    def folders(self) -> frozenset[str]:
        """The folders that stand, such as ``zh/local``."""
        with disk.reported(self._root):
            return frozenset(folder for folder, _ in layout.links(self._root))

    def archive(self, folder: str, documents: Iterable[Document]) -> int:
        """Put documents where they stay whatever ``folder`` is switched to.

        They have their addresses from the next switch of the folder on.
        """
        written = 0
        for document in documents:
            path = self._archives(folder) / PurePosixPath(document.name).name
            with disk.reported(path):
                if not disk.holds(path, document.body):
                    written += self._place(path, document)
        return written

    def archived(self, folder: str) -> frozenset[str]:
        """The names of the documents that were put there."""
        where = self._archives(folder)
        with disk.reported(where):
            found = list(where.glob("*.atom"))
        return frozenset(f"{layout.ARCHIVE}/{path.name}" for path in found)

    def unarchive(self, folder: str) -> None:
        """Take them away."""
        with disk.reported(self._archives(folder)):
            disk.remove(self._archives(folder))

    def _archives(self, folder: str) -> Path:
        return self._root / layout.ARCHIVES / layout.family(folder)

    def _generate(
        self, generation: Path, documents: Sequence[Document], archives: Path | None
    ) -> int:
        """Write a whole generation, then name it; bytes written."""
        with self._unfinished() as temporary, self._unfinished() as damaged:
            temporary.mkdir()
            written = sum(disk.write(temporary / d.name, d) for d in documents)
            disk.write_ages(temporary, documents)
            if archives:
                link = temporary / layout.ARCHIVE
                link.symlink_to(f"../../{archives.relative_to(self._root)}")
            for folder, _, _ in os.walk(temporary):
                disk.sync(Path(folder))
            if generation.exists():
                generation.rename(damaged)
            temporary.rename(generation)
            disk.sync(self._generations)
        return written

    def _point(self, folder: str, name: str) -> None:
        """Let the link at ``folder`` lead to ``name``, from one moment to the next."""
        link = self._root / folder
        disk.make(link.parent)
        with self._unfinished() as temporary:
            temporary.symlink_to(layout.target(folder, name))
            temporary.replace(link)
        disk.sync(link.parent)

    def _place(self, path: Path, document: Document) -> int:
        """Write one file and its twins, then move them in, the file last."""
        disk.make(path.parent)
        with self._unfinished() as temporary:
            temporary.mkdir()
            written = disk.write(temporary / path.name, document)
            for suffix in (*(coding.suffix for coding in CODINGS.values()), ""):
                Path(f"{temporary / path.name}{suffix}").replace(f"{path}{suffix}")
        disk.sync(path.parent)
        return written

    def _retire(self, folder: str, keep: set[str | None]) -> None:
        """Remove the generations of ``folder`` that no reader can still be in."""
        for entry in self._generations.iterdir():
            same = entry.name.rpartition("-")[0] == layout.family(folder)
            if same and entry.name not in keep:
                disk.remove(entry)

    @contextmanager
    def _unfinished(self) -> Iterator[Path]:
        """A path for unfinished work; nothing is left there afterwards."""
        path = self._generations / uuid4().hex
        try:
            yield path
        finally:
            disk.remove(path)
