"""Where things lie in a published tree on disk.

``zh/local`` is a symbolic link into ``.generations/``, to a folder that never changes
once it has its name (``zh+local-<digest>``); ``zh/index.html`` is a plain file with its
twins beside it. Unfinished work lies in ``.generations/`` too, under names of its own,
so nothing half written ever has an address. Archive documents stay whatever is switched:
they lie in ``.archives/zh+local/``, to which ``archive`` in every generation leads.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from feedsvc.output.files import CODINGS

__all__ = [
    "ARCHIVE",
    "ARCHIVES",
    "GENERATIONS",
    "archive",
    "family",
    "generation",
    "links",
    "placed",
    "target",
]

GENERATIONS = ".generations"
ARCHIVES = ".archives"
ARCHIVE = "archive"
"""What archive documents lie under in the folder of their feed."""

_ARCHIVED = re.compile(rf"([^/]+/[^/]+)/{ARCHIVE}/([1-9][0-9]*\.atom)")

_TWINS = tuple(coding.suffix for coding in CODINGS.values())


def family(folder: str) -> str:
    """What the names of all generations of ``folder`` have in common."""
    return folder.replace("/", "+")


def archive(path: str) -> tuple[str, str] | None:
    """The feed and the name of the document at a path; None for what is no archive."""
    found = _ARCHIVED.fullmatch(path)
    return (found[1], found[2]) if found else None


def target(folder: str, name: str) -> str:
    """What the link at ``folder`` says when it points to the generation ``name``."""
    return "../" * folder.count("/") + f"{GENERATIONS}/{name}"


def generation(root: Path, folder: str) -> str | None:
    """The generation that stands at ``folder``; None if none does.

    A link that leads anywhere else is not ours and is not followed.
    """
    # Strings, for a server looks at every folder every second: a Path costs thrice that.
    try:
        link = os.readlink(f"{root}/{folder}")  # noqa: PTH115
    except OSError:
        return None
    name = link.rpartition("/")[2]
    ours = name.startswith(f"{family(folder)}-")
    return name if ours and link == target(folder, name) else None


def links(root: Path) -> Iterator[tuple[str, str]]:
    """Every folder that stands, with its generation."""
    for path, entry in _walk(root, ""):
        name = generation(root, path) if entry.is_symlink() else None
        if name:
            yield path, name


def placed(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every single file (not its twins), with what the file system knows of it."""
    for path, entry in _walk(root, ""):
        if entry.is_file(follow_symlinks=False) and not path.endswith(_TWINS):
            yield path, entry.stat(follow_symlinks=False)


def _walk(root: Path, under: str) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """Links and files under ``root``, in order; hidden ones are nobody's business."""
    with os.scandir(root / under) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        path = f"{under}{entry.name}"
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(root, f"{path}/")
        else:
            yield path, entry
