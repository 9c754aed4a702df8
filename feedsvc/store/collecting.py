"""The store as visits see it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from feedsvc.model.article import Article
from feedsvc.model.check import Check
from feedsvc.model.kept import Kept
from feedsvc.model.visit import Former, Known, Outcome, Rhythm, Visit
from feedsvc.model.web import Resource
from feedsvc.store import checks, ledger, moves, pages, rhythms, visits
from feedsvc.store.engine import Database
from feedsvc.store.known import known, listed

__all__ = ["CollectSide"]


class CollectSide:
    """The store as visits see it (``collect.ports.CollectStore``)."""

    def __init__(self, database: Database) -> None:
        """Work on an open database."""
        self._database = database

    def due(
        self, now: datetime, limit: int, sources: Collection[str] | None = None
    ) -> Sequence[str]:
        """Source ids whose next visit has come, longest due first; of ``sources`` if given."""
        return self._database.read(lambda c: visits.due(c, now, limit, sources))

    def visits(self, sources: Sequence[str]) -> Mapping[str, Visit]:
        """What is known of each; a source never visited gives a fresh one."""
        return self._database.read(lambda c: visits.read_visits(c, sources))

    def rhythms(self) -> Mapping[str, Rhythm]:
        """What was learned of every source, by its id."""
        return self._database.read(rhythms.read_rhythms)

    def resources(
        self, wanted: Sequence[tuple[str, str]]
    ) -> Mapping[tuple[str, str], Resource]:
        """What is remembered of each (source id, URL) that was ever fetched."""
        return self._database.read(lambda c: visits.read_resources(c, wanted))

    def known(self, source: str, keys: Sequence[str]) -> Mapping[str, Known]:
        """Ledger entries by key; their ``list_digest`` is that of ``source``."""
        return self._database.read(lambda c: known(c, source, keys))

    def former(
        self, source: str, like: Sequence[Article]
    ) -> Mapping[str, Sequence[Former]]:
        """What a source's articles are that say the same as ``like``, by its ids."""
        return self._database.read(lambda c: moves.former(c, source, like))

    def addresses(self, source: str) -> Sequence[str]:
        """Where the newest articles that a source listed stand."""
        return self._database.read(lambda c: ledger.addresses(c, source))

    def checks(
        self, now: datetime, limit: int, sources: Collection[str] | None = None
    ) -> Sequence[Check]:
        """Articles to be read again by ``now``, longest due first; all sources' if None."""
        return self._database.read(lambda c: checks.due(c, now, limit, sources))

    def pages(self, source: str) -> Sequence[Kept]:
        """The pages kept of a source, packed, the newest first."""
        return self._database.read(lambda c: pages.read(c, source))

    def keep_pages_of(self, sources: Collection[str]) -> None:
        """Let go of the pages of all sources but these."""
        self._database.write(lambda c: pages.keep_of(c, sources))

    def listed(self, source: str) -> Sequence[Article]:
        """What readers see of that which a source's list held when it was last read."""
        return self._database.read(lambda c: listed(c, source))

    def watched(self) -> Mapping[str, int]:
        """How many articles of each source are to be read again."""
        return self._database.read(checks.watched)

    def save(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        """Write outcomes in one transaction; writing them again changes nothing."""

        def work(connection: Connection) -> None:
            ledger.save(connection, outcomes, now)
            checks.save(connection, outcomes, now)
            pages.save(connection, outcomes)
            visits.save(connection, outcomes, now)

        self._database.write(work)
