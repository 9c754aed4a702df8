"""What publication needs of the world: the store and the published tree."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Protocol

from feedsvc.model.archive import Archive, Change, Chronicle, Line
from feedsvc.model.article import Article, Gone
from feedsvc.model.feed import Document, Edition, Published

__all__ = ["ArchiveStore", "AskedStore", "Document", "Output", "PublishStore"]


class ArchiveStore(Protocol):
    """The store as the chronicles of feeds are kept there, and their archives."""

    def touched(self) -> Collection[str]:
        """Articles whose place in any feed may have changed since :meth:`settled`."""
        ...

    def settled(self, mark: int) -> None:
        """Every feed knows of what was touched up to this mark of ``all``."""
        ...

    def untold(self, edition: Edition) -> Sequence[str]:
        """Articles of which an edition may have something to tell, by first sight."""
        ...

    def ordered(self, ids: Iterable[str]) -> Sequence[str]:
        """Articles by first sight, list position and id."""
        ...

    def chronicle(self, path: str) -> Chronicle:
        """How far a feed has come."""
        ...

    def told(self, path: str, ids: Iterable[str]) -> Mapping[str, Line]:
        """The last line of a feed about each article, of those that have one."""
        ...

    def lost(self, ids: Iterable[str]) -> Sequence[Gone]:
        """Those of some articles that were hidden or withdrawn."""
        ...

    def enter(self, path: str, made: Change) -> None:
        """Write a chronicle on."""
        ...

    def archive(self, path: str, number: int) -> Archive:
        """A full document that there is; they are numbered from 1."""
        ...

    def seal(self, path: str, made: Archive, lines: Sequence[Line]) -> None:
        """Keep a full document for good, and that it holds these lines."""
        ...

    def exposed(self, path: str, ids: Iterable[str]) -> Mapping[int, Sequence[Gone]]:
        """Documents that still hold any of some articles though it was hidden."""
        ...

    def redact(self, path: str, made: Archive, hidden: Sequence[str]) -> None:
        """Keep a document without what was hidden, to be put in its place again."""
        ...

    def unplaced(self, path: str, where: str) -> Sequence[int]:
        """The documents that do not stand under this address yet."""
        ...

    def placed(self, path: str, numbers: Sequence[int], where: str) -> None:
        """Note that documents stand under this address."""
        ...

    def displaced(self, path: str, but: Collection[int] = ()) -> None:
        """Note that the documents of a feed stand no more, except some."""
        ...


class PublishStore(ArchiveStore, Protocol):
    """The store as publication sees it; every method is one short transaction."""

    def settle(
        self,
        path: str,
        digest: str,
        date: Callable[[datetime | None], datetime],
        now: datetime,
    ) -> datetime:
        """The date of a feed with this content: the one it has, else what ``date`` says.

        It is kept; ``date`` hears the one that was kept of other content, if any.
        """
        ...

    def dirty(self) -> Mapping[str, int]:
        """Categories whose articles changed since they were published, with a mark."""
        ...

    def mark(self, categories: Iterable[str]) -> None:
        """Make categories dirty."""
        ...

    def newest(self, edition: Edition) -> Sequence[Article]:
        """The edition's articles, newest first (contract, section 4, order)."""
        ...

    def among(self, edition: Edition, ids: Iterable[str]) -> Sequence[Article]:
        """Those of some articles that an edition may hold."""
        ...

    def compare(
        self, edition: Edition, since: datetime, until: datetime | None = None
    ) -> None:
        """Compare what an edition may hold of some time, as far as it changed."""
        ...

    def likes(self, ids: Iterable[str]) -> Mapping[str, AbstractSet[str]]:
        """What articles were found like, what that is like, and so on."""
        ...

    def versions(self, ids: Iterable[str]) -> Mapping[str, Sequence[Article]]:
        """What tells the story of each in another language, of all that is shown."""
        ...

    def gone(self, edition: Edition, since: datetime) -> Sequence[Gone]:
        """What is no more of what the edition held from ``since`` on, latest first."""
        ...

    def recent(self, edition: Edition, since: datetime) -> Sequence[Article]:
        """The articles of an edition's languages that came out after then, newest first.

        Whatever the category; no more than ``edition.items``.
        """
        ...

    def last_by(self, edition: Edition, until: datetime) -> datetime | None:
        """When the newest of those that came out by then did; None without one."""
        ...

    def published(self) -> Mapping[str, Published]:
        """What stands published, by path."""
        ...

    def record(self, standing: Iterable[Published], clean: Mapping[str, int]) -> None:
        """Note what stands now; ``clean`` clears those marks unless they moved on."""
        ...

    def refile(
        self,
        file: Callable[[Article], tuple[str, ...]],
        state: Callable[[Article], Mapping[str, str]],
    ) -> int:
        """File and pair every article anew; how many moved. Marks what they touch."""
        ...

    def memory(self, key: str) -> str | None:
        """A small fact kept between runs, such as the fingerprint of the labels."""
        ...

    def remember(self, key: str, value: str) -> None:
        """Keep a small fact."""
        ...


class AskedStore(PublishStore, Protocol):
    """The store as feeds see it that are made when somebody asks for them."""

    def change(self) -> int:
        """A number that moves on whenever something changes that readers see."""
        ...

    def index(self) -> bool:
        """Index the words of some articles that changed; whether more may wait."""
        ...


class Output(Protocol):
    """Where the published tree stands."""

    def switch(self, folder: str, documents: Sequence[Document]) -> int:
        """Make ``folder`` hold exactly ``documents``, all at once; bytes written.

        Everything becomes visible at one moment; what is there already is not
        written again. OutputError leaves the old folder as it was.
        """
        ...

    def place(self, documents: Sequence[Document]) -> int:
        """Put single files (index pages, robots.txt) at their paths; bytes written."""
        ...

    def displace(self, names: Iterable[str]) -> None:
        """Take single files away that may be there."""
        ...

    def folders(self) -> frozenset[str]:
        """The folders that stand, such as ``zh/local``."""
        ...

    def archive(self, folder: str, documents: Iterable[Document]) -> int:
        """Put documents under ``folder``/archive/; bytes written.

        They stay whatever the folder is switched to, and are there before the folder
        itself is. A document of the same name is replaced.
        """
        ...

    def archived(self, folder: str) -> frozenset[str]:
        """The names of the documents that :meth:`archive` put there."""
        ...

    def unarchive(self, folder: str) -> None:
        """Take them away."""
        ...
