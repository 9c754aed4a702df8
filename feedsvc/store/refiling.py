"""Filing every article anew, when the configuration of categories changed."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import Connection, bindparam, select

from feedsvc.model.article import Article
from feedsvc.store import feeds, ledger
from feedsvc.store.codec import article as decoded
from feedsvc.store.schema import articles, listings

__all__ = ["BATCH", "File", "refile"]

File = Callable[[Article], tuple[str, ...]]

BATCH = 200
"""Articles filed anew in one transaction: visits go on meanwhile."""

_NEXT = (
    select(articles.c.id, articles.c.source, articles.c.document)
    .where(articles.c.id > bindparam("after"))
    .order_by(articles.c.id)
    .limit(BATCH)
)
_LISTED = select(listings.c.article, listings.c.source).where(
    listings.c.article.in_(bindparam("ids", expanding=True))
)


def refile(connection: Connection, after: str, file: File) -> tuple[int, str | None]:
    """File the articles next ``after`` an id; how many moved, and the last one's id."""
    rows = connection.execute(_NEXT, {"after": after}).all()
    if not rows:
        return 0, None
    own = {row.id: row.source for row in rows}
    before = ledger.categories_of(connection, own)
    listed = {(row.id, row.source) for row in rows if row.source}
    listed |= {tuple(r) for r in connection.execute(_LISTED, {"ids": list(own)})}
    known = {row.id: decoded(row.document) for row in rows}
    filed = [_filed(source, known[one], file) for one, source in sorted(listed)]
    ledger.file_anew(connection, filed)
    now = ledger.categories_of(connection, own)
    moved = [one for one in own if now[one] != before[one]]
    if moved:
        terms = {t for one in moved for t in (*before[one], *now[one])}
        feeds.mark(connection, terms | {feeds.ALL})
    return len(moved), rows[-1].id


def _filed(
    source: str, article: Article, file: File
) -> tuple[str, Article, Sequence[str]]:
    return source, article, file(replace(article, source=source))
