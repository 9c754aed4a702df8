"""The index of words: FTS5 in SQLite, a tsvector in PostgreSQL, asked alike.

Both hold terms of our own making, so that they find the same: letters and digits only,
which neither takes apart nor for syntax. A row's number begins with the second in which
its article was published, so that the newest are found first. Nothing is taken out: what
no article bears any more is a number that leads nowhere. Two articles under one number
would be found by the terms of both, which whoever looks into the texts sees.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zlib import crc32

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    column,
    select,
    table,
    text,
    update,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from feedsvc.store.codec import micros
from feedsvc.store.rows import upsert
from feedsvc.store.schema import articles, indexed
from feedsvc.text.terms import Needles

__all__ = [
    "Indexed",
    "add",
    "create",
    "finding",
    "newest_first",
    "number",
    "renew",
    "waiting",
]

_words = table("words", column("rowid", BigInteger))

Indexed = tuple[str, str, int, Iterable[str]]
"""An article: its id, its digest, its number, its terms."""

_SECOND = 1_000_000
_INDEXING = 0x66656565
"""PostgreSQL's advisory lock of whoever indexes."""

_CREATE = {
    "sqlite": (
        """CREATE VIRTUAL TABLE words USING fts5(
            tokens, content='', detail=none, tokenize='ascii')""",
    ),
    "postgresql": (
        "CREATE TABLE words (rowid BIGINT PRIMARY KEY, tokens TSVECTOR)",
        "CREATE INDEX ix_words_tokens ON words USING gin (tokens)",
    ),
}
_ADD = {
    "sqlite": text("INSERT INTO words (rowid, tokens) VALUES (:number, :terms)"),
    "postgresql": text(
        "INSERT INTO words (rowid, tokens)"
        " VALUES (:number, array_to_tsvector(string_to_array(:terms, ' ')))"
        " ON CONFLICT (rowid) DO UPDATE SET tokens = words.tokens || excluded.tokens"
    ),
}
_WAITING = (
    select(articles.c.document, articles.c.digest)
    .join_from(indexed, articles, articles.c.id == indexed.c.article)
    .where(indexed.c.number.is_(None))
)
_STILL = (
    select(indexed.c.article, articles.c.digest)
    .join_from(indexed, articles, articles.c.id == indexed.c.article)
    .where(
        indexed.c.number.is_(None),
        indexed.c.article.in_(bindparam("ids", expanding=True)),
    )
)
_NUMBER = (
    update(indexed)
    .where(indexed.c.article == bindparam("one"))
    .values(number=bindparam("to"))
)


class _Holds(ColumnElement[bool]):
    """Whether a row of the index holds every term; each database asks in its own way."""

    inherit_cache = False

    def __init__(self, needles: Needles) -> None:
        """Look for what every text has that holds all phrases."""
        self.terms = sorted(needles.terms)
        self.beginnings = sorted(needles.beginnings)


@compiles(_Holds, "sqlite")
def _fts5(element: _Holds, compiler: SQLCompiler, **options: Any) -> str:
    terms = [f'"{term}"' for term in element.terms]
    asked = " AND ".join([*terms, *(f'"{term}" *' for term in element.beginnings)])
    told: str = compiler.process(bindparam("terms", asked, unique=True), **options)
    return f"words MATCH {told}"


@compiles(_Holds, "postgresql")
def _tsquery(element: _Holds, compiler: SQLCompiler, **options: Any) -> str:
    terms = [f"'{term}'" for term in element.terms]
    asked = " & ".join([*terms, *(f"'{term}':*" for term in element.beginnings)])
    told: str = compiler.process(bindparam("terms", asked, unique=True), **options)
    return f"words.tokens @@ CAST({told} AS tsquery)"


def create(connection: Connection) -> None:
    """Make the index, empty."""
    for statement in _CREATE[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def number(article: str, digest: str, published: datetime) -> int:
    """Under what a version of an article is indexed: its second, and a place in that."""
    second = micros(published.replace(microsecond=0)) or 0
    return second + crc32(f"{article} {digest}".encode()) % _SECOND


def waiting(connection: Connection, most: int) -> list[tuple[str, str]]:
    """Documents and digests of articles that changed since their words were indexed."""
    return [tuple(row) for row in connection.execute(_WAITING.limit(most)).all()]


def add(connection: Connection, rows: Sequence[Indexed]) -> None:
    """Index articles, but for those that changed meanwhile."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_INDEXING})")
    found = connection.execute(_STILL, {"ids": [row[0] for row in rows]})
    still = {(row[0], row[1]) for row in found}
    # FTS5 writes a segment each time that numbers do not rise
    chosen = sorted((row for row in rows if row[:2] in still), key=lambda row: row[2])
    if chosen:
        values = [{"number": n, "terms": " ".join(terms)} for _, _, n, terms in chosen]
        connection.execute(_ADD[connection.dialect.name], values)
        connection.execute(_NUMBER, [{"one": one, "to": n} for one, _, n, _ in chosen])


def renew(connection: Connection, ids: Iterable[str]) -> None:
    """Let articles wait until their words are indexed anew."""
    upsert(connection, indexed, [{"article": one, "number": None} for one in ids])


def finding(query: str, since: datetime | None = None) -> Select[Any]:
    """The ids of what holds every term of a query, from the second of ``since`` on."""
    joined = select(indexed.c.article).join_from(
        _words, indexed, indexed.c.number == _words.c.rowid
    )
    found = joined.where(_Holds(Needles.read(query)))
    return found.where(_words.c.rowid >= micros(since)) if since else found


def newest_first(found: Select[Any], most: int) -> Select[Any]:
    """The newest of :func:`finding`, as far as its seconds tell."""
    return found.order_by(_words.c.rowid.desc()).limit(most)
