"""The store is what its users ask for, and its schema is what the migrations make."""

from pathlib import Path
from typing import cast

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from feedsvc.collect.ports import CollectStore
from feedsvc.publish.ports import AskedStore, PublishStore
from feedsvc.store import Store, open_store
from feedsvc.store.engine import connect
from feedsvc.store.opening import MIGRATIONS
from feedsvc.store.schema import HEAD, metadata


def test_a_store_serves_visits_and_publication() -> None:
    store = cast("Store", object())
    seams: tuple[CollectStore, PublishStore, AskedStore] = (store, store, store)
    assert len(seams) == 3


def test_migrations_make_the_tables_of_the_schema(store: Store) -> None:
    options = {"include_name": is_table_of_ours}
    differences = store._database.write(
        lambda c: compare_metadata(
            MigrationContext.configure(c, opts=options), metadata
        )
    )
    assert differences == []


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
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        connection.execute(text("INSERT INTO memory VALUES ('kept', 'all along')"))

    place = f"sqlite:///{tmp_path / 'feedsvc.db'}" if url == "sqlite" else url
    old = connect(place, patience=5)
    old.write(first)
    old.close()
    store = open_store(url, tmp_path)
    assert store.memory("kept") == "all along"
    test_migrations_make_the_tables_of_the_schema(store)
    store.close()
