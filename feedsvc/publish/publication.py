"""One publication: which feeds really changed, and the switch of each."""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from feedsvc.edition.localize import Localizer
from feedsvc.errors import Code, Fault, OutputError, Stage, StoreError
from feedsvc.model.feed import ALL, Document, Edition, Feed, Published
from feedsvc.publish.catalogue import NEWS
from feedsvc.publish.chronicler import Chronicler
from feedsvc.publish.content import dated, digest, held
from feedsvc.publish.documents import of_archive, of_feed
from feedsvc.publish.front import of_language, of_term
from feedsvc.publish.news import news
from feedsvc.publish.ports import Output, PublishStore
from feedsvc.publish.selection import in_order
from feedsvc.render.addresses import archive

__all__ = ["Publication"]

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Publication:
    """The running account of one publication.

    ``made_by`` is the fingerprint of what feeds are made by, ``touched`` what changed since
    all feeds knew of it.
    """

    store: PublishStore
    output: Output
    localizers: Mapping[str, Localizer]
    now: datetime
    everything: bool
    before: Mapping[str, Published]
    made_by: str
    touched: Collection[str]
    made: dict[str, Published] = field(default_factory=dict)
    switched: list[str] = field(default_factory=list)
    size: int = 0
    faults: list[Fault] = field(default_factory=list)
    kept_dirty: set[str] = field(default_factory=set)
    there: frozenset[str] | None = None

    @property
    def standing(self) -> Mapping[str, Published]:
        """What stands at every path when all is done."""
        return {**self.before, **self.made}

    @property
    def changed(self) -> Iterable[Published]:
        """What stands now and did not before."""
        return self.made.values()

    def place(self, documents: Sequence[Document], dirty: Iterable[str]) -> bool:
        """Put the pages that lead to the feeds; what fails is tried again."""
        with self._apart("", dirty):
            self.size += self.output.place(documents)
            return True
        return False

    def retire(self, path: str, notice: Document, dirty: Iterable[str]) -> None:
        """Leave a notice in the place of a feed that is configured no more."""
        told = f"{notice.name} {notice.body.decode()}"
        before = self.before.get(path)
        try:
            stands = path in self._folders()
            if stands and before and before.digest == told:
                return
            self.output.displace(self._single(path))
            self.output.unarchive(path)
            self.store.displaced(path)
            self.store.settle(path, told, lambda _: notice.updated, self.now)
            self.size += self.output.switch(path, [notice])
        except OutputError as error:
            self.faults += error.faults
            self.kept_dirty.update(dirty)
            return
        self.switched.append(path)
        self.made[path] = Published(
            path=path, digest=told, updated=notice.updated, entries=0, size=0
        )

    def _single(self, path: str) -> Iterator[str]:
        """The single files that go with the last feed of a language or a category."""
        language, _, category = path.partition("/")
        if language not in self.localizers:
            yield from of_language(language)
        if all(
            category not in one.config.categories for one in self.localizers.values()
        ):
            yield of_term(category)

    def publish(self, edition: Edition) -> None:
        """Publish one feed, if its content changed; its trouble stays its own."""
        with self._apart(edition.path, [edition.category]):
            self._publish(edition)

    def renew(self, language: str) -> datetime | None:
        """Renew a language's news sitemap; until when it is true, None if it failed."""
        with self._apart(f"{language}/{NEWS}", [ALL]):
            made, until = news(self.localizers[language], self.store, self.now)
            self.size += self.output.place([made])
            return until
        return None

    @contextmanager
    def _apart(self, place: str, dirty: Iterable[str]) -> Iterator[None]:
        """Let what fails keep what stood; it is tried again."""
        try:
            yield
        except OutputError as error:
            self._keep(dirty, *error.faults)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 -- a bug met in one feed stays its own
            _log.exception("%s met a bug", place)
            detail = f"{type(error).__name__}: {error}"
            self._keep(dirty, _unrendered(place, detail))

    def _keep(self, dirty: Iterable[str], *faults: Fault) -> None:
        self.faults += faults
        self.kept_dirty.update(dirty)

    def _publish(self, edition: Edition) -> None:
        localizer = self.localizers[edition.language]
        feed = self._feed(edition, localizer)
        told = digest(feed)
        before = self.before.get(feed.path)
        stands = before is not None and before.digest == told
        is_there = feed.path in self._folders()
        self._archive(feed, again=self.everything or not is_there)
        if before and stands and is_there and not self.everything:
            if before.told_by != self.made_by:
                self.made[feed.path] = replace(before, told_by=self.made_by)
            return
        feed = replace(feed, updated=self._dated(feed, told, self._stood(edition)))
        documents = of_feed(
            feed, localizer.words, localizer.moment(feed.updated), edition.items
        )
        written = self.output.switch(feed.path, documents)
        self.size += written
        self.switched += [feed.path] if written else []
        self.made[feed.path] = Published(
            path=feed.path,
            digest=told,
            updated=feed.updated,
            entries=len(feed.entries),
            size=sum(len(document.body) for document in documents),
            told_by=self.made_by,
        )

    def _stood(self, edition: Edition) -> datetime | None:
        """When the feed changed last, also under a key that its category had before."""
        category = self.localizers[edition.language].config.categories.get(
            edition.category
        )
        former = category.formerly if category else ()
        paths = [edition.path, *(f"{edition.language}/{key}" for key in former)]
        known = filter(None, map(self.before.get, paths))
        return next((one.updated for one in known), None)

    def _dated(self, feed: Feed, told: str, stood: datetime | None) -> datetime:
        """The feed's date, kept before anybody sees it: who is killed dates nothing anew."""
        before = self.before.get(feed.path)
        if before and before.digest == told:
            return dated(feed, stood, self.now, stands=True)
        return self.store.settle(
            feed.path, told, lambda kept: dated(feed, kept or stood, self.now), self.now
        )

    def _folders(self) -> frozenset[str]:
        """The folders that stood when this publication began; asked for once."""
        if self.there is None:
            self.there = self.output.folders()
        return self.there

    def _feed(self, edition: Edition, localizer: Localizer) -> Feed:
        """The newest of the edition, and all that no archive document holds."""
        newest, lost = held(self.store, edition)
        before = self.before.get(edition.path)
        is_followed = before is not None and before.told_by == self.made_by
        kept = Chronicler(self.store, localizer, edition).follow(
            newest, self.touched if is_followed else None
        )
        stories = {story.article.id: story for story in (*kept.stories, *newest)}
        gone = {one.id: one for one in (*kept.gone, *lost)}
        latest = sorted(gone.values(), key=lambda one: (one.at, one.id), reverse=True)
        feed = localizer.feed(edition, in_order(stories.values()), latest)
        return replace(feed, archives=kept.archives)

    def _archive(self, feed: Feed, *, again: bool) -> None:
        """Put archive documents in their place, before the feed that links to them."""
        if again and feed.archives:
            names = self.output.archived(feed.path)
            numbers = range(1, feed.archives + 1)
            there = [number for number in numbers if archive(number) in names]
            self.store.displaced(feed.path, there)
        lacking = self.store.unplaced(feed.path, feed.base_url)
        if lacking:
            kept = (self.store.archive(feed.path, number) for number in lacking)
            documents = (of_archive(one, feed.base_url) for one in kept)
            self.size += self.output.archive(feed.path, documents)
            self.store.placed(feed.path, lacking, feed.base_url)


def _unrendered(path: str, detail: str) -> Fault:
    args = {"detail": detail}
    return Fault(code=Code.E_RENDER, stage=Stage.RENDER, place=path, args=args)
