"""Who is told of what: subscribers until their leases end, outside hubs for ever."""

from collections.abc import Mapping, Sequence
from datetime import datetime
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
    or_,
    select,
    update,
)

from feedsvc.model.websub import (
    Delivery,
    Errand,
    Followers,
    Intent,
    Topic,
    Unreached,
)
from feedsvc.store.codec import micros, moment
from feedsvc.store.rows import few_of_each, insert_new, upsert
from feedsvc.store.schema import published, subscriptions

__all__ = [
    "about",
    "deliveries",
    "follow",
    "followers",
    "postpone",
    "subscribe",
    "tell",
    "unsubscribe",
]

_MOST_TOLD = 100
"""Receivers out of reach that are listed one by one."""


def about(table: Table, errand: Errand) -> tuple[ColumnElement[bool], ...]:
    """The rows that are about the same callback and topic."""
    return (
        table.c.callback == errand.callback,
        table.c.path == errand.topic.path,
        table.c.file == errand.topic.file,
    )


def subscribe(connection: Connection, intent: Intent, sent: str, now: datetime) -> None:
    """Let it be told from now on; what has run out is swept on the way.

    A renewal keeps what its subscriber has heard; who is new has heard what stood when
    it asked (``sent``), and gets whatever came since.
    """
    ended = subscriptions.c.expires <= micros(now)
    connection.execute(delete(subscriptions).where(ended))
    until = micros(now + intent.lease)
    new = _row(intent.callback, intent.host, intent.topic, sent)
    insert_new(connection, subscriptions, [{**new, "expires": until}])
    connection.execute(
        update(subscriptions)
        .where(*about(subscriptions, intent))
        .values(secret=intent.secret, expires=until, due=0, failures=0, trouble="")
    )


def unsubscribe(connection: Connection, errand: Errand) -> None:
    """Forget a subscription."""
    connection.execute(delete(subscriptions).where(*about(subscriptions, errand)))


def deliveries(
    connection: Connection, now: datetime, each: int, most: int, *, own: bool
) -> list[Delivery]:
    """Who has not heard what stands published; longest due first."""
    asked = {"now": micros(now), "each": each, "most": most}
    return [_delivery(row) for row in connection.execute(_untold(own=own), asked)]


@cache
def _untold(*, own: bool) -> Select[Any]:
    holds: ColumnElement[bool] = subscriptions.c.expires.is_(None)
    if own:
        holds = or_(holds, subscriptions.c.expires > bindparam("now"))
    chosen = (
        select(subscriptions, published.c.digest)
        .join(published, published.c.path == subscriptions.c.path)
        .where(
            subscriptions.c.sent != published.c.digest,
            subscriptions.c.due <= bindparam("now"),
            holds,
        )
    )
    return few_of_each(chosen, subscriptions.c.host, subscriptions.c.due)


def _delivery(row: Any) -> Delivery:
    return Delivery(
        callback=row.callback,
        host=row.host,
        topic=Topic(row.path, row.file),
        digest=row.digest,
        is_ping=row.expires is None,
        secret=row.secret,
        failures=row.failures,
    )


def tell(connection: Connection, delivery: Delivery, now: datetime) -> None:
    """The receiver has this news; who has had its turn is last the next time."""
    connection.execute(
        update(subscriptions)
        .where(*about(subscriptions, delivery))
        .values(sent=delivery.digest, due=micros(now), failures=0, trouble="")
    )


def postpone(
    connection: Connection, delivery: Delivery, trouble: str, due: datetime
) -> None:
    """One more failure, and the next try."""
    connection.execute(
        update(subscriptions)
        .where(*about(subscriptions, delivery))
        .values(due=micros(due), failures=delivery.failures + 1, trouble=trouble)
    )


def follow(
    connection: Connection, hubs: Mapping[str, str], topics: Sequence[Topic]
) -> None:
    """Let exactly these outside hubs (address → host) be pinged; a new one at once."""
    wanted = {(hub, *topic) for hub in hubs for topic in topics}
    key = (subscriptions.c.callback, subscriptions.c.path, subscriptions.c.file)
    is_ping = subscriptions.c.expires.is_(None)
    standing = {tuple(row) for row in connection.execute(select(*key).where(is_ping))}
    for gone in sorted(standing - wanted):
        this = (column == value for column, value in zip(key, gone, strict=True))
        connection.execute(delete(subscriptions).where(is_ping, *this))
    new = sorted(wanted - standing)
    rows = [_row(hub, hubs[hub], Topic(path, file), "") for hub, path, file in new]
    upsert(connection, subscriptions, rows)


def _row(callback: str, host: str, topic: Topic, sent: str) -> dict[str, Any]:
    return {
        "callback": callback,
        "path": topic.path,
        "file": topic.file,
        "host": host,
        "secret": None,
        "expires": None,
        "sent": sent,
        "due": 0,
        "failures": 0,
        "trouble": "",
    }


def followers(connection: Connection, now: datetime) -> Followers:
    """How many each feed has, and the receivers that are out of reach."""
    holds = subscriptions.c.expires > micros(now)
    counted = (
        select(subscriptions.c.path, func.count().label("number"))
        .where(holds)
        .group_by(subscriptions.c.path)
    )
    failing = (
        select(subscriptions)
        .where(
            subscriptions.c.failures > 0, or_(holds, subscriptions.c.expires.is_(None))
        )
        .order_by(subscriptions.c.failures.desc(), subscriptions.c.due)
        .limit(_MOST_TOLD)
    )
    return Followers(
        counts={row.path: row.number for row in connection.execute(counted)},
        unreached=tuple(_unreached(row) for row in connection.execute(failing)),
    )


def _unreached(row: Any) -> Unreached:
    return Unreached(
        host=row.host,
        topic=Topic(row.path, row.file),
        trouble=row.trouble,
        is_ping=row.expires is None,
        failures=row.failures,
        due=moment(row.due),
    )
