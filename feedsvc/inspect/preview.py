"""A dry run of one source: what its list gives and what each article becomes."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from feedsvc import extract
from feedsvc.decide.entries import needs_page, wanted
from feedsvc.errors import ExtractError, Fault
from feedsvc.fetch import requests
from feedsvc.inspect.forms import article_form
from feedsvc.model.article import Article, Extraction, RawItem
from feedsvc.model.config import Category
from feedsvc.model.web import Failed, Fetched, Page, Request, Validators
from feedsvc.normalize import article as normal
from feedsvc.normalize import sections
from feedsvc.normalize.frame import Frame
from feedsvc.text import urls

__all__ = ["Preview"]

_FIELDS = (
    "title", "dates", "authors", "contributors", "outlet", "section", "breadcrumb",
    "image", "summary", "content_html", "keywords",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preview:
    """What a visit would make of a source, reading at most ``limit`` articles."""

    frame: Frame
    categories: Mapping[str, Category]
    fetch: Callable[[Request], Awaitable[Fetched]]
    limit: int = 10

    async def run(self) -> dict[str, Any]:
        """The preview as a JSON form; nothing is written.

        ``items`` hold each entry's URL and either the Article JSON with its categories
        and, in ``from``, who supplied each field (``rule``, ``page`` or ``list``), or
        ``error``. ``faults`` tell what was refused or is doubtful, by code and place.
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
        told = [{"code": str(f.code), "place": f.place, **f.args} for f in faults]
        source = self.frame.source
        return {
            "source": source.id,
            "url": urls.bare(source.url),
            "listed": 0,
            "wanted": 0,
            "items": items,
            "faults": told,
        }

    async def _item(
        self, position: int, listed: RawItem
    ) -> tuple[dict[str, Any], Sequence[Fault]]:
        """One entry's form, and what is doubtful of it."""
        page = await self._page(listed)
        if isinstance(page, Fault):
            return _refusal(listed, page), ()
        stated = next(iter(page.items), None)
        statement = normal.combine(listed, stated)
        article = normal.normalize(statement, self.frame, position)
        if isinstance(article, Fault):
            return _refusal(listed, article), page.faults
        doubts = normal.doubts(article, statement, page.faults)
        return self._read(article, listed, stated), (*page.faults, *doubts)

    async def _page(self, listed: RawItem) -> Extraction | Fault:
        """What the article's page says; nothing where the list says it all."""
        source = self.frame.source
        if not needs_page(source, listed):
            return Extraction()
        fetched = await self.fetch(requests.for_article(source, listed.url))
        if isinstance(fetched, Failed):
            return fetched.fault
        if not isinstance(fetched, Page):
            return Extraction()
        try:
            return extract.read_article(source, fetched)
        except ExtractError as error:
            return error.fault

    def _read(
        self, article: Article, listed: RawItem, stated: RawItem | None
    ) -> dict[str, Any]:
        terms = sections.filing(article, self.frame.source, self.categories)
        return {
            "url": article.url,
            "article": article_form(article),
            "categories": list(terms),
            "from": {
                name: who
                for name in _FIELDS
                if (who := _supplier(name, listed, stated))
            },
        }


def _refusal(listed: RawItem, fault: Fault) -> dict[str, Any]:
    return {
        "url": listed.url,
        "title": listed.title,
        "error": {"code": str(fault.code), "place": fault.place, **fault.args},
    }


def _supplier(name: str, listed: RawItem, stated: RawItem | None) -> str | None:
    """Who supplied a field: a rule (of either), else the article's page, or the list."""
    said = [
        (item, who)
        for item, who in ((stated, "page"), (listed, "list"))
        if item is not None and getattr(item, name)
    ]
    if any(name in item.rules for item, _ in said):
        return "rule"
    return said[0][1] if said else None
