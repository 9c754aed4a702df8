"""The same articles, first seen at the same times, are the same bytes anywhere."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from feedsvc.output import open_output
from feedsvc.publish.publisher import Publisher
from tests.publish.world import House, article

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = [
    article(1, keywords=("b", "a", "c"), categories=("sport",)),
    article(2, language="zh", title="汾河涨水", authors=("王小明", "李雷")),
    article(3, categories=()),
]


def tree() -> dict[str, str]:
    """The digests of a tree of ARTICLES."""
    h = House()
    h.keep(*ARTICLES)
    h.publish()
    return {path: sha256(body).hexdigest() for path, body in h.output.bodies().items()}


def test_two_stores_give_the_same_bytes() -> None:
    assert tree() == tree()


def test_the_order_of_arrival_leaves_no_trace() -> None:
    h = House()
    for one in reversed(ARTICLES):
        h.keep(one)
    h.publish()
    assert {p: sha256(b).hexdigest() for p, b in h.output.bodies().items()} == tree()


@pytest.mark.integration
@pytest.mark.parametrize("seed", ["1", "2"])
def test_no_process_has_bytes_of_its_own(seed: str) -> None:
    asked = "import json; from tests.publish.test_bytes import tree; print(json.dumps(tree()))"
    told = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": f"Etc/GMT+{seed}"},
        capture_output=True,
        check=True,
    )
    assert json.loads(told.stdout) == tree()


def test_a_directory_holds_what_memory_holds(tmp_path: Path) -> None:
    h = House()
    h.keep(*ARTICLES)
    h.publish()
    again = House()
    again.keep(*ARTICLES)
    Publisher(
        again.config, again.store, open_output("public", tmp_path), lambda: again.now
    ).publish()
    for path, body in h.output.bodies().items():
        assert (tmp_path / "public" / path).read_bytes() == body
