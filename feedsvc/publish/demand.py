"""Feeds that are made when somebody asks: of a source, of a search."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from threading import Lock

from feedsvc.edition.localize import Localizer
from feedsvc.edition.selection import picked
from feedsvc.edition.words import Words
from feedsvc.model.config import Config
from feedsvc.model.feed import Edition
from feedsvc.model.tree import Made
from feedsvc.output.files import as_read
from feedsvc.publish import content
from feedsvc.publish.documents import names, one_of
from feedsvc.publish.ports import AskedStore

__all__ = ["Demand"]


class Demand:
    """Makes a file of such a feed, alike on every node; safe to call from any thread."""

    def __init__(
        self,
        config: Config,
        store: Callable[[], AskedStore],
        now: Callable[[], datetime],
    ) -> None:
        """``store`` gives the open store, or raises StoreError; nothing is read yet."""
        self._config = config
        self._store = store
        self._now = now
        self._indexing = Lock()
        self._localizers: dict[str, Localizer] = {
            language: Localizer(config, Words.load(language))
            for language in config.settings.site.languages
        }
        self.names = frozenset(names(config.settings.publish.formats))
        """The files that a feed has."""
        self.edition = partial(picked, config)
        """What an address means (:func:`feedsvc.edition.selection.picked`)."""

    def change(self) -> int:
        """While this is the same, what was made is what would be made."""
        return self._store().change()

    def index(self, seconds: float) -> bool:
        """Index what waits, for about so long; whether nothing waits any more."""
        end = time.monotonic() + seconds
        with self._indexing:
            while self._store().index():
                if time.monotonic() > end:
                    return False
        return True

    def make(self, edition: Edition, name: str, before: Made | None) -> Made:
        """A file as it is now; ``before`` itself, if its content is what it was."""
        localizer = self._localizers[edition.language]
        feed = localizer.feed(edition, *content.held(self._store(), edition))
        told = content.digest(feed)
        if before and before.digest == told:
            return before
        now = self._now()
        path = f"{edition.path}?{edition.parameters}"
        date = partial(content.dated, feed, now=now)
        feed = replace(feed, updated=self._store().settle(path, told, date, now))
        updated = localizer.moment(feed.updated)
        document = one_of(feed, name, localizer.words, updated)
        return Made(told, as_read(f"{feed.path}/{name}", document))
