"""Articles whose place in any feed may have changed since all feeds knew of them."""

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, delete, select

from feedsvc.model.feed import ALL
from feedsvc.store import chronicle, feeds, pairs, stories
from feedsvc.store.rows import upsert
from feedsvc.store.schema import dirty
from feedsvc.store.schema import touched as rows

__all__ = ["settle", "show", "touch", "touched"]

# whoever marks "all" holds its row until the commit, so that marks come in that order
_MARK = select(dirty.c.mark).where(dirty.c.category == ALL)
_SETTLED = delete(rows).where(rows.c.mark <= bindparam("by"))


def touch(
    connection: Connection, categories: Collection[str], ids: Collection[str]
) -> None:
    """Mark what must be published anew, and why: these articles changed."""
    feeds.mark(connection, {*categories, ALL})
    mark = connection.execute(_MARK).scalar_one()
    upsert(connection, rows, [{"article": one, "mark": mark} for one in ids])


def show(connection: Connection, ids: Collection[str]) -> None:
    """Touch articles that come to be seen, or no more, and whom that concerns.

    Archives may hold them where they are filed no more.
    """
    around = pairs.around(connection, ids)
    terms = pairs.terms(connection, around) | chronicle.terms(connection, ids)
    touch(connection, terms, around)


def touched(connection: Connection) -> set[str]:
    """What was touched, and whatever that may stand for or have stood behind."""
    ids = set(connection.execute(select(rows.c.article)).scalars())
    if not ids:
        return ids
    versions = pairs.pairs(connection, ids).values()
    return ids.union(stories.likes(connection, ids), *versions)


def settle(connection: Connection, mark: int) -> None:
    """Every feed knows of what was touched up to this mark of ``all``."""
    connection.execute(_SETTLED, {"by": mark})
