"""An installation of feedsvc, and its commands as real processes."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from tests.service.origin import Press, Site

__all__ = ["Installation", "Process", "eventually", "free_port", "members"]

T = TypeVar("T")

_SETTINGS = """
[site]
title = {{ zh = "河边新闻", en = "River News" }}
base_url = "http://127.0.0.1:{port}"
authority = "river.example,2026"
timezone = "Asia/Shanghai"
languages = ["zh", "en"]
contact = "mailto:editor@river.example"
[collect]
host_gap = "0.001s"
timeout = "5s"
allow_networks = ["127.0.0.0/8"]
[publish]
items = 500
[serve]
port = {port}
"""
_CATEGORIES = """
[local]
include = "all"
keywords = ["步道", "path"]
title = { zh = "本地", en = "Local" }
[economy]
"""


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


def eventually(look: Callable[[], T], seconds: float = 20.0) -> T:
    """The first truthy thing that ``look`` gives; fails after ``seconds``."""
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, f"not within {seconds:g} s"
        time.sleep(0.05)
    return found


def members(group: int) -> list[int]:
    """The living processes of a process group (proc(5): the dead are zombies)."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            stat = (entry / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        state, _, pgrp = stat.rpartition(")")[2].split()[:3]
        if int(pgrp) == group and state not in "ZX":
            found.append(int(entry.name))
    return found


@dataclass
class Process:
    """One command under way, the leader of a process group of its own."""

    popen: subprocess.Popen[str]
    log: Path

    @property
    def pid(self) -> int:
        return self.popen.pid

    @property
    def said(self) -> str:
        """What it has written to stderr."""
        return self.log.read_text(encoding="utf-8")

    def alive(self) -> bool:
        return self.popen.poll() is None

    def stop(self, number: int = signal.SIGTERM, seconds: float = 10.0) -> int:
        """Send a signal to the leader alone; its exit code."""
        self.popen.send_signal(number)
        return self.popen.wait(seconds)

    def kill(self, *, group: bool = True) -> None:
        """``kill -9``, of the whole group or of the leader alone."""
        if group:
            os.killpg(self.pid, signal.SIGKILL)
        else:
            self.popen.kill()
        self.popen.wait(10)

    def gone(self) -> bool:
        """Whether nothing of it is left, workers neither."""
        return not self.alive() and not members(self.pid)


@dataclass
class Installation:
    """Configuration and data of its own, over a press."""

    home: Path
    press: Press
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        (self.config / "sources").mkdir(parents=True)
        self.settings()
        self.write("categories.toml", _CATEGORIES)
        for site in self.press.sites.values():
            self.source(site)

    @property
    def config(self) -> Path:
        return self.home / "config"

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def public(self) -> Path:
        return self.data / "public"

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def settings(self) -> None:
        self.write("feedsvc.toml", _SETTINGS.format(port=self.port))

    def source(self, site: Site) -> None:
        self.write(f"sources/{site.name}.toml", site.toml())

    def write(self, name: str, text: str) -> None:
        """Put a configuration file in its place at once, as editors do."""
        path = self.config / name
        new = path.with_name(f"{path.name}.new")
        new.write_text(text, encoding="utf-8")
        new.replace(path)

    @contextmanager
    def starting(self, *words: str, data: Path | None = None) -> Iterator[Process]:
        """A command under way; whatever is left of it when the block ends is killed."""
        count = len(list(self.home.glob("*.log")))
        log = self.home / f"{count:03}-{words[0]}.log"
        with log.open("w", encoding="utf-8") as stderr:
            popen = subprocess.Popen(
                self._command(words, data),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                text=True,
                env=_environment(),
                start_new_session=True,
            )
        process = Process(popen, log)
        try:
            yield process
        finally:
            if members(process.pid):
                os.killpg(process.pid, signal.SIGKILL)
            popen.wait(10)

    def call(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command from its beginning to its end."""
        return subprocess.run(
            self._command(words, None),
            capture_output=True,
            text=True,
            env=_environment(),
            timeout=60,
            check=False,
        )

    def time_passes(self) -> None:
        """Make every source due, as waiting for half a minute would."""
        database = sqlite3.connect(self.data / "feedsvc.db", timeout=5)
        with closing(database), database:
            database.execute("PRAGMA wal_autocheckpoint=0")
            database.execute("UPDATE visits SET due = 0")

    def _command(self, words: Sequence[str], data: Path | None) -> list[str]:
        options = ["--config", str(self.config), "--data", str(data or self.data)]
        return [sys.executable, "-m", "feedsvc", *options, *words]


def _environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("FEEDSVC_")}
    return kept | {"LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"}
