"""Taking an article out of everything that is published, and letting it back in."""

from datetime import datetime
from typing import Protocol

from feedsvc.errors import Code, Fault, Stage, UsageError
from feedsvc.model.article import Article

__all__ = ["Hides", "hide", "unhide"]


class Hides(Protocol):
    """The store as hiding sees it."""

    def find(self, reference: str) -> Article | None:
        """The article with this id, or at this address."""
        ...

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
    article = _known(store, reference)
    store.hide(article.id, at, reason)
    return article


def unhide(store: Hides, reference: str) -> Article:
    """Let the article that ``reference`` names be published again; UsageError as above."""
    article = _known(store, reference)
    store.unhide(article.id)
    return article


def _known(store: Hides, reference: str) -> Article:
    """An article by its address, its bare id or the ``tag:`` URI that feeds print."""
    bare = reference.rpartition(":")[2] if reference.startswith("tag:") else reference
    article = store.find(bare)
    if article is None:
        fault = Fault(code=Code.E_ARTICLE_UNKNOWN, stage=Stage.STORE, place=reference)
        raise UsageError(fault)
    return article
