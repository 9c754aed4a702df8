"""A reader who believes nothing: what a folder says must agree at every moment."""

import json
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
from lxml import etree

from tests.week.subscriber import Subscriber, agreed

__all__ = ["PATHS", "Copy", "Reader"]

PATHS = tuple(f"{tag}/{c}" for tag in ("zh", "en") for c in ("all", "local", "economy"))

_ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass(frozen=True, slots=True)
class Copy:
    """One document of a feed: ids (or, for a page, addresses) in its order."""

    ids: tuple[str, ...]
    urls: tuple[str, ...]


def _rss(body: bytes) -> Copy:
    items = etree.fromstring(body).findall("channel/item")
    return Copy(
        tuple(item.findtext("guid") or "" for item in items),
        tuple(item.findtext("link") or "" for item in items),
    )


def _atom(body: bytes) -> Copy:
    entries = etree.fromstring(body).findall(f"{_ATOM}entry")
    links = [
        next(
            link.get("href", "")
            for link in entry.findall(f"{_ATOM}link")
            if link.get("rel", "alternate") == "alternate"
        )
        for entry in entries
    ]
    return Copy(tuple(e.findtext(f"{_ATOM}id") or "" for e in entries), tuple(links))


def _json(body: bytes) -> Copy:
    items = json.loads(body)["items"]
    return Copy(tuple(i["id"] for i in items), tuple(i["url"] for i in items))


def _page(body: bytes) -> Copy:
    text = body.decode()
    assert text.rstrip().endswith("</html>")
    urls = re.findall(r'<h3><a href="([^"]+)">', text)
    return Copy((), tuple(urls))


_READ: dict[str, Callable[[bytes], Copy]] = {
    "feed.rss": _rss,
    "feed.atom": _atom,
    "feed.json": _json,
    "index.html": _page,
}


@dataclass
class Reader:
    """Reads again and again, and remembers all that it ever read."""

    public: Path
    ids: dict[str, str] = field(default_factory=dict)
    """Address → the id under which an article was first read."""
    held: dict[str, frozenset[str]] = field(default_factory=dict)
    """Feed → every address that its folder ever held."""
    served: dict[str, frozenset[str]] = field(default_factory=dict)
    """The same over HTTP, where news is a moment later."""
    subscriber: Subscriber = field(default_factory=Subscriber)
    """One who keeps every version, and misses nothing that changed in it."""
    reads: int = 0

    def read_tree(self) -> None:
        """Read every feed that stands; through its one link, so at one moment."""
        for path in PATHS:
            copies = self._folder(path)
            if copies is None:
                assert path not in self.held, f"{path} is gone"
                continue
            self._note(self.held, path, copies["feed.json"])

    def read_http(self, client: httpx.Client) -> int:
        """Read every document over HTTP; how many answered (0 while it is down)."""
        answered = 0
        for path in PATHS:
            for name, read in _READ.items():
                address = f"/{path}/{name}".removesuffix("index.html")
                try:
                    response = client.get(address)
                except httpx.TransportError:
                    return answered
                assert response.status_code == 200, f"{address}: {response}"
                copy = read(response.content)
                answered += 1
                if name != "index.html":
                    self._note(self.served, path, copy)
        return answered

    def _folder(self, path: str) -> dict[str, Copy] | None:
        for _ in range(20):
            try:
                folder = os.open(self.public / path, os.O_RDONLY | os.O_DIRECTORY)
            except FileNotFoundError:
                return None
            try:
                bodies = {name: _bytes(folder, name) for name in _READ}
            except FileNotFoundError:
                continue  # two switches while we read: that generation is retired
            finally:
                os.close(folder)
            return self._agreed(path, bodies)
        raise AssertionError(f"{path}: a folder without its files")

    def _agreed(self, path: str, bodies: dict[str, bytes]) -> dict[str, Copy]:
        """What the files of a folder say, which must be the same."""
        feeds = (bodies[f"feed.{form}"] for form in ("json", "atom", "rss"))
        self.subscriber.read_feed(path, agreed(*feeds), datetime.now(UTC))
        copies = {name: read(bodies[name]) for name, read in _READ.items()}
        rss, atom, data, page = copies.values()
        assert rss == atom == data, f"{path}: formats disagree"
        assert page.urls == data.urls, f"{path}: the page disagrees"
        self.reads += 1
        return copies

    def _note(self, before: dict[str, frozenset[str]], path: str, copy: Copy) -> None:
        assert _single(copy.ids), f"{path}: doubled ids"
        assert _single(copy.urls), f"{path}: doubled addresses"
        lost = before.get(path, frozenset()) - set(copy.urls)
        assert not lost, f"{path}: vanished: {lost}"
        before[path] = frozenset(copy.urls)
        for url, identifier in zip(copy.urls, copy.ids, strict=True):
            assert self.ids.setdefault(url, identifier) == identifier


def _single(values: Iterable[str]) -> bool:
    found = list(values)
    return len(found) == len(set(found))


def _bytes(folder: int, name: str) -> bytes:
    descriptor = os.open(name, os.O_RDONLY, dir_fd=folder)
    with os.fdopen(descriptor, "rb") as file:
        return file.read()
