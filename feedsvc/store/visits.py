"""What is known of every source between visits: its visit, validators, faults."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, bindparam, case, delete, func, select, tuple_, update

from feedsvc.decide.history import STANDING
from feedsvc.errors import Fault
from feedsvc.model.status import KEPT
from feedsvc.model.visit import Outcome, Visit
from feedsvc.model.web import Resource, Validators
from feedsvc.store import history, profiles
from feedsvc.store import rhythms as learned
from feedsvc.store.codec import dumps, key, micros, moment_or_none
from feedsvc.store.rows import batches, upsert
from feedsvc.store.schema import faults, resources, rhythms, visits

__all__ = ["VISITS", "due", "read_resources", "read_visits", "save", "visit_of"]

VISITS = select(visits, *learned.COLUMNS).outerjoin(
    rhythms, rhythms.c.source == visits.c.source
)
"""Rows for :func:`visit_of`."""

_FORGET = delete(resources).where(
    resources.c.source == bindparam("of"),
    resources.c.url.not_in(bindparam("rest", expanding=True)),
)
"""Lists that nothing of a source leads to any more."""

_CLEAR = (
    update(faults)
    .where(faults.c.source == bindparam("of"), faults.c.cleared_at.is_(None))
    .values(cleared_at=bindparam("now"))
)
_CLEAR_UNREAD = _CLEAR.where(*(faults.c.code != code for code in sorted(STANDING)))
"""After a visit that could not tell whether a list still is as it was."""

_REOPEN = (
    update(faults)
    .where(
        faults.c.source == bindparam("of"),
        faults.c.key == bindparam("one"),
        faults.c.at == bindparam("since"),
    )
    .values(cleared_at=None, retry_at=bindparam("retry"))
)
_newest = (faults.c.at.desc(), faults.c.ordinal)
_ranked = (
    select(
        faults,
        func.row_number()
        .over(partition_by=faults.c.code, order_by=_newest)
        .label("rank"),
    )
    .where(faults.c.source == bindparam("of"))
    .subquery()
)
_TRIM = delete(faults).where(
    faults.c.source == bindparam("of"),
    tuple_(faults.c.at, faults.c.key).not_in(
        select(_ranked.c.at, _ranked.c.key)
        .order_by(
            _ranked.c.rank > 1,
            _ranked.c.cleared_at.is_not(None),
            _ranked.c.at.desc(),
            _ranked.c.ordinal,
        )
        .limit(KEPT)
    ),
)
"""The newest of each code stay, for a list of garbled texts is but one trouble; then what
is open, then what is new."""


_DUE = (
    select(visits.c.due, visits.c.source)
    .where(visits.c.due <= bindparam("now"))
    .order_by(visits.c.due, visits.c.source)
    .limit(bindparam("most"))
)
_DUE_OF = _DUE.where(visits.c.source.in_(bindparam("sources", expanding=True)))


def due(
    connection: Connection,
    now: datetime,
    limit: int,
    sources: Collection[str] | None = None,
) -> list[str]:
    """Sources whose next visit has come, longest due first; of ``sources`` if given."""
    asked = {"now": micros(now), "most": limit}
    if sources is None:
        return [row.source for row in connection.execute(_DUE, asked)]
    rows = [
        (row.due, row.source)
        for some in batches(sorted(sources))
        for row in connection.execute(_DUE_OF, asked | {"sources": some})
    ]
    return [source for _, source in sorted(rows)[:limit]]


def read_visits(connection: Connection, sources: Sequence[str]) -> dict[str, Visit]:
    """The visit of each source, a fresh one where there was none."""
    known: dict[str, Visit] = {}
    for some in batches(sources):
        found = connection.execute(VISITS.where(visits.c.source.in_(some)))
        known |= {row.source: visit_of(row) for row in found}
    return {s: known.get(s) or Visit(source=s) for s in sources}


def visit_of(row: Any) -> Visit:
    """The visit of a row of :data:`VISITS`."""
    return Visit(
        source=row.source,
        due=moment_or_none(row.due),
        last_attempt=moment_or_none(row.last_attempt),
        last_success=moment_or_none(row.last_success),
        failures=row.failures,
        blocked_until=moment_or_none(row.blocked_until),
        items=row.items,
        is_released=bool(row.released),
        profile=profiles.profile(row.profile),
        history=history.history(row.history),
        rhythm=learned.rhythm_of(row),
    )


def read_resources(
    connection: Connection, wanted: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], Resource]:
    """What is remembered of each (source, URL) that was ever fetched."""
    asked = {(source, key(url)): (source, url) for source, url in wanted}
    sources = list({source for source, _ in wanted})
    found: dict[tuple[str, str], Resource] = {}
    for some in batches(sources):
        rows = connection.execute(select(resources).where(resources.c.source.in_(some)))
        pairs = (((row.source, row.url), row) for row in rows)
        found |= {
            asked[pair]: _resource(row, asked[pair][1])
            for pair, row in pairs
            if pair in asked
        }
    return found


def _resource(row: Any, url: str) -> Resource:
    stated, children = history.stated(row.stated)
    return Resource(
        url=url,
        validators=Validators(etag=row.etag, last_modified=row.last_modified),
        body_digest=row.body_digest,
        fetched_at=moment_or_none(row.fetched_at),
        stated=stated,
        children=children,
    )


def save(connection: Connection, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Write visits, resources and faults; a success clears what was open before.

    A warning that a visit repeats is the one that stands open already.
    """
    ended = [o.visit for o in outcomes if o.visit]
    for is_heeded, change in (True, None), (False, _let_release_stand):
        some = [o.visit for o in outcomes if o.visit and o.is_heeded is is_heeded]
        upsert(connection, visits, [_visit_row(visit) for visit in some], change)
    learned.save(connection, ended)
    upsert(connection, resources, [r for o in outcomes for r in _resource_rows(o)])
    for whole in (o for o in outcomes if o.is_whole):
        rest = [key(resource.url) for resource in whole.resources]
        connection.execute(_FORGET, {"of": whole.source, "rest": rest})
    well = [o for o in outcomes if o.visit and o.visit.failures == 0]
    rows = list(_fault_rows(outcomes, now))
    standing = _standing(connection, _lasting(rows, ended), now)
    _clear(connection, well, now)
    if standing:
        connection.execute(_REOPEN, standing)
    told = {(row["of"], row["one"]) for row in standing}
    fresh = [row for row in rows if (row["source"], row["key"]) not in told]
    upsert(connection, faults, fresh)
    if fresh:
        connection.execute(_TRIM, [{"of": s} for s in {row["source"] for row in fresh}])


