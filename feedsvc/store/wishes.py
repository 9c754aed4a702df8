"""What is wanted of the hub, until it is confirmed or has failed for an hour."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    bindparam,
    delete,
    func,
    select,
    update,
)

from feedsvc.model.websub import Intent, Topic
from feedsvc.store.codec import micros
from feedsvc.store.rows import few_of_each, insert_new
from feedsvc.store.schema import intents, published, subscriptions
from feedsvc.store.subscriptions import about, subscribe, unsubscribe

__all__ = ["ask", "confirm", "postpone", "refuse", "wishes"]

_HOUR = timedelta(hours=1)

_MOST = 10_000
"""Wishes that may wait, or have lately failed, in all."""

_MOST_OF_HOST = 100
"""Of them for one host, so that nobody can be flooded with questions by way of us."""

_MOST_SUBSCRIPTIONS = 1_000
"""Of one host: every feed in every format several times over."""


def ask(connection: Connection, intent: Intent, now: datetime) -> bool:
    """Keep a wish; False where there are too many of its host, or at all."""
    vain = intents.c.due.is_(None)
    long_ago = intents.c.asked < micros(now - _HOUR)
    connection.execute(delete(intents).where(vain, long_ago))
    if _count(connection, intents) >= _MOST:
        connection.execute(delete(intents).where(vain))
    if _is_too_much(connection, intent):
        return False
    stands = select(published.c.digest).where(published.c.path == intent.topic.path)
    # No two at one moment: their order is that in which they are done.
    last = connection.execute(select(func.max(intents.c.asked))).scalar_one() or 0
    row = {
        "id": intent.id,
        "mode": intent.mode,
        "callback": intent.callback,
        "path": intent.topic.path,
        "file": intent.topic.file,
        "host": intent.host,
        "secret": intent.secret,
        "lease": int(intent.lease.total_seconds()),
        "sent": connection.execute(stands).scalar_one_or_none() or "",
        "asked": max(micros(now) or 0, last + 1),
        "due": micros(now),
        "failures": 0,
    }
    insert_new(connection, intents, [row])
    return True


def _is_too_much(connection: Connection, intent: Intent) -> bool:
    of_host = intents.c.host == intent.host
    if _count(connection, intents) >= _MOST:
        return True
    if _count(connection, intents, of_host) >= _MOST_OF_HOST:
        return True
    is_known = _count(connection, subscriptions, *about(subscriptions, intent))
    if intent.mode == "unsubscribe" or is_known:
        return False
    theirs = subscriptions.c.host == intent.host
    return _count(connection, subscriptions, theirs) >= _MOST_SUBSCRIPTIONS


def _count(connection: Connection, table: Table, *where: ColumnElement[bool]) -> int:
    counted = select(func.count()).select_from(table).where(*where)
    return connection.execute(counted).scalar_one()


def wishes(connection: Connection, now: datetime, each: int, most: int) -> list[Intent]:
    """What there is to confirm, first asked first."""
    asked = {"now": micros(now), "each": each, "most": most}
    return [_intent(row) for row in connection.execute(_due(), asked)]


@cache
def _due() -> Select[Any]:
    chosen = select(intents).where(intents.c.due <= bindparam("now"))
    return few_of_each(chosen, intents.c.host, intents.c.asked)


def _intent(row: Any) -> Intent:
    return Intent(
        id=row.id,
        mode=row.mode,
        callback=row.callback,
        host=row.host,
        topic=Topic(row.path, row.file),
        lease=timedelta(seconds=row.lease),
        secret=row.secret,
        failures=row.failures,
    )


def confirm(connection: Connection, intent: Intent, now: datetime) -> None:
    """Do what was confirmed; the wish, and those before it of the same, are over."""
    wish = select(intents.c.asked, intents.c.sent).where(intents.c.id == intent.id)
    row = connection.execute(wish).one_or_none()
    if row is None:  # done already: the answer of a COMMIT was lost
        return
    before = (*about(intents, intent), intents.c.asked <= row.asked)
    connection.execute(delete(intents).where(*before))
    if intent.mode == "subscribe":
        subscribe(connection, intent, row.sent, now)
    else:
        unsubscribe(connection, intent)


def refuse(connection: Connection, intent: Intent) -> None:
    """Nobody confirmed it; for an hour it counts against its host."""
    vain = update(intents).where(intents.c.id == intent.id)
    connection.execute(vain.values(due=None, secret=None))


def postpone(connection: Connection, intent: Intent, due: datetime) -> None:
    """One more failure, and the next try."""
    again = update(intents).where(intents.c.id == intent.id)
    failures = intent.failures + 1
    connection.execute(again.values(due=micros(due), failures=failures))
