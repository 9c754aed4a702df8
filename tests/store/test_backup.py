"""All state in one file and back, from each database into each (reliability.md, 84)."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, LargeBinary, Table, Text, insert, select

from feedsvc.errors import Code, StoreError
from feedsvc.model.feed import Edition
from feedsvc.store import Store, open_store, restore_store
from feedsvc.store.engine import Database, connect
from feedsvc.store.opening import open_database
from feedsvc.store.schema import HEAD, indexed, metadata
from tests.store.conftest import new_database
from tests.store.samples import NOW, make_article, make_outcome
from tests.store.test_opening import FILE, garbled
from tests.store.test_ports import migrate

Rows = dict[str, list[tuple[Any, ...]]]

ALL = Edition(language="zh", category="all", include_all=True, items=100_000)
FOUND = Edition(language="zh", category="all", include_all=True, items=9, query="标题")


def fill(connection: Connection) -> None:
    """Two rows of every table; every other value of a column that may miss is missing."""
    for table in metadata.sorted_tables:
        connection.execute(insert(table), [row(table, n) for n in range(2)])


def row(table: Table, n: int) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for place, column in enumerate(table.columns):
        [*owners] = column.foreign_keys
        if column.nullable and (n + place) % 2:
            values[column.name] = None
        elif owners:
            values[column.name] = f"articles.id.{n}"
        elif isinstance(column.type, LargeBinary):
            values[column.name] = bytes(range(256)) * (n + 1)
        elif isinstance(column.type, Text):
            values[column.name] = f"{column}.{n}"
        else:
            values[column.name] = n
    return values


def dump(database: Database) -> Rows:
    """Every row but for the words' numbers, which are made again."""
    kept = {
        table.name: [c for c in table.columns if c is not indexed.c.number]
        for table in metadata.sorted_tables
    }
    return database.read(
        lambda c: {
            name: sorted((tuple(r) for r in c.execute(select(*columns))), key=repr)
            for name, columns in kept.items()
        }
    )


@pytest.fixture
def full(url: str, tmp_path: Path) -> Iterator[Database]:
    """A database with something in every table."""
    with closing(open_database(url, tmp_path / "one", 5.0, beside=False)) as opened:
        opened.write(fill)
        yield opened


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """The backup of a store of three articles."""
    to = tmp_path / "kept.db"
    with closing(open_store("sqlite", tmp_path / "one")) as store:
        store.save([make_outcome(*(make_article(n) for n in range(3)))], NOW)
        store.back_up(to)
    return to


def titles(url: str, data: Path, edition: Edition = ALL) -> list[str]:
    with closing(open_store(url, data)) as store:
        while store.index():
            pass
        return sorted(article.title for article in store.newest(edition))


def refused(data: Path, backup: Path) -> tuple[Code, str]:
    with pytest.raises(StoreError) as caught:
        restore_store("sqlite", data, backup)
    assert caught.value.fault.args["detail"]
    return caught.value.fault.code, caught.value.fault.place


@pytest.mark.parametrize("to", ["file", "postgresql"])
def test_nothing_is_lost_on_the_way(
    full: Database, to: str, postgres: str, tmp_path: Path
) -> None:
    before = dump(full)
    assert all(len(rows) == 2 for rows in before.values())
    Store(full).back_up(tmp_path / "kept.db")
    assert [path.name for path in tmp_path.glob("kept*")] == ["kept.db"]
    url = "sqlite" if to == "file" else new_database(postgres)
    for _ in range(2):  # the second over what the first put there
        restore_store(url, tmp_path / "two", tmp_path / "kept.db")
        with closing(open_database(url, tmp_path / "two", 5.0, beside=False)) as made:
            assert dump(made) == before
    left = {path.name for path in (tmp_path / "two").iterdir()}
    assert left == ({FILE, f"{FILE}.replaced"} if to == "file" else set())


