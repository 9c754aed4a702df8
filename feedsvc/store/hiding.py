"""Articles that an operator took out of everything that is published."""

from datetime import datetime

from sqlalchemy import Connection, or_, select, update

from feedsvc.model.article import Gone
from feedsvc.model.feed import Edition
from feedsvc.store import feeds, pairs
from feedsvc.store.codec import micros, moment
from feedsvc.store.schema import articles

__all__ = ["gone", "hide", "unhide"]


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
    feeds.mark(connection, pairs.touched(connection, [article]))
    return True


def gone(connection: Connection, edition: Edition, since: datetime) -> list[Gone]:
    """What is no more of what an edition held from ``since`` on, the latest first."""
    at = articles.c.hidden_at, articles.c.withdrawn_at
    chosen = select(articles.c.id, articles.c.language, *at).where(
        or_(*(column.is_not(None) for column in at)),
        articles.c.held_at.is_(None),
        *feeds.placed(edition, since),
    )
    found = [
        Gone(
            id=row.id,
            language=row.language,
            at=moment(row.hidden_at or row.withdrawn_at),
        )
        for row in connection.execute(chosen)
    ]
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)
