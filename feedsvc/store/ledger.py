"""Articles, what they are known by, who lists them, and where they are filed."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, select, update

from feedsvc.model.article import Article
from feedsvc.model.visit import Outcome
from feedsvc.normalize.digest import wording
from feedsvc.store import filing, holding, moves, pairs, touching, words
from feedsvc.store.codec import article as decoded
from feedsvc.store.codec import document, key, micros
from feedsvc.store.rows import batches, insert_new, upsert
from feedsvc.store.schema import aliases, articles, listings
from feedsvc.text import urls

__all__ = ["addresses", "find", "save"]

_RECENT = 50
"""Articles that show where a source's articles stand."""

_SEEN = (
    update(listings)
    .where(listings.c.article == bindparam("one"), listings.c.source == bindparam("of"))
    .values(last_seen=bindparam("now"))
)


_RESTATED = (
    update(listings)
    .where(listings.c.article == bindparam("one"), listings.c.source == bindparam("of"))
    .values(stated=bindparam("date"))
)


def addresses(connection: Connection, source: str) -> list[str]:
    """Where the newest articles that a source listed stand."""
    listed = (
        select(articles.c.document)
        .join_from(listings, articles, listings.c.article == articles.c.id)
        .where(listings.c.source == source, articles.c.held_at.is_(None))
        .order_by(articles.c.first_seen.desc(), articles.c.id)
        .limit(_RECENT)
    )
    return [decoded(text).url for text in connection.execute(listed).scalars()]


def find(connection: Connection, reference: str) -> Article | None:
    """The article with this id, or at this address."""
    by_key = select(aliases.c.article).where(
        aliases.c.key == key(urls.identity(reference))
    )
    for wanted in (articles.c.id == reference, articles.c.id.in_(by_key)):
        row = connection.execute(
            select(articles.c.id, articles.c.source, articles.c.document).where(wanted)
        ).first()
        if row:
            filed = filing.categories_of(connection, {row.id: row.source})
            return decoded(row.document, filed[row.id])
    return None


