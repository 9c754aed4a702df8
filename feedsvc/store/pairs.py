"""What is said of an article's versions in other languages, and who they are."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, select

from feedsvc.decide.pairs import Claim
from feedsvc.decide.pairs import pairs as believed
from feedsvc.model.feed import ALL
from feedsvc.store.codec import key
from feedsvc.store.rows import batches, insert_new
from feedsvc.store.schema import aliases, articles, counterparts, filings

__all__ = ["Said", "around", "keep", "pairs", "restate", "terms"]

Said = Mapping[str, str]
"""Language → identity key of an address (``decide.pairs.stated``)."""

_HOPS = 3
"""From an article over a version of it and one that claims that too to what this says."""

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_ROWS = select(counterparts).where(counterparts.c.article.in_(_IDS))
_CLAIM = (counterparts.c.article, counterparts.c.language, aliases.c.article)
_MADE = (
    select(*_CLAIM)
    .outerjoin_from(counterparts, aliases, aliases.c.key == counterparts.c.key)
    .where(counterparts.c.article.in_(_IDS))
)
_SUFFERED = (
    select(*_CLAIM)
    .join_from(aliases, counterparts, aliases.c.key == counterparts.c.key)
    .where(aliases.c.article.in_(_IDS))
)
_LANGUAGES = select(articles.c.id, articles.c.language).where(articles.c.id.in_(_IDS))
_TERMS = select(filings.c.category).distinct().where(filings.c.article.in_(_IDS))
_UNSAY = delete(counterparts).where(counterparts.c.article == bindparam("one"))


def keep(connection: Connection, wanted: Mapping[str, Said]) -> set[str]:
    """Keep what articles now say; those that say something else, and all around them."""
    before = _kept(connection, wanted)
    now = {
        one: {tag: key(k) for tag, k in said.items()} for one, said in wanted.items()
    }
    moved = {one for one, said in now.items() if said != before.get(one, {})}
    if not moved:
        return set()
    stood = around(connection, moved)
    connection.execute(_UNSAY, [{"one": one} for one in sorted(moved)])
    rows = [
        {"article": one, "language": tag, "key": k}
        for one in moved
        for tag, k in now[one].items()
    ]
    insert_new(connection, counterparts, rows)
    return stood | around(connection, moved)


def restate(connection: Connection, said: Mapping[str, Said]) -> set[str]:
    """Put other patterns' words in the place of the old; whom that may concern.

    What a source itself was last heard to say stands, and is no part of its patterns.
    """
    before = _kept(connection, said)
    wanted = {
        one: _pattern(told) | _heard(before[one])
        for one, told in said.items()
        if one in before
    }
    return keep(connection, {**said, **wanted})


def _pattern(said: Said) -> dict[str, str]:
    return {tag: k for tag, k in said.items() if not tag}


def _heard(said: Said) -> dict[str, str]:
    return {tag: k for tag, k in said.items() if tag}


def _kept(connection: Connection, ids: Iterable[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for some in batches(sorted(ids)):
        for row in connection.execute(_ROWS, {"ids": some}):
            found.setdefault(row.article, {})[row.language] = row.key
    return found


def around(connection: Connection, ids: Collection[str]) -> set[str]:
    """Articles, and those whose pairing theirs may change."""
    return _reach(connection, ids)[0]


def terms(connection: Connection, ids: Collection[str]) -> set[str]:
    """The categories whose feeds hold any of the articles."""
    found = {ALL} if ids else set()
    for some in batches(sorted(ids)):
        found.update(connection.execute(_TERMS, {"ids": some}).scalars())
    return found


def pairs(connection: Connection, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The ids of the versions of articles in other languages."""
    concerned, claims = _reach(connection, ids)
    if not claims:
        return {}
    languages: dict[str, str] = {}
    for some in batches(sorted(concerned)):
        rows = connection.execute(_LANGUAGES, {"ids": some}).all()
        languages |= {row.id: row.language for row in rows}
    found = believed(claims, languages)
    return {one: found[one] for one in ids if one in found}


def _reach(connection: Connection, ids: Iterable[str]) -> tuple[set[str], set[Claim]]:
    """What claims lead to from articles, and those claims."""
    known, claims = set(ids), set[Claim]()
    asked = sorted(known)
    for _ in range(_HOPS):
        for some in batches(asked):
            for statement in (_MADE, _SUFFERED):
                rows = connection.execute(statement, {"ids": some}).all()
                claims |= {Claim(article=a, language=t, other=o) for a, t, o in rows}
        ends = {end for claim in claims for end in (claim.article, claim.other) if end}
        asked = sorted(ends - known)
        known |= ends
    return known, claims
