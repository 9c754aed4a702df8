"""The store as publication sees it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from feedsvc.model.article import Article, Gone
from feedsvc.model.feed import ALL, Edition, Published
from feedsvc.store import feeds, filing, hiding, pairs, refiling, searching, stories
from feedsvc.store.codec import article as decoded
from feedsvc.store.engine import Database

__all__ = ["PublishSide"]

_ANYWHERE = Edition(language="", category=ALL, include_all=True, items=0)


class PublishSide:
    """The store as publication sees it (``publish.ports.PublishStore``)."""

    def __init__(self, database: Database) -> None:
        """Work on an open database."""
        self._database = database

    def dirty(self) -> Mapping[str, int]:
        """Categories whose articles changed since they were published, with a mark."""
        return self._database.read(feeds.dirty_marks)

    def mark(self, categories: Iterable[str]) -> None:
        """Make categories dirty."""
        terms = set(categories)
        self._database.write(lambda c: feeds.mark(c, terms))

    def newest(self, edition: Edition) -> Sequence[Article]:
        """The edition's articles, newest first, filed as all their sources say."""
        ask = feeds.newest if edition.query is None else searching.found
        return self._articles(partial(ask, edition=edition))

    def recent(self, edition: Edition, since: datetime) -> Sequence[Article]:
        """The articles of an edition's languages that came out after then, newest first."""
        return self._articles(partial(feeds.recent, edition=edition, since=since))

    def last_by(self, edition: Edition, until: datetime) -> datetime | None:
        """When the newest of those that came out by then did; None without one."""
        return self._database.read(lambda c: feeds.last_by(c, edition, until))

    def _articles(
        self, ask: Callable[[Connection], list[tuple[str, str, str]]]
    ) -> Sequence[Article]:
        """What a question finds, filed as all sources of each article say."""

        def work(connection: Connection) -> list[Article]:
            return _whole(connection, ask(connection))

        return self._database.read(work)

    def among(self, edition: Edition, ids: Iterable[str]) -> Sequence[Article]:
        """Those of some articles that an edition may hold."""
        asked = sorted(ids)

        def work(connection: Connection) -> list[Article]:
            return _whole(connection, feeds.among(connection, edition, asked))

        return self._database.read(work)

    def compare(
        self, edition: Edition, since: datetime, until: datetime | None = None
    ) -> None:
        """Compare what an edition may hold of some time, as far as it changed."""
        lacking = partial(stories.unsketched, edition=edition, since=since, until=until)
        while True:
            fresh = self._database.read(lacking)
            if not fresh:
                return
            self._database.write(partial(stories.compare, compared=fresh))

    def likes(self, ids: Iterable[str]) -> Mapping[str, AbstractSet[str]]:
        """What articles were found like, what that is like, and so on."""
        asked = list(ids)
        return self._database.read(lambda c: stories.likes(c, asked))

    def versions(self, ids: Iterable[str]) -> Mapping[str, Sequence[Article]]:
        """What tells the story of each in another language, of all that is shown."""
        asked = set(ids)

        def work(connection: Connection) -> dict[str, list[Article]]:
            found = pairs.pairs(connection, asked)
            others = sorted({other for one in found.values() for other in one})
            rows = feeds.among(connection, _ANYWHERE, others)
            known = {a.id: a for a in _whole(connection, rows)}
            return {
                one: [known[other] for other in others if other in known]
                for one, others in found.items()
            }

        return self._database.read(work)

    def gone(self, edition: Edition, since: datetime) -> Sequence[Gone]:
        """What is no more of what the edition held from ``since`` on."""
        return self._database.read(lambda c: hiding.gone(c, edition, since))

    def published(self) -> Mapping[str, Published]:
        """What stands published, by path."""
        return self._database.read(feeds.read_published)

    def record(self, standing: Iterable[Published], clean: Mapping[str, int]) -> None:
        """Note what stands now; ``clean`` clears those marks unless they moved on."""
        rows = list(standing)
        self._database.write(lambda c: feeds.record(c, rows, clean))

    def refile(self, file: refiling.File, state: refiling.State) -> int:
        """File every article anew, once for each source that lists it.

        ``file`` gets the article with that source's id in ``source``; ``state`` says
        where its versions in other languages are. Returns how many moved, and marks
        what they touch; a transaction holds some hundred articles.
        """
        moved, after = 0, ""
        while True:
            work = partial(refiling.refile, after=after, file=file, state=state)
            here, last = self._database.write(work)
            if last is None:
                return moved
            moved, after = moved + here, last

    def memory(self, key: str) -> str | None:
        """A small fact kept between runs."""
        return self._database.read(lambda c: feeds.recall(c, key))

    def remember(self, key: str, value: str) -> None:
        """Keep a small fact."""
        self._database.write(lambda c: feeds.remember(c, key, value))


def _whole(connection: Connection, rows: Sequence[feeds.Row]) -> list[Article]:
    """Articles with their categories, as all their sources file them."""
    filed = filing.categories_of(connection, {one: of for one, of, _ in rows})
    return [decoded(document, filed[one]) for one, _, document in rows]
