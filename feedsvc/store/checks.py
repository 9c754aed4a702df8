"""Articles that are to be read again, and those whose pages are gone."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Update, bindparam, delete, func, select, update

from feedsvc.model.check import Check
from feedsvc.model.visit import Outcome
from feedsvc.model.web import Validators
from feedsvc.store import statements, touching
from feedsvc.store.codec import micros, moment
from feedsvc.store.rows import batches, upsert
from feedsvc.store.schema import articles, checks

__all__ = ["due", "save", "watched"]

_DUE = (
    select(checks)
    .join(articles, articles.c.id == checks.c.article)
    .where(checks.c.at <= bindparam("now"), articles.c.hidden_at.is_(None))
    .order_by(checks.c.at, checks.c.article)
    .limit(bindparam("most"))
)
_DUE_OF = _DUE.where(checks.c.source.in_(bindparam("sources", expanding=True)))
_WATCHED = select(checks.c.source, func.count().label("articles")).group_by(
    checks.c.source
)
_DONE = delete(checks).where(checks.c.article == bindparam("one"))
_RESTATE = (
    update(checks)
    .where(checks.c.article == bindparam("one"), checks.c.source == bindparam("of"))
    .values(item=bindparam("says"))
)
_WITHDRAW = (
    update(articles)
    .where(articles.c.id == bindparam("one"), articles.c.withdrawn_at.is_(None))
    .values(withdrawn_at=bindparam("now"))
)
_RETURN = (
    update(articles)
    .where(articles.c.id == bindparam("one"))
    .values(withdrawn_at=bindparam("now"))
)


def due(
    connection: Connection,
    now: datetime,
    limit: int,
    sources: Collection[str] | None = None,
) -> list[Check]:
    """Articles to be read again by ``now``, longest due first; of ``sources`` if given."""
    asked = {"now": micros(now), "most": limit}
    if sources is None:
        return [_check(row) for row in connection.execute(_DUE, asked)]
    rows = [
        row
        for some in batches(sorted(sources))
        for row in connection.execute(_DUE_OF, asked | {"sources": some})
    ]
    rows.sort(key=lambda row: (row.at, row.article))
    return [_check(row) for row in rows[:limit]]


def watched(connection: Connection) -> dict[str, int]:
    """How many articles of each source are to be read again."""
    return {row.source: row.articles for row in connection.execute(_WATCHED)}


def save(connection: Connection, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Write what is due next and what lists say of it; mark the feeds of what was withdrawn."""
    told = [check for outcome in outcomes for check in outcome.checks]
    upsert(connection, checks, [_row(check) for check in told if check.at])
    says = [
        {"one": one, "of": outcome.source, "says": statements.document(item)}
        for outcome in outcomes
        for one, item in outcome.statements
    ]
    if says:
        connection.execute(_RESTATE, says)
    done = [{"one": check.article} for check in told if check.at is None]
    if done:
        connection.execute(_DONE, done)
    _move(connection, _WITHDRAW, [o.withdrawn for o in outcomes], micros(now))
    _move(connection, _RETURN, [o.returned for o in outcomes], None)


def _move(
    connection: Connection,
    change: Update,
    told: Sequence[Sequence[str]],
    now: int | None,
) -> None:
    """Withdraw articles, or let them return, and mark their feeds."""
    ids = sorted({one for some in told for one in some})
    if ids:
        connection.execute(change, [{"one": one, "now": now} for one in ids])
        touching.show(connection, ids)


def _check(row: Any) -> Check:
    return Check(
        article=row.article,
        source=row.source,
        item=statements.item(row.item),
        since=moment(row.since),
        at=moment(row.at),
        validators=Validators(etag=row.etag, last_modified=row.last_modified),
        missing=row.missing,
    )


def _row(check: Check) -> dict[str, Any]:
    return {
        "article": check.article,
        "source": check.source,
        "item": statements.document(check.item),
        "since": micros(check.since),
        "at": micros(check.at),
        "etag": check.validators.etag,
        "last_modified": check.validators.last_modified,
        "missing": check.missing,
    }