def _let_release_stand(new: Any) -> dict[str, Any]:
    """What an operator said while the visit was under way holds for the next one."""
    is_said = (visits.c.released == 1) & (new.released == 0)
    return {
        "released": case((is_said, 1), else_=new.released),
        "due": case((is_said, visits.c.due), else_=new.due),
    }


def _lasting(
    rows: Iterable[dict[str, Any]], ended: Iterable[Visit]
) -> list[dict[str, Any]]:
    """What may stand open already; an error that ends a visit is one of its own."""
    failed = {visit.source: visit.failures > 0 for visit in ended}
    return [
        row
        for row in rows
        if row["source"] in failed
        and (row["code"].startswith("W_") or not failed[row["source"]])
    ]


def _clear(connection: Connection, well: Sequence[Outcome], now: datetime) -> None:
    """Close what was open of sources whose visits went well, as far as they can tell."""
    for clear, is_unread in (_CLEAR, False), (_CLEAR_UNREAD, True):
        sources = [o.source for o in well if o.is_unread is is_unread]
        if sources:
            connection.execute(clear, [{"of": s, "now": micros(now)} for s in sources])


def _standing(
    connection: Connection, rows: Sequence[dict[str, Any]], now: datetime
) -> list[dict[str, Any]]:
    """Those of ``rows`` that stand open since before, as :data:`_REOPEN` takes them."""
    told = {(row["source"], row["key"]): row["retry_at"] for row in rows}
    found: list[dict[str, Any]] = []
    for some in batches(sorted({source for source, _ in told})):
        opened = connection.execute(
            select(faults.c.source, faults.c.key, faults.c.at).where(
                faults.c.source.in_(some),
                faults.c.cleared_at.is_(None),
                faults.c.at < micros(now),
            )
        )
        found += [
            {
                "of": r.source,
                "one": r.key,
                "since": r.at,
                "retry": told[r.source, r.key],
            }
            for r in opened
            if (r.source, r.key) in told
        ]
    return found


def _visit_row(visit: Visit) -> dict[str, Any]:
    return {
        "source": visit.source,
        "due": micros(visit.due),
        "last_attempt": micros(visit.last_attempt),
        "last_success": micros(visit.last_success),
        "failures": visit.failures,
        "blocked_until": micros(visit.blocked_until),
        "items": visit.items,
        "released": int(visit.is_released),
        "profile": profiles.document(visit.profile),
        "history": history.document(visit.history),
    }


def _resource_rows(outcome: Outcome) -> Iterable[dict[str, Any]]:
    for resource in outcome.resources:
        yield {
            "source": outcome.source,
            "url": key(resource.url),
            "etag": resource.validators.etag,
            "last_modified": resource.validators.last_modified,
            "body_digest": resource.body_digest,
            "fetched_at": micros(resource.fetched_at),
            "stated": history.stated_document(resource),
        }


def _fault_rows(outcomes: Iterable[Outcome], now: datetime) -> Iterable[dict[str, Any]]:
    """A row for each of a source's first faults; the same fault twice is one."""
    seen: dict[str, set[str]] = defaultdict(set)
    for outcome in outcomes:
        for fault in outcome.faults:
            row = _fault_row(fault, outcome.source)
            told = seen[outcome.source]
            if row["key"] in told or len(told) == KEPT:
                continue
            yield row | {"at": micros(now), "ordinal": len(told)}
            told.add(row["key"])


def _fault_row(fault: Fault, source: str) -> dict[str, Any]:
    args = dumps(dict(fault.args))
    place = key(fault.place)
    told = f"{fault.stage}\n{fault.code}\n{place}\n{args}"
    return {
        "source": source,
        "key": blake2b(told.encode(), digest_size=8).hexdigest(),
        "stage": fault.stage,
        "code": fault.code,
        "place": place,
        "args": args,
        "retry_at": micros(fault.retry_at),
        "cleared_at": None,
    }
