"""Killed at any moment, the store holds whole transactions (reliability, case 79)."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from feedsvc.model.feed import Edition
from feedsvc.store import Store, open_store
from tests.store.saver import BATCH, batch

ROOT = Path(__file__).parents[2]
EVERYTHING = Edition(language="zh", category="all", include_all=True, items=10**6)
ROUNDS = {"file": 12, "postgresql": 5}


def save_until_killed(url: str, data: Path, seconds: float) -> int:
    """Let a process save for a while, kill it; the last batch it told of."""
    command = [sys.executable, "-m", "tests.store.saver", url, str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout
        first = process.stdout.readline()
        time.sleep(seconds)
        process.kill()
        told = [first, *process.stdout.read().splitlines()]
    return int(told[-1])


def assert_whole(store: Store, told: int) -> None:
    """Every batch is there with all that hangs on it, or not at all."""
    sources = store.status().sources
    assert told + 1 <= len(sources) <= told + 2
    for number in range(len(sources)):
        articles = [a for o in batch(number) for a in o.articles]
        keys = [key for article in articles for key in article.aliases]
        known = store.known(f"s{number}", keys)
        assert len(known) == len(keys)
        assert all(k.list_digest for k in known.values())
    held = store.newest(EVERYTHING)
    assert len(held) == len(sources) * BATCH
    assert all(article.categories == ("local",) for article in held)
    assert all(s.faults and s.coverage.items == BATCH for s in sources)
    assert set(store.dirty()) == {"all", "local"}


@pytest.mark.integration
@pytest.mark.parametrize("kind", ROUNDS)
def test_nothing_is_half_there_after_a_kill(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = "sqlite" if kind == "file" else request.getfixturevalue("database")
    moments = random.Random(79)
    for _ in range(ROUNDS[kind]):
        told = save_until_killed(url, tmp_path, moments.uniform(0, 0.08))
        store = open_store(url, tmp_path)
        try:
            assert_whole(store, told)
        finally:
            store.close()
