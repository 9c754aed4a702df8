"""What publication needs of the world: the store and the published tree."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Protocol

from feedsvc.model.article import Article, Gone
from feedsvc.model.feed import Document, Edition, Published

__all__ = ["AskedStore", "Document", "Output", "PublishStore"]


class PublishStore(Protocol):
    """The store as publication sees it; every method is one short transaction."""

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

    def compare(self, edition: Edition, since: datetime) -> None:
        """Compare what an edition may hold from ``since`` on, as far as it changed."""
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

    def settle(
        self,
        path: str,
        digest: str,
        date: Callable[[datetime | None], datetime],
        now: datetime,
    ) -> datetime:
        """The date of a feed with this content: the one it has, else what ``date`` says."""
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

    def folders(self) -> frozenset[str]:
        """The folders that stand, such as ``zh/local``."""
        ...
