"""The store as those see it who write the chronicles of feeds and their archives."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection

from feedsvc.model.archive import Archive, Change, Chronicle, Line
from feedsvc.model.article import Gone
from feedsvc.model.feed import Edition
from feedsvc.store import archives, chronicle, hiding, touching
from feedsvc.store.engine import Database

__all__ = ["ArchiveSide"]


class ArchiveSide:
    """The store as archiving sees it (``publish.ports.ArchiveStore``)."""

    def __init__(self, database: Database) -> None:
        """Work on an open database."""
        self._database = database

    def touched(self) -> Collection[str]:
        """Articles whose place in any feed may have changed since :meth:`settled`."""
        return self._database.read(touching.touched)

    def settled(self, mark: int) -> None:
        """Every feed knows of what was touched up to this mark of ``all``."""
        self._database.write(lambda c: touching.settle(c, mark))

    def untold(self, edition: Edition) -> Sequence[str]:
        """Articles of which an edition may have something to tell, by first sight."""
        return self._database.read(lambda c: chronicle.untold(c, edition))

    def ordered(self, ids: Iterable[str]) -> Sequence[str]:
        """Articles by first sight, list position and id."""
        asked = sorted(set(ids))
        return self._database.read(lambda c: chronicle.ordered(c, asked))

    def chronicle(self, path: str) -> Chronicle:
        """How far a feed has come."""

        def work(connection: Connection) -> Chronicle:
            return Chronicle(
                opened=tuple(chronicle.opened(connection, path)),
                last=chronicle.number(connection, path),
                archives=archives.count(connection, path),
            )

        return self._database.read(work)

    def told(self, path: str, ids: Iterable[str]) -> Mapping[str, Line]:
        """The last line of a feed about each article, of those that have one."""
        asked = sorted(set(ids))
        return self._database.read(lambda c: chronicle.last(c, path, asked))

    def lost(self, ids: Iterable[str]) -> Sequence[Gone]:
        """Those of some articles that were hidden or withdrawn."""
        asked = sorted(set(ids))
        return self._database.read(lambda c: hiding.lost(c, asked))

    def enter(self, path: str, made: Change) -> None:
        """Write a chronicle on."""
        self._database.write(lambda c: chronicle.change(c, path, made))

    def archive(self, path: str, number: int) -> Archive:
        """A full document that there is; they are numbered from 1."""
        return self._database.read(lambda c: archives.read(c, path, number))

    def seal(self, path: str, made: Archive, lines: Sequence[Line]) -> None:
        """Keep a full document for good, and that it holds these lines."""
        self._database.write(lambda c: archives.seal(c, path, made, lines))

    def exposed(self, path: str, ids: Iterable[str]) -> Mapping[int, Sequence[Gone]]:
        """Documents that still hold any of some articles though it was hidden."""
        asked = sorted(set(ids))
        return self._database.read(lambda c: archives.exposed(c, path, asked))

    def redact(self, path: str, made: Archive, hidden: Sequence[str]) -> None:
        """Keep a document without what was hidden, to be put in its place again."""
        self._database.write(lambda c: archives.redact(c, path, made, hidden))

    def unplaced(self, path: str, where: str) -> Sequence[int]:
        """The documents that do not stand under this address yet."""
        return self._database.read(lambda c: archives.unplaced(c, path, where))

    def placed(self, path: str, numbers: Sequence[int], where: str) -> None:
        """Note that documents stand under this address."""
        self._database.write(lambda c: archives.place(c, path, numbers, where))

    def displaced(self, path: str, but: Collection[int] = ()) -> None:
        """Note that the documents of a feed stand no more, except some."""
        self._database.write(lambda c: archives.displace(c, path, but))
