"""Sketches of articles, and which articles they show to be alike."""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, delete, or_, select

from feedsvc.decide.stories import NEAR, alike, sketched
from feedsvc.model.article import Article
from feedsvc.model.feed import Edition
from feedsvc.store import feeds
from feedsvc.store.codec import article as decoded
from feedsvc.store.codec import micros, moment
from feedsvc.store.rows import batches, insert_new, upsert
from feedsvc.store.schema import articles, bands, likenesses, sketches
from feedsvc.text.likeness import Sketch

__all__ = ["BATCH", "compare", "likes", "unsketched"]

BATCH = 100
"""Articles compared in one transaction: visits go on meanwhile."""

_NEAR = NEAR // timedelta(microseconds=1)

_SHARING = (
    select(sketches.c.article, sketches.c.grams, sketches.c.figures)
    .join(articles, articles.c.id == sketches.c.article)
    .where(
        articles.c.language == bindparam("language"),
        articles.c.id != bindparam("one"),
        sketches.c.article.in_(
            select(bands.c.article).where(
                bands.c.band.in_(bindparam("bands", expanding=True)),
                bands.c.published.between(bindparam("from"), bindparam("to")),
            )
        ),
    )
)
_SKETCHED = select(sketches.c.article).where(
    sketches.c.article.in_(bindparam("ids", expanding=True))
)
_NO_BANDS = delete(bands).where(bands.c.article == bindparam("one"))
_NO_LIKES = delete(likenesses).where(
    or_(
        likenesses.c.article == bindparam("one"),
        and_(
            likenesses.c.other == bindparam("one"),
            likenesses.c.article.in_(
                select(likenesses.c.other).where(
                    likenesses.c.article == bindparam("one")
                )
            ),
        ),
    )
)
_LIKES = select(likenesses.c.article, likenesses.c.other).where(
    likenesses.c.article.in_(bindparam("ids", expanding=True))
)


def unsketched(
    connection: Connection,
    edition: Edition,
    since: datetime,
    until: datetime | None = None,
) -> list[Article]:
    """Some of an edition's articles of some time that changed since their sketch."""
    is_current = and_(
        sketches.c.article == articles.c.id,
        sketches.c.digest == articles.c.digest,
        sketches.c.published == articles.c.published,
    )
    lacking = (
        select(articles.c.document, articles.c.digest, articles.c.published)
        .outerjoin(sketches, is_current)
        .where(sketches.c.article.is_(None), *feeds.held(edition, since))
        .limit(BATCH)
    )
    if until is not None:
        lacking = lacking.where(articles.c.published <= micros(until))
    # by the columns, as what is current is judged by them
    return [
        replace(decoded(row[0]), digest=row[1], published=moment(row[2]))
        for row in connection.execute(lacking)
    ]


def compare(connection: Connection, compared: Sequence[Article]) -> None:
    """Keep the sketches of articles, and what they are like of all that is kept.

    It does not matter which of two articles is kept first: both are told of each other.
    """
    made = [(article, sketched(article)) for article in compared]
    _forget(connection, [article.id for article in compared])
    upsert(connection, sketches, [_row(*each) for each in made])
    insert_new(connection, bands, [row for each in made for row in _bands(*each)])
    found = [pair for each in made for pair in _alike(connection, *each)]
    rows = [
        {"article": a, "other": b} for a, b in (*found, *((b, a) for a, b in found))
    ]
    insert_new(connection, likenesses, rows)


def _forget(connection: Connection, ids: Sequence[str]) -> None:
    """Drop what earlier versions of articles were like."""
    stale = connection.execute(_SKETCHED, {"ids": ids}).scalars().all()
    if stale:
        ones = [{"one": one} for one in stale]
        connection.execute(_NO_BANDS, ones)
        connection.execute(_NO_LIKES, ones)


def likes(connection: Connection, ids: Iterable[str]) -> dict[str, set[str]]:
    """What articles are like, what that is like, and so on."""
    found: dict[str, set[str]] = {}
    asked = sorted(set(ids))
    while asked:
        found |= {one: set() for one in asked}
        for some in batches(asked):
            for row in connection.execute(_LIKES, {"ids": some}):
                found[row.article].add(row.other)
        asked = sorted(set().union(*found.values()) - found.keys())
    return found


def _alike(
    connection: Connection, article: Article, own: Sketch
) -> list[tuple[str, str]]:
    """The article with each that is near in time and text, and alike."""
    at = micros(article.published) or 0
    asked = {
        "one": article.id,
        "language": article.language,
        "bands": own.bands,
        "from": at - _NEAR,
        "to": at + _NEAR,
    }
    rows = connection.execute(_SHARING, asked).all() if own.bands else []
    return [
        (article.id, row.article)
        for row in rows
        if alike(own, _unpacked(row.grams, row.figures))
    ]


def _row(article: Article, own: Sketch) -> dict[str, object]:
    return {
        "article": article.id,
        "digest": article.digest,
        "published": micros(article.published),
        "grams": _packed(own.grams),
        "figures": _packed(own.figures),
    }


def _bands(article: Article, own: Sketch) -> list[dict[str, object]]:
    at = micros(article.published)
    return [{"band": b, "published": at, "article": article.id} for b in own.bands]


def _packed(hashes: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(hashes)}I", *hashes)


def _unpacked(grams: bytes, figures: bytes) -> Sketch:
    parts = (struct.unpack(f"<{len(part) // 4}I", part) for part in (grams, figures))
    return Sketch(**dict(zip(("grams", "figures"), parts, strict=True)), bands=())
