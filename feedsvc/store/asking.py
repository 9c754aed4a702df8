"""The store as feeds see it that are made when somebody asks for them."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, bindparam, delete, select

from feedsvc.model.feed import ALL
from feedsvc.store import searching, words
from feedsvc.store.codec import key, micros, moment
from feedsvc.store.engine import Database
from feedsvc.store.rows import upsert
from feedsvc.store.schema import asked, dirty

__all__ = ["AskedSide", "Date"]

Date = Callable[[datetime | None], datetime]
"""The date that a feed had (None: it is new) → the date of its new content."""

_MOST = 10_000
"""Feeds whose dates are kept; the one that changed longest ago is forgotten first."""

_STOOD = select(asked.c.digest, asked.c.updated).where(asked.c.path == bindparam("one"))

_MARK = select(dirty.c.mark).where(dirty.c.category == ALL)


class AskedSide:
    """The store as such feeds see it (``publish.ports.AskedStore``)."""

    def __init__(self, database: Database) -> None:
        """Work on an open database."""
        self._database = database

    def change(self) -> int:
        """A number that moves on whenever something changes that readers see."""
        return self._database.read(lambda c: c.execute(_MARK).scalar() or 0)

    def index(self) -> bool:
        """Index the words of some articles that changed; whether more may wait."""
        some = searching.BATCH
        waiting = self._database.read(lambda c: words.waiting(c, some))
        if waiting:
            rows = searching.prepared(waiting)
            self._database.write(partial(words.add, rows=rows))
        return len(waiting) == some

    def settle(self, path: str, digest: str, date: Date, now: datetime) -> datetime:
        """The date of a feed with this content: the one it has, else what ``date`` says.

        That is kept, so that every node and the next start say the same.
        """
        name = key(path)
        stood = self._database.read(lambda c: c.execute(_STOOD, {"one": name}).first())
        if stood and stood.digest == digest:
            return moment(stood.updated)
        return self._database.write(
            partial(_settle, path=name, digest=digest, date=date, now=now)
        )


def _settle(
    connection: Connection, path: str, digest: str, date: Date, now: datetime
) -> datetime:
    row = connection.execute(_STOOD.with_for_update(), {"one": path}).first()
    if row and row.digest == digest:
        return moment(row.updated)
    updated = date(moment(row.updated) if row else None)
    stands = {"path": path, "digest": digest, "at": micros(now)}
    upsert(connection, asked, [stands | {"updated": micros(updated)}])
    if row is None:
        kept = select(asked.c.at).order_by(asked.c.at.desc()).offset(_MOST - 1).limit(1)
        forgotten = asked.c.at < kept.scalar_subquery()
        connection.execute(delete(asked).where(forgotten))
    return updated
