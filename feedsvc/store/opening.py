"""Opening a database: made at once or brought up to date, refused if odd."""

import errno
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    String,
    Table,
    insert,
    inspect,
    make_url,
    select,
)

from feedsvc.errors import Code
from feedsvc.store import words
from feedsvc.store.engine import Database, connect, refused
from feedsvc.store.schema import HEAD, metadata

__all__ = [
    "MIGRATIONS",
    "build",
    "check",
    "file_of",
    "migrate",
    "new_beside",
    "open_database",
    "target",
    "version",
]

MIGRATIONS = Path(__file__).parent / "migrations"
"""Alembic's script location."""

_versions = Table(
    "alembic_version",
    MetaData(naming_convention={"pk": "alembic_version_pkc"}),
    Column("version_num", String(32), primary_key=True),
)
"""Where Alembic keeps what it has done."""

_FILE = "feedsvc.db"
_MIGRATING = 0x66656564
"""PostgreSQL's advisory lock of whoever migrates."""

_NO_CHECKPOINTS = "PRAGMA wal_autocheckpoint=0"

_CHECKED = 32_000_000
"""Bytes up to which a file is checked whole when opened; beyond, that is slow."""


def open_database(
    url: str, data: Path, patience: float, *, beside: bool, make: bool = True
) -> Database:
    """The database at ``url``, up to date; StoreError when it cannot be used."""
    whole = target(url, data)
    database = connect(whole, patience)
    path = file_of(whole)
    try:
        if path is not None:
            _find(path, patience, make=make)
            if path.stat().st_size <= _CHECKED:
                database.read(partial(check, place=database.place))
        if database.read(version) != HEAD:
            database.write(partial(migrate, place=database.place))
        if beside and path is not None:  # see Database: one alone checkpoints
            database.write(lambda c: c.exec_driver_sql(_NO_CHECKPOINTS))
    except BaseException:
        database.close()
        raise
    return database


def target(url: str, data: Path) -> str:
    """The whole URL of what ``store.url`` names."""
    return f"sqlite:///{data.absolute() / _FILE}" if url == "sqlite" else url


def file_of(url: str) -> Path | None:
    """The file of a database; None where it is none."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return None
    if parsed.database in {None, "", ":memory:"}:
        return None
    return Path(str(parsed.database))


def _find(path: Path, patience: float, *, make: bool) -> None:
    """See that there is a file, and that it was not emptied."""
    if not path.exists():
        if not make:
            raise refused(Code.E_DB, os.strerror(errno.ENOENT), str(path))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _create(path, patience)
        except OSError as error:
            raise refused(Code.E_DB, error, str(path)) from error
    elif not path.stat().st_size:
        raise refused(Code.E_DB_CORRUPT, "0 bytes", str(path))


def _create(path: Path, patience: float) -> None:
    """Make a database, and put it at ``path`` when it is whole.

    So an empty file is never the trace of a start cut short, but damage.
    """
    new = build(path, patience)
    if not path.exists():
        new.rename(path)
    new.unlink(missing_ok=True)


def build(
    path: Path, patience: float, fill: Callable[[Database], None] | None = None
) -> Path:
    """A new database beside ``path``, in one file, with what ``fill`` puts into it."""
    new = new_beside(path)
    database = connect(f"sqlite:///{new}", patience)
    try:
        database.write(partial(migrate, place=database.place))
        if fill:
            fill(database)
    except BaseException:
        database.close()
        new.unlink()
        raise
    database.close()
    return new


def new_beside(path: Path) -> Path:
    """An empty file beside ``path``; those of who was killed before are swept."""
    for left in path.parent.glob(f"{path.name}.*.new*"):
        left.unlink(missing_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    new.touch()
    return new


def check(connection: Connection, place: str) -> None:
    """StoreError (E_DB_CORRUPT) when an SQLite database is damaged."""
    found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if found != "ok":
        raise refused(Code.E_DB_CORRUPT, str(found), place)


def migrate(connection: Connection, place: str) -> None:
    """Bring the schema to HEAD; StoreError (E_DB_NEWER) when it is beyond."""
    if connection.dialect.name == "postgresql":  # one of several starting at once
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")
    found = version(connection)
    if found == HEAD:
        return
    if found is None:
        _make(connection)
        return
    if found > HEAD:
        raise refused(Code.E_DB_NEWER, f"{found} > {HEAD}", place)
    # Alembic costs 0.1 s to import, and is needed only here
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _make(connection: Connection) -> None:
    """What all migrations together make, which takes them four times as long."""
    metadata.create_all(connection)
    words.create(connection)
    _versions.create(connection)
    connection.execute(insert(_versions).values(version_num=HEAD))


def version(connection: Connection) -> str | None:
    """The migration that the schema is at; None where there is no schema of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(select(_versions.c.version_num))
    return found.scalar_one_or_none()
