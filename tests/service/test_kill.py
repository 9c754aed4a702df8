"""kill -9 at any moment: the next start needs no help, and readers notice nothing."""

import random
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.service.installation import Installation, Process, eventually
from tests.service.origin import Kind, Language, Press, Site, press
from tests.service.reader import PATHS, Reader

pytestmark = pytest.mark.integration

_GENERATION = re.compile(r"(zh|en)\+(all|local|economy)-[0-9a-f]+")
_PLACED = re.compile(r"[a-z-]+\.(html|css|svg|js|ico|png)(\.gz|\.br|\.zst)?")


def sites() -> Iterator[Site]:
    kinds: list[tuple[Language, Kind]] = [
        ("zh", "list"),
        ("en", "list"),
        ("zh", "feed"),
    ]
    for number in range(9):
        language, kind = kinds[number % 3]
        site = Site(f"site{number}", language, kind, wait=0.01)
        site.publish(4)
        yield site


@contextmanager
def busy(directory: Path) -> Iterator[tuple[Installation, Press]]:
    with press(list(sites())) as papers:
        yield Installation(directory, papers), papers


def live(
    installed: Installation, reader: Reader, process: Process, seconds: float
) -> int:
    """Read the tree and the server until ``seconds`` have gone by; HTTP answers got."""
    end = time.monotonic() + seconds
    answered = 0
    with httpx.Client(base_url=installed.base, timeout=5) as client:
        while time.monotonic() < end:
            reader.read_tree()
            answered += reader.read_http(client)
            assert process.alive(), process.said
            time.sleep(min(0.02, max(0.0, end - time.monotonic())))
    return answered


def left_over(public: Path) -> list[str]:
    """What is in the tree and has no business there."""
    generations = public / ".generations"
    standing = {(public / path).resolve().name for path in PATHS}
    odd = [p.name for p in generations.iterdir() if not _GENERATION.fullmatch(p.name)]
    for path in PATHS:
        family = path.replace("/", "+")
        old = [p for p in generations.glob(f"{family}-*") if p.name not in standing]
        odd += [p.name for p in old[1:]]
    for folder in (public, public / "zh", public / "en"):
        odd += [
            str(path)
            for path in folder.iterdir()
            if path.is_file() and not _PLACED.fullmatch(path.name)
        ]
    return odd


def check_database(data: Path, count: int) -> None:
    with closing(sqlite3.connect(data / "feedsvc.db")) as database:
        [[found]] = database.execute("PRAGMA integrity_check").fetchall()
        assert found == "ok"
        [[articles]] = database.execute("SELECT count(*) FROM articles").fetchall()
        assert articles == count


@pytest.mark.parametrize(
    "kills",
    [
        pytest.param(8, id="8"),
        pytest.param(50, id="50", marks=pytest.mark.long),
    ],
)
def test_nothing_is_lost_doubled_or_half_served(
    tmp_path: Path, kills: int, record_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(20_261_124 + kills)
    with busy(tmp_path) as (installed, papers):
        reader = Reader(installed.public)
        answered = 0
        for round_ in range(kills):
            with installed.starting("run") as process:
                answered += live(installed, reader, process, chance.uniform(0.1, 2.0))
                process.kill(group=chance.random() < 0.5)
                eventually(process.gone, 5)
            assert "Traceback" not in process.said
            reader.read_tree()
            for site in chance.sample(list(papers.sites.values()), 2):
                site.publish(chance.randint(1, 3))
            if (installed.data / "feedsvc.db").exists() and round_ % 3:
                installed.time_passes()

        def complete() -> bool:
            reader.read_tree()
            return all(reader.held[f"{t}/all"] == papers.urls(t) for t in ("zh", "en"))

        with installed.starting("run") as process:
            eventually(lambda: installed.base in process.said)
            installed.time_passes()
            eventually(complete)
            answered += live(installed, reader, process, 0.3)
            assert process.stop() == 0
            eventually(process.gone, 5)
            assert "Traceback" not in process.said
        everything = papers.urls("zh") | papers.urls("en")
        assert reader.held["zh/local"] == reader.held["en/local"] == everything
        assert left_over(installed.public) == []
        assert [p.name for p in installed.data.glob("*.new*")] == []
        check_database(installed.data, len(everything))
        asked = max(
            count
            for site in papers.sites.values()
            for path, count in site.requests.items()
            if path.endswith(".html")
        )
        record_property("folders read", reader.reads)
        record_property("answers", answered)
        record_property("articles", len(everything))
        record_property("most requests for one page", asked)
