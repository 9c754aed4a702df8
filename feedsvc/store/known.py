"""What the ledger knows of articles, as visits ask for it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, select

from feedsvc.model.article import Article
from feedsvc.model.visit import Known
from feedsvc.store.codec import article as decoded
from feedsvc.store.codec import key, moment, moment_or_none
from feedsvc.store.rows import batches
from feedsvc.store.schema import aliases, articles, listings

__all__ = ["KNOWN", "known", "known_of", "listed"]

KNOWN = (
    articles.c.id,
    articles.c.digest,
    articles.c.published,
    articles.c.precision,
    articles.c.updated,
    articles.c.first_seen,
    articles.c.position,
    articles.c.changes,
    articles.c.source,
    articles.c.zone,
    articles.c.published_from,
    articles.c.held_at,
    articles.c.released,
    articles.c.withdrawn_at,
    listings.c.list_digest,
    listings.c.stated,
)
"""What :func:`known_of` reads."""

_KNOWN = (
    select(aliases.c.key, *KNOWN)
    .join_from(aliases, articles, aliases.c.article == articles.c.id)
    .outerjoin(
        listings,
        and_(listings.c.article == articles.c.id, listings.c.source == bindparam("of")),
    )
    .where(aliases.c.key.in_(bindparam("keys", expanding=True)))
)


_older = listings.alias()
_LISTED = (
    select(articles.c.document)
    .join_from(listings, articles, listings.c.article == articles.c.id)
    .where(
        listings.c.source == bindparam("of"),
        listings.c.last_seen
        == select(func.max(_older.c.last_seen))
        .where(_older.c.source == bindparam("of"))
        .scalar_subquery(),
        articles.c.held_at.is_(None),
        articles.c.hidden_at.is_(None),
    )
    .order_by(articles.c.position, articles.c.id)
)


def listed(connection: Connection, source: str) -> list[Article]:
    """What readers see of that which a source's list held when it was last read."""
    found = connection.execute(_LISTED, {"of": source}).scalars()
    return [decoded(document) for document in found]


def known(connection: Connection, source: str, keys: Sequence[str]) -> dict[str, Known]:
    """Ledger entries by the keys asked for; ``list_digest`` is this source's own."""
    asked = {key(k): k for k in keys}
    found: dict[str, Known] = {}
    for some in batches(list(asked)):
        rows = connection.execute(_KNOWN, {"of": source, "keys": some}).all()
        found |= {asked[row[0]]: known_of(row) for row in rows}
    return found


def known_of(row: Any) -> Known:
    """The ledger entry of a row with the columns :data:`KNOWN`."""
    return Known(
        id=row.id,
        digest=row.digest,
        list_digest=row.list_digest or "",
        published=moment(row.published),
        precision=row.precision,
        updated=moment(row.updated),
        first_seen=moment(row.first_seen),
        position=row.position,
        changes=row.changes,
        source=row.source,
        zone=row.zone,
        published_from=row.published_from,
        is_held=row.held_at is not None,
        is_released=bool(row.released),
        is_withdrawn=row.withdrawn_at is not None,
        stated=moment_or_none(row.stated),
    )
