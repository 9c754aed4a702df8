"""What each feed told in which order, and what it has not told yet."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, or_, select

from feedsvc.model.archive import Change, Line
from feedsvc.model.feed import Edition
from feedsvc.store import feeds
from feedsvc.store.codec import micros, moment_or_none
from feedsvc.store.rows import batches, upsert
from feedsvc.store.schema import articles
from feedsvc.store.schema import chronicle as lines

__all__ = ["change", "last", "number", "opened", "ordered", "terms", "untold", "write"]

_OF = lines.c.path == bindparam("path")
_OPEN = select(lines).where(_OF, lines.c.archive.is_(None)).order_by(lines.c.number)
_NUMBER = select(func.max(lines.c.number)).where(_OF)
_ABOUT = (
    select(lines)
    .where(_OF, lines.c.article.in_(bindparam("ids", expanding=True)))
    .order_by(lines.c.number)
)
_STRIKE = delete(lines).where(_OF, lines.c.number == bindparam("at"))
_PATHS = (
    select(lines.c.path)
    .distinct()
    .where(lines.c.article.in_(bindparam("ids", expanding=True)))
)
_ORDER = (articles.c.id, articles.c.first_seen, articles.c.position)
_ORDERED = select(*_ORDER).where(articles.c.id.in_(bindparam("ids", expanding=True)))


def opened(connection: Connection, path: str) -> list[Line]:
    """The lines that no archive document holds, in their order."""
    return [_line(row) for row in connection.execute(_OPEN, {"path": path})]


def number(connection: Connection, path: str) -> int:
    """The number of the last line; 0 without one."""
    return connection.execute(_NUMBER, {"path": path}).scalar() or 0


def last(connection: Connection, path: str, ids: Sequence[str]) -> dict[str, Line]:
    """The last line about each article, of those that have one."""
    found: dict[str, Line] = {}
    for some in batches(ids):
        rows = connection.execute(_ABOUT, {"path": path, "ids": some})
        found |= {row.article: _line(row) for row in rows}
    return found


def change(connection: Connection, path: str, made: Change) -> None:
    """Write a chronicle on; doing so again changes nothing."""
    struck = [{"path": path, "at": line.number} for line in made.struck]
    if struck:
        connection.execute(_STRIKE, struck)
    write(connection, path, made.added)


def write(connection: Connection, path: str, told: Iterable[Line]) -> None:
    """Write lines, or what has become of them."""
    rows = [
        {
            "path": path,
            "number": line.number,
            "article": line.article,
            "version": micros(line.version),
            "archive": line.archive,
        }
        for line in told
    ]
    upsert(connection, lines, rows)


def terms(connection: Connection, ids: Collection[str]) -> set[str]:
    """The categories, configured or not, whose feeds ever told of any of the articles."""
    found: set[str] = set()
    for some in batches(sorted(ids)):
        paths = connection.execute(_PATHS, {"ids": some}).scalars()
        found.update(path.partition("/")[2] for path in paths)
    return found


def untold(connection: Connection, edition: Edition) -> list[str]:
    """Articles of which an edition may have something to tell, by when they were seen.

    All that it may hold and never told of, and what became otherwise since it was told.
    """
    about = select(lines.c.article).where(lines.c.path == edition.path)
    held = select(*_ORDER).where(*feeds.held(edition), articles.c.id.not_in(about))
    changed = (
        select(*_ORDER)
        .join(lines, lines.c.article == articles.c.id)
        .where(
            lines.c.path == edition.path,
            or_(
                lines.c.version != articles.c.updated,
                lines.c.version.is_(None),
                articles.c.hidden_at.is_not(None),
                articles.c.withdrawn_at.is_not(None),
            ),
        )
    )
    rows = connection.execute(held.union(changed)).all()
    return [row.id for row in sorted(rows, key=_seen)]


def ordered(connection: Connection, ids: Sequence[str]) -> list[str]:
    """Articles by when they were first seen."""
    rows = [
        row
        for some in batches(ids)
        for row in connection.execute(_ORDERED, {"ids": some})
    ]
    return [row.id for row in sorted(rows, key=_seen)]


def _seen(row: Any) -> tuple[int, int, str]:
    return row.first_seen, row.position, row.id


def _line(row: Any) -> Line:
    return Line(
        number=row.number,
        article=row.article,
        version=moment_or_none(row.version),
        archive=row.archive,
    )
