"""What a visit needs of the world: the egress, the store, the workers."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import ParamSpec, Protocol, TypeVar

from feedsvc.model.article import Article
from feedsvc.model.check import Check
from feedsvc.model.kept import Kept
from feedsvc.model.visit import Former, Known, Outcome, Rhythm, Visit
from feedsvc.model.web import Fetched, Request, Resource

__all__ = ["CollectStore", "Fetcher", "Workers"]

P = ParamSpec("P")
T = TypeVar("T")


class Fetcher(Protocol):
    """The one egress; never raises for what a server does."""

    async def fetch(self, request: Request) -> Fetched:
        """Make one polite GET."""
        ...

    async def spent(self) -> int:
        """Requests made in the last 24 hours, over restarts."""
        ...


class CollectStore(Protocol):
    """The store as a visit sees it; every method is one short transaction."""

    def due(
        self, now: datetime, limit: int, sources: Collection[str] | None = None
    ) -> Sequence[str]:
        """Source ids whose next visit has come, longest due first; of ``sources`` if given."""
        ...

    def visits(self, sources: Sequence[str]) -> Mapping[str, Visit]:
        """What is known of each; a source never visited gives a fresh one."""
        ...

    def rhythms(self) -> Mapping[str, Rhythm]:
        """What was learned of every source, by its id."""
        ...

    def pages(self, source: str) -> Sequence[Kept]:
        """The pages kept of a source, packed, the newest first."""
        ...

    def keep_pages_of(self, sources: Collection[str]) -> None:
        """Let go of the pages of all sources but these."""
        ...

    def listed(self, source: str) -> Sequence[Article]:
        """What readers see of that which a source's list held when it was last read."""
        ...

    def watched(self) -> Mapping[str, int]:
        """How many articles of each source are to be read again."""
        ...

    def memory(self, key: str) -> str | None:
        """A small fact kept between runs."""
        ...

    def remember(self, key: str, value: str) -> None:
        """Keep a small fact."""
        ...

    def resources(
        self, wanted: Sequence[tuple[str, str]]
    ) -> Mapping[tuple[str, str], Resource]:
        """What is remembered of each (source id, URL); those never fetched are absent.

        One query however many are asked for: the warm path asks for all at once.
        """
        ...

    def known(self, source: str, keys: Sequence[str]) -> Mapping[str, Known]:
        """Ledger entries by identity key (also a source's own ids, as aliases)."""
        ...

    def find(self, reference: str) -> Article | None:
        """The article with this id, or at this address."""
        ...

    def former(
        self, source: str, like: Sequence[Article]
    ) -> Mapping[str, Sequence[Former]]:
        """What a source's articles are that say the same as each of ``like``, by its id.

        Those last listed stand first.
        """
        ...

    def addresses(self, source: str) -> Sequence[str]:
        """Where the newest articles of a source stand."""
        ...

    def checks(
        self, now: datetime, limit: int, sources: Collection[str] | None = None
    ) -> Sequence[Check]:
        """Articles to be read again by ``now``, longest due first; all sources' if None."""
        ...

    def save(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        """Write outcomes in one transaction, and mark the categories they touch."""
        ...


class Workers(Protocol):
    """Processes for what costs CPU."""

    async def run(
        self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call ``work`` elsewhere; ExtractError when it dies or takes too long."""
        ...
