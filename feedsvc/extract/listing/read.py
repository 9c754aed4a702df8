"""One list page → its items in page order."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from feedsvc.errors import Code, ExtractError, Fault, Stage
from feedsvc.extract.article.blocked import evidence
from feedsvc.extract.dom import lines_of
from feedsvc.extract.listing.found import find_items
from feedsvc.extract.listing.pager import next_page
from feedsvc.extract.listing.ruled import ruled_items
from feedsvc.extract.records import read_embedded
from feedsvc.extract.rules import Document
from feedsvc.model.article import Extraction, RawItem
from feedsvc.model.config import ListRules, Source
from feedsvc.model.web import Page
from feedsvc.text.encoding import Decoded, decode, stated

__all__ = ["read_listing"]


def read_listing(source: Source, page: Page) -> Extraction:
    """Read the items of a list page.

    Faults beside them: W_LAYOUT when the item rule found nothing, W_EMPTY when nothing
    was found without rules, W_ENCODING for a page in another encoding than it says.
    ExtractError: E_BLOCKED for a challenge, login or error page without an item, and
    what :mod:`feedsvc.extract.rules` raises.
    """
    decoded = decode(
        page.body,
        override=source.encoding,
        content_type=page.content_type,
        language=source.language,
    )
    document = Document(decoded.text, page.url)
    rules = source.list or ListRules()
    if rules.item and rules.item.json:
        return _embedded(document, rules, page, decoded.encoding)
    by_rule = rules.item or rules.link
    found = ruled_items(document, rules) if by_rule else find_items(document)
    items = tuple(replace(item, encoding=decoded.encoding) for item in _merged(found))
    if not items:
        _refuse_blocked(document)
    fault = Fault(
        code=Code.W_LAYOUT if by_rule else Code.W_EMPTY,
        stage=Stage.EXTRACT,
        place=page.url,
        source=source.id,
        args={"rule": "list.item" if rules.item else "list.link"} if by_rule else {},
    )
    return Extraction(
        items=items,
        next=_next(document, rules),
        language=_language(document),
        faults=tuple(_mislabelled(source, page, decoded)) if items else (fault,),
    )


def _mislabelled(source: Source, page: Page, decoded: Decoded) -> Iterator[Fault]:
    """Say that a page is in none of the encodings that it says, unless its operator did."""
    told = set(stated(page.body, page.content_type).values())
    if not told or source.encoding or page.body.isascii() or decoded.encoding in told:
        return
    yield Fault(
        code=Code.W_ENCODING,
        stage=Stage.EXTRACT,
        place=page.url,
        source=source.id,
        args={"declared": ", ".join(sorted(told)), "encoding": decoded.encoding},
    )


def _embedded(
    document: Document, rules: ListRules, page: Page, encoding: str
) -> Extraction:
    found = read_embedded(rules, page, document)
    if not found.items:
        _refuse_blocked(document)
    items = tuple(replace(item, encoding=encoding) for item in found.items)
    return replace(found, items=items, language=_language(document))


def _merged(items: Iterable[RawItem]) -> list[RawItem]:
    """Make one item of several links to one article; it stands where the first stood."""
    found: dict[str, RawItem] = {}
    for item in items:
        known = found.get(item.url)
        found[item.url] = _joined(known, item) if known else item
    return [item for item in found.values() if item.title]


def _joined(first: RawItem, second: RawItem) -> RawItem:
    return replace(
        first,
        title=first.title or second.title,
        dates=first.dates or second.dates,
        summary=first.summary or second.summary,
        image=first.image or second.image,
    )


def _next(document: Document, rules: ListRules) -> str | None:
    if rules.next is None:
        return next_page(document) if rules.pages > 1 else None
    url = document.absolute(document.first(rules.next, "href"))
    return None if url == document.url else url


def _language(document: Document) -> str | None:
    root = document.tree.root
    return (root.attributes.get("lang") or None) if root else None


def _refuse_blocked(document: Document) -> None:
    title = document.tree.css_first("title")
    body = document.tree.body
    found = evidence(title.text() if title else None, lines_of(body) if body else [])
    if found:
        fault = Fault(
            code=Code.E_BLOCKED,
            stage=Stage.EXTRACT,
            place=document.url,
            args={"evidence": found},
        )
        raise ExtractError(fault)
