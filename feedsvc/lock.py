"""One writer for one data directory."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from feedsvc.errors import Code, Fault, Stage, UsageError

__all__ = ["hold"]


@contextmanager
def hold(data: Path) -> Iterator[None]:
    """Hold the directory while the block runs; UsageError (E_LOCKED) if another does.

    The kernel lets go when the holder ends, however it ends.
    """
    data.mkdir(parents=True, exist_ok=True)
    path = data / "lock"
    with path.open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise _held(path, file.read().strip()) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _held(path: Path, pid: str) -> UsageError:
    return UsageError(
        Fault(
            code=Code.E_LOCKED,
            stage=Stage.STORE,
            place=str(path),
            args={"path": str(path.parent), "pid": pid},
        )
    )
