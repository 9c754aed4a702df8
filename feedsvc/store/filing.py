"""Under which categories articles are filed, as every source that lists them says."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Integer, Text, bindparam, delete, insert, select
from sqlalchemy import update as sql_update

from feedsvc.model.article import Article
from feedsvc.store.codec import micros
from feedsvc.store.rows import batches
from feedsvc.store.schema import articles, filings

__all__ = [
    "Filed",
    "Filings",
    "categories_of",
    "file",
    "resort",
    "sorting",
    "standing",
]

Filings = Mapping[tuple[str, str], Sequence[str]]
"""(article id, source) → the terms under which that source files it, in its order."""


class Filed(NamedTuple):
    """Articles that were filed anew, and the terms that this touches."""

    articles: frozenset[str]
    terms: frozenset[str]


_STANDING = (
    select(filings.c.article, filings.c.source, filings.c.category)
    .where(filings.c.article.in_(bindparam("ids", expanding=True)))
    .order_by(filings.c.article, filings.c.source, filings.c.ordinal)
)
_UNFILE = delete(filings).where(
    filings.c.article == bindparam("one"), filings.c.source == bindparam("of")
)
_FILE = insert(filings).from_select(
    [column.name for column in filings.columns],
    select(
        articles.c.id,
        bindparam("of", type_=Text),
        bindparam("term", type_=Text),
        bindparam("place", type_=Integer),
        articles.c.language,
        articles.c.published,
        articles.c.first_seen,
        articles.c.position,
    ).where(articles.c.id == bindparam("one")),
)
_RESORT = (
    sql_update(filings)
    .where(filings.c.article == bindparam("one"))
    .values(
        {
            name: bindparam(f"to_{name}")
            for name in ("language", "published", "first_seen", "position")
        }
    )
)


def sorting(article: Article) -> dict[str, str | int | None]:
    """The columns by which an article is sorted and chosen, in both its tables."""
    return {
        "language": article.language,
        "published": micros(article.published),
        "first_seen": micros(article.first_seen),
        "position": article.position,
    }


def standing(
    connection: Connection, ids: Sequence[str]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """The filings of articles as they stand."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for some in batches(ids):
        for article, source, term in connection.execute(_STANDING, {"ids": some}).all():
            found[article, source].append(term)
    return {pair: tuple(terms) for pair, terms in found.items()}


def categories_of(
    connection: Connection, own: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """The categories of articles (id → its own source): the union of its filings.

    Those that its own source gives come first, in their order.
    """
    terms: dict[str, list[str]] = {article: [] for article in own}
    for (article, source), filed in standing(connection, list(own)).items():
        place = 0 if source == own[article] else len(terms[article])
        terms[article][place:place] = filed
    return {article: tuple(dict.fromkeys(filed)) for article, filed in terms.items()}


def file(connection: Connection, wanted: Filings) -> Filed:
    """File articles anew where a source now says otherwise; what this touches.

    Every feed of an article prints all its categories, so that it is touched by any.
    """
    before = standing(connection, sorted({article for article, _ in wanted}))
    moved = {
        pair: tuple(dict.fromkeys(terms))
        for pair, terms in sorted(wanted.items())
        if tuple(dict.fromkeys(terms)) != before.get(pair, ())
    }
    if not moved:
        return Filed(frozenset(), frozenset())
    connection.execute(_UNFILE, [{"one": one, "of": of} for one, of in moved])
    rows = [
        {"one": one, "of": of, "term": term, "place": place}
        for (one, of), terms in moved.items()
        for place, term in enumerate(terms)
    ]
    if rows:
        connection.execute(_FILE, rows)
    refiled = frozenset(article for article, _ in moved)
    stood = {t for (one, _), terms in before.items() if one in refiled for t in terms}
    return Filed(refiled, frozenset(stood.union(*moved.values())))


def resort(connection: Connection, changed: Sequence[Article]) -> None:
    """Sort what is filed by what its article now says."""
    rows = [
        {f"to_{name}": value for name, value in sorting(article).items()}
        | {"one": article.id}
        for article in changed
    ]
    connection.execute(_RESORT, rows)
