"""What an operator means by an id or an address."""

from typing import Protocol

from feedsvc.errors import Code, Fault, Stage, UsageError
from feedsvc.model.article import Article

__all__ = ["Finds", "known"]


class Finds(Protocol):
    """The store as whoever names an article sees it."""

    def find(self, reference: str) -> Article | None:
        """The article with this id, or at this address."""
        ...


def known(store: Finds, reference: str) -> Article:
    """An article by its address, its bare id or the ``tag:`` URI that feeds print.

    UsageError (E_ARTICLE_UNKNOWN) when there is none.
    """
    bare = reference
    if reference.startswith("tag:"):
        # a conversion's id goes on with its language
        bare = reference.rpartition(":")[2].partition("/")[0]
    article = store.find(bare)
    if article is None:
        fault = Fault(code=Code.E_ARTICLE_UNKNOWN, stage=Stage.STORE, place=reference)
        raise UsageError(fault)
    return article
