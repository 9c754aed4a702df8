"""What publication asks: which categories changed, what they hold, what stands."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, select, update

from feedsvc.model.feed import Edition, Published
from feedsvc.store.codec import micros, moment, moment_or_none
from feedsvc.store.rows import upsert
from feedsvc.store.schema import articles, dirty, filings, memory, published

__all__ = [
    "ALL",
    "dirty_marks",
    "languages",
    "last_by",
    "mark",
    "newest",
    "read_published",
    "recall",
    "recent",
    "record",
    "remember",
]

ALL = "all"
"""The category that holds every article (contract, section 3)."""

_LANGUAGES = {"zh": ("zh", "zh-Hant"), "zh-Hant": ("zh", "zh-Hant")}
"""Both scripts of Chinese are one language to its readers; others hold their own."""

_IN_LANGUAGES: BindParameter[Any] = bindparam("languages", expanding=True)
_ITEMS: BindParameter[int] = bindparam("items")

_CLEAN = (
    update(dirty)
    .where(dirty.c.category == bindparam("of"), dirty.c.mark >= bindparam("at"))
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


def newest(connection: Connection, edition: Edition) -> list[tuple[str, str, str]]:
    """The edition's newest articles as (id, own source, document), newest first."""
    build = _of_all if edition.category == ALL else _filed
    rows = connection.execute(build(any_language=edition.include_all), _asked(edition))
    return [tuple(row) for row in rows.all()]


def _asked(edition: Edition) -> dict[str, Any]:
    return {
        "category": edition.category,
        "languages": languages(edition),
        "items": edition.items,
    }


def languages(edition: Edition) -> tuple[str, ...]:
    """The languages of an edition's own articles."""
    return _LANGUAGES.get(edition.language, (edition.language,))


@cache
def _of_all(*, any_language: bool) -> Select[Any]:
    chosen = select(articles.c.id, articles.c.source, articles.c.document).where(
        articles.c.hidden_at.is_(None),
        articles.c.withdrawn_at.is_(None),
        articles.c.held_at.is_(None),
    )
    if not any_language:
        chosen = chosen.where(articles.c.language.in_(_IN_LANGUAGES))
    return chosen.order_by(
        articles.c.published.desc(),
        articles.c.first_seen.desc(),
        articles.c.position,
        articles.c.id,
    ).limit(_ITEMS)


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
            articles.c.hidden_at.is_(None),
            articles.c.withdrawn_at.is_(None),
            articles.c.held_at.is_(None),
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
