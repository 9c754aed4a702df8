"""Which articles a query finds, and what the index of words needs to know of them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, bindparam, exists, select

from feedsvc.decide.finding import words_of
from feedsvc.model.feed import ALL, Edition
from feedsvc.store import feeds, words
from feedsvc.store.codec import article as decoded
from feedsvc.store.schema import articles, filings, indexed
from feedsvc.text.terms import Needles, terms

__all__ = ["BATCH", "found", "prepared"]

BATCH = 100
"""Articles indexed in one transaction: visits go on meanwhile."""

_LOOKED_AT = 500
"""Articles with all terms of a query, the newest, whose texts are looked into."""

_TEXTS = select(articles.c.id, articles.c.source, articles.c.document).where(
    articles.c.id.in_(bindparam("ids", expanding=True))
)


def prepared(waiting: Sequence[tuple[str, str]]) -> list[words.Indexed]:
    """Documents and their digests as the index wants them."""
    known = [(decoded(document), digest) for document, digest in waiting]
    return [
        (a.id, digest, words.number(a.id, digest, a.published), terms(words_of(a)))
        for a, digest in known
    ]


def found(connection: Connection, edition: Edition) -> list[feeds.Row]:
    """The newest articles that readers see and the edition's query finds."""
    query, items = edition.query or "", edition.items
    chosen = words.finding(query).join(articles, articles.c.id == indexed.c.article)
    chosen = chosen.where(*feeds.SEEN, *_filed(edition))
    newest = words.newest_first(chosen, max(items, _LOOKED_AT)).subquery()
    ordered = select(articles.c.id).join(newest, newest.c.article == articles.c.id)
    ids = connection.execute(ordered.order_by(*feeds.ORDER)).scalars().all()
    needles, hits = Needles.read(query), list[feeds.Row]()
    for start in range(0, len(ids), items):
        hits += _true(connection, ids[start : start + items], needles)
        if len(hits) >= items:
            break
    return hits[:items]


def _filed(edition: Edition) -> list[ColumnElement[bool]]:
    if edition.category == ALL:
        return []
    of = filings.c.article == articles.c.id, filings.c.category == edition.category
    return [exists().where(*of)]


def _true(
    connection: Connection, ids: Sequence[str], needles: Needles
) -> list[feeds.Row]:
    """Those whose texts hold every phrase: terms alone may stand apart."""
    rows = connection.execute(_TEXTS, {"ids": ids})
    texts: dict[str, feeds.Row] = {row.id: tuple(row) for row in rows}
    known = {one: decoded(texts[one][2]) for one in ids}
    return [texts[one] for one in ids if needles.all_in(words_of(known[one]))]
