"""What a feed told, followed: articles that enter, archive documents that are full."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import chain

from feedsvc.decide import chronicle
from feedsvc.edition.localize import Localizer
from feedsvc.model.archive import Archive, Chronicle, Line
from feedsvc.model.article import Gone, Story
from feedsvc.model.feed import Edition
from feedsvc.publish.ports import PublishStore
from feedsvc.publish.selection import standing
from feedsvc.render import atom
from feedsvc.render.redaction import redacted

__all__ = ["Chronicler", "Open", "portable", "settled"]

_SECOND = timedelta(seconds=1)
_FEW = 200
"""Articles looked at in one go, however many there are."""

_HERE = b"\0/"
"""Where the site stands, in what is kept: a byte that no XML can hold."""


@dataclass(frozen=True, slots=True)
class Open:
    """What a feed told that no archive holds yet, and how many archives are full."""

    stories: Sequence[Story]
    gone: Sequence[Gone]
    archives: int


@dataclass(slots=True)
class Chronicler:
    """Writes the chronicle of one feed on, and seals what is full of it.

    ``stories`` and ``gone`` are what the open lines tell of.
    """

    store: PublishStore
    localizer: Localizer
    edition: Edition
    stories: dict[str, Story] = field(default_factory=dict)
    gone: dict[str, Gone] = field(default_factory=dict)

    def follow(self, newest: Sequence[Story], touched: Collection[str] | None) -> Open:
        """Tell what became of ``touched`` articles, of all if None, and of the newest.

        What is told stays told when this is cut off; doing it again goes on from there.
        """
        now = self.store.chronicle(self.edition.path)
        known = {story.article.id: story for story in newest}
        told = {line.article: None for line in now.opened}
        for some in chain([[*told]], self._asked([*known], touched, told)):
            now = self._seal(self._look(now, some, known))
        return Open(
            stories=[self.stories[x.article] for x in now.opened if x.version],
            gone=[self.gone[x.article] for x in now.opened if not x.version],
            archives=now.archives,
        )

    def _asked(
        self,
        newest: Sequence[str],
        touched: Collection[str] | None,
        told: Collection[str],
    ) -> Iterator[Sequence[str]]:
        """Articles to look at, some at a time, in the order in which they may enter."""
        if touched is None:
            asked = self.store.untold(self.edition)
        else:
            asked = sorted({*newest, *touched}.difference(told))
            asked = self.store.ordered(asked) if len(asked) > _FEW else asked
        for start in range(0, len(asked), _FEW):
            yield asked[start : start + _FEW]

    def _look(
        self, now: Chronicle, ids: Sequence[str], known: Mapping[str, Story]
    ) -> Chronicle:
        """Tell what is to be told of some articles."""
        path = self.edition.path
        found = {one: known[one] for one in ids if one in known}
        others = [one for one in ids if one not in known]
        if others:
            for story in standing(self.store, self.edition, others):
                found[story.article.id] = story
        missing = [one for one in others if one not in found]
        gone = {x.id: x for x in self.store.lost(missing)} if missing else {}
        self.stories |= found
        self.gone |= gone
        articles = [story.article for story in found.values()]
        told = self.store.told(path, ids) if ids else {}
        change = chronicle.changes(told, articles, gone, now.last)
        if change.added or change.struck:
            self.store.enter(path, change)
        for number, hidden in self.store.exposed(path, gone).items() if gone else ():
            self._redact(number, hidden)
        return chronicle.changed(now, change)

    def _redact(self, number: int, hidden: Sequence[Gone]) -> None:
        """Take what was hidden out of a document that was full."""
        path, base = self.edition.path, self.localizer.base_url
        kept = self.store.archive(path, number)
        latest = max(one.at for one in hidden).replace(microsecond=0)
        updated = max(latest, kept.updated + _SECOND)
        stones = map(self.localizer.tombstone, hidden)
        body = redacted(settled(kept.body, base), stones, updated)
        made = replace(kept, body=portable(body, base), updated=updated)
        self.store.redact(path, made, [one.id for one in hidden])

    def _seal(self, now: Chronicle) -> Chronicle:
        """Make documents of what fills them."""
        while lines := chronicle.full(now.opened):
            number = now.archives + 1
            kept = [self._kept(line, number) for line in lines]
            self.store.seal(self.edition.path, self._document(number, lines), kept)
            for line in lines:
                self.stories.pop(line.article, None)
            opened = now.opened[len(lines) :]
            now = replace(now, opened=opened, archives=number)
        return now

    def _document(self, number: int, lines: Sequence[Line]) -> Archive:
        stories = [self.stories[line.article] for line in lines if line.version]
        gone = [self.gone[line.article] for line in lines if not line.version]
        feed = replace(
            self.localizer.feed(self.edition, stories, gone),
            archive=number,
            archives=number - 1,
            siblings=(),
            hubs=(),
        )
        body = portable(atom.render(feed), self.localizer.base_url)
        return Archive(number=number, body=body, updated=feed.updated)

    def _kept(self, line: Line, number: int) -> Line:
        """A line, as the document holds it: the version is today's."""
        version = line.version and self.stories[line.article].article.updated
        return replace(line, version=version, archive=number)


def portable(body: bytes, base_url: str) -> bytes:
    """A document that does not know where the site stands, which may move."""
    return body.replace(f"{base_url}/".encode(), _HERE)


def settled(body: bytes, base_url: str) -> bytes:
    """The document under the address that the site has now."""
    return body.replace(_HERE, f"{base_url}/".encode())
