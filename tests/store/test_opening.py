"""A database is made whole, and refused with a reason when it cannot be used."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection

from feedsvc.errors import Code, StoreError
from feedsvc.model.feed import Edition
from feedsvc.store import Store, open_store
from tests.store.samples import NOW, make_article, make_outcome

ALL = Edition(language="zh", category="all", include_all=True, items=100_000)
FILE = "feedsvc.db"


def filled(data: Path, articles: int = 300) -> Path:
    store = open_store("sqlite", data)
    store.save([make_outcome(*(make_article(n) for n in range(articles)))], NOW)
    store.close()
    return data / FILE


def refused(url: str, data: Path) -> tuple[Code, str]:
    with pytest.raises(StoreError) as caught:
        open_store(url, data)
    fault = caught.value.fault
    assert fault.args["detail"]
    return fault.code, fault.place


def test_a_fresh_database_is_one_file_and_stays_what_it_is(tmp_path: Path) -> None:
    data = tmp_path / "made" / "on demand %"
    filled(data)
    assert [path.name for path in data.iterdir()] == [FILE]
    store = open_store("sqlite", data)
    assert len(store.newest(ALL)) == 300
    store.close()


def test_a_url_may_name_the_file(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/own/my.db", tmp_path)
    store.close()
    assert (tmp_path / "own" / "my.db").is_file()


def test_alembic_is_not_even_imported_for_a_database_up_to_date(tmp_path: Path) -> None:
    filled(tmp_path, 1)
    code = (
        "import sys, pathlib; from feedsvc.store import open_store;"
        f"open_store('sqlite', pathlib.Path({str(tmp_path)!r})).close();"
        "sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_a_start_cut_short_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / f"{FILE}.1.new").write_bytes(b"half")
    (tmp_path / f"{FILE}.1.new-wal").write_bytes(b"half")
    filled(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize("kind", ["file", "postgresql"])
def test_a_database_of_a_later_version_is_refused(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = "sqlite" if kind == "file" else request.getfixturevalue("database")
    store = open_store(url, tmp_path)
    later = "UPDATE alembic_version SET version_num = '9999'"
    store._database.write(lambda c: c.exec_driver_sql(later))
    store.close()
    code, _ = refused(url, tmp_path)
    assert code is Code.E_DB_NEWER


def garbled(data: bytes) -> bytes:
    pages = bytearray(data)
    for start in range(4096 * 3, len(pages), 4096):
        pages[start : start + 64] = b"\xff" * 64
    return bytes(pages)


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
def test_a_damaged_file_is_refused_and_left_alone(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    path = filled(tmp_path)
    damaged = damage(path.read_bytes())
    path.write_bytes(damaged)
    assert refused("sqlite", tmp_path) == (Code.E_DB_CORRUPT, str(path))
    assert path.read_bytes() == damaged


@pytest.mark.parametrize(
    "url",
    [
        "no url at all",
        "mysql://localhost/feeds",
        "postgresql://nobody:secret@127.0.0.1:1/feeds",
        "sqlite:////proc/nowhere/feedsvc.db",
    ],
    ids=["nonsense", "another kind", "nobody there", "no such place"],
)
def test_what_cannot_be_opened_is_refused(tmp_path: Path, url: str) -> None:
    code, place = refused(url, tmp_path)
    assert code is Code.E_DB
    assert "secret" not in place


def test_a_lock_that_lasts_is_busy_and_leaves_nothing(tmp_path: Path) -> None:
    filled(tmp_path, 1)
    store = open_store("sqlite", tmp_path, patience=0.1)
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError) as caught:
        store.save([make_outcome(make_article(2))], NOW)
    assert caught.value.fault.code is Code.E_DB_BUSY
    assert len(store.newest(ALL)) == 1  # readers do not wait
    other.execute("ROLLBACK")
    other.close()
    store.save([make_outcome(make_article(2))], NOW)
    assert len(store.newest(ALL)) == 2
    store.close()


def test_a_lock_that_ends_in_time_is_waited_for(tmp_path: Path) -> None:
    filled(tmp_path, 1)
    store = open_store("sqlite", tmp_path)
    other = sqlite3.connect(
        tmp_path / FILE, isolation_level=None, check_same_thread=False
    )
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.3, lambda: other.execute("ROLLBACK"))
    timer.start()
    store.save([make_outcome(make_article(2))], NOW)
    timer.join()
    other.close()
    assert len(store.newest(ALL)) == 2
    store.close()


def test_a_lock_on_postgresql_that_lasts_is_busy(database: str, tmp_path: Path) -> None:
    import psycopg

    store = open_store(database, tmp_path, patience=0.1)
    with psycopg.connect(database) as other:
        other.execute("LOCK TABLE articles IN EXCLUSIVE MODE")
        with pytest.raises(StoreError) as caught:
            store.save([make_outcome(make_article(2))], NOW)
    assert caught.value.fault.code is Code.E_DB_BUSY
    store.close()


def test_a_lost_postgresql_connection_is_made_anew(
    database: str, tmp_path: Path
) -> None:
    """Reliability, case 85: the transaction under way is done again."""
    import psycopg

    store = open_store(database, tmp_path)
    store.save([make_outcome(make_article(1))], NOW)
    kill = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with psycopg.connect(database, autocommit=True) as other:
        other.execute(kill)
        store.save([make_outcome(make_article(2))], NOW)
        assert len(store.newest(ALL)) == 2
        tries: list[int] = []

        def work(connection: Connection) -> int:
            tries.append(1)
            if len(tries) == 1:
                other.execute(kill)
            found = connection.exec_driver_sql("SELECT count(*) FROM articles")
            return int(found.scalar_one())

        assert store._database.write(work) == 2
        assert len(tries) == 2
    store.close()


def test_a_sound_database_says_what_it_is(url: str, store: Store) -> None:
    health = store.examine()
    engine = "PostgreSQL" if url.startswith("postgres") else "SQLite"
    assert health.engine.startswith(f"{engine} ")
    assert health.size > 0
    assert health.faults == ()
