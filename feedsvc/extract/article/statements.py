"""What each reader of a page found by itself: for previews, never on a visit's way."""

from typing import Final, TypeAlias

from feedsvc.extract.article import meta as tags
from feedsvc.extract.article.face import Face
from feedsvc.extract.article.pages import opened
from feedsvc.extract.article.ruled import read_ruled
from feedsvc.extract.article.structured import read_structured
from feedsvc.model.article import Origin, RawDate, RawItem
from feedsvc.model.config import ArticleRules, Source
from feedsvc.model.web import Page
from feedsvc.text.dates import from_url

__all__ = ["TITLE", "Statements", "read_statements"]

Statements: TypeAlias = tuple[tuple[str, RawItem], ...]
"""Statements, each with the name of who makes it: an ``Origin``, or ``TITLE``."""

TITLE: Final = "title"
"""The ``<title>`` of a page."""


def read_statements(source: Source, page: Page) -> Statements:
    """State what rules, print, structured data and meta elements say, the surest first.

    ExtractError as :func:`feedsvc.extract.article.read_article` raises it.
    """
    document, _ = opened(source, page)
    meta = tags.metas(document)
    tagged = tags.read_meta(document, meta)
    structured = read_structured(document)
    named = [t for t in (structured.title, *tags.titles(meta)) if t]
    face = Face(document, None, None, named)
    return (
        (Origin.RULE, read_ruled(document, source.article or ArticleRules())),
        (Origin.TEXT, _printed(document.url, face)),
        (Origin.JSON_LD, structured),
        (Origin.META, tagged),
        (TITLE, RawItem(url=document.url, title=face.page_title)),
        (Origin.URL, RawItem(url=document.url, dates=_dates_of(document.url))),
    )


def _printed(url: str, face: Face) -> RawItem:
    """What is printed around the headline, rules or not."""
    people, crumbs = face.printed.people, face.crumbs
    return RawItem(
        url=url,
        title=face.headline.text if face.headline.line is not None else None,
        dates=face.printed.dates,
        authors=people.authors or face.printed.names,
        contributors=(*people.helpers, *people.editors),
        outlet=face.printed.outlet,
        breadcrumb=crumbs,
        section=crumbs[-1] if len(crumbs) > 1 else None,
    )


def _dates_of(url: str) -> tuple[RawDate, ...]:
    path = from_url(url)
    return (RawDate(text=path, origin=Origin.URL),) if path else ()