def save(connection: Connection, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Write articles and all that hangs on them; marks the categories they touch."""
    changed = [article for outcome in outcomes for article in outcome.articles]
    touched = _save_articles(connection, changed) if changed else set()
    newly_known = _save_aliases(connection, outcomes)
    moves.count(connection, outcomes, newly_known)
    news = {article.id for article in changed} | newly_known
    filed = filing.file(connection, _filed(outcomes))
    paired = _paired(connection, outcomes, news)
    touched |= filed.terms
    if paired > news:
        touched |= pairs.terms(connection, paired)
    if changed or touched:
        ids = filed.articles.union(paired, (article.id for article in changed))
        touching.touch(connection, touched, ids)
    _save_listings(connection, outcomes, now)


def _save_articles(connection: Connection, changed: Sequence[Article]) -> set[str]:
    """Write articles; the terms under which they stood."""
    written = _not_overtaken(connection, changed)
    upsert(connection, articles, [_row(article) for article in written], _counted)
    words.renew(connection, [article.id for article in written])
    stood = filing.standing(connection, sorted({article.id for article in written}))
    if stood:
        filing.resort(connection, written)
    return {term for terms in stood.values() for term in terms}


def _not_overtaken(connection: Connection, changed: Sequence[Article]) -> list[Article]:
    """Leave out what was taken for new while another visit stored it.

    Whoever decides with the ledger in hand keeps the first sight that it tells.
    """
    first: dict[str, int | None] = {}
    for some in batches([article.id for article in changed]):
        rows = connection.execute(_FIRST_SEEN, {"ids": some}).all()
        first |= {row.id: row.first_seen for row in rows}
    for article in changed:
        first.setdefault(article.id, micros(article.first_seen))
    return [a for a in changed if first[a.id] == micros(a.first_seen)]


_FIRST_SEEN = select(articles.c.id, articles.c.first_seen).where(
    articles.c.id.in_(bindparam("ids", expanding=True))
)


def _save_aliases(connection: Connection, outcomes: Sequence[Outcome]) -> set[str]:
    """Write what articles are known by; those that got a new key.

    A list whose addresses change at every visit would fill the ledger with them: an
    article has so many keys, the first of which stay.
    """
    known_by = [(a.id, a.aliases) for o in outcomes for a in o.articles]
    known_by += [(one, tuple(keys)) for o in outcomes for one, keys in o.aliases]
    rows = [{"key": key(k), "article": one} for one, keys in known_by for k in keys]
    stood: set[str] = set()
    for some in batches(sorted({row["key"] for row in rows})):
        stood.update(connection.execute(_STANDING_KEYS, {"keys": some}).scalars())
    fresh = {
        row["key"]: row["article"] for row in rows[::-1] if row["key"] not in stood
    }
    held = Counter[str]()
    for some in batches(sorted(set(fresh.values()))):
        counted = connection.execute(_HELD_KEYS, {"ids": some})
        held.update({row.article: row.keys_held for row in counted})
    kept = []
    for name, one in reversed(fresh.items()):
        held[one] += 1
        if held[one] <= _MOST_KEYS:
            kept.append({"key": name, "article": one})
    insert_new(connection, aliases, kept)
    return {row["article"] for row in kept}


_MOST_KEYS = 50

_HELD_KEYS = (
    select(aliases.c.article, func.count().label("keys_held"))
    .where(aliases.c.article.in_(bindparam("ids", expanding=True)))
    .group_by(aliases.c.article)
)


_STANDING_KEYS = select(aliases.c.key).where(
    aliases.c.key.in_(bindparam("keys", expanding=True))
)


def _paired(
    connection: Connection, outcomes: Sequence[Outcome], news: set[str]
) -> set[str]:
    """Keep what is said of other languages; all whose pairing may change."""
    said = {one: keys for outcome in outcomes for one, keys in outcome.versions}
    return pairs.keep(connection, said) | pairs.around(connection, news)


def _filed(outcomes: Sequence[Outcome]) -> filing.Filings:
    filed: dict[tuple[str, str], Sequence[str]] = {}
    for outcome in outcomes:
        filed |= {(a.id, outcome.source): a.categories for a in outcome.articles}
        filed |= {(one, outcome.source): terms for one, terms in outcome.filed}
    return filed


def _counted(new: Any) -> dict[str, Any]:
    """A change of what readers see is counted; repeating the same is none."""
    differs = case((articles.c.digest != new.digest, 1), else_=0)
    return {"changes": articles.c.changes + differs} | holding.changed(new)


def _row(article: Article) -> dict[str, Any]:
    return filing.sorting(article) | {
        "id": article.id,
        "source": article.source,
        "precision": article.precision,
        "published_from": article.published_from,
        "zone": article.zone,
        "updated": micros(article.updated),
        "digest": article.digest,
        "wording": wording(article),
        "changes": 0,
        "authored": int(bool(article.authors)),
        "pictured": int(article.image is not None),
        "bodied": int(bool(article.content_text)),
        "document": document(article),
        "withdrawn_at": None,  # who reads it again finds it there
        **holding.columns(article),
    }


def _save_listings(
    connection: Connection, outcomes: Sequence[Outcome], now: datetime
) -> None:
    at = micros(now)
    rows = [
        {
            "article": article,
            "source": outcome.source,
            "list_digest": digest,
            "first_seen": at,
            "last_seen": at,
        }
        for outcome in outcomes
        for article, digest in outcome.list_digests
    ]
    upsert(connection, listings, rows, _listed_before)
    seen = [
        {"one": article, "of": outcome.source, "now": at}
        for outcome in outcomes
        for article in outcome.seen
    ]
    if seen:
        connection.execute(_SEEN, seen)
    restated = [
        {"one": article, "of": outcome.source, "date": micros(date)}
        for outcome in outcomes
        for article, date in outcome.restated
    ]
    if restated:
        connection.execute(_RESTATED, restated)


def _listed_before(_: Any) -> dict[str, Any]:
    return {"first_seen": listings.c.first_seen}
