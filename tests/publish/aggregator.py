"""A reader that keeps a feed whole by its archives, as RFC 5005 §4.2 has it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from tests.publish.world import Counting

ATOM = "{http://www.w3.org/2005/Atom}"
GONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
BASE = "https://feeds.example.org/"


def links(feed: etree._Element) -> dict[str, str]:
    """The feed's links by relation; the last of each."""
    return {str(x.get("rel")): str(x.get("href")) for x in feed.findall(f"{ATOM}link")}


def ids(feed: etree._Element) -> list[str]:
    """The ids of the entries, in their order."""
    return [str(x.findtext(f"{ATOM}id")) for x in feed.findall(f"{ATOM}entry")]


@dataclass
class Aggregator:
    """Knows of one feed what it has read of it; ``got`` counts what was new to it."""

    output: Counting
    path: str
    entries: dict[str, tuple[str, str]] = field(default_factory=dict)
    got: list[str] = field(default_factory=list)
    read: set[str] = field(default_factory=set)

    def poll(self) -> None:
        """Read the feed, and every archive document since the last time."""
        new = list(self._new())
        for feed in reversed(new):
            self._take(feed)

    def _new(self) -> Iterator[etree._Element]:
        """The current feed and the archive documents that are not known, newest first."""
        feed = self._get(f"{BASE}{self.path}/feed.atom")
        yield feed
        while (before := links(feed).get("prev-archive")) not in {None, *self.read}:
            assert before is not None
            feed = self._get(before)
            self.read.add(before)
            yield feed

    def _get(self, url: str) -> etree._Element:
        path = url.removeprefix(BASE)
        found = self.output.find(path)
        body = found.bodies["identity"] if found else self.output.bodies()[path]
        return etree.fromstring(body)

    def _take(self, feed: etree._Element) -> None:
        """Of two versions of an entry the one updated last counts."""
        for entry in feed.findall(f"{ATOM}entry"):
            one = str(entry.findtext(f"{ATOM}id"))
            told = tuple(
                str(entry.findtext(f"{ATOM}{x}")) for x in ("updated", "title")
            )
            if one not in self.entries and one not in self.got:
                self.got.append(one)
            if self.entries.get(one, ("", ""))[0] <= told[0]:
                self.entries[one] = (told[0], told[1])
        for stone in feed.findall(GONE):
            self.entries.pop(str(stone.get("ref")), None)
