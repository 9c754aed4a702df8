"""Small deeds on a file system: whole and synced, or reported with path and reason."""

import errno
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from feedsvc.model.feed import Document
from feedsvc.output.files import CODINGS, refusal, twins, untwin

__all__ = [
    "ages",
    "holds",
    "make",
    "remove",
    "reported",
    "sync",
    "whole",
    "write",
    "write_ages",
]

_AGES = ".max-age"
"""In a generation: for how many seconds each of its files may be kept by a cache."""

_DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_SUFFIXES = tuple(coding.suffix for coding in CODINGS.values())


def write(path: Path, document: Document) -> int:
    """Write and sync a file and its twins, dated by their content; bytes written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    seconds = int(document.updated.timestamp())
    bodies = {CODINGS[name].suffix: twin for name, twin in twins(document.body).items()}
    for suffix, body in {"": document.body, **bodies}.items():
        with Path(f"{path}{suffix}").open("xb") as file:
            file.write(body)
            file.flush()
            os.utime(file.fileno(), (seconds, seconds))
            os.fsync(file.fileno())
    return len(document.body) + sum(map(len, bodies.values()))


def write_ages(folder: Path, documents: Sequence[Document]) -> None:
    """Write and sync what caches are told of each file of a generation."""
    told = {document.name: document.max_age for document in documents}
    with (folder / _AGES).open("x", encoding="ascii") as file:
        json.dump(told, file)
        file.flush()
        os.fsync(file.fileno())


def ages(folder: Path) -> Mapping[str, int]:
    """The ``max_age`` of each file of a generation; nothing of one written before."""
    try:
        told: Mapping[str, int] = json.loads((folder / _AGES).read_bytes())
    except (OSError, ValueError):
        return {}
    return told


def whole(path: Path, document: Document) -> bool:
    """Whether an immutable file and its twins are still there."""
    try:
        twins_there = all(
            Path(f"{path}{suffix}").stat().st_size for suffix in _SUFFIXES
        )
        return twins_there and path.stat().st_size == len(document.body)
    except OSError:
        return False


def holds(path: Path, body: bytes) -> bool:
    """Whether a file and its twins hold ``body`` (a crash can leave newer twins)."""
    try:
        return path.read_bytes() == body and all(
            untwin(name, Path(f"{path}{coding.suffix}").read_bytes()) == body
            for name, coding in CODINGS.items()
        )
    except OSError:
        return False


def make(folder: Path) -> None:
    """Make a folder of the tree that lasts."""
    if not folder.is_dir():
        folder.mkdir(parents=True)
        sync(folder.parent)


def sync(folder: Path) -> None:
    """Make the names in ``folder`` last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(path: Path) -> None:
    """Remove a file, a link or a folder with all that is in it, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def reported(path: Path) -> Iterator[None]:
    """Turn the file system's refusal into an OutputError that says where and why."""
    try:
        yield
    except OSError as refused:
        detail = refused.strerror or str(refused)
        if refused.errno in _DENIED:
            detail += f" (uid {os.geteuid()})"
        raise refusal(str(refused.filename or path), detail) from refused
