"""Articles found by what they say: where they stood, and that they moved."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, and_, bindparam, select, update

from feedsvc.model.article import Article
from feedsvc.model.visit import Former, Outcome
from feedsvc.normalize.digest import wording
from feedsvc.store.codec import article as decoded
from feedsvc.store.codec import moment
from feedsvc.store.known import KNOWN, known_of
from feedsvc.store.schema import articles, listings

__all__ = ["count", "former"]

_MOST = 50
"""Articles that are looked at, though more may say the same."""

_SAYING = (
    select(articles.c.id)
    .where(
        articles.c.wording.in_(bindparam("words", expanding=True)),
        articles.c.source == bindparam("of"),
    )
    .order_by(articles.c.first_seen.desc(), articles.c.id)
    .limit(_MOST)
)
"""By itself: joined, a database may go through all that the source ever listed."""

_FORMER = (
    select(
        articles.c.wording,
        articles.c.document,
        listings.c.last_seen,
        *KNOWN,
    )
    .join_from(
        articles,
        listings,
        and_(
            listings.c.article == articles.c.id, listings.c.source == articles.c.source
        ),
    )
    .where(articles.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(listings.c.last_seen.desc(), articles.c.id)
)
_MOVED = (
    update(articles)
    .where(articles.c.id == bindparam("one"))
    .values(changes=articles.c.changes + 1)
)


def former(
    connection: Connection, source: str, like: Sequence[Article]
) -> dict[str, list[Former]]:
    """What a source's articles are that say the same as each of ``like``, by its id.

    Those last listed stand first.
    """
    said = {article.id: wording(article) for article in like}
    wanted = {"of": source, "words": sorted({w for w in said.values() if w})}
    ids = connection.execute(_SAYING, wanted).scalars().all() if wanted["words"] else ()
    if not ids:
        return {}
    found: dict[str | None, list[Former]] = defaultdict(list)
    for row in connection.execute(_FORMER, {"ids": ids}):
        url = decoded(row.document).url
        one = Former(known=known_of(row), url=url, seen=moment(row.last_seen))
        found[row.wording].append(one)
    return {one: found[words] for one, words in said.items() if words in found}


def count(
    connection: Connection, outcomes: Sequence[Outcome], newly_known: set[str]
) -> None:
    """Count the edit of an address as a change, once for each that was not known."""
    moved = sorted({one for outcome in outcomes for one in outcome.moved})
    rows = [{"one": one} for one in moved if one in newly_known]
    if rows:
        connection.execute(_MOVED, rows)
