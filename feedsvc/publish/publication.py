"""One publication: which feeds really changed, and the switch of each."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from feedsvc.edition.localize import Localizer
from feedsvc.errors import Code, Fault, OutputError, Stage, StoreError
from feedsvc.model.feed import ALL, Document, Edition, Published
from feedsvc.publish.catalogue import NEWS
from feedsvc.publish.content import dated, digest, held
from feedsvc.publish.documents import of_feed
from feedsvc.publish.news import news
from feedsvc.publish.ports import Output, PublishStore

__all__ = ["Publication"]

_log = logging.getLogger(__name__)

_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class Publication:
    """The running account of one publication."""

    store: PublishStore
    output: Output
    localizers: Mapping[str, Localizer]
    now: datetime
    everything: bool
    before: Mapping[str, Published]
    made: dict[str, Published] = field(default_factory=dict)
    switched: list[str] = field(default_factory=list)
    size: int = 0
    faults: list[Fault] = field(default_factory=list)
    kept_dirty: set[str] = field(default_factory=set)

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
            stands = path in self.output.folders()
            if stands and before and before.digest == told:
                return
            self.size += self.output.switch(path, [notice])
        except OutputError as error:
            self.faults += error.faults
            self.kept_dirty.update(dirty)
            return
        self.switched.append(path)
        self.made[path] = Published(
            path=path, digest=told, updated=notice.updated, entries=0, size=0
        )

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
        feed = localizer.feed(edition, *held(self.store, edition))
        told = digest(feed)
        before = self.before.get(feed.path)
        stands = before is not None and before.digest == told
        if stands and not self.everything and feed.path in self.output.folders():
            return
        stood = before.updated if before else None
        feed = replace(feed, updated=dated(feed, stood, self.now, stands=stands))
        documents = of_feed(feed, localizer.words, localizer.moment(feed.updated))
        written = self.output.switch(feed.path, documents)
        self.size += written
        self.switched += [feed.path] if written else []
        self.made[feed.path] = Published(
            path=feed.path,
            digest=told,
            updated=feed.updated,
            entries=len(feed.entries),
            size=sum(len(document.body) for document in documents),
        )


def _unrendered(path: str, detail: str) -> Fault:
    args = {"detail": detail}
    return Fault(code=Code.E_RENDER, stage=Stage.RENDER, place=path, args=args)
