"""What was learned of each source's rhythm, beside its visit."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from feedsvc.model.visit import Rhythm, Visit
from feedsvc.store.codec import dumps, micros, moment
from feedsvc.store.rows import upsert
from feedsvc.store.schema import rhythms

__all__ = ["COLUMNS", "read_rhythms", "rhythm_of", "save"]

COLUMNS = (rhythms.c.at, rhythms.c.days, rhythms.c.requests, rhythms.c.cells)
"""What a visit is read with."""


def read_rhythms(connection: Connection) -> dict[str, Rhythm]:
    """Every rhythm that was learned, by source."""
    rows = connection.execute(select(rhythms))
    return {row.source: rhythm for row in rows if (rhythm := rhythm_of(row))}


def rhythm_of(row: Any) -> Rhythm | None:
    """The rhythm of a row that holds :data:`COLUMNS`; None where they are NULL."""
    if row.at is None:
        return None
    return Rhythm(
        at=moment(row.at),
        days=row.days,
        cells=tuple(json.loads(row.cells)),
        requests=row.requests,
    )


def save(connection: Connection, visits: Iterable[Visit]) -> None:
    """Write the rhythms of visits that learned something; the others stand."""
    learned = [
        (visit.source, visit.rhythm)
        for visit in visits
        if visit.rhythm and visit.rhythm.at == visit.last_attempt
    ]
    upsert(connection, rhythms, [_row(source, rhythm) for source, rhythm in learned])


def _row(source: str, rhythm: Rhythm) -> dict[str, Any]:
    return {
        "source": source,
        "at": micros(rhythm.at),
        "days": rhythm.days,
        "requests": rhythm.requests,
        "cells": dumps(rhythm.cells),
    }
