"""From what a feed states to what the rest of the house reads: the only adapter."""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Final

from feedsvc.extract.alone import mark
from feedsvc.extract.feed.stated import Entry, Link, Picture, StatedFeed
from feedsvc.model.article import Alternate, Extraction, Image, Origin, RawDate, RawItem
from feedsvc.text.language import tag
from feedsvc.text.markup import one_line
from feedsvc.text.urls import absolute

__all__ = ["adapt"]

_WHOLE: Final = 600
"""A description of so many characters is the article."""

_TAG: Final = re.compile(r"<[^<>]*>")
_NAMED_EMAIL: Final = re.compile(r"^\s*\S+@\S+\s*\(([^()]+)\)\s*$")
_EMAILED_NAME: Final = re.compile(r"^(.*?)\s*[<(]?\S+@[^\s>)]+[>)]?\s*$")
_SIZE: Final = re.compile(r"^\s*(\d{1,5})(?:px|\.0)?\s*$")


def adapt(feed: StatedFeed, url: str, encoding: str) -> Extraction:
    """State a feed's items.

    An entry that names no page stands on its own text, at the address of what it
    encloses, else of the feed's page; one that says nothing is left out.
    """
    language = tag(feed.language)
    home = (absolute(url, feed.home) if feed.home else None) or url
    items = (_item(entry, language, encoding, home) for entry in feed.entries)
    return Extraction(
        items=tuple(item for item in items if item),
        language=language,
        ttl=feed.ttl,
        skip_hours=feed.skip_hours,
        skip_days=feed.skip_days,
        next=absolute(url, feed.next) if feed.next else None,
    )


def _item(entry: Entry, spoken: str | None, encoding: str, home: str) -> RawItem | None:
    language = (tag(entry.language) if entry.language else None) or spoken
    place = _place(entry, language, home)
    if place is None:
        return None
    url, alone = place
    content, summary = _texts(entry)
    if alone is not None:
        content = content or summary
    categories = _distinct(map(one_line, entry.categories))
    return RawItem(
        url=url,
        title=entry.title.strip() or None,
        language=language,
        guid=entry.guid or None,
        canonical_url=_related(entry, "canonical"),
        dates=_dates(entry.dates),
        updated=_dates(entry.updated),
        authors=_distinct(map(_person, entry.authors)),
        contributors=_distinct(map(_person, entry.contributors)),
        outlet=_outlet(entry.outlet),
        section=categories[0] if categories else None,
        image=_image(entry),
        summary=summary or None,
        content_html=content or None,
        base=entry.base,
        complete=bool(content),
        alone=alone,
        keywords=_distinct([*categories, *_listed(entry.keywords)]),
        alternates=tuple(_alternates(entry, url)),
        encoding=encoding,
    )


def _place(
    entry: Entry, language: str | None, home: str
) -> tuple[str, str | None] | None:
    """Where an entry is, and what tells it apart there if it has no page of its own."""
    told = entry.title or entry.content or entry.summary
    if page := _address(entry, language):
        return page, None
    if enclosed := _related(entry, "enclosure"):
        return (enclosed, "") if told else None
    return (home, mark(entry.guid, told, entry.dates[:1])) if told else None


def _texts(entry: Entry) -> tuple[str, str]:
    """Tell the whole text from the summary."""
    if entry.content:
        return entry.content, entry.summary
    long = len(entry.summary) >= _WHOLE and (
        len(html.unescape(_TAG.sub("", entry.summary))) >= _WHOLE
    )
    return (entry.summary, "") if long else ("", entry.summary)


def _address(entry: Entry, language: str | None) -> str | None:
    """Choose the page of an entry; its own id is the last resort."""
    pages = [link for link in entry.links if link.rel == "alternate"]
    own = [link for link in pages if _is_own(link, language)]
    ordered = (*own, *pages, Link(href=entry.guid if "://" in entry.guid else ""))
    found = (absolute(entry.base, link.href) for link in ordered if link.href.strip())
    return next(filter(None, found), None)


def _is_own(link: Link, language: str | None) -> bool:
    same = not link.hreflang or not language or tag(link.hreflang) == language
    return same and link.type in {"", "text/html", "application/xhtml+xml"}


def _related(entry: Entry, rel: str) -> str | None:
    found = (absolute(entry.base, link.href) for link in entry.links if link.rel == rel)
    return next(filter(None, found), None)


def _alternates(entry: Entry, url: str) -> Iterator[Alternate]:
    for link in entry.links:
        other = absolute(entry.base, link.href) if link.hreflang else None
        if other and other != url and link.rel == "alternate":
            yield Alternate(hreflang=link.hreflang, url=other)


def _dates(texts: tuple[str, ...]) -> tuple[RawDate, ...]:
    return tuple(
        RawDate(text=text, origin=Origin.FEED) for text in dict.fromkeys(texts)
    )


def _person(written: str) -> str:
    """Take the name out of ``a@b (Name)`` and ``Name <a@b>``; an address is no name."""
    line = one_line(written)
    found = _NAMED_EMAIL.match(line) or _EMAILED_NAME.match(line)
    return found[1].strip(" \"'(<,") if found else line


def _outlet(written: str) -> str | None:
    name = one_line(written)
    return None if not name or "://" in name or name.startswith("www.") else name


def _image(entry: Entry) -> Image | None:
    """Choose the widest picture, else the first."""
    found = [
        (absolute(entry.base, p.href), p) for p in entry.pictures if p.href.strip()
    ]
    images = [_sized(url, picture) for url, picture in found if url]
    return max(images, key=lambda image: image.width or 0, default=None)


def _sized(url: str, picture: Picture) -> Image:
    return Image(
        url=url,
        caption=one_line(picture.caption) or None,
        credit=one_line(picture.credit) or None,
        width=_size(picture.width),
        height=_size(picture.height),
    )


def _size(written: str) -> int | None:
    found = _SIZE.match(written)
    return int(found[1]) if found else None


def _listed(keywords: tuple[str, ...]) -> Iterator[str]:
    for written in keywords:
        yield from map(one_line, re.split("[,，、;]", written))


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
