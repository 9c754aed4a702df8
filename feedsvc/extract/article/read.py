"""One article page → one statement: rules first, then what the page says and shows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feedsvc.errors import Code, ExtractError, Fault, Stage
from feedsvc.extract.article import meta as tags
from feedsvc.extract.article.blocked import evidence, is_missing
from feedsvc.extract.article.body import find_body
from feedsvc.extract.article.face import Face
from feedsvc.extract.article.image import captioned, first_image
from feedsvc.extract.article.pages import opened
from feedsvc.extract.article.people import (
    People,
    clean_names,
    credited,
    is_person,
    without,
)
from feedsvc.extract.article.printed import has_time
from feedsvc.extract.article.ruled import FIELDS, read_ruled
from feedsvc.extract.article.structured import read_structured
from feedsvc.extract.dom import lines_of
from feedsvc.extract.rules import Document
from feedsvc.model.article import Extraction, Image, Origin, RawDate, RawItem
from feedsvc.model.config import ArticleRules, Source
from feedsvc.model.web import Failed, Page
from feedsvc.text.dates import from_url
from feedsvc.text.markup import plain, sanitize

__all__ = ["read_article", "refusal"]

_MATTERS: Final = ("title", "date", "content")
"""The rules that must find something, or the layout has changed."""

_ENDS: Final = 8
"""Lines at the end of a body among which writers, helpers and editors are named."""

_SIGNATURE: Final = 120
"""The longest line that is a signature, and how much of a lead may hold one."""

_LEAD: Final = 2
"""Lines at its start that may name a reporter."""


def read_article(source: Source, page: Page) -> Extraction:
    """Read one page, and those that continue it, into exactly one item.

    Faults beside it: W_LAYOUT for rules that found nothing, W_EMPTY for no body,
    W_ARTICLE for a further page that could not be had. ExtractError: E_BLOCKED for a
    challenge, login or error page served as an article, E_SELECTOR_TIMEOUT and E_EXTRACT
    for rules and pages that cannot be worked through.
    """
    rules = source.article or ArticleRules()
    document, encoding = opened(source, page)
    reading = _Reading(document, rules)
    reading.refuse_blocked()
    rest = [_continued(source, p) for p in page.further if isinstance(p, Page)]
    content = _joined([reading, *rest])
    doubts = [*_doubts(reading, content), *_missing(page)]
    faults = tuple(replace(doubt, source=source.id) for doubt in doubts)
    warnings = tuple(dict.fromkeys(fault.code for fault in faults))
    item = replace(
        reading.item(), encoding=encoding, content_html=content, warnings=warnings
    )
    return Extraction(items=(item,), faults=faults)


def refusal(source: Source, page: Page) -> Fault | None:
    """Why a page is no article although the server said 200, if it says so.

    E_NOT_FOUND where what stood there is gone, else E_BLOCKED; None for an article.
    """
    document, _ = opened(source, page)
    reading = _Reading(document, source.article or ArticleRules())
    try:
        reading.refuse_blocked()
    except ExtractError as error:
        gone = is_missing(reading.face.page_title, reading.face.lines)
        return replace(error.fault, code=Code.E_NOT_FOUND) if gone else error.fault
    return None


def _continued(source: Source, page: Page) -> "_Reading":
    document, _ = opened(source, page)
    reading = _Reading(document, source.article or ArticleRules())
    reading.refuse_blocked()
    return reading


def _joined(readings: Sequence["_Reading"]) -> str | None:
    """The contents of an article's pages; one that repeats another is left out.

    Addresses of the first are relative to it, those of the others are made absolute.
    """
    first, *rest = readings
    if not rest:
        return first.content
    contents = {plain(first.content or ""): first.content or ""}
    for reading in rest:
        content = sanitize(reading.content or "", reading.document.base)
        contents.setdefault(plain(content), content)
    told = filter(None, contents.values())
    return "\n".join(f"<div>{content}</div>" for content in told) or None


def _missing(page: Page) -> Iterator[Fault]:
    for failed in page.further:
        if isinstance(failed, Failed):
            code = str(failed.fault.code)
            place = failed.fault.place or page.url
            yield _doubt(Code.W_ARTICLE, place, detail=code)


def _doubts(reading: "_Reading", content: str | None) -> Iterator[Fault]:
    url = reading.document.url
    for name in _MATTERS:
        if getattr(reading.rules, name) and FIELDS[name] not in reading.ruled.rules:
            yield _doubt(Code.W_LAYOUT, url, rule=f"article.{name}")
    if not content:
        yield _doubt(Code.W_EMPTY, url)


def _doubt(code: Code, place: str, **args: str) -> Fault:
    return Fault(code=code, stage=Stage.EXTRACT, place=place, args=args)


class _Reading:
    """What the readers of one page found; each is asked once, and only if needed."""

    def __init__(self, document: Document, rules: ArticleRules) -> None:
        self.document = document
        self.rules = rules
        self.ruled = read_ruled(document, rules)
        self.meta = tags.metas(document)
        self.tagged = tags.read_meta(document, self.meta)
        self.structured = read_structured(document)
        stated = (self.structured.title, *tags.titles(self.meta))
        given = [title for title in stated if title]
        self.face = Face(document, self.ruled.title, rules.title, given)

    def refuse_blocked(self) -> None:
        """ExtractError when the page is none; a page that obeys its rules is one."""
        if self.ruled.title and self.ruled.content_html:
            return
        told = (*self.structured.dates, *self.tagged.dates, *self.face.printed.dates)
        found = evidence(self.face.page_title, self.face.lines, dated=bool(told))
        if found:
            place = self.document.url
            raise ExtractError(_doubt(Code.E_BLOCKED, place, evidence=found))

    def item(self) -> RawItem:
        """Put the statement together, field by field, the surest reader first."""
        ruled, tagged, structured = self.ruled, self.tagged, self.structured
        crumbs = ruled.breadcrumb or structured.breadcrumb or self.face.crumbs
        sections = (ruled.section, structured.section, tagged.section, _last(crumbs))
        return RawItem(
            url=self.document.url,
            title=self.face.headline.text,
            language=tagged.language or structured.language,
            canonical_url=tagged.canonical_url,
            dates=self.dates(),
            updated=(*structured.updated, *tagged.updated),
            authors=ruled.authors or self.authors(),
            contributors=ruled.contributors or self.contributors(),
            outlet=self.outlet,
            section=next(filter(None, sections), None),
            breadcrumb=crumbs,
            image=self.image(),
            summary=ruled.summary or structured.summary or tagged.summary,
            base=self.document.base,
            keywords=ruled.keywords or structured.keywords or tagged.keywords,
            alternates=tagged.alternates,
            rules=ruled.rules,
        )

    @cached_property
    def outlet(self) -> str | None:
        """The outlet printed beside the date, not whoever publishes the page."""
        return self.ruled.outlet or self.face.printed.outlet or self.tagged.outlet

    @cached_property
    def content(self) -> str | None:
        """The rule's content, else what trafilatura makes of the page."""
        if self.ruled.content_html:
            return self.ruled.content_html
        page = self.document.without(self.rules.remove)
        return find_body(page, self.face.headline.text)

    @cached_property
    def body(self) -> LexborNode | None:
        """The content, parsed."""
        return LexborHTMLParser(self.content).body if self.content else None

    @cached_property
    def signed(self) -> People:
        """Who is named in the first and the last lines of the body."""
        lines = lines_of(self.body) if self.body else []
        lead = [line.spaced[:_SIGNATURE] for line in lines[:_LEAD]]
        end = [line.spaced for line in lines[_LEAD:][-_ENDS:]]
        return credited([*lead, *(text for text in end if len(text) <= _SIGNATURE)])

    def dates(self) -> tuple[RawDate, ...]:
        """All dates in order of preference.

        What a Chinese page prints is truer than its meta elements, which may be minutes
        off; elsewhere structured data say the zone that print leaves out. A time of day
        goes before a day.
        """
        told = (*self.structured.dates, *self.tagged.dates)
        shown = () if self.ruled.dates else self.face.printed.dates
        chinese = _is_chinese(self.face.headline.text)
        stated = (*shown, *told) if chinese else (*told, *shown)
        finest = sorted(stated, key=lambda date: not has_time(date.text))
        path = from_url(self.document.url)
        by_url = (RawDate(text=path, origin=Origin.URL),) if path else ()
        return (*self.ruled.dates, *finest, *by_url)

    def authors(self) -> tuple[str, ...]:
        """The persons who wrote; the outlet itself only where it alone signs."""
        names = (self.structured.outlet, self.outlet, *tags.site_names(self.meta))
        outlets = [name for name in names if name]
        signed = self.face.printed.people.authors or self.signed.authors
        printed = without(signed, outlets)
        claimed = clean_names(self.structured.authors)
        stated = without(claimed, outlets)
        if set(stated) < set(printed):
            return printed
        named = tuple(n for n in clean_names(self.tagged.authors) if is_person(n))
        beside = without(self.face.printed.names, outlets)
        persons = stated or printed or without(named, outlets) or beside
        return persons or next(filter(None, map(_latin, (claimed, signed, named))), ())

    def contributors(self) -> tuple[str, ...]:
        """The persons who helped or edited."""
        near, inside = self.face.printed.people, self.signed
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
        found = named or first_image(self.document, self.body)
        return captioned(self.document, found, self.body) if found else None


def _last(crumbs: tuple[str, ...]) -> str | None:
    """The section is where the path ends; its first step is the home page."""
    return crumbs[-1] if len(crumbs) > 1 else None


def _latin(names: tuple[str, ...]) -> tuple[str, ...]:
    """In Chinese an outlet that signs is the source, which stands beside the date."""
    return tuple(name for name in names if not _is_chinese(name))


def _is_chinese(text: str | None) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text or "")
