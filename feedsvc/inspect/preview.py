"""A dry run of one source: what its list gives and what each article becomes."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from feedsvc import extract
from feedsvc.decide.entries import needs_page, stands_alone, wanted
from feedsvc.errors import ExtractError, Fault
from feedsvc.fetch import requests
from feedsvc.fetch.further import with_further
from feedsvc.inspect.forms import article_form
from feedsvc.inspect.provenance import Sources, provenance
from feedsvc.model.article import Article, Extraction, RawItem
from feedsvc.model.config import Category, Source
from feedsvc.model.web import Failed, Fetched, Page, Request, Validators
from feedsvc.normalize import article as normal
from feedsvc.normalize import sections
from feedsvc.normalize.frame import Frame
from feedsvc.text import encoding, urls

__all__ = ["Preview"]


@dataclass(frozen=True, slots=True)
class _Had:
    """What came of an entry's page: what it says, and the page or why there is none."""

    extraction: Extraction = field(default_factory=Extraction)
    page: Page | None = None
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a visit would make of a source, reading at most ``limit`` articles."""

    frame: Frame
    categories: Mapping[str, Category]
    fetch: Callable[[Request], Awaitable[Fetched]]
    limit: int = 10

    async def run(self) -> dict[str, Any]:
        """The preview as a JSON form; nothing is written.

        ``items`` hold each entry's URL and either the Article JSON with its categories,
        in ``from`` who supplied each field, in ``alternatives`` what else was said of
        it and why that lost, or ``error``. ``unread`` is why an article that the list
        alone tells has no page. ``faults`` are what is doubtful, by code and place.
        """
        source = self.frame.source
        request = requests.for_list(source, source.url, Validators())
        fetched = await self.fetch(request)
        if isinstance(fetched, Failed):
            return self._form([], [fetched.fault])
        if not isinstance(fetched, Page):
            return self._form([], [])
        try:
            extraction = extract.read_list(source, fetched)
        except ExtractError as error:
            return self._form([], [error.fault])
        items = wanted(source, extraction.items)
        read = [await self._item(n, i) for n, i in enumerate(items[: self.limit])]
        doubts = [fault for _, told in read for fault in told]
        form = self._form([item for item, _ in read], [*extraction.faults, *doubts])
        return form | {"listed": len(extraction.items), "wanted": len(items)}

    def _form(self, items: list[dict[str, Any]], faults: list[Fault]) -> dict[str, Any]:
        source = self.frame.source
        return {
            "source": source.id,
            "url": urls.bare(source.url),
            "listed": 0,
            "wanted": 0,
            "items": items,
            "faults": [_form_of(fault) for fault in faults],
        }

    async def _item(
        self, position: int, listed: RawItem
    ) -> tuple[dict[str, Any], Sequence[Fault]]:
        """One entry's form, and what is doubtful of it."""
        had = await self._page(listed)
        if had.fault and not stands_alone(listed, had.fault.code):
            return _refusal(listed, had.fault), ()
        told = had.extraction.faults
        stated = next(iter(had.extraction.items), None)
        statement = normal.combine(listed, stated)
        article = normal.normalize(statement, self.frame, position)
        if isinstance(article, Fault):
            return _refusal(listed, article), told
        doubts = normal.doubts(article, statement, told)
        form = self._read(article, _sources(listed, statement, had, self.frame.source))
        unread = {"unread": _form_of(had.fault)} if had.fault else {}
        return form | unread, (*told, *doubts)

    async def _page(self, listed: RawItem) -> _Had:
        """What the article's page says; nothing where the list says it all."""
        source = self.frame.source
        if not needs_page(source, listed):
            return _Had()
        fetched = await self._fetch(listed.url)
        fetched = await with_further(source, fetched, self._next, self._fetch)
        if isinstance(fetched, Failed):
            return _Had(fault=fetched.fault)
        if not isinstance(fetched, Page):
            return _Had()
        try:
            return _Had(extract.read_article(source, fetched), fetched)
        except ExtractError as error:
            return _Had(fault=error.fault)

    async def _fetch(self, url: str) -> Fetched:
        return await self.fetch(requests.for_article(self.frame.source, url))

    async def _next(self, page: Page) -> str | None:
        return extract.next_page(self.frame.source, page)

    def _read(self, article: Article, sources: Sources) -> dict[str, Any]:
        terms = sections.filing(article, self.frame.source, self.categories)
        told = provenance(article, sources, self.frame)
        return {
            "url": article.url,
            "article": article_form(article),
            "categories": list(terms),
            "from": {name: one["from"] for name, one in told.items()},
            "alternatives": {
                name: one["alternatives"]
                for name, one in told.items()
                if one["alternatives"]
            },
        }


def _sources(listed: RawItem, statement: RawItem, had: _Had, source: Source) -> Sources:
    """Who says what of an article, asked once more, now that it is to be told."""
    if had.page is None:
        return Sources(statement=statement, listed=listed)
    return Sources(
        statement=statement,
        listed=listed,
        page=extract.read_statements(source, had.page),
        encodings=encoding.stated(had.page.body, had.page.content_type),
    )


def _refusal(listed: RawItem, fault: Fault) -> dict[str, Any]:
    return {"url": listed.url, "title": listed.title, "error": _form_of(fault)}


def _form_of(fault: Fault) -> dict[str, Any]:
    return {"code": str(fault.code), "place": fault.place, **fault.args}
