"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1)."""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from feedsvc.extract.alone import mark
from feedsvc.extract.jsonvalues import words_in
from feedsvc.model.article import Extraction, Image, Origin, RawDate, RawItem
from feedsvc.model.web import Page
from feedsvc.text.language import tag
from feedsvc.text.urls import absolute

__all__ = ["is_json_feed", "read_json_feed"]


def is_json_feed(value: Any) -> bool:
    """Whether a document says that it is a JSON Feed."""
    version = value.get("version") if isinstance(value, dict) else None
    return isinstance(version, str) and "jsonfeed.org/version" in version


def read_json_feed(feed: dict[str, Any], page: Page) -> Extraction:
    """Read a feed's items; one that names no page stands on its own text."""
    items = feed.get("items")
    following = words_in(feed.get("next_url"))
    home = words_in(feed.get("home_page_url"))
    head = _Head(
        home=(absolute(page.url, home) if home else None) or page.url,
        language=tag(words_in(feed.get("language"))),
        authors=tuple(_authors(feed)),
    )
    return Extraction(
        items=tuple(
            item
            for each in (items if isinstance(items, list) else ())
            if isinstance(each, dict) and (item := _item(each, page, head))
        ),
        language=head.language,
        next=absolute(page.url, following) if following else None,
    )


@dataclass(frozen=True, slots=True)
class _Head:
    """What a feed says of all its items, and the page that it is of."""

    home: str
    language: str | None
    authors: tuple[str, ...]


def _item(item: dict[str, Any], page: Page, head: _Head) -> RawItem | None:
    guid = words_in(item.get("id"))
    content = _content(item)
    summary, title = words_in(item.get("summary")), words_in(item.get("title"))
    url, alone = _address(item, guid, page.url), None
    if not url:
        if not (title or content or summary):
            return None
        told = (title or content or summary, words_in(item.get("date_published")))
        url, alone, content = head.home, mark(guid, *told), content or summary
    tags = tuple(dict.fromkeys(filter(None, map(words_in, _listed(item.get("tags"))))))
    return RawItem(
        url=url,
        title=title or None,
        language=tag(words_in(item.get("language"))) or head.language,
        guid=guid or None,
        dates=_date(item, "date_published"),
        updated=_date(item, "date_modified"),
        authors=tuple(_authors(item)) or head.authors,
        section=tags[0] if tags else None,
        image=_image(item, page.url),
        summary=summary or None,
        content_html=content or None,
        complete=bool(content),
        alone=alone,
        keywords=tags,
        encoding="utf-8",
    )


def _address(item: dict[str, Any], guid: str, base: str) -> str | None:
    addresses = (
        words_in(item.get("url")),
        words_in(item.get("external_url")),
        guid if "://" in guid else "",
    )
    found = (absolute(base, href) for href in addresses if href)
    return next(filter(None, found), None)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _content(item: dict[str, Any]) -> str:
    text = words_in(item.get("content_text"))
    paragraphs = (
        html.escape(line, quote=False) for line in text.splitlines() if line.strip()
    )
    return words_in(item.get("content_html")) or "".join(
        f"<p>{p}</p>" for p in paragraphs
    )


def _date(item: dict[str, Any], key: str) -> tuple[RawDate, ...]:
    text = words_in(item.get(key))
    return (RawDate(text=text, origin=Origin.FEED),) if text else ()


def _authors(holder: dict[str, Any]) -> Iterator[str]:
    """Yield the names of 1.1's ``authors``, else of 1.0's ``author``."""
    people = _listed(holder.get("authors")) or [holder.get("author")]
    for person in people:
        name = words_in(person.get("name")) if isinstance(person, dict) else ""
        if name:
            yield name


def _image(item: dict[str, Any], base: str) -> Image | None:
    attached = (
        words_in(each.get("url"))
        for each in _listed(item.get("attachments"))
        if isinstance(each, dict)
        and words_in(each.get("mime_type")).startswith("image/")
    )
    hrefs = (words_in(item.get("image")), words_in(item.get("banner_image")), *attached)
    urls = (absolute(base, href) for href in hrefs if href)
    return next((Image(url=url) for url in urls if url), None)
