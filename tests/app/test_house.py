"""The rooms are opened as whoever asks for them may use them."""

from pathlib import Path

from feedsvc.app.house import shelves, stored
from feedsvc.app.place import Place
from feedsvc.store import Store
from tests.publish.world import config

PRAGMA = "PRAGMA wal_autocheckpoint"


def checkpoints(store: Store) -> int:
    """After how many pages of its log it writes them into the database."""
    ask = store._database.write
    found: int = ask(lambda c: c.exec_driver_sql(PRAGMA).scalar_one())
    return found


def test_who_publishes_alone_writes_the_log_into_the_database(tmp_path: Path) -> None:
    where = Place(config=tmp_path, data=tmp_path, environ={})
    with shelves(where, config()) as kept, stored(where, config()) as beside:
        assert checkpoints(kept.store) > 0
        assert checkpoints(beside) == 0


def test_a_store_is_made_where_there_is_none(tmp_path: Path) -> None:
    where = Place(config=tmp_path, data=tmp_path / "var", environ={})
    with stored(where, config()) as store:
        assert store.published() == {}
    assert (tmp_path / "var" / "feedsvc.db").is_file()
