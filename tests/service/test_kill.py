"""kill -9 at any moment: the next start needs no help, and readers notice nothing."""

import random
import re
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.service.installation import Installation, Process, eventually
from tests.service.origin import Kind, Language, Press, Site, press
from tests.service.reader import PATHS, Reader

pytestmark = pytest.mark.integration

_GENERATION = re.compile(r"(zh|en)\+(all|local|economy)-[0-9a-f]+")
_PLACED = re.compile(
    r"[a-z-]+\.(html|css|svg|js|ico|png|opml|xml|txt)(\.gz|\.br|\.zst)?"
)


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


@dataclass
class Watch:
    """A reader beside an installation, who never looks away."""

    installed: Installation
    reader: Reader
    answers: int = 0
    cut: Counter[str] = field(default_factory=Counter)
    """How far the service had come each time that it was killed."""

    def read(self, process: Process, seconds: float) -> None:
        """Read the tree and the server until ``seconds`` have gone by."""
        end = time.monotonic() + seconds
        with httpx.Client(base_url=self.installed.base, timeout=5) as client:
            while time.monotonic() < end:
                for _ in range(3):  # faster than HTTP, and what a switch would tear
                    self.reader.read_tree()
                self.answers += self.reader.read_http(client)
                assert process.alive(), process.said
                time.sleep(min(0.02, max(0.0, end - time.monotonic())))

    def read_until_served(self, process: Process, stored: set[str]) -> None:
        """Read until it serves: by then what was ``stored`` must have come out."""

        def served() -> bool:
            self.read(process, 0.02)
            return self.installed.base in process.said

        eventually(served)
        self.reader.read_tree()
        held, ids = self.reader.held, self.reader.ids
        urls = held["zh/all"] | held["en/all"]
        read = {ids[url].rpartition(":")[2] for url in urls}
        assert stored <= read, "stored, and not published at the next start"

    def kill(self, process: Process, *, group: bool) -> None:
        """``kill -9``; what is left must be as good as what was there before."""
        process.kill(group=group)
        eventually(process.gone, 5)
        said = process.said
        assert "Traceback" not in said
        self.cut[
            "after a visit"
            if " new, " in said
            else "serving"
            if self.installed.base in said
            else "starting"
        ] += 1
        self.reader.read_tree()


def stored(data: Path) -> set[str]:
    """The ids in the database, once there is one."""
    if not (data / "feedsvc.db").exists():
        return set()
    with closing(sqlite3.connect(data / "feedsvc.db")) as database:
        return {row[0] for row in database.execute("SELECT id FROM articles")}


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
        pytest.param(6, id="6"),
        pytest.param(50, id="50", marks=pytest.mark.long),
    ],
)
def test_nothing_is_lost_doubled_or_half_served(
    tmp_path: Path, kills: int, record_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(20_261_124 + kills)
    with busy(tmp_path) as (installed, papers):
        reader = Reader(installed.public)
        watch = Watch(installed, reader)
        for round_ in range(kills):
            kept = stored(installed.data)
            with installed.starting("run") as process:
                if round_ % 3:
                    watch.read_until_served(process, kept)
                watch.read(process, chance.uniform(0.1, 2.0))
                watch.kill(process, group=chance.random() < 0.5)
            for site in chance.sample(list(papers.sites.values()), 3):
                site.publish(chance.randint(1, 3))
            if (installed.data / "feedsvc.db").exists():
                installed.time_passes()

        def complete() -> bool:
            reader.read_tree()
            return all(reader.held[f"{t}/all"] == papers.urls(t) for t in ("zh", "en"))

        kept = stored(installed.data)
        with installed.starting("run") as process:
            watch.read_until_served(process, kept)
            installed.time_passes()
            eventually(complete)
            watch.read(process, 1.5)
            assert process.stop() == 0
            eventually(process.gone, 5)
            assert "Traceback" not in process.said
        assert reader.served == reader.held
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
        record_property("answers", watch.answers)
        record_property("killed when", dict(watch.cut))
        record_property("articles", len(everything))
        record_property("most requests for one page", asked)
