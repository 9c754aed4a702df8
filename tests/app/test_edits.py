"""An edited configuration is taken up when it is right, and when that can be told."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from feedsvc.app import edits
from feedsvc.app.differences import Judge
from feedsvc.app.place import Place
from feedsvc.errors import Code, Fault
from feedsvc.pool import Inline
from feedsvc.store import open_store
from tests.cli.conftest import FEEDSVC


def write(config: Path, title: str) -> None:
    config.mkdir(exist_ok=True)
    (config / "feedsvc.toml").write_text(FEEDSVC.format().replace("River", title))
    (config / "categories.toml").write_text(
        '[local]\ntitle = { zh = "本", en = "L" }\n'
    )


async def test_an_edit_that_no_store_can_judge_waits_until_one_can(
    tmp_path: Path,
) -> None:
    where = Place(config=tmp_path / "config", data=tmp_path, environ={})
    write(where.config, "River")
    told: asyncio.Queue[Fault] = asyncio.Queue()
    mine = edits.Edits(where, told.put_nowait)
    with (
        closing(open_store("sqlite", tmp_path)) as store,
        closing(sqlite3.connect(tmp_path / "feedsvc.db")) as beside,
    ):
        beside.execute("ALTER TABLE memory RENAME TO gone")
        write(where.config, "The river")
        waiting = asyncio.create_task(mine.next(Judge(store, Inline())))
        fault = await asyncio.wait_for(told.get(), 30)
        assert fault.code is Code.E_DB
        assert mine.config.settings.site.title["en"] == "River"
        beside.execute("ALTER TABLE gone RENAME TO memory")
        config = await asyncio.wait_for(waiting, 30)
    assert config.settings.site.title["en"] == "The river"
    assert told.empty()
