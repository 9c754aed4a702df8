"""Writing and asking for many rows at a time, alike on both databases."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any, TypeVar, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    Select,
    Table,
    bindparam,
    func,
    select,
)

__all__ = ["batches", "few_of_each", "insert_new", "last_of_each", "upsert"]

T = TypeVar("T")

Change = Callable[[Any], Mapping[str, Any]]
"""The new row → what some columns become, where that is not simply the new value."""

_BATCH = 500
"""Values in one IN list: below every database's limit, one cached statement a size."""


def batches(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """``values`` in pieces that one statement may ask for."""
    for start in range(0, len(values), _BATCH):
        yield values[start : start + _BATCH]


def few_of_each(
    chosen: Select[Any], group: ColumnElement[Any], order: ColumnElement[Any]
) -> Select[Any]:
    """``:each`` rows of a group, ``:most`` in all, in an order that ``chosen`` holds.

    However many one group has, the others get their turn.
    """
    place = func.row_number().over(partition_by=group, order_by=order).label("place")
    ranked = chosen.add_columns(place).subquery()
    return (
        select(ranked)
        .where(ranked.c.place <= bindparam("each"))
        .order_by(ranked.c[str(order.key)])
        .limit(bindparam("most"))
    )


def upsert(
    connection: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    change: Change | None = None,
) -> None:
    """Insert rows; where the key is there, replace what the rows give.

    ``change`` says otherwise for some columns. Of rows with the same key the last wins.
    """
    if rows:
        names = tuple(rows[0])
        statement = _upsert(table, connection.dialect.name, names, change)
        connection.execute(statement, last_of_each(table, rows))


def insert_new(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows; where the key is there, the first stays."""
    if rows:
        statement = _insert_new(table, connection.dialect.name)
        connection.execute(statement, last_of_each(table, rows[::-1]))


@cache
def _upsert(
    table: Table, dialect: str, names: tuple[str, ...], change: Change | None
) -> Insert:
    statement = _insert(table, dialect)
    new = statement.excluded
    changes: dict[str, Any] = {
        name: new[name] for name in names if not table.c[name].primary_key
    }
    changes |= change(new) if change else {}
    keys = list(table.primary_key.columns)
    return cast(
        "Insert", statement.on_conflict_do_update(index_elements=keys, set_=changes)
    )


@cache
def _insert_new(table: Table, dialect: str) -> Insert:
    return cast("Insert", _insert(table, dialect).on_conflict_do_nothing())


def _insert(table: Table, dialect: str) -> Any:
    """An INSERT that knows ON CONFLICT; the other database's dialect is not loaded."""
    return import_module(f"sqlalchemy.dialects.{dialect}").insert(table)


def last_of_each(
    table: Table, rows: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """One row a key, in the order of the keys.

    So two writers of one PostgreSQL never wait for each other in a ring.
    """
    names = [column.name for column in table.primary_key.columns]
    by_key = {tuple(row[name] for name in names): row for row in rows}
    return [by_key[key] for key in sorted(by_key)]
