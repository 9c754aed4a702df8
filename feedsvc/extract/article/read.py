"""One article page → one statement: rules first, then what the page says and shows."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Final

from feedsvc.text.markup import one_line
from selectolax.lexbor import LexborHTMLParser

from feedsvc.errors import Code, ExtractError, Fault, Stage
from feedsvc.extract.article import meta as tags
from feedsvc.extract.article import printed as prints
from feedsvc.extract.article.blocked import evidence
from feedsvc.extract.article.body import find_body
from feedsvc.extract.article.image import captioned, first_image
from feedsvc.extract.article.people import (
    People,
    clean_names,
    credited,
    is_person,
    without,
)
from feedsvc.extract.article.ruled import FIELDS, read_ruled
from feedsvc.extract.article.structured import publisher, read_structured
from feedsvc.extract.article.title import Headline, headline
from feedsvc.extract.dom import Line, lines_of
from feedsvc.extract.rules import Document
from feedsvc.model.article import Extraction, Image, Origin, RawDate, RawItem
from feedsvc.model.config import ArticleRules, Source
from feedsvc.model.web import Page
from feedsvc.text.dates import from_url
from feedsvc.text.encoding import decode

__all__ = ["read_article"]

_MATTERS: Final = ("title", "date", "content")
"""The rules that must find something, or the layout has changed."""

_ENDS: Final = 8
"""Lines at the end of a body among which writers, helpers and editors are named."""

_LEAD: Final = 2
"""Lines at its start that may name a reporter."""


def read_article(source: Source, page: Page) -> Extraction:
    """Read one page into exactly one item.

    Faults beside it: W_LAYOUT for rules that found nothing, W_EMPTY for no body.
    ExtractError: E_BLOCKED for a challenge, login or error page served as an article,
    E_SELECTOR_TIMEOUT and E_EXTRACT for rules and pages that cannot be worked through.
    """
    decoded = decode(
        page.body,
        override=source.encoding,
        content_type=page.content_type,
        language=source.language,
    )
    rules = source.article or ArticleRules()
    reading = _Reading(Document(decoded.text, page.url), rules)
    reading.refuse_blocked()
    item = replace(reading.item(), encoding=decoded.encoding)
    faults = tuple(
        Fault(
            code=code, stage=Stage.EXTRACT, place=page.url, source=source.id, args=args
        )
        for code, args in _doubts(item, rules)
    )
    warnings = tuple(dict.fromkeys(fault.code for fault in faults))
    return Extraction(items=(replace(item, warnings=warnings),), faults=faults)


def _doubts(
    item: RawItem, rules: ArticleRules
) -> Iterator[tuple[Code, dict[str, str]]]:
    for name in _MATTERS:
        if getattr(rules, name) and FIELDS[name] not in item.rules:
            yield Code.W_LAYOUT, {"rule": f"article.{name}"}
    if not item.content_html:
        yield Code.W_EMPTY, {}


class _Reading:
    """What the readers of one page found; each is asked once, and only if needed."""

    def __init__(self, document: Document, rules: ArticleRules) -> None:
        self.document = document
        self.rules = rules
        self.ruled = read_ruled(document, rules)
        self.meta = tags.metas(document)
        self.tagged = tags.read_meta(document, self.meta)
        self.structured = read_structured(document)

    def refuse_blocked(self) -> None:
        """ExtractError when the page is none; a page that obeys its rules is one."""
        if self.ruled.title and self.ruled.content_html:
            return
        found = evidence(self.page_title, self.lines)
        if found:
            fault = Fault(
                code=Code.E_BLOCKED,
                stage=Stage.EXTRACT,
                place=self.document.url,
                args={"evidence": found},
            )
            raise ExtractError(fault)

    def item(self) -> RawItem:
        """Put the statement together, field by field, the surest reader first."""
        ruled, tagged, structured = self.ruled, self.tagged, self.structured
        crumbs = ruled.breadcrumb or structured.breadcrumb or self.crumbs
        return RawItem(
            url=self.document.url,
            title=self.headline.text,
            language=tagged.language or structured.language,
            canonical_url=tagged.canonical_url,
            dates=self.dates(),
            updated=(*structured.updated, *tagged.updated),
            authors=ruled.authors or self.authors(),
            contributors=ruled.contributors or self.contributors(),
            outlet=ruled.outlet or self.printed.outlet or tagged.outlet,
            section=ruled.section
            or structured.section
            or tagged.section
            or _last(crumbs),
            breadcrumb=crumbs,
            image=self.image(),
            summary=ruled.summary or structured.summary or tagged.summary,
            content_html=self.body,
            keywords=ruled.keywords or structured.keywords or tagged.keywords,
            alternates=tagged.alternates,
            rules=ruled.rules,
        )

    @cached_property
    def lines(self) -> list[Line]:
        """The page as lines of text."""
        body = self.document.tree.body
        return lines_of(body) if body else []

    @cached_property
    def page_title(self) -> str | None:
        """What ``<title>`` says."""
        node = self.document.tree.css_first("title")
        return (one_line(node.text()) or None) if node else None

    @cached_property
    def dated(self) -> prints.Dated:
        """Which lines print a date."""
        return prints.Dated(self.lines)

    @cached_property
    def headline(self) -> Headline:
        """The title and its line; a rule's title is looked up among the lines."""
        stated = (self.structured.title, *tags.titles(self.meta))
        claims = [self.ruled.title] if self.ruled.title else [s for s in stated if s]
        found = headline(self.lines, claims, self.page_title, self.dated)
        return replace(found, text=self.ruled.title or found.text)

    @cached_property
    def printed(self) -> prints.Printed:
        """What stands around the headline."""
        return prints.read_printed(self.lines, self.headline.line, self.dated)

    @cached_property
    def crumbs(self) -> tuple[str, ...]:
        """The printed path."""
        return prints.breadcrumb(self.lines, self.headline.line, self.headline.text)

    @cached_property
    def body(self) -> str | None:
        """The rule's content, else what trafilatura makes of the page."""
        if self.ruled.content_html:
            return self.ruled.content_html
        page = self.document.without(self.rules.remove)
        return find_body(page, self.headline.text)

    @cached_property
    def signed(self) -> People:
        """Who is named in the first and the last lines of the body."""
        root = LexborHTMLParser(self.body).body if self.body else None
        texts = [line.spaced for line in lines_of(root)] if root else []
        return credited(texts[:_LEAD] + texts[_LEAD:][-_ENDS:])

    def dates(self) -> tuple[RawDate, ...]:
        """All dates in order of preference.

        What a Chinese page prints is truer than its meta elements, which may be minutes
        off; elsewhere structured data say the zone that print leaves out. A time of day
        goes before a day.
        """
        told = (*self.structured.dates, *self.tagged.dates)
        shown = self.printed.dates
        stated = (*shown, *told) if _is_chinese(self.headline.text) else (*told, *shown)
        finest = sorted(stated, key=lambda date: not prints.has_time(date.text))
        path = from_url(self.document.url)
        by_url = (RawDate(text=path, origin=Origin.URL),) if path else ()
        return (*self.ruled.dates, *finest, *by_url)

    def authors(self) -> tuple[str, ...]:
        """The persons who wrote, the outlet itself left out."""
        outlets = (
            publisher(self.document),
            self.printed.outlet,
            *tags.site_names(self.meta),
        )
        stated, printed, tagged = (
            without(names, [outlet for outlet in outlets if outlet])
            for names in (
                clean_names(self.structured.authors),
                self.printed.people.authors or self.signed.authors,
                clean_names(self.tagged.authors),
            )
        )
        if set(stated) < set(printed):
            return printed
        return stated or printed or tuple(name for name in tagged if is_person(name))

    def contributors(self) -> tuple[str, ...]:
        """The persons who helped or edited."""
        near, inside = self.printed.people, self.signed
        names = (
            *self.structured.contributors,
            *near.helpers,
            *inside.helpers,
            *near.editors,
            *inside.editors,
        )
        return tuple(dict.fromkeys(names))

    def image(self) -> Image | None:
        """The lead image with its caption."""
        named = self.ruled.image or self.tagged.image or self.structured.image
        if named:
            return captioned(self.document, named, self.body)
        return first_image(self.document, self.body)


def _last(crumbs: tuple[str, ...]) -> str | None:
    """The section is where the path ends; its first step is the home page."""
    return crumbs[-1] if len(crumbs) > 1 else None


def _is_chinese(text: str | None) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text or "")
