"""How every source and every feed stands."""

import json
from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, case, func, select

from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.article import Origin
from feedsvc.model.status import Coverage, Incident, SourceStatus, Status
from feedsvc.model.visit import Visit
from feedsvc.store import checks, holding, pages
from feedsvc.store.codec import moment, moment_or_none
from feedsvc.store.feeds import read_published
from feedsvc.store.schema import articles, faults, listings
from feedsvc.store.visits import VISITS, visit_of

__all__ = ["status"]

_DATED = case((articles.c.published_from != Origin.FIRST_SEEN.value, 1), else_=0)
_COVERAGE = (
    select(
        listings.c.source,
        func.count().label("items"),
        func.sum(_DATED).label("dated"),
        func.sum(articles.c.authored).label("authored"),
        func.sum(articles.c.pictured).label("pictured"),
        func.sum(articles.c.bodied).label("bodied"),
    )
    .join_from(listings, articles, listings.c.article == articles.c.id)
    .group_by(listings.c.source)
)
_FAULTS = select(faults).order_by(faults.c.source, faults.c.at.desc(), faults.c.ordinal)


def status(connection: Connection) -> Status:
    """Every source that was ever visited, and every feed that stands."""
    known = {r.source: visit_of(r) for r in connection.execute(VISITS)}
    told: dict[str, list[Incident]] = defaultdict(list)
    for row in connection.execute(_FAULTS):
        told[row.source].append(_incident(row))
    watched = checks.watched(connection)
    covered = {r.source: _coverage(r) for r in connection.execute(_COVERAGE)}
    doubted = pages.doubted(connection)
    sources = tuple(
        SourceStatus(
            visit=known.get(source) or Visit(source=source),
            faults=tuple(told[source]),
            coverage=covered.get(source) or Coverage(),
            watched=watched.get(source, 0),
            doubted=doubted.get(source),
        )
        for source in sorted({*known, *told, *covered, *doubted})
    )
    feeds = tuple(read_published(connection).values())
    return Status(sources=sources, feeds=feeds, held=holding.held(connection))


def _coverage(row: Any) -> Coverage:
    return Coverage(
        items=row.items,
        date=row.dated / row.items,
        author=row.authored / row.items,
        image=row.pictured / row.items,
        body=row.bodied / row.items,
    )


def _incident(row: Any) -> Incident:
    fault = Fault(
        code=Code(row.code),
        stage=Stage(row.stage),
        place=row.place,
        source=row.source,
        args=json.loads(row.args),
        retry_at=moment_or_none(row.retry_at),
    )
    cleared = moment_or_none(row.cleared_at)
    return Incident(fault=fault, at=moment(row.at), cleared_at=cleared)
