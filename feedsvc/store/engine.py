"""Connections: one writer behind a lock, pooled readers, refusals as StoreError."""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import StaticPool

from feedsvc.errors import Code, Fault, Stage, StoreError

__all__ = ["Database", "connect", "refused"]

T = TypeVar("T")

_READERS = 8
_ATTEMPTS = 3
"""Times a transaction is tried when the connection or a deadlock took it away."""

_SQLITE_CODES = {
    sqlite3.SQLITE_BUSY: Code.E_DB_BUSY,
    sqlite3.SQLITE_LOCKED: Code.E_DB_BUSY,
    sqlite3.SQLITE_CORRUPT: Code.E_DB_CORRUPT,
    sqlite3.SQLITE_NOTADB: Code.E_DB_CORRUPT,
}
_SQLSTATES = {
    "55P03": Code.E_DB_BUSY,  # lock_not_available
    "57014": Code.E_DB_BUSY,  # query_canceled
    "40001": Code.E_DB_BUSY,  # serialization_failure
    "40P01": Code.E_DB_BUSY,  # deadlock_detected
    "XX001": Code.E_DB_CORRUPT,  # data_corrupted
    "XX002": Code.E_DB_CORRUPT,  # index_corrupted
}
_AGAIN = frozenset({"40001", "40P01"})


class Database:
    """One database, safe to use from any thread.

    SQLite before 3.51.3 can damage a WAL that two connections write and checkpoint,
    so there is one writer, which alone checkpoints.
    """

    def __init__(self, writer: Engine, readers: Engine, place: str) -> None:
        """``readers`` may be ``writer`` itself (a database in memory)."""
        self._writer = writer
        self._readers = readers
        self.place = place
        self._lock = threading.Lock()

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._writer.dialect.name

    def write(self, work: Callable[[Connection], T]) -> T:
        """Do ``work`` in one transaction, again if its connection was lost.

        A COMMIT whose answer was lost may have happened, so work must be idempotent.
        """
        with self._lock:
            return self._run(self._writer, work)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Do ``work`` on one consistent view, beside the writer."""
        if self._readers is self._writer:
            return self.write(work)
        return self._run(self._readers, work)

    def close(self) -> None:
        """Close every connection, the writer last: it leaves no WAL behind."""
        self._readers.dispose()
        with self._lock:
            self._writer.dispose()

    @contextmanager
    def rehearsing(self) -> Iterator["Database"]:
        """A database on which anything may be tried: nothing of it is kept.

        Other writers wait meanwhile.
        """
        with self._lock, self._writer.connect() as connection:
            whole = connection.begin()
            try:
                yield _Rehearsal(connection, self._writer, self.place)
            finally:
                whole.rollback()

    def _run(self, engine: Engine, work: Callable[[Connection], T]) -> T:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                with engine.begin() as connection:
                    return work(connection)
            except DBAPIError as error:
                if attempt == _ATTEMPTS or not _worth_another(error):
                    raise refused(_code(error), error.orig, self.place) from error
            except PoolTimeoutError as error:
                raise refused(Code.E_DB_BUSY, error, self.place) from error
        raise AssertionError  # the last attempt returns or raises


class _Rehearsal(Database):
    """Everything in one transaction, which somebody else rolls back."""

    def __init__(self, connection: Connection, engine: Engine, place: str) -> None:
        super().__init__(engine, engine, place)
        self._connection = connection

    def write(self, work: Callable[[Connection], T]) -> T:
        """Do ``work`` in the one transaction."""
        with self._connection.begin_nested():
            return work(self._connection)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Do ``work`` on what the transaction has made so far."""
        return work(self._connection)

    def close(self) -> None:
        """Leave the connections to whose they are."""


def connect(url: str, patience: float) -> Database:
    """Connections to ``url``, none of them opened yet.

    ``patience`` is how many seconds a lock is waited for. StoreError for a URL that
    names no database we know, or one whose client is not installed.
    """
    try:
        parsed = make_url(url)
        return _BACKENDS[parsed.get_backend_name()](parsed, patience)
    except (ArgumentError, KeyError) as error:
        raise refused(Code.E_DB, "sqlite, postgresql://…?", "store.url") from error
    except ModuleNotFoundError as error:
        raise refused(Code.E_DB, error, "store.url") from error


def refused(code: Code, detail: object, place: str) -> StoreError:
    """The error that says why the database at ``place`` cannot be used."""
    args = {"detail": str(detail).strip()}
    return StoreError(Fault(code=code, stage=Stage.STORE, place=place, args=args))


def _code(error: DBAPIError) -> Code:
    number = getattr(error.orig, "sqlite_errorcode", None)
    if number is not None:
        return _SQLITE_CODES.get(number & 0xFF, Code.E_DB)
    return _SQLSTATES.get(getattr(error.orig, "sqlstate", None) or "", Code.E_DB)


def _worth_another(error: DBAPIError) -> bool:
    if error.connection_invalidated:
        return True
    return getattr(error.orig, "sqlstate", None) in _AGAIN


def _sqlite(url: URL, patience: float) -> Database:
    arguments = {"check_same_thread": False, "timeout": patience}
    writer = create_engine(url, poolclass=StaticPool, connect_args=arguments)
    _on_connect(writer, ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"))
    _begin(writer, "BEGIN IMMEDIATE")
    if url.database in {None, "", ":memory:"}:
        return Database(writer, writer, "sqlite://")
    readers = create_engine(
        url, connect_args=arguments, pool_size=_READERS, pool_timeout=patience
    )
    _on_connect(readers, ("query_only=ON", "wal_autocheckpoint=0"))
    _begin(readers, "BEGIN")
    return Database(writer, readers, str(url.database))


def _on_connect(engine: Engine, pragmas: tuple[str, ...]) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        # sqlite3 would open transactions of its own kind, and none before a SELECT
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")


def _begin(engine: Engine, statement: str) -> None:
    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(statement)


def _postgres(url: URL, patience: float) -> Database:
    url = url.set(drivername="postgresql+psycopg")
    wait = round(patience * 1000)
    arguments = {"options": f"-c lock_timeout={wait} -c timezone=UTC"}
    writer = create_engine(
        url, pool_size=1, max_overflow=0, pool_pre_ping=True, connect_args=arguments
    )
    readers = create_engine(
        url,
        pool_size=_READERS,
        pool_timeout=patience,
        pool_pre_ping=True,
        isolation_level="REPEATABLE READ",
        connect_args=arguments,
    )
    return Database(writer, readers, url.render_as_string(hide_password=True))


_BACKENDS: Mapping[str, Callable[[URL, float], Database]] = {
    "sqlite": _sqlite,
    "postgresql": _postgres,
    "postgres": _postgres,
}
