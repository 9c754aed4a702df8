"""Articles that an operator took out of everything that is published."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select, update

from feedsvc.model.article import Gone
from feedsvc.model.feed import Edition
from feedsvc.store import feeds, touching
from feedsvc.store.codec import micros, moment
from feedsvc.store.rows import batches
from feedsvc.store.schema import articles

__all__ = ["gone", "hide", "lost", "unhide"]

_GONE = select(
    articles.c.id, articles.c.language, articles.c.hidden_at, articles.c.withdrawn_at
).where(
    or_(articles.c.hidden_at.is_not(None), articles.c.withdrawn_at.is_not(None)),
    articles.c.held_at.is_(None),
)


def hide(
    connection: Connection, article: str, at: datetime, reason: str | None
) -> bool:
    """Take an article out of every feed, for good; whether that is new."""
    return _set(connection, article, {"hidden_at": micros(at), "hidden_for": reason})


def unhide(connection: Connection, article: str) -> bool:
    """Let an article be published again; whether it was hidden."""
    return _set(connection, article, {"hidden_at": None, "hidden_for": None})


def _set(
    connection: Connection, article: str, values: dict[str, int | str | None]
) -> bool:
    hidden = articles.c.hidden_at
    otherwise = hidden.is_(None) if values["hidden_at"] else hidden.is_not(None)
    change = update(articles).where(articles.c.id == article, otherwise).values(values)
    if not connection.execute(change).rowcount:
        return False
    touching.show(connection, [article])
    return True


def gone(connection: Connection, edition: Edition, since: datetime) -> list[Gone]:
    """What is no more of what an edition held from ``since`` on, the latest first."""
    rows = connection.execute(_GONE.where(*feeds.placed(edition, since)))
    return sorted(_told(rows), key=lambda one: (one.at, one.id), reverse=True)


def lost(connection: Connection, ids: Sequence[str]) -> list[Gone]:
    """Those of some articles that are no more, wherever they were filed."""
    found: list[Gone] = []
    for some in batches(ids):
        rows = connection.execute(_GONE.where(articles.c.id.in_(some)))
        found += _told(rows)
    return found


def _told(rows: Iterable[Any]) -> list[Gone]:
    return [
        Gone(
            id=row.id,
            language=row.language,
            at=moment(row.hidden_at or row.withdrawn_at),
        )
        for row in rows
    ]
