"""A subscriber who keeps all that it ever read, and whom nothing escapes.

What a feed may not do to those who follow it, whoever publishes: change an id, lose,
empty or double anything, move a date, speak of the future, say one thing in one format
and something else in another.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from lxml import etree

__all__ = ["Copy", "Entry", "Subscriber", "agreed", "read", "read_tree"]

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DELETED = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
_BYLINE = re.compile(r'<p class="byline".*?</p>')
_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, as all formats of its feed have it; the byline is not of its text."""

    id: str
    url: str
    title: str
    published: datetime
    updated: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A feed as it stood at one moment; ``gone`` are the ids of its tombstones."""

    updated: datetime
    entries: tuple[Entry, ...]
    gone: frozenset[str] = frozenset()

    @property
    def ids(self) -> list[str]:
        return [entry.id for entry in self.entries]


@dataclass
class Subscriber:
    """Reads again and again; AssertionError as soon as a promise is broken.

    ``ids`` are those of every address ever read, one more where an edition converts
    what stands in another one's characters (contract, section 4). ``seen`` is what each feed ever held,
    ``versions`` each entry's dates in the order in which they were read.
    """

    ids: dict[tuple[bool, str], str] = field(default_factory=dict)
    seen: dict[str, set[str]] = field(default_factory=dict)
    versions: dict[str, list[Entry]] = field(default_factory=dict)
    last: dict[str, Copy] = field(default_factory=dict)
    latest: datetime = _NEVER

    def read(
        self,
        feeds: Mapping[str, Copy],
        now: datetime,
        withdrawn: Collection[str] = (),
        said: datetime | None = None,
    ) -> None:
        """Read every feed; ``withdrawn`` are ids that their sites took back.

        ``said`` is what the publisher's clock says, where that is not ``now``: by that a
        feed as a whole may be dated, until it changes again.
        """
        self.latest = max(self.latest, said or now)
        assert feeds.keys() >= self.last.keys(), "a feed is gone"
        for path, copy in feeds.items():
            self.read_feed(path, copy, now, withdrawn)

    def read_feed(
        self, path: str, copy: Copy, now: datetime, withdrawn: Collection[str] = ()
    ) -> None:
        """Read one feed."""
        self.latest = max(self.latest, now)
        self._single(path, copy)
        self._lost(path, copy, withdrawn)
        self._moved(path, copy, now)
        for entry in copy.entries:
            self._note(path, entry, now)
        self.last[path] = copy

    def moves(self, identifier: str) -> list[Entry]:
        """The versions of an entry whose ``updated`` moved for something it says."""
        told = self.versions[identifier]
        return [
            new
            for old, new in pairwise(told)
            if new.updated != old.updated and not _is_upgrade(old, new)
        ]

    def _single(self, path: str, copy: Copy) -> None:
        assert len(set(copy.ids)) == len(copy.ids), f"{path}: an id twice"
        urls = {entry.url for entry in copy.entries}
        assert len(urls) == len(copy.entries), f"{path}: an address twice"

    def _lost(self, path: str, copy: Copy, withdrawn: Collection[str]) -> None:
        before = self.seen.setdefault(path, set())
        lost = before - set(copy.ids)
        assert lost <= set(withdrawn), f"{path}: lost {lost - set(withdrawn)}"
        assert lost <= copy.gone, f"{path}: no tombstone of {lost - copy.gone}"
        assert not copy.gone & set(copy.ids), f"{path}: buried alive"
        before.update(copy.ids)

    def _moved(self, path: str, copy: Copy, now: datetime) -> None:
        """The feed's own date moves with what it holds, and only with that."""
        assert copy.updated <= self.latest, f"{path}: dated in the future"
        before = self.last.get(path)
        if before is None:
            return
        same = (before.entries, before.gone) == (copy.entries, copy.gone)
        assert not same or copy.updated == before.updated, f"{path}: dated anew"
        later = copy.updated > min(before.updated, now - _SECOND)
        assert same or later, f"{path}: changed, not dated"

    def _note(self, path: str, entry: Entry, now: datetime) -> None:
        place = f"{path}: {entry.id} ({entry.title})"
        is_converted = entry.id.endswith("/zh-Hant")
        known = self.ids.setdefault((is_converted, entry.url), entry.id)
        assert known == entry.id, f"{place}: was {known}"
        assert max(entry.published, entry.updated) <= now, f"{place}: in the future"
        assert entry.updated >= entry.published, f"{place}: edited before it was there"
        told = self.versions.setdefault(entry.id, [entry])
        if told[-1] != entry:
            _follows(told[-1], entry, place)
            told.append(entry)


