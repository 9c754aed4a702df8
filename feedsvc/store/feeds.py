"""What publication asks: which categories changed, what they hold, what stands."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    select,
    update,
)

from feedsvc.model.feed import ALL, Edition, Published
from feedsvc.store import words
from feedsvc.store.codec import micros, moment, moment_or_none
from feedsvc.store.rows import batches, upsert
from feedsvc.store.schema import (
    articles,
    dirty,
    filings,
    listings,
    memory,
    published,
)

__all__ = [
    "ORDER",
    "SEEN",
    "Row",
    "among",
    "dirty_marks",
    "held",
    "last_by",
    "mark",
    "newest",
    "placed",
    "read_published",
    "recall",
    "recent",
    "record",
    "remember",
]

Row = tuple[str, str, str]
"""An article: its id, its own source, its document."""

SEEN = (
    articles.c.hidden_at.is_(None),
    articles.c.withdrawn_at.is_(None),
    articles.c.held_at.is_(None),
)
"""What is true of every article that readers see."""

ORDER = (
    articles.c.published.desc(),
    articles.c.first_seen.desc(),
    articles.c.position,
    articles.c.id,
)
"""The order of every feed (contract, section 4)."""

_IN_LANGUAGES: BindParameter[Any] = bindparam("languages", expanding=True)
_ITEMS: BindParameter[int] = bindparam("items")

_CLEAN = (
    update(dirty)
    .where(
        dirty.c.category == bindparam("of"),
        dirty.c.mark >= bindparam("at"),
        dirty.c.done < bindparam("at"),
    )
    .values(done=bindparam("at"))
)


def dirty_marks(connection: Connection) -> dict[str, int]:
    """Categories marked since they were clean, with the mark that stands now."""
    rows = connection.execute(
        select(dirty.c.category, dirty.c.mark).where(dirty.c.mark > dirty.c.done)
    )
    return {row.category: row.mark for row in rows}


def mark(connection: Connection, categories: Iterable[str]) -> None:
    """Make categories dirty: their mark moves on."""
    rows = [{"category": term, "mark": 1, "done": 0} for term in categories]
    upsert(connection, dirty, rows, _moved_on)


def _moved_on(_: Any) -> dict[str, Any]:
    return {"mark": dirty.c.mark + 1, "done": dirty.c.done}


def newest(connection: Connection, edition: Edition) -> list[Row]:
    """The edition's newest articles, newest first."""
    build = _of_all if edition.category == ALL else _filed
    chosen = build(any_language=edition.include_all)
    if edition.source is not None:
        chosen = chosen.where(_listed(edition.source))
    rows = connection.execute(chosen, _asked(edition))
    return [tuple(row) for row in rows.all()]


def _asked(edition: Edition) -> dict[str, Any]:
    return {
        "category": edition.category,
        "languages": edition.languages,
        "items": edition.items,
    }


def among(connection: Connection, edition: Edition, ids: Sequence[str]) -> list[Row]:
    """Those of some articles that the edition may hold."""
    asked = select(articles.c.id, articles.c.source, articles.c.document)
    found: list[Row] = []
    for some in batches(ids):
        here = asked.where(articles.c.id.in_(some), *held(edition))
        found += [tuple(row) for row in connection.execute(here).all()]
    return found


def held(edition: Edition, since: datetime | None = None) -> list[ColumnElement[bool]]:
    """What is true of the articles, published from ``since`` on, that it may hold."""
    return [*SEEN, *placed(edition, since)]


def placed(
    edition: Edition, since: datetime | None = None
) -> list[ColumnElement[bool]]:
    """The same, of what is kept from readers as well."""
    told: list[ColumnElement[bool]] = []
    if since is not None:
        told.append(articles.c.published >= micros(since))
    if edition.category != ALL:
        filed = select(filings.c.article).where(filings.c.category == edition.category)
        if since is not None:
            filed = filed.where(filings.c.published >= micros(since))
        told.append(articles.c.id.in_(filed))
    if not edition.include_all:
        told.append(articles.c.language.in_(edition.languages))
    if edition.source is not None:
        told.append(_listed(edition.source))
    if edition.query is not None:
        told.append(articles.c.id.in_(words.finding(edition.query, since)))
    return told


