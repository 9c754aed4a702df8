"""The store is what its users ask for, and its schema is what the migrations make."""

from typing import cast

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from feedsvc.collect.ports import CollectStore
from feedsvc.publish.ports import PublishStore
from feedsvc.store import Store
from feedsvc.store.opening import MIGRATIONS
from feedsvc.store.schema import HEAD, metadata


def test_a_store_serves_visits_and_publication() -> None:
    store = cast("Store", object())
    seams: tuple[CollectStore, PublishStore] = (store, store)
    assert len(seams) == 2


def test_migrations_make_the_tables_of_the_schema(store: Store) -> None:
    differences = store._database.write(
        lambda c: compare_metadata(MigrationContext.configure(c), metadata)
    )
    assert differences == []


def test_the_newest_migration_is_the_one_the_code_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD
