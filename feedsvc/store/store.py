"""The store's face: what visits, publication and operators ask of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from feedsvc.model.article import Article
from feedsvc.model.status import Health, Status
from feedsvc.model.visit import Visit
from feedsvc.store import hiding, holding, ledger
from feedsvc.store.archiving import ArchiveSide
from feedsvc.store.asking import AskedSide
from feedsvc.store.backup import back_up, restore
from feedsvc.store.collecting import CollectSide
from feedsvc.store.engine import Database
from feedsvc.store.examining import examine
from feedsvc.store.opening import open_database
from feedsvc.store.publishing import PublishSide
from feedsvc.store.status import status
from feedsvc.store.telling import HubSide

__all__ = ["Store", "open_store", "restore_store"]

_PATIENCE = 30.0
"""Seconds that somebody else's lock is waited for, where nobody says otherwise."""


class Store(CollectSide, PublishSide, ArchiveSide, AskedSide, HubSide):
    """An open database; every method is one short transaction, from any thread."""

    def __init__(self, database: Database) -> None:
        """Work on an open database; :func:`open_store` opens one."""
        super().__init__(database)

    def status(self) -> Status:
        """How every source and every feed stands."""
        return self._database.read(status)

    def examine(self) -> Health:
        """What the database is, and whether it is sound; reads all of it."""
        return self._database.read(lambda c: examine(c, self._database.place))

    def find(self, reference: str) -> Article | None:
        """The article with this id, or at this address."""
        return self._database.read(lambda c: ledger.find(c, reference))

    def hide(self, article: str, at: datetime, reason: str | None = None) -> bool:
        """Take the article with this id out of everything; whether that is new."""
        return self._database.write(lambda c: hiding.hide(c, article, at, reason))

    def unhide(self, article: str) -> bool:
        """Let the article with this id be published again; whether it was hidden."""
        return self._database.write(lambda c: hiding.unhide(c, article))

    def release(self, article: str) -> bool:
        """Let the held article with this id be published; whether it was held."""
        return self._database.write(lambda c: holding.release(c, article))

    def release_list(self, visit: Visit) -> None:
        """Believe the next list of the visit's source, asked for when it is due."""
        self._database.write(lambda c: holding.release_list(c, visit))

    @contextmanager
    def rehearsing(self) -> Iterator["Store"]:
        """The same store, of which nothing is kept that is done meanwhile."""
        with self._database.rehearsing() as database:
            yield Store(database)

    def back_up(self, to: Path) -> None:
        """Write all that stands here to one file; OSError where none can be written."""
        back_up(self._database, to, _PATIENCE)

    def close(self) -> None:
        """Close every connection; nothing may be asked afterwards."""
        self._database.close()


def open_store(
    url: str,
    data: Path,
    patience: float = _PATIENCE,
    *,
    beside: bool = False,
    make: bool = True,
) -> Store:
    """Open ``sqlite`` (``data/feedsvc.db``), ``sqlite://`` (in memory) or PostgreSQL.

    The schema is made or brought up to date. ``patience`` is how many seconds
    somebody else's lock is waited for. ``beside`` is for who works beside the process
    that collects, ``make`` says whether what is not there is made. StoreError: E_DB_NEWER when a later feedsvc
    wrote it, E_DB_CORRUPT when it is damaged, E_DB_BUSY, or E_DB with the detail.
    """
    return Store(open_database(url, data, patience, beside=beside, make=make))


def restore_store(
    url: str, data: Path, backup: Path, patience: float = _PATIENCE
) -> None:
    """Have the store at ``url`` hold what a backup does (:mod:`feedsvc.store.backup`)."""
    restore(url, data, backup, patience)
