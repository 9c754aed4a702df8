"""What is stored together of a visit's entries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from feedsvc.collect import readers
from feedsvc.errors import Fault
from feedsvc.model.article import Article, RawItem
from feedsvc.model.check import Check
from feedsvc.model.kept import Kept, Role
from feedsvc.model.visit import Outcome
from feedsvc.model.web import Fetched, Page

__all__ = ["Batch", "article_pages"]

_KEPT: Final = 20
"""Entries at the head of a list whose pages are kept."""


@dataclass(slots=True)
class Batch:
    """What a chunk of entries comes to, stored together."""

    source: str
    articles: list[Article] = field(default_factory=list)
    digests: list[tuple[str, str]] = field(default_factory=list)
    filed: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    aliases: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    statements: list[tuple[str, RawItem]] = field(default_factory=list)
    versions: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    pages: list[Kept] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)

    def twin(self, article: Article) -> str | None:
        """The id of the same article, if the chunk listed it under another address."""
        return next((self.ids[key] for key in article.aliases if key in self.ids), None)

    def add(
        self, identifier: str, article: Article, digest: str, stored: Article | None
    ) -> None:
        """Take in one entry; ``stored`` is its article as the ledger is to hold it."""
        if stored:
            self.articles.append(stored)
        else:
            self.aliases.append((identifier, article.aliases))
        self.digests.append((identifier, digest))
        self.filed.append((identifier, article.categories))
        self.ids |= dict.fromkeys(article.aliases, identifier)

    def add_twin(self, identifier: str, article: Article) -> None:
        """Take in that the list shows an article at another address as well."""
        self.aliases.append((identifier, article.aliases))
        self.ids |= dict.fromkeys(article.aliases, identifier)

    def keep(self, asked: readers.Asked, now: datetime) -> None:
        """Keep the pages of an entry, if it stands at the list's head."""
        if asked.position < _KEPT:
            self.pages += article_pages(asked.answer, now, asked.position)

    def outcome(self) -> Outcome:
        """The part of the visit's outcome that the chunk is."""
        return Outcome(
            source=self.source,
            articles=self.articles,
            list_digests=self.digests,
            filed=self.filed,
            aliases=self.aliases,
            moved=self.moved,
            returned=self.returned,
            checks=self.checks,
            statements=self.statements,
            versions=self.versions,
            pages=self.pages,
        )


def article_pages(
    fetched: Fetched | Fault | None, since: datetime, position: int = 0
) -> list[Kept]:
    """The pages of an article as they are kept, if any came."""
    if not isinstance(fetched, Page):
        return []
    return [
        Kept(role=Role.ARTICLE, page=page, since=since, position=position)
        for page in (fetched, *fetched.further)
        if isinstance(page, Page)
    ]
