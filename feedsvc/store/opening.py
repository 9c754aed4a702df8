"""Opening a database: made by the migrations, brought up to date, refused if odd."""

import errno
import os
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, inspect, make_url, text

from feedsvc.errors import Code
from feedsvc.store.engine import Database, connect, refused
from feedsvc.store.schema import HEAD

__all__ = ["MIGRATIONS", "open_database"]

MIGRATIONS = Path(__file__).parent / "migrations"
"""Alembic's script location."""

_FILE = "feedsvc.db"
_MIGRATING = 0x66656564
"""PostgreSQL's advisory lock of whoever migrates."""

_NO_CHECKPOINTS = "PRAGMA wal_autocheckpoint=0"

_CHECKED = 32_000_000
"""Bytes up to which a file is checked whole when opened; beyond, that is slow."""


def open_database(url: str, data: Path, patience: float, *, beside: bool) -> Database:
    """The database at ``url``, up to date; StoreError when it cannot be used."""
    target = f"sqlite:///{data.absolute() / _FILE}" if url == "sqlite" else url
    database = connect(target, patience)
    path = _path(target)
    try:
        if path is not None:
            _find(path, patience, make=not beside)
            if path.stat().st_size <= _CHECKED:
                database.read(partial(_check, place=database.place))
        if database.read(_version) != HEAD:
            database.write(partial(_migrate, place=database.place))
        if beside and path is not None:  # see Database: one alone checkpoints
            database.write(lambda c: c.exec_driver_sql(_NO_CHECKPOINTS))
    except BaseException:
        database.close()
        raise
    return database


def _path(url: str) -> Path | None:
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
    """Make a database beside ``path``, and put it there when it is whole.

    So an empty file is never the trace of a start cut short, but damage.
    """
    for left in path.parent.glob(f"{path.name}.*.new*"):
        left.unlink(missing_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    database = connect(f"sqlite:///{new}", patience)
    try:
        database.write(partial(_migrate, place=database.place))
    finally:
        database.close()
    if not path.exists():
        new.rename(path)
    new.unlink(missing_ok=True)


def _check(connection: Connection, place: str) -> None:
    found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if found != "ok":
        raise refused(Code.E_DB_CORRUPT, str(found), place)


def _migrate(connection: Connection, place: str) -> None:
    """Bring the schema to HEAD; one transaction on both databases."""
    if connection.dialect.name == "postgresql":  # one of several starting at once
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")
    version = _version(connection)
    if version == HEAD:
        return
    if version is not None and version > HEAD:
        raise refused(Code.E_DB_NEWER, f"{version} > {HEAD}", place)
    # Alembic costs 0.3 s to import, and is needed only here
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version"))
    return found.scalar_one_or_none()
