"""Opening a database: made by the migrations, brought up to date, refused if odd."""

import os
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from feedsvc.errors import Code, Fault, Stage, StoreError
from feedsvc.store import engine
from feedsvc.store.schema import HEAD

__all__ = ["MIGRATIONS", "open_database"]

MIGRATIONS = Path(__file__).parent / "migrations"
"""Alembic's script location."""

_FILE = "feedsvc.db"
_CHECKED = 32_000_000
"""Bytes up to which a file is checked whole when opened; beyond, that is slow."""


def open_database(url: str, data: Path, patience: float) -> engine.Database:
    """The database at ``url``, up to date; StoreError when it cannot be used."""
    target = _target(url, data)
    path = _path(target)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _create(path, patience)
        elif not path.stat().st_size:
            raise _refused(Code.E_DB_CORRUPT, "0 bytes", str(path))
    database = engine.connect(target, patience)
    try:
        if path is not None and path.stat().st_size <= _CHECKED:
            database.write(lambda c: _check(c, database.place))
        database.write(lambda c: _migrate(c, database.place))
    except BaseException:
        database.close()
        raise
    return database


def _target(url: str, data: Path) -> str:
    if url == "sqlite":
        return f"sqlite:///{data.absolute() / _FILE}"
    try:
        make_url(url)
    except ArgumentError as error:
        raise _refused(Code.E_DB, "not a database URL", "store.url") from error
    return url


def _path(url: str) -> Path | None:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    return Path(parsed.database)


def _create(path: Path, patience: float) -> None:
    """Make a database beside ``path``, and put it there when it is whole.

    So an empty file is never the trace of a start cut short, but damage.
    """
    for left in path.parent.glob(f"{path.name}.*.new*"):
        left.unlink(missing_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    database = engine.connect(f"sqlite:///{new}", patience)
    try:
        database.write(lambda c: _migrate(c, database.place))
    finally:
        database.close()
    if not path.exists():
        new.rename(path)
    new.unlink(missing_ok=True)


def _check(connection: Connection, place: str) -> None:
    found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if found != "ok":
        raise _refused(Code.E_DB_CORRUPT, str(found), place)


def _migrate(connection: Connection, place: str) -> None:
    """Bring the schema to HEAD; one transaction on both databases."""
    version = _version(connection)
    if version == HEAD:
        return
    if version is not None and version > HEAD:
        raise _refused(Code.E_DB_NEWER, f"{version} > {HEAD}", place)
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


def _refused(code: Code, detail: str, place: str) -> StoreError:
    args = {"detail": detail}
    return StoreError(Fault(code=code, stage=Stage.STORE, place=place, args=args))
