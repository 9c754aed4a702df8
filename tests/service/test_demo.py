"""``feedsvc demo`` as somebody meets it who has just installed feedsvc."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.service.installation import Process, eventually, free_port

pytestmark = pytest.mark.integration

_LIMIT = 30.0
"""Seconds that one cycle may take (contract, section 1)."""

_INTERRUPTED = (0, 130, -signal.SIGINT)
"""By the signal itself while nothing is begun (or in the middle of an ``exec``)."""


def command(words: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "feedsvc", *words]


def environment(home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("FEEDSVC_")}
    return kept | {"LC_ALL": "C.UTF-8", "TMPDIR": str(home), "PYTHONUNBUFFERED": "1"}


def once(home: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command([*options, "demo", "--once"]),
        cwd=home,
        capture_output=True,
        text=True,
        env=environment(home),
        timeout=_LIMIT,
        check=False,
    )


@contextmanager
def showing(home: Path, *words: str) -> Iterator[Process]:
    log = home / "stderr.log"
    with log.open("w", encoding="utf-8") as stderr:
        popen = subprocess.Popen(
            command(["demo", *words]),
            cwd=home,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            text=True,
            env=environment(home),
            start_new_session=True,
        )
    process = Process(popen, log)
    try:
        yield process
    finally:
        if not process.gone():
            os.killpg(process.pid, signal.SIGKILL)
        popen.wait(10)


def visits(table: str) -> dict[str, list[str]]:
    """The rows of the first table, by source."""
    lines = [line.split() for line in table.splitlines()]
    start = next(n for n, cells in enumerate(lines) if "next" in cells)
    end = next(n for n, cells in enumerate(lines) if "anew:" in cells)
    return {cells[0]: cells[1:] for cells in lines[start + 1 : end]}


def test_one_cycle_prints_its_feeds_and_leaves_nothing_behind(tmp_path: Path) -> None:
    done = once(tmp_path)
    assert done.returncode == 0
    assert "broken: http://" in done.stderr
    assert "E_SERVER" in done.stderr
    assert "Traceback" not in done.stderr
    for path in ("zh/all", "en/all", "zh/local", "en/weather"):
        assert f"/{path}/feed.atom" in done.stdout
    assert visits(done.stdout)["broken"][0] == "failed"
    assert not list(tmp_path.iterdir())


def test_kept_data_has_nothing_new_the_second_time(tmp_path: Path) -> None:
    data = tmp_path / "kept"
    first = once(tmp_path, "--data", str(data))
    feeds = {p: p.read_bytes() for p in (data / "public").rglob("feed.*")}
    second = once(tmp_path, "--data", str(data))
    assert first.returncode == second.returncode == 0
    assert {n for n, row in visits(first.stdout).items() if row[2] == "0"} == {"broken"}
    assert feeds
    assert {p: p.read_bytes() for p in (data / "public").rglob("feed.*")} == feeds
    for name, (state, _, new, changed, *_) in visits(second.stdout).items():
        assert state == ("failed" if name == "broken" else "unchanged")
        assert (new, changed) == ("0", "0")


def test_it_serves_until_ctrl_c(tmp_path: Path) -> None:
    port = free_port()
    with showing(tmp_path, "--port", str(port)) as process:
        base = f"http://127.0.0.1:{port}"
        eventually(lambda: f"{base}" in process.said or not process.alive(), _LIMIT)
        found = httpx.get(f"{base}/zh/all/feed.json")
        assert found.json()["items"]
        assert process.stop(signal.SIGINT) in _INTERRUPTED
        eventually(process.gone, 5)
        assert "Traceback" not in process.said


@pytest.mark.parametrize("seconds", [0.3, 0.7, 1.2, 2.0])
def test_ctrl_c_at_any_time_leaves_no_traceback(tmp_path: Path, seconds: float) -> None:
    with showing(tmp_path, "--once") as process:
        time.sleep(seconds)
        assert process.alive()
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the whole group
        assert process.popen.wait(10) in _INTERRUPTED
        eventually(process.gone, 5)
        assert process.said.count("\n") <= 1
        # A file alone may be tempfile's: it tries the directory with one, which a signal can leave.
        assert not [path for path in tmp_path.iterdir() if path.is_dir()]