def _listed(source: str) -> ColumnElement[bool]:
    """Whether a source lists an article, first or after another."""
    by_it = select(listings.c.article).where(listings.c.source == source)
    return articles.c.id.in_(by_it)


@cache
def _of_all(*, any_language: bool) -> Select[Any]:
    chosen = select(articles.c.id, articles.c.source, articles.c.document).where(*SEEN)
    if not any_language:
        chosen = chosen.where(articles.c.language.in_(_IN_LANGUAGES))
    return chosen.order_by(*ORDER).limit(_ITEMS)


@cache
def _filed(*, any_language: bool) -> Select[Any]:
    order = (
        filings.c.published.desc(),
        filings.c.first_seen.desc(),
        filings.c.position,
        filings.c.article,
    )
    chosen = (
        select(
            filings.c.published,
            filings.c.first_seen,
            filings.c.position,
            filings.c.article,
        )
        .distinct()  # one article, filed alike by several sources
        .join(articles, articles.c.id == filings.c.article)
        .where(
            filings.c.category == bindparam("category"),
            *SEEN,
        )
    )
    if not any_language:
        chosen = chosen.where(filings.c.language.in_(_IN_LANGUAGES))
    top = chosen.order_by(*order).limit(_ITEMS).subquery()
    return (
        select(articles.c.id, articles.c.source, articles.c.document)
        .join(top, top.c.article == articles.c.id)
        .order_by(
            top.c.published.desc(),
            top.c.first_seen.desc(),
            top.c.position,
            top.c.article,
        )
    )


def recent(
    connection: Connection, edition: Edition, since: datetime
) -> list[tuple[str, str, str]]:
    """:func:`newest` of all articles, but only what came out after ``since``."""
    chosen = _of_all(any_language=edition.include_all)
    rows = connection.execute(
        chosen.where(articles.c.published > micros(since)), _asked(edition)
    )
    return [tuple(row) for row in rows.all()]


def last_by(
    connection: Connection, edition: Edition, until: datetime
) -> datetime | None:
    """When the newest of them that came out by ``until`` did; None without one."""
    chosen = _of_all(any_language=edition.include_all).with_only_columns(
        articles.c.published
    )
    found = connection.execute(
        chosen.where(articles.c.published <= micros(until)),
        _asked(edition) | {"items": 1},
    )
    return moment_or_none(found.scalar())


def read_published(connection: Connection) -> dict[str, Published]:
    """What stands published, by path."""
    rows = connection.execute(select(published).order_by(published.c.path))
    return {row.path: _standing(row) for row in rows}


def _standing(row: Any) -> Published:
    return Published(
        path=row.path,
        digest=row.digest,
        updated=moment(row.updated),
        entries=row.entries,
        size=row.size,
        told_by=row.told_by,
    )


def record(
    connection: Connection, standing: Iterable[Published], clean: Mapping[str, int]
) -> None:
    """Note what stands; a mark that moved on meanwhile stays dirty."""
    rows = [
        {
            "path": one.path,
            "digest": one.digest,
            "updated": micros(one.updated),
            "entries": one.entries,
            "size": one.size,
            "told_by": one.told_by,
        }
        for one in standing
    ]
    upsert(connection, published, rows)
    if clean:
        connection.execute(_CLEAN, [{"of": c, "at": m} for c, m in clean.items()])


def recall(connection: Connection, key: str) -> str | None:
    """The fact kept under ``key``."""
    found = select(memory.c.value).where(memory.c.key == key)
    return connection.execute(found).scalar_one_or_none()


def remember(connection: Connection, key: str, value: str) -> None:
    """Keep a fact under ``key``."""
    upsert(connection, memory, [{"key": key, "value": value}])
