"""On a terminal, in a pipe, in a process: what only a real process shows."""

import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import House

pytestmark = pytest.mark.integration

HEAVY = (
    "aiohttp", "alembic", "apscheduler", "dateparser", "feedgen", "httpx", "rich",
    "sqlalchemy", "starlette", "trafilatura", "uvicorn",
)  # fmt: skip


def process(house: House, *argv: object, code: str = "") -> subprocess.Popen[bytes]:
    words = ("-c", code) if code else ("-m", "feedsvc")
    return subprocess.Popen(
        [sys.executable, *words, *map(str, argv)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=house.root,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )


@pytest.mark.parametrize("argv", [("--help",), ("check",), ("check", "--json")])
def test_a_quick_command_imports_nothing_heavy(
    house: House, argv: tuple[str, ...]
) -> None:
    code = (
        "import sys\nfrom feedsvc.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print(*sorted(sys.modules), file=sys.stderr)"
    )
    out, err = process(house, *argv, code=code).communicate()
    assert out
    assert not set(HEAVY) & set(err.decode().split())


def test_a_reader_that_had_enough_is_no_trouble(house: House) -> None:
    page = house.file("page.html", "<title>A title</title><p>Text.</p>" * 40)
    with process(house, "extract", *[page] * 300) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 1


def test_an_interrupt_ends_without_a_traceback(house: House) -> None:
    fifo = house.root / "endless"
    os.mkfifo(fifo)
    with process(house, "items", fifo, "--url", "https://x.example/") as running:
        assert running.stderr
        writing = fifo.open("wb")  # opens when the command reads
        time.sleep(0.05)
        running.send_signal(2)
        assert running.stderr.read() == b""
        writing.close()
    assert running.returncode == 130


def on_terminal(house: House, *argv: object) -> str:
    """What a person sees on a terminal of 60 columns."""
    ours, theirs = pty.openpty()
    environ = {**os.environ, "TERM": "xterm", "COLUMNS": "60"}
    running = subprocess.Popen(
        [sys.executable, "-m", "feedsvc", *map(str, argv)],
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=house.root,
        env=environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    os.close(theirs)
    seen = b""
    try:
        while part := os.read(ours, 4096):
            seen += part
    except OSError:  # Linux: the other end was closed
        pass
    running.wait()
    os.close(ours)
    return seen.decode()


def test_people_get_colours_and_progress_and_whole_faults(house: House) -> None:
    where = f"{house.base}/{'very-' * 20}long"
    house.write("sources/gone.toml", f'url = "{where}"\n')
    seen = on_terminal(house, "collect")
    assert "\x1b[1m" in seen
    assert "visiting" in seen or "━" in seen
    assert f"gone: {where}: " in seen  # neither wrapped nor cut


def test_a_strangers_page_does_not_speak_to_the_terminal(house: House) -> None:
    url = f"{house.base}/hostile.html"
    house.write("sources/river.toml", f'url = "{url}"\nkind = "feed"\n')
    assert house("collect").code == 1
    where = ("--config", "config", "--data", "var")
    seen = on_terminal(house, *where, "status", "--page", "river")
    assert seen == "<p>\\x1b]0;A title\\x07</p>\r\n"


def test_feedsvc_is_a_module_too(house: House) -> None:
    out, _ = process(house, "--version").communicate()
    assert out.startswith(b"feedsvc ")
