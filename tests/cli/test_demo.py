"""``feedsvc demo --once``: the whole main job on this machine."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import House

pytestmark = pytest.mark.integration


def test_one_cycle_prints_the_table_of_feeds(house: House) -> None:
    ran = house.run("demo", "--once")
    assert ran.code == 0
    assert re.search(r"broken +failed", ran.out)
    assert re.search(r"zh/all +\d+ +http://127\.0\.0\.1:\d+/zh/all/feed\.atom", ran.out)
    assert "Reported as failing, and costing nothing else: broken." in ran.err
    assert not (house.root / "var").exists()


def test_data_is_kept_where_asked(house: House, tmp_path: Path) -> None:
    assert (
        house.run("--data", tmp_path / "kept", "demo", "--once", "--port", "0").code
        == 0
    )
    assert (tmp_path / "kept/public/zh/all/feed.rss").is_file()
    ran = house.run("--data", tmp_path / "kept", "demo", "--once")
    assert re.search(r"harbour +unchanged", ran.out)
