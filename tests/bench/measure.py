"""Runs a command and says what it and everything it started cost."""

import ctypes
import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Cost", "measure", "spent"]

_PR_SET_CHILD_SUBREAPER = 36
_SAMPLE_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU and wall in seconds, peak memory of all processes together in MiB (PSS)."""

    cpu: float
    wall: float
    peak: float
    output: str


def measure(command: Sequence[str], environ: Mapping[str, str] | None = None) -> Cost:
    """Run ``command`` to its end, orphans of it included."""
    # Processes that outlive their parent become ours, so that their time is counted.
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        env={**os.environ, **(environ or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    peak = _Peak(process.pid)
    peak.start()
    assert process.stdout
    with process.stdout:
        output = process.stdout.read()
    wall = time.perf_counter() - started
    cpu = _reap()
    peak.stop()
    return Cost(cpu, wall, peak.mebibytes, output.decode(errors="replace"))


def spent() -> float:
    """CPU seconds so far of every process below this one that is alive."""
    seconds, parents = 0.0, {os.getpid()}
    for pid in sorted(int(e.name) for e in Path("/proc").iterdir() if e.name.isdigit()):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        # A child is younger than its parent, and so is its number here.
        if int(fields[1]) in parents:
            parents.add(pid)
            seconds += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return seconds


def _reap() -> float:
    seconds = 0.0
    while True:
        try:
            _, _, usage = os.wait4(-1, 0)
        except ChildProcessError:
            return seconds
        seconds += usage.ru_utime + usage.ru_stime


class _Peak(threading.Thread):
    """Samples what the processes of a session hold together."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self._session = session
        self._done = threading.Event()
        self.mebibytes = 0.0

    def run(self) -> None:
        while not self._done.wait(_SAMPLE_SECONDS):
            held = sum(_pss(pid) for pid in _members(self._session))
            self.mebibytes = max(self.mebibytes, held / 1024)

    def stop(self) -> None:
        self._done.set()
        self.join()


def _members(session: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if os.getsid(int(entry.name)) == session:
                    found.append(int(entry.name))
            except ProcessLookupError:
                continue
    return found


def _pss(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return next(int(x.split()[1]) for x in text.splitlines() if x.startswith("Pss:"))
