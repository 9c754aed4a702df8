"""A data directory has one writer."""

import subprocess
import sys
from pathlib import Path

import pytest

from feedsvc.errors import Code, UsageError
from feedsvc.lock import hold


def test_a_second_writer_is_refused_by_name(tmp_path: Path) -> None:
    holder = (
        "import pathlib, sys, feedsvc.lock as l\n"
        "with l.hold(pathlib.Path(sys.argv[1])): print('held', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(UsageError) as refusal, hold(tmp_path):
            pass
        assert refusal.value.fault.code is Code.E_LOCKED
        assert refusal.value.fault.args["pid"] == str(other.pid)
        other.kill()
    with hold(tmp_path):
        assert (tmp_path / "lock").read_text().isdigit()


def test_the_directory_is_made_when_missing(tmp_path: Path) -> None:
    with hold(tmp_path / "new" / "data"):
        assert (tmp_path / "new" / "data" / "lock").exists()
