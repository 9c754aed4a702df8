"""Articles, what they are known by, who lists them, and where they are filed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, delete, select, update

from feedsvc.model.article import Article, Origin
from feedsvc.model.visit import Known, Outcome
from feedsvc.store import feeds
from feedsvc.store.codec import article as decoded
from feedsvc.store.codec import document, key, micros, moment
from feedsvc.store.rows import batches, insert_new, upsert
from feedsvc.store.schema import aliases, articles, filings, listings
from feedsvc.text import urls

__all__ = ["categories_of", "file_anew", "find", "known", "save"]

_SORTED_BY = ("language", "published", "first_seen", "position")

_SEEN = (
    update(listings)
    .where(listings.c.article == bindparam("one"), listings.c.source == bindparam("of"))
    .values(last_seen=bindparam("now"))
)
_UNFILE = delete(filings).where(
    filings.c.article == bindparam("one"), filings.c.source == bindparam("of")
)
_RESORT = (
    update(filings)
    .where(filings.c.article == bindparam("one"))
    .values({name: bindparam(f"to_{name}") for name in _SORTED_BY})
)


def known(connection: Connection, source: str, keys: Sequence[str]) -> dict[str, Known]:
    """Ledger entries by the keys asked for; ``list_digest`` is this source's own."""
    asked = {key(k): k for k in keys}
    found: dict[str, Known] = {}
    for some in batches(list(asked)):
        rows = connection.execute(_KNOWN, {"of": source, "keys": some}).all()
        found |= {asked[row[0]]: _known(row) for row in rows}
    return found


_KNOWN = (
    select(
        aliases.c.key,
        articles.c.id,
        articles.c.digest,
        articles.c.published,
        articles.c.precision,
        articles.c.updated,
        articles.c.first_seen,
        articles.c.position,
        articles.c.changes,
        listings.c.list_digest,
    )
    .join_from(aliases, articles, aliases.c.article == articles.c.id)
    .outerjoin(
        listings,
        and_(listings.c.article == articles.c.id, listings.c.source == bindparam("of")),
    )
    .where(aliases.c.key.in_(bindparam("keys", expanding=True)))
)


def _known(row: Any) -> Known:
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
    )


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
            filed = categories_of(connection, {row.id: row.source})
            return decoded(row.document, filed[row.id])
    return None


def categories_of(
    connection: Connection, own: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """The categories of articles (id → its own source): the union of its listings.

    Those of its own source come first, in their order.
    """
    filed: dict[str, list[tuple[bool, str, int, str]]] = defaultdict(list)
    for some in batches(list(own)):
        rows = connection.execute(_FILED, {"ids": some}).all()
        for article, source, category, ordinal in rows:
            place = (source != own[article], source, ordinal, category)
            filed[article].append(place)
    return {
        article: tuple(dict.fromkeys(place[-1] for place in sorted(filed[article])))
        for article in own
    }


_FILED = select(
    filings.c.article, filings.c.source, filings.c.category, filings.c.ordinal
).where(filings.c.article.in_(bindparam("ids", expanding=True)))


def save(connection: Connection, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Write articles and all that hangs on them; marks the categories they touch."""
    changed = [(o.source, article) for o in outcomes for article in o.articles]
    if changed:
        _save_articles(connection, changed)
    _save_listings(connection, outcomes, now)


def _save_articles(
    connection: Connection, changed: Sequence[tuple[str, Article]]
) -> None:
    ids = [article.id for _, article in changed]
    touched = _filed_under(connection, ids)
    rows = [_row(article) for _, article in changed]
    upsert(connection, articles, rows, _counted)
    keys = [
        {"key": key(k), "article": article.id}
        for _, article in changed
        for k in article.aliases
    ]
    insert_new(connection, aliases, keys)
    file_anew(connection, [(of, a, a.categories) for of, a in changed])
    touched |= {term for _, article in changed for term in article.categories}
    feeds.mark(connection, touched | {"all"})


def _counted(new: Any) -> dict[str, Any]:
    """A change of what readers see is counted; repeating the same is none."""
    differs = case((articles.c.digest != new.digest, 1), else_=0)
    return {"changes": articles.c.changes + differs}


def _row(article: Article) -> dict[str, Any]:
    return _sorting(article) | {
        "id": article.id,
        "source": article.source,
        "precision": article.precision,
        "updated": micros(article.updated),
        "digest": article.digest,
        "changes": 0,
        "dated": int(article.published_from is not Origin.FIRST_SEEN),
        "authored": int(bool(article.authors)),
        "pictured": int(article.image is not None),
        "bodied": int(bool(article.content_text)),
        "document": document(article),
    }


def _sorting(article: Article) -> dict[str, Any]:
    return {
        "language": article.language,
        "published": micros(article.published),
        "first_seen": micros(article.first_seen),
        "position": article.position,
    }


def file_anew(
    connection: Connection, filed: Sequence[tuple[str, Article, Sequence[str]]]
) -> None:
    """File articles under the terms that a source gives them, in place of its old.

    What other sources filed is kept, and sorted by what the article now says.
    """
    if not filed:
        return
    connection.execute(_UNFILE, [{"one": a.id, "of": of} for of, a, _ in filed])
    resort = [
        {"one": a.id} | {f"to_{name}": v for name, v in _sorting(a).items()}
        for _, a, _ in filed
    ]
    connection.execute(_RESORT, resort)
    rows = [
        _sorting(article)
        | {"article": article.id, "source": of, "category": term, "ordinal": ordinal}
        for of, article, terms in filed
        for ordinal, term in enumerate(terms)
    ]
    upsert(connection, filings, rows)


def _filed_under(connection: Connection, ids: Sequence[str]) -> set[str]:
    terms: set[str] = set()
    for some in batches(ids):
        terms.update(connection.execute(_TERMS, {"ids": some}).scalars())
    return terms


_TERMS = (
    select(filings.c.category)
    .where(filings.c.article.in_(bindparam("ids", expanding=True)))
    .distinct()
)


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


def _listed_before(_: Any) -> dict[str, Any]:
    return {"first_seen": listings.c.first_seen}
