"""The table of ready bytes: every published address with all its possible answers."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus
from types import MappingProxyType
from typing import NamedTuple

from starlette.types import Message

from feedsvc.model.feed import GONE, MOVED
from feedsvc.model.tree import File, PublishedTree
from feedsvc.serve import headers
from feedsvc.serve.ports import Ready

__all__ = ["Answer", "Entry", "Former", "Table", "entry"]

Linker = Callable[[str], Sequence[str]]
"""From a feed's path to the values of its Link header."""

_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")


@dataclass(frozen=True, slots=True)
class Answer:
    """One coding of a document: its tag, and all that can be said of it, written out."""

    etag: str
    whole: Ready
    head: Ready
    unchanged: Ready


@dataclass(frozen=True, slots=True)
class Entry:
    """One address: its answers by coding; ``page`` is where a browser is sent."""

    answers: Mapping[str, Answer]
    last_modified: datetime
    page: str | None


class Former(NamedTuple):
    """A folder that is no more (with its leading slash), and the one that follows it."""

    folder: str
    successor: str | None


class Table:
    """What stands published, in memory; refreshed without a gap.

    What has gone or cannot be read keeps its last good bytes.
    """

    def __init__(self, tree: PublishedTree, linker: Linker = lambda _: ()) -> None:
        """Start empty; :meth:`refresh` fills it."""
        self._tree = tree
        self._linker = linker
        self._lock = threading.Lock()
        self._stamps: dict[str, str] = {}
        self._units: dict[str, Mapping[str, Entry]] = {}
        self._entries: Mapping[str, Entry] = {}
        self._former: dict[str, str | None] = {}

    def __len__(self) -> int:
        """How many addresses there are."""
        return len(self._entries)

    def get(self, path: str) -> Entry | None:
        """What is published at a path (with its leading slash); None if nothing is."""
        return self._entries.get(path)

    def find(self, path: str) -> Entry | None:
        """The archive document at a path, read for this one answer; None without one.

        Its feed must stand. Thread-safe.
        """
        unit = "/".join(path.split("/", 3)[1:3])
        file = self._tree.find(path[1:]) if self._units.get(unit) else None
        return entry(file, self._linker(file.path)) if file else None

    def former(self, path: str) -> Former | None:
        """The folder, no more there, that a path lies in; None if it lies in none."""
        folder = "/".join(path.split("/", 3)[:3])
        if folder not in self._former:
            return None
        return Former(folder, self._former[folder])

    def refresh(self) -> int:
        """Read what changed, then show all of it at one moment; how many units did.

        Thread-safe, and cheap when nothing has changed.
        """
        with self._lock:
            changed = 0
            for unit, stamp in self._tree.stamps().items():
                if self._stamps.get(unit) != stamp and self._read(unit, stamp):
                    changed += 1
            if changed:
                units = self._units.values()
                self._entries = {p: one for unit in units for p, one in unit.items()}
            return changed

    def _read(self, unit: str, stamp: str) -> bool:
        """Take over a unit, whole; False when it vanished meanwhile."""
        try:
            files = self._tree.read(unit, stamp)
        except OSError:
            return False
        notice = next(filter(_is_notice, files), None)
        if notice:
            self._units[unit] = {}
            self._former[f"/{unit}"] = notice.bodies["identity"].decode() or None
        else:
            self._units[unit] = {
                _address(f.path): entry(f, self._linker(f.path)) for f in files
            }
            self._former.pop(f"/{unit}", None)
        self._stamps[unit] = stamp
        return True


def entry(file: File, links: Sequence[str], asked: str = "") -> Entry:
    """A file's answers, written out once; ``asked`` ends the address of its page."""
    folder, _, name = file.path.rpartition("/")
    feed = file.media_type.startswith(_FEEDS)
    page = f"/{folder}/{asked}" if feed and name.startswith("feed.") else None
    pairs = (
        headers.for_feed(links, negotiated=page is not None)
        if feed
        else headers.for_page()
    )
    pairs += [
        ("cache-control", file.cache_control),
        ("last-modified", format_datetime(file.updated, usegmt=True)),
    ]
    answers = {coding: _answer(file, coding, pairs) for coding in file.bodies}
    return Entry(
        answers=MappingProxyType(answers),
        last_modified=file.updated,
        page=page,
    )


def _is_notice(file: File) -> bool:
    """Whether a file stands for a folder that is no more."""
    return file.path.rpartition("/")[2] in {GONE, MOVED}


def _address(path: str) -> str:
    """Where a file is found: an index stands for its folder."""
    folder, slash, name = path.rpartition("/")
    return f"/{folder}{slash}" if name == "index.html" else f"/{path}"


def _answer(file: File, coding: str, pairs: Sequence[tuple[str, str]]) -> Answer:
    """The 200 and the 304 of one coding (RFC 9110 §15.4.5 says what a 304 repeats)."""
    plain = coding == "identity"
    etag = f'"{file.etag}"' if plain else f'"{file.etag}-{coding}"'
    body = file.bodies[coding]
    shared = [("etag", etag), *pairs]
    own = [("content-type", file.media_type), ("content-length", str(len(body)))]
    if not plain:
        own.append(("content-encoding", coding))
    return Answer(
        etag=etag,
        whole=_ready(HTTPStatus.OK, [*own, *shared], body),
        head=_ready(HTTPStatus.OK, [*own, *shared]),
        unchanged=_ready(HTTPStatus.NOT_MODIFIED, shared),
    )


def _ready(
    status: HTTPStatus, pairs: Sequence[tuple[str, str]], body: bytes = b""
) -> Ready:
    """An answer, written out."""
    lines = [f"HTTP/1.1 {status.value} {status.phrase}"]
    lines += (f"{name}: {value}" for name, value in pairs)
    start: Message = {
        "type": "http.response.start",
        "status": status.value,
        "headers": headers.encoded(pairs),
    }
    end: Message = {"type": "http.response.body", "body": body}
    head = "".join(f"{line}\r\n" for line in lines)
    return Ready((start, end), head.encode("latin-1"))
