"""The store is what its users ask for, and its schema is what the migrations make."""

from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from feedsvc.collect.ports import CollectStore
from feedsvc.publish.ports import AskedStore, PublishStore
from feedsvc.store import Store, open_store
from feedsvc.store.engine import connect
from feedsvc.store.opening import MIGRATIONS
from feedsvc.store.schema import HEAD, metadata
from tests.store.conftest import new_database


def test_a_store_serves_visits_and_publication() -> None:
    store = cast("Store", object())
    seams: tuple[CollectStore, PublishStore, AskedStore] = (store, store, store)
    assert len(seams) == 3


def migrate(connection: Connection, version: str) -> None:
    """Do what releases did, one after the other."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, version)


@pytest.fixture(params=["file", "postgresql"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """Where two databases of a kind may be made."""
    if request.param == "file":
        return f"sqlite:///{tmp_path}/one.db", f"sqlite:///{tmp_path}/two.db"
    server = request.getfixturevalue("postgres")
    return new_database(server), new_database(server)


def test_a_new_database_is_what_migrations_make(
    places: tuple[str, str], tmp_path: Path
) -> None:
    open_store(places[0], tmp_path).close()
    with (
        closing(connect(places[0], patience=5)) as made,
        closing(connect(places[1], patience=5)) as migrated,
    ):
        migrated.write(lambda c: migrate(c, "head"))
        assert made.read(shape) == migrated.read(shape)
        assert migrated.write(differences) == []


def shape(connection: Connection) -> Any:
    """Everything that a database says of its tables, and the index of words by its SQL."""
    told = inspect(connection)
    tables = {
        name: (
            {c["name"]: (str(c["type"]), c["nullable"], c["default"]) for c in columns},
            told.get_pk_constraint(name),
            sorted(map(str, told.get_foreign_keys(name))),
            sorted(map(str, told.get_indexes(name))),
        )
        for name in told.get_table_names()
        for columns in [told.get_columns(name)]
    }
    version = connection.execute(text("SELECT * FROM alembic_version")).all()
    if connection.dialect.name != "sqlite":
        return tables, version
    index = text("SELECT sql FROM sqlite_master WHERE name = 'words'")
    words = connection.execute(index).scalar_one()
    return tables, version, "".join(words.split())


def differences(connection: Connection) -> Any:
    """What Alembic would still change."""
    options = {"include_name": is_table_of_ours}
    return compare_metadata(
        MigrationContext.configure(connection, opts=options), metadata
    )


def is_table_of_ours(name: str | None, kind: str, _: object) -> bool:
    """Whether it is no part of the index of words, which each database has its own of."""
    return kind != "table" or not str(name).startswith("words")


def test_the_newest_migration_is_the_one_the_code_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


@pytest.mark.parametrize("version", ["0001", "0012"])
@pytest.mark.parametrize("kind", ["file", "postgresql"])
def test_a_database_of_an_earlier_schema_is_brought_up_to_date_with_all_it_holds(
    kind: str, version: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = "sqlite" if kind == "file" else request.getfixturevalue("database")

    def first(connection: Connection) -> None:
        migrate(connection, version)
        connection.execute(text("INSERT INTO memory VALUES ('kept', 'all along')"))

    place = f"sqlite:///{tmp_path / 'feedsvc.db'}" if url == "sqlite" else url
    old = connect(place, patience=5)
    old.write(first)
    old.close()
    store = open_store(url, tmp_path)
    assert store.memory("kept") == "all along"
    assert store._database.write(differences) == []
    store.close()
