"""Archive documents as they were when they became full, and where they stand."""

from collections.abc import Collection, Sequence
from typing import Any

import zstandard
from sqlalchemy import (
    BindParameter,
    Connection,
    Text,
    bindparam,
    func,
    or_,
    select,
    update,
)

from feedsvc.model.archive import Archive, Line
from feedsvc.model.article import Gone
from feedsvc.store import chronicle
from feedsvc.store.codec import micros, moment
from feedsvc.store.rows import batches, upsert
from feedsvc.store.schema import archives, articles
from feedsvc.store.schema import chronicle as lines

__all__ = [
    "count",
    "displace",
    "exposed",
    "place",
    "read",
    "redact",
    "seal",
    "unplaced",
]

_OF = archives.c.path == bindparam("of")
_ONE = archives.c.number == bindparam("one")
_WHERE: BindParameter[str | None] = bindparam("where", type_=Text)

_READ = select(archives.c.body, archives.c.updated).where(_OF, _ONE)
_COUNT = select(func.count()).select_from(archives).where(_OF)
_UNPLACED = (
    select(archives.c.number)
    .where(_OF, or_(archives.c.place.is_(None), archives.c.place != _WHERE))
    .order_by(archives.c.number)
)
_PLACE = update(archives).where(_OF, _ONE).values(place=_WHERE)
_REPLACE = (
    update(archives)
    .where(_OF, _ONE)
    .values(place=None, body=bindparam("written"), updated=bindparam("since"))
)
_EXPOSED = (
    select(lines.c.archive, articles.c.id, articles.c.language, articles.c.hidden_at)
    .join(articles, articles.c.id == lines.c.article)
    .where(
        lines.c.path == bindparam("of"),
        lines.c.article.in_(bindparam("ids", expanding=True)),
        lines.c.archive.is_not(None),
        lines.c.version.is_not(None),
        articles.c.hidden_at.is_not(None),
    )
    .order_by(lines.c.archive, articles.c.id)
)
_SILENCE = (
    update(lines)
    .where(
        lines.c.path == bindparam("of"),
        lines.c.archive == bindparam("one"),
        lines.c.article.in_(bindparam("ids", expanding=True)),
    )
    .values(version=None)
)


def count(connection: Connection, path: str) -> int:
    """How many full documents a feed has; they are numbered from 1."""
    return connection.execute(_COUNT, {"of": path}).scalar_one()


def seal(
    connection: Connection, path: str, made: Archive, told: Sequence[Line]
) -> None:
    """Keep a full document, and that it holds these lines."""
    row = {
        "path": path,
        "number": made.number,
        "updated": micros(made.updated),
        "place": None,
        "body": _packed(made),
    }
    upsert(connection, archives, [row])
    chronicle.write(connection, path, told)


def read(connection: Connection, path: str, number: int) -> Archive:
    """A document that there is."""
    row = connection.execute(_READ, {"of": path, "one": number}).one()
    body = zstandard.ZstdDecompressor().decompress(row.body)
    return Archive(number=number, body=body, updated=moment(row.updated))


def _packed(made: Archive) -> bytes:
    """Its bytes as they are kept: an eighth of what zlib takes, and no larger."""
    return zstandard.ZstdCompressor(level=3).compress(made.body)


def exposed(
    connection: Connection, path: str, ids: Sequence[str]
) -> dict[int, list[Gone]]:
    """The documents that still hold any of these articles though it was hidden."""
    found: dict[int, list[Gone]] = {}
    for some in batches(ids):
        for row in connection.execute(_EXPOSED, {"of": path, "ids": some}):
            found.setdefault(row.archive, []).append(_hidden(row))
    return found


def _hidden(row: Any) -> Gone:
    return Gone(id=row.id, language=row.language, at=moment(row.hidden_at))


def redact(
    connection: Connection, path: str, made: Archive, hidden: Sequence[str]
) -> None:
    """Keep a document without what was hidden; it is to be put in its place again."""
    here = {"of": path, "one": made.number}
    connection.execute(
        _REPLACE, here | {"written": _packed(made), "since": micros(made.updated)}
    )
    connection.execute(_SILENCE, here | {"ids": list(hidden)})


def unplaced(connection: Connection, path: str, where: str) -> list[int]:
    """The documents that do not stand at their place under this address."""
    return list(connection.execute(_UNPLACED, {"of": path, "where": where}).scalars())


def place(
    connection: Connection, path: str, numbers: Sequence[int], where: str
) -> None:
    """Note that documents stand under this address."""
    rows = [{"of": path, "one": number, "where": where} for number in numbers]
    if rows:
        connection.execute(_PLACE, rows)


def displace(connection: Connection, path: str, but: Collection[int]) -> None:
    """Note that no documents stand any more, except some."""
    numbers = connection.execute(_NUMBERS, {"of": path}).scalars()
    rows = [{"of": path, "one": n, "where": None} for n in numbers if n not in but]
    if rows:
        connection.execute(_PLACE, rows)


_NUMBERS = select(archives.c.number).where(_OF)
