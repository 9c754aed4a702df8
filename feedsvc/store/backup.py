"""All state in one file: an SQLite database, whatever the store is kept in.

So a backup also moves a store from the one database to the other. The index of words is
left out: it is made again when somebody searches.
"""

import os
import shutil
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Table, delete, insert, select

from feedsvc.errors import Code, StoreError
from feedsvc.store.engine import Database, connect, refused
from feedsvc.store.opening import (
    build,
    check,
    file_of,
    migrate,
    new_beside,
    open_database,
    target,
    version,
)
from feedsvc.store.schema import indexed, metadata

__all__ = ["back_up", "restore"]

_ROWS = 1_000
"""Rows that are held in memory at a time."""

_LOG = ("-wal", "-shm")
"""What SQLite keeps beside a database that is open, or was not closed."""


def back_up(database: Database, to: Path, patience: float) -> None:
    """Write all that ``database`` holds at one moment to ``to``, replaced when whole.

    OSError where no file can be written.
    """
    new = build(to, patience, lambda made: _copy(database, made))
    try:
        new.replace(to)
    finally:
        new.unlink(missing_ok=True)


def restore(url: str, data: Path, backup: Path, patience: float) -> None:
    """Have the store at ``url`` hold what ``backup`` does, and nothing else.

    A database file that is there stays beside the new one as ``….replaced``; in
    PostgreSQL it is one transaction. StoreError (E_BACKUP, E_DB_NEWER …) or OSError
    when nothing was changed.
    """
    whole = target(url, data)
    path = file_of(whole)
    beside = path or data / "backup"
    beside.parent.mkdir(parents=True, exist_ok=True)
    copy = new_beside(beside)
    try:
        shutil.copyfile(backup, copy)
        _bring_up(copy, backup, patience)
        if path:
            _put_aside(path)
            copy.replace(path)
            return
        with (
            closing(connect(f"sqlite:///{copy}", patience)) as kept,
            closing(open_database(whole, data, patience, beside=False)) as store,
        ):
            _copy(kept, store)
    finally:
        copy.unlink(missing_ok=True)


def _bring_up(copy: Path, backup: Path, patience: float) -> None:
    """See that a copy of a backup is one and whole, and bring it up to date."""
    with closing(connect(f"sqlite:///{copy}", patience)) as database:
        try:
            found = database.read(version)
            database.read(lambda c: check(c, str(backup)))
            if found:
                database.write(lambda c: migrate(c, str(backup)))
        except StoreError as error:
            if error.fault.code is Code.E_DB_NEWER:
                raise
            detail = error.fault.args["detail"]
            raise refused(Code.E_BACKUP, detail, str(backup)) from error
    if not found:
        raise refused(Code.E_BACKUP, "no alembic_version", str(backup))


def _put_aside(path: Path) -> None:
    """Keep the database that stands at ``path``, damaged or not, under another name.

    What SQLite left beside it goes along: it would take that for the new one's.
    """
    if not path.exists():
        return
    aside = path.with_name(f"{path.name}.replaced")
    for suffix in ("", *_LOG):
        aside.with_name(f"{aside.name}{suffix}").unlink(missing_ok=True)
    os.link(path, aside)
    for suffix in _LOG:
        left = path.with_name(f"{path.name}{suffix}")
        if left.exists():
            left.rename(aside.with_name(f"{aside.name}{suffix}"))


def _copy(source: Database, into: Database) -> None:
    """Have ``into`` hold what ``source`` does at one moment, in one transaction."""
    into.write(lambda made: source.read(lambda was: _replace(was, made)))


def _replace(source: Connection, into: Connection) -> None:
    for table in reversed(metadata.sorted_tables):
        into.execute(delete(table))
    for table in metadata.sorted_tables:
        _add(source, into, table)


def _add(source: Connection, into: Connection, table: Table) -> None:
    asked = select(table).execution_options(yield_per=_ROWS)
    for rows in source.execute(asked).mappings().partitions():
        values = [dict(row) for row in rows]
        if table is indexed:
            values = [value | {"number": None} for value in values]
        into.execute(insert(table), values)
