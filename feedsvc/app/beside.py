"""The store where nothing is collected, for what is made of it when somebody asks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from feedsvc.app.place import Place
from feedsvc.model.config import Config
from feedsvc.store import Store, open_store

__all__ = ["beside"]


@contextmanager
def beside(where: Place, config: Config) -> Iterator[Callable[[], Store]]:
    """Gives the store, as soon as it can be opened; it is tried until it can."""
    opened = _Opened(where, config.settings.store.url)
    try:
        yield opened.store
    finally:
        opened.close()


class _Opened:
    """A store that is opened when it is first asked for."""

    def __init__(self, where: Place, url: str) -> None:
        self._where = where
        self._url = url
        self._lock = Lock()
        self._store: Store | None = None

    def store(self) -> Store:
        """The open store; StoreError when it cannot be opened."""
        with self._lock:
            if self._store is None:
                self._store = open_store(
                    self._url, self._where.data, beside=True, make=False
                )
            return self._store

    def close(self) -> None:
        """Close it, if it was opened."""
        if self._store:
            self._store.close()
