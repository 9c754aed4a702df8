"""Keeps the published tree true to the store and the configuration."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from feedsvc.edition.localize import Localizer
from feedsvc.edition.selection import editions
from feedsvc.edition.words import Words
from feedsvc.errors import Fault
from feedsvc.model.config import Config
from feedsvc.model.feed import ALL, Published
from feedsvc.publish.front import front
from feedsvc.publish.inputs import fingerprint, refile
from feedsvc.publish.news import FOREVER
from feedsvc.publish.ports import Output, PublishStore
from feedsvc.publish.publication import Publication
from feedsvc.publish.retired import retired

__all__ = ["AUTHORITY", "PublishReport", "Publisher"]

AUTHORITY = "authority"
"""Under this name the store remembers what every published id begins with."""

_MADE_BY = "published-by"
"""Under this name the store remembers the fingerprint of what feeds were made by."""

_NEWS_UNTIL = "news-until"
"""And under this one the moment at which news sitemaps go stale."""

_AT_ONCE = datetime.min.replace(tzinfo=UTC)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishReport:
    """What one publication did: paths switched, bytes written, what failed."""

    switched: tuple[str, ...] = ()
    size: int = 0
    faults: tuple[Fault, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether some feed could not be published; the others were."""
        return bool(self.faults)


class Publisher:
    """Makes feeds of dirty categories, in every language and format.

    Safe to call from any thread; one publication runs at a time.
    """

    def __init__(
        self,
        config: Config,
        store: PublishStore,
        output: Output,
        now: Callable[[], datetime],
        pause: Callable[[float], None] | None = None,
    ) -> None:
        """Nothing is read or written yet.

        ``pause`` lets seconds pass, of which a publication may need one: a feed that
        changes twice in a second would else be dated ahead of the clock.
        """
        self._config = config
        self._editions = editions(config)
        self._store = store
        self._output = output
        self._now = now
        self._pause = pause
        self._lock = threading.Lock()
        self._settled = False
        self._placed: dict[str, bytes] = {}
        self._made_by = ""
        self._news_until = FOREVER
        self._localizers: dict[str, Localizer] = {
            language: Localizer(config, Words.load(language))
            for language in config.settings.site.languages
        }

    def publish(self, *, everything: bool = False) -> PublishReport:
        """Publish what is dirty; what did not change is not even rendered.

        ``everything`` renders all feeds anew (the bytes are the same unless feedsvc
        itself changed). A feed that fails keeps what stood, and stays dirty.
        """
        with self._lock:
            self._settle()
            dirty = dict(self._store.dirty())
            if everything:
                dirty = {edition.category: 0 for edition in self._editions} | dirty
            if not dirty and self._now() < self._news_until:
                return PublishReport()
            return self._publish(dirty, everything=everything)

    def settle(self) -> None:
        """Let what is stored follow an edited configuration, a catalog, a release.

        Publishing does so by itself; done before a cycle, it does not file anew what
        the cycle files by the same configuration.
        """
        with self._lock:
            self._settle()

    def _settle(self) -> None:
        """Once: file anew what other rules filed, and mark what is lost."""
        if self._settled:
            return
        made_by = self._made_by = fingerprint(self._config)
        if self._store.memory(_MADE_BY) != made_by:
            refile(self._config, self._store)
            self._store.mark({edition.category for edition in self._editions})
            self._store.remember(_MADE_BY, made_by)
            self._store.remember(AUTHORITY, self._config.settings.site.authority)
        told = self._store.memory(_NEWS_UNTIL)
        self._news_until = datetime.fromisoformat(told) if told else _AT_ONCE
        folders = self._output.folders()
        lost = {e.category for e in self._editions if e.path not in folders}
        if lost:
            self._store.mark(lost)
        self._settled = True

    def _publish(self, dirty: dict[str, int], *, everything: bool) -> PublishReport:
        before = self._store.published()
        publication = Publication(
            store=self._store,
            output=self._output,
            localizers=self._localizers,
            now=self._begin(before.values()),
            everything=everything,
            before=before,
            made_by=self._made_by,
            touched=self._store.touched() if dirty else (),
        )
        for edition in self._editions:
            if edition.category in dirty:
                publication.publish(edition)
        if dirty:
            for path, notice in retired(self._config, before, publication.now):
                publication.retire(path, notice, dirty)
            self._place(publication, dirty)
        if ALL in dirty or publication.now >= self._news_until:
            self._renew(publication)
        clean = {k: v for k, v in dirty.items() if k not in publication.kept_dirty}
        self._store.record(publication.changed, clean)
        if ALL in dirty and not publication.kept_dirty:
            self._store.settled(dirty[ALL])
        return PublishReport(
            switched=tuple(publication.switched),
            size=publication.size,
            faults=tuple(publication.faults),
        )

    def _begin(self, standing: Iterable[Published]) -> datetime:
        """Now, in a later second than what stands, unless a clock was set back."""
        now = self._now()
        newest = max((one.updated for one in standing), default=_AT_ONCE)
        left = newest.replace(microsecond=0) + _SECOND - now
        if self._pause and timedelta() < left <= _SECOND:
            self._pause(left.total_seconds())
            return self._now()
        return now

    def _place(self, publication: Publication, dirty: Iterable[str]) -> None:
        """Put the single files, but those that this process has put as they are."""
        pages = front(self._config, self._localizers, publication.standing)
        known = {} if publication.everything else self._placed
        fresh = [page for page in pages if known.get(page.name) != page.body]
        if publication.place(fresh, dirty):
            self._placed |= {page.name: page.body for page in fresh}

    def _renew(self, publication: Publication) -> None:
        """Renew the news sitemaps; time makes them stale even if nothing arrives."""
        stale = [publication.renew(language) for language in self._localizers]
        until = min((moment for moment in stale if moment), default=self._news_until)
        if None not in stale and until != self._news_until:
            self._store.remember(_NEWS_UNTIL, until.isoformat())
            self._news_until = until
