"""Filing and pairing every article anew, when the configuration changed."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection, bindparam, select

from feedsvc.model.article import Article
from feedsvc.model.feed import ALL
from feedsvc.store import feeds, filing, pairs
from feedsvc.store.codec import article as decoded
from feedsvc.store.schema import articles, listings

__all__ = ["BATCH", "File", "State", "refile"]

File = Callable[[Article], tuple[str, ...]]
State = Callable[[Article], pairs.Said]

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


def refile(
    connection: Connection, after: str, file: File, state: State
) -> tuple[int, str | None]:
    """File the articles next ``after`` an id; how many moved, and the last one's id.

    ``state`` says of each where its versions in other languages are said to stand.
    """
    rows = connection.execute(_NEXT, {"after": after}).all()
    if not rows:
        return 0, None
    own = {row.id: row.source for row in rows}
    before = filing.categories_of(connection, own)
    listed = {(row.id, row.source) for row in rows}
    listed |= {(r[0], r[1]) for r in connection.execute(_LISTED, {"ids": list(own)})}
    known = {row.id: decoded(row.document) for row in rows}
    wanted = {(one, of): file(replace(known[one], source=of)) for one, of in listed}
    touched = set(filing.file(connection, wanted).terms)
    said = {one: state(article) for one, article in known.items()}
    touched |= pairs.terms(connection, pairs.restate(connection, said))
    if touched:
        feeds.mark(connection, touched | {ALL})
    after_all = filing.categories_of(connection, own)
    moved = sum(after_all[one] != before[one] for one in own)
    return moved, rows[-1].id
