"""Taking an article out of everything that is published, and letting it back in."""

from datetime import datetime
from typing import Protocol

from feedsvc.maintain.reference import Finds, known
from feedsvc.model.article import Article

__all__ = ["Hides", "hide", "unhide"]


class Hides(Finds, Protocol):
    """The store as hiding sees it."""

    def hide(self, article: str, at: datetime, reason: str | None = None) -> bool:
        """Take an article out of everything; whether that is new."""
        ...

    def unhide(self, article: str) -> bool:
        """Let an article be published again; whether it was hidden."""
        ...


def hide(store: Hides, reference: str, at: datetime, reason: str | None) -> Article:
    """Hide the article that ``reference`` names; UsageError (E_ARTICLE_UNKNOWN) if none.

    It stays hidden when its source lists it again, under whatever address it is known.
    """
    article = known(store, reference)
    store.hide(article.id, at, reason)
    return article


def unhide(store: Hides, reference: str) -> Article:
    """Let the article that ``reference`` names be published again; UsageError as above."""
    article = known(store, reference)
    store.unhide(article.id)
    return article