def _follows(old: Entry, new: Entry, place: str) -> None:
    """A later version must say so by its dates, and by no more than it has to."""
    if _is_upgrade(old, new):
        return
    assert old.published == new.published, f"{place}: published moved"
    assert new.updated >= old.updated, f"{place}: updated went back"
    same = (old.title, old.text, old.url) == (new.title, new.text, new.url)
    moved = new.updated > old.updated
    assert moved or same, f"{place}: said and not updated"
    assert not (moved and same), f"{place}: updated and nothing said"


def _is_upgrade(old: Entry, new: Entry) -> bool:
    """Whether a day became a time of that day."""
    midnight = (old.published.hour, old.published.minute, old.published.second)
    moved = new.published - old.published
    return midnight == (0, 0, 0) and timedelta(0) < moved < _DAY


def read_tree(public: Path) -> dict[str, Copy]:
    """Every feed of a published tree, by its path such as ``zh/all``."""
    found = sorted(public.glob("[!.]*/*/feed.json"))
    return {f"{f.parent.parent.name}/{f.parent.name}": read(f.parent) for f in found}


def read(folder: Path) -> Copy:
    """A feed in all its formats, which must agree."""
    names = ("feed.json", "feed.atom", "feed.rss")
    return agreed(*((folder / name).read_bytes() for name in names))


@lru_cache(maxsize=64)
def agreed(json_feed: bytes, atom: bytes, rss: bytes) -> Copy:
    """What the three formats of a feed say together."""
    told, copy, plain = _json(json_feed), _atom(atom), _rss(rss)
    assert told == copy.entries, "JSON and Atom disagree"
    assert _undated(told) == plain.entries, "JSON and RSS disagree"
    assert copy.updated == plain.updated, "Atom and RSS are dated differently"
    return copy


def _undated(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """As RSS has them, which knows but one date."""
    return tuple(
        Entry(e.id, e.url, e.title, e.published, e.published, e.text) for e in entries
    )


def _json(body: bytes) -> tuple[Entry, ...]:
    items: list[dict[str, Any]] = json.loads(body)["items"]
    return tuple(
        Entry(
            item["id"],
            item["url"],
            item["title"],
            datetime.fromisoformat(item["date_published"]),
            datetime.fromisoformat(item["date_modified"]),
            _BYLINE.sub("", item["content_html"]),
        )
        for item in items
    )


def _atom(body: bytes) -> Copy:
    root = etree.fromstring(body)
    entries = tuple(
        Entry(
            entry.findtext(f"{_ATOM}id") or "",
            _link(entry),
            entry.findtext(f"{_ATOM}title") or "",
            datetime.fromisoformat(entry.findtext(f"{_ATOM}published") or ""),
            datetime.fromisoformat(entry.findtext(f"{_ATOM}updated") or ""),
            _BYLINE.sub("", entry.findtext(f"{_ATOM}content") or ""),
        )
        for entry in root.findall(f"{_ATOM}entry")
    )
    gone = frozenset(one.get("ref", "") for one in root.findall(_DELETED))
    updated = datetime.fromisoformat(root.findtext(f"{_ATOM}updated") or "")
    return Copy(updated, entries, gone)


def _link(entry: etree._Element) -> str:
    links = (
        link.get("href", "")
        for link in entry.findall(f"{_ATOM}link")
        if link.get("rel", "alternate") == "alternate"
    )
    return next(links, "")


def _rss(body: bytes) -> Copy:
    root = etree.fromstring(body)
    entries = []
    for item in root.findall("channel/item"):
        date = parsedate_to_datetime(item.findtext("pubDate") or "")
        # Without a summary the description holds the content.
        text = item.findtext(_CONTENT) or item.findtext("description") or ""
        entries.append(
            Entry(
                item.findtext("guid") or "",
                item.findtext("link") or "",
                item.findtext("title") or "",
                date,
                date,
                _BYLINE.sub("", text),
            )
        )
    built = parsedate_to_datetime(root.findtext("channel/lastBuildDate") or "")
    return Copy(built, tuple(entries))
