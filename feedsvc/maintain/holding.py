"""Letting go what was held back."""

from datetime import datetime
from typing import Protocol

from feedsvc.maintain.reference import Finds, known
from feedsvc.model.article import Article
from feedsvc.model.visit import Visit

__all__ = ["Releases", "release", "release_list"]


class Releases(Finds, Protocol):
    """The store as releasing sees it."""

    def release(self, article: str) -> bool:
        """Let a held article be published; whether it was held."""
        ...

    def release_list(self, visit: Visit) -> None:
        """Believe the next list of the visit's source, asked for when it is due."""
        ...


def release(store: Releases, reference: str) -> Article:
    """Let the article that ``reference`` names be published as it is, now and later.

    UsageError (E_ARTICLE_UNKNOWN) when there is none.
    """
    article = known(store, reference)
    store.release(article.id)
    return article


def release_list(store: Releases, source: str, now: datetime) -> None:
    """Believe the next list of ``source``, whatever it looks like, and ask for it now."""
    store.release_list(Visit(source=source, due=now))
