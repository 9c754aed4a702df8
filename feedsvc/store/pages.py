"""The newest pages of every source, packed as they came, within bounds."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

import zstandard
from sqlalchemy import Connection, bindparam, delete, select

from feedsvc.model.kept import Kept, Role
from feedsvc.model.status import Doubted
from feedsvc.model.visit import Outcome
from feedsvc.model.web import Packed, Page
from feedsvc.store.codec import key, micros, moment
from feedsvc.store.rows import upsert
from feedsvc.store.schema import pages
from feedsvc.text import urls

__all__ = ["doubted", "keep_of", "read", "save"]

_MOST: Final = {Role.LIST: 20, Role.ARTICLE: 20, Role.DOUBTED: 1}
"""Pages kept of a source in each role."""

_LARGEST: Final = 256 << 10
"""Bytes, packed, beyond which a page is not kept."""

_ROOM: Final = 2 << 20
"""Bytes that the pages of a source in one role may take together."""

_CODING = "zstd"
_LEVEL = 1
"""A quarter of a millisecond for a page of 150 kB; most servers have packed theirs."""

_NEWEST = (pages.c.since.desc(), pages.c.position, pages.c.url)
_OF = (pages.c.source == bindparam("of"), pages.c.role == bindparam("as"))
_SIZES = select(pages.c.url, pages.c.size).where(*_OF).order_by(*_NEWEST)
_LET_GO = delete(pages).where(
    pages.c.source == bindparam("of"), pages.c.role == Role.DOUBTED.value
)
_DOUBTED = select(pages.c.source, pages.c.place, pages.c.since).where(
    pages.c.role == Role.DOUBTED.value
)
_DROP = delete(pages).where(*_OF, pages.c.url == bindparam("one"))


def read(connection: Connection, source: str) -> list[Kept]:
    """What is kept of a source, the newest first; bodies are packed still."""
    chosen = select(pages).where(pages.c.source == source).order_by(*_NEWEST)
    return [_kept(row) for row in connection.execute(chosen)]


def doubted(connection: Connection) -> dict[str, Doubted]:
    """What is kept of lists that were not believed, by source."""
    return {
        row.source: Doubted(url=urls.bare(row.place), at=moment(row.since))
        for row in connection.execute(_DOUBTED)
    }


def keep_of(connection: Connection, sources: Collection[str]) -> None:
    """Let go of the pages of all sources but these."""
    kept = connection.execute(select(pages.c.source).distinct()).scalars().all()
    for source in sorted(set(kept) - set(sources)):
        connection.execute(delete(pages).where(pages.c.source == source))


def save(connection: Connection, outcomes: Sequence[Outcome]) -> None:
    """Keep the pages of ``outcomes``, and let go of those that they push out."""
    rows = [
        row
        for outcome in outcomes
        for kept in outcome.pages
        if (row := _row(outcome.source, kept))["size"] <= _LARGEST
    ]
    believed = [{"of": o.source} for o in outcomes if o.is_believed]
    if believed:
        connection.execute(_LET_GO, believed)
    upsert(connection, pages, rows)
    for source, role in sorted({(row["source"], Role(row["role"])) for row in rows}):
        which = {"of": source, "as": role.value}
        found = connection.execute(_SIZES, which).all()
        over = [which | {"one": url} for url in _beyond(found, _MOST[role])]
        if over:
            connection.execute(_DROP, over)


def _beyond(found: Sequence[Any], most: int) -> Iterator[str]:
    """The pages, of those in order, for which there is no room."""
    total = 0
    for place, (url, size) in enumerate(found):
        total += size
        if place >= most or total > _ROOM:
            yield url


def _row(source: str, kept: Kept) -> dict[str, Any]:
    page = kept.page
    packed = page.packed or _pack(page.body)
    return {
        "source": source,
        "role": kept.role.value,
        "url": key(page.requested or page.url),
        "place": key(page.url),
        "content_type": page.content_type,
        "since": micros(kept.since),
        "position": kept.position,
        "coding": packed.coding,
        "size": len(packed.body),
        "body": packed.body,
    }


def _pack(body: bytes) -> Packed:
    compressor = zstandard.ZstdCompressor(level=_LEVEL)
    return Packed(coding=_CODING, body=compressor.compress(body))


def _kept(row: Any) -> Kept:
    return Kept(
        role=Role(row.role),
        since=moment(row.since),
        position=row.position,
        page=Page(
            url=row.place,
            requested=row.url,
            body=b"",
            content_type=row.content_type,
            packed=Packed(coding=row.coding, body=row.body),
        ),
    )