@pytest.mark.parametrize("to", ["file", "postgresql"])
def test_what_was_there_gives_way_and_searches_find_what_came(
    backup: Path, to: str, postgres: str, tmp_path: Path
) -> None:
    url, data = "sqlite" if to == "file" else new_database(postgres), tmp_path / "two"
    with closing(open_store(url, data)) as store:
        store.save([make_outcome(make_article(9))], NOW)
    assert titles(url, data, FOUND) == ["标题 9"]
    restore_store(url, data, backup)
    assert titles(url, data) == ["标题 0", "标题 1", "标题 2"]
    assert titles(url, data, FOUND) == ["标题 0", "标题 1", "标题 2"]


def test_a_damaged_database_gives_way_and_is_kept(backup: Path, tmp_path: Path) -> None:
    data = tmp_path / "one"
    (data / FILE).write_bytes(b"no database")
    (data / f"{FILE}-wal").write_bytes(b"of the damaged one")
    restore_store("sqlite", data, backup)
    assert titles("sqlite", data) == ["标题 0", "标题 1", "标题 2"]
    assert (data / f"{FILE}.replaced").read_bytes() == b"no database"
    assert (data / f"{FILE}.replaced-wal").read_bytes() == b"of the damaged one"


def test_a_backup_is_of_one_moment(tmp_path: Path) -> None:
    """Each save of two articles is there as a whole, or not at all."""
    begun, stop = threading.Event(), threading.Event()
    with closing(open_store("sqlite", tmp_path)) as store:

        def write() -> None:
            for n in range(0, 10_000, 2):
                if stop.is_set():
                    return
                store.save([make_outcome(make_article(n), make_article(n + 1))], NOW)
                begun.set()

        writer = threading.Thread(target=write)
        writer.start()
        assert begun.wait(60)
        with closing(open_store("sqlite", tmp_path, beside=True)) as beside:
            for n in range(5):
                beside.back_up(tmp_path / f"{n}.db")
        stop.set()
        writer.join()
    for n in range(5):
        restore_store("sqlite", tmp_path / str(n), tmp_path / f"{n}.db")
        found = titles("sqlite", tmp_path / str(n))
        assert found
        assert len(found) % 2 == 0


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda _: b"this is no database, it never was" * 200,
        lambda data: data[: len(data) // 2],
        lambda data: b"\0" * 512 + data[512:],
        garbled,
    ],
    ids=["emptied", "another file", "cut short", "header lost", "bits flipped"],
)
def test_what_is_no_backup_changes_nothing(
    backup: Path, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    backup.write_bytes(damage(backup.read_bytes()))
    before = (tmp_path / "one" / FILE).read_bytes()
    assert refused(tmp_path / "one", backup) == (Code.E_BACKUP, str(backup))
    assert [path.name for path in (tmp_path / "one").iterdir()] == [FILE]
    assert (tmp_path / "one" / FILE).read_bytes() == before


def test_a_database_of_somebody_else_is_no_backup(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.db"
    with closing(sqlite3.connect(theirs)) as connection:
        connection.execute("CREATE TABLE articles (id TEXT)")
    assert refused(tmp_path / "one", theirs) == (Code.E_BACKUP, str(theirs))
    assert list((tmp_path / "one").iterdir()) == []


def test_a_backup_of_a_later_version_is_refused(backup: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(backup)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert refused(tmp_path / "one", backup) == (Code.E_DB_NEWER, str(backup))


def test_a_backup_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    with closing(connect(f"sqlite:///{old}", 5.0)) as database:
        database.write(lambda c: migrate(c, "0001"))
    restore_store("sqlite", tmp_path, old)
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        found = connection.execute("SELECT version_num FROM alembic_version")
        assert found.fetchone() == (HEAD,)
    assert titles("sqlite", tmp_path) == []


def test_there_must_be_a_place_for_a_backup_and_a_file_to_restore(
    backup: Path, tmp_path: Path
) -> None:
    with closing(open_store("sqlite", tmp_path / "one")) as store:
        with pytest.raises(FileNotFoundError):
            store.back_up(tmp_path / "nowhere" / "kept.db")
        (tmp_path / "folder").mkdir()
        with pytest.raises(OSError, match="folder"):
            store.back_up(tmp_path / "folder")
    with pytest.raises(FileNotFoundError):
        restore_store("sqlite", tmp_path / "one", tmp_path / "nowhere.db")
    assert {path.name for path in tmp_path.iterdir()} == {"one", "folder", backup.name}
