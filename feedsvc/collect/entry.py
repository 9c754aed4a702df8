"""An entry of a list, before and after it was read."""

from dataclasses import dataclass, replace

from feedsvc.collect import readers
from feedsvc.model.article import Article, RawItem
from feedsvc.model.config import Source
from feedsvc.model.visit import Known

__all__ = ["Entry", "Read"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a list, its place in it, and what the ledger knows of it.

    ``known_by`` is the first of its identity keys that the ledger has, else "".
    """

    position: int
    item: RawItem
    digest: str
    known: Known | None
    known_by: str

    @property
    def unchanged(self) -> bool:
        """Whether this source listed the very same entry before, and it is there still."""
        known = self.known
        if known is None or known.is_withdrawn:
            return False
        return known.list_digest == self.digest

    @property
    def is_known_by_id(self) -> bool:
        """Whether nothing but the source's own id says which article it is."""
        return self.known is not None and self.known_by.startswith("guid:")

    def is_new_to(self, source: Source) -> bool:
        """Whether it is known by another source alone."""
        known = self.known
        if known is None:
            return False
        return not known.list_digest and known.source != source.id


@dataclass(frozen=True, slots=True)
class Read:
    """An entry that gave an article, and what the ledger knows of that.

    ``again`` says that its page is asked for again, ``is_moved`` that the article was
    known at another address.
    """

    entry: Entry
    asked: readers.Asked
    again: bool
    article: Article
    known: Known | None = None
    is_moved: bool = False

    @property
    def named(self) -> Article:
        """The article with the keys to keep of it.

        An id of the source's counts that it gave at first: one that changes each time
        would fill the ledger (reliability.md, 53).
        """
        if self.known is None or not self.known.list_digest:
            return self.article
        keys = (key for key in self.article.aliases if not key.startswith("guid:"))
        return replace(self.article, aliases=tuple(keys))
