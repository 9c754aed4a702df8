"""A database looked through from end to end."""

import sqlite3

from sqlalchemy import Connection

from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.status import Health

__all__ = ["examine"]

_MOST = 10
"""Kinds of damage that are named."""

_PAGES = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
_ORPHANS = 'SELECT DISTINCT "table", parent FROM pragma_foreign_key_check()'


def examine(connection: Connection, place: str) -> Health:
    """Say what a database is and, of SQLite, whether every page and index is sound.

    PostgreSQL looks after its own pages (``data_checksums``).
    """
    ask = connection.exec_driver_sql
    if connection.dialect.name == "postgresql":
        version = ask("SHOW server_version").scalar_one()
        size = ask("SELECT pg_database_size(current_database())").scalar_one()
        return Health(engine=f"PostgreSQL {version}", place=place, size=size)
    told = ask(f"PRAGMA integrity_check({_MOST})").scalars()
    damage = [line for line in told if line != "ok"]
    damage += [f"{row[0]} → {row[1]}" for row in ask(_ORPHANS).fetchmany(_MOST)]
    return Health(
        engine=f"SQLite {sqlite3.sqlite_version}",
        place=place,
        size=ask(_PAGES).scalar_one(),
        faults=tuple(_damaged(line, place) for line in damage),
    )


def _damaged(detail: str, place: str) -> Fault:
    args = {"detail": detail}
    return Fault(code=Code.E_DB_CORRUPT, stage=Stage.STORE, place=place, args=args)
