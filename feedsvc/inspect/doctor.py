"""What feedsvc stands on, looked at piece by piece: each gives one finding.

Nothing is changed; whether a folder can be written to shows a file that is gone at once.
"""

import os
import platform
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Final, Literal

from feedsvc import __version__
from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.status import Health
from feedsvc.model.web import Failed, Fetched, Page

__all__ = [
    "Finding",
    "Subject",
    "clock",
    "database",
    "disks",
    "failed",
    "folder",
    "reached",
    "versions",
]

Subject = Literal[
    "versions", "database", "disk", "folder", "clock", "output", "source", "hub"
]

_RESERVE: Final = 500_000_000
"""Bytes that are to stay free at the least."""

_TOLERANCE: Final = 60.0
"""Seconds by which a clock may be off before dates that lean on it are wrong."""

_QUORUM: Final = 3
"""Servers that can tell by their own clocks whose is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at: which, where, what it is (figures and units), what is wrong."""

    subject: Subject
    place: str = ""
    found: str = ""
    faults: tuple[Fault, ...] = ()

    @property
    def state(self) -> Literal["ok", "warned", "failed"]:
        """The worst of its faults."""
        if any(fault.is_error for fault in self.faults):
            return "failed"
        return "warned" if self.faults else "ok"


def versions() -> Finding:
    """What runs."""
    parts = ("feedsvc", __version__, "· Python", platform.python_version())
    return Finding(
        subject="versions", place=platform.platform(terse=True), found=" ".join(parts)
    )


def database(health: Health) -> Finding:
    """The store, looked through."""
    return Finding(
        subject="database",
        place=health.place,
        found=f"{health.engine} · {_bytes(health.size)}",
        faults=health.faults,
    )


def disks(paths: Iterable[Path], held: int) -> Iterator[Finding]:
    """The room on each file system where ``paths`` are or will be.

    ``held`` are the bytes of the database: a backup of it takes as many.
    """
    by_device: dict[int, Path] = {}
    for path in paths:
        by_device.setdefault(_nearest(path).stat().st_dev, path)
    for path in by_device.values():
        yield _disk(path, held)


def _disk(path: Path, held: int) -> Finding:
    usage = shutil.disk_usage(_nearest(path))
    needed = held + _RESERVE
    args = {"free": _bytes(usage.free), "needed": _bytes(needed)}
    fault = Fault(code=Code.W_DISK, stage=Stage.MACHINE, place=str(path), args=args)
    return Finding(
        subject="disk",
        place=str(path),
        found=f"{_bytes(usage.free)} / {_bytes(usage.total)}",
        faults=(fault,) if usage.free < needed else (),
    )


def folder(path: Path) -> Finding:
    """Whether files can be made where ``path`` is or will be."""
    where = _nearest(path)
    try:
        with tempfile.TemporaryFile(dir=where):
            pass
    except OSError as refused:
        detail = f"{refused.strerror} (uid {os.geteuid()})"
        args = {"path": str(where), "detail": detail}
        fault = Fault(
            code=Code.E_FILE, stage=Stage.MACHINE, place=str(where), args=args
        )
        return Finding(subject="folder", place=str(path), faults=(fault,))
    return Finding(subject="folder", place=str(path))


def clock(now: datetime, ahead: Sequence[timedelta], last: datetime | None) -> Finding:
    """This machine's clock, by those of the servers that answered and by its own past.

    ``ahead`` is how far each of them is before us, ``last`` when anything was last done.
    """
    off = median(one.total_seconds() for one in ahead) if ahead else 0.0
    is_off = len(ahead) >= _QUORUM and abs(off) > _TOLERANCE
    back = (last - now).total_seconds() if last else 0.0
    if back > max(off, _TOLERANCE):
        off, is_off = back, True
    seconds = f"{off:+.0f}"
    fault = Fault(code=Code.W_CLOCK, stage=Stage.MACHINE, args={"seconds": seconds})
    return Finding(
        subject="clock",
        place=f"{now:%Y-%m-%d %H:%M:%S}Z",
        found=f"{seconds} s ({len(ahead)})",
        faults=(fault,) if is_off else (),
    )


def reached(
    subject: Literal["source", "hub"], place: str, fetched: Fetched, seconds: float
) -> Finding:
    """What came of asking; a hub is there whatever it answers to a plain GET."""
    found = f"{seconds:.1f} s"
    if isinstance(fetched, Page):
        found = f"{_bytes(len(fetched.body))} · {found}"
    if isinstance(fetched, Failed) and not (subject == "hub" and fetched.status):
        return failed(subject, place, (fetched.fault,))
    return Finding(subject=subject, place=place, found=found)


def failed(subject: Subject, place: str, faults: Sequence[Fault]) -> Finding:
    """What could not even be looked at."""
    return Finding(subject=subject, place=place, faults=tuple(faults))


def _nearest(path: Path) -> Path:
    """The path, or the first above that is there."""
    whole = path.absolute()
    return next(step for step in (whole, *whole.parents) if step.exists())


def _bytes(size: float) -> str:
    """A size in the units that disks are sold by."""
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:  # noqa: PLR2004 -- SI
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
