"""The list of articles in a JSON document that nobody described."""

import re
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from feedsvc.extract.jsonvalues import address_in, words_in
from feedsvc.model.article import Image, Origin, RawDate, RawItem
from feedsvc.text.urls import absolute

__all__ = ["guess"]

_KEYS: Final = {
    "url": "url link href permalink weburl linkurl articleurl docurl docpuburl puburl contenturl shareurl newsurl detailurl htmlurl htmlpath canonicalurl loc",
    "title": "title headline newstitle articletitle doctitle contenttitle showtitle subject name",
    "date": "published publishedat datepublished publicationdate pubdate pubtime publishdate publishtime publishedtime releasetime releasedate docreltime docpubtime puttime displaytime inputtime ptime ctime createtime createdat created dategmt date time datetime timestamp",
    "updated": "updated updatedat datemodified modified modifiedgmt lastmodified updatetime mtime",
    "summary": "summary description abstract excerpt digest brief intro introduction docabstract subtitle desc memo",
    "image": "image imageurl thumbnail thumbnailurl thumb cover coverurl pic picurl picture img imgurl titlepic logofile jetpackfeaturedmediaurl urltoimage",
    "author": "author authors byline creator writer",
    "outlet": "source sourcename origin media medianame docsource publisher copyfrom",
    "section": "section category categoryname channel channelname column columnname sectionname",
}  # fmt: skip
"""What APIs call a field, in order of preference, in small letters alone."""

_RANKS: Final = {
    word: (field, rank)
    for field, words in _KEYS.items()
    for rank, word in enumerate(words.split())
}
_MOST_VISITED: Final = 100_000
_LETTERS: Final = re.compile("[^a-z]")

Fields = dict[str, tuple[int, Any]]


def guess(value: Any, base: str) -> Iterator[RawItem]:
    """Yield the items of the longest list of objects that have an address and a title."""
    found = (tuple(_items(records, base)) for records in _lists(value))
    yield from max(found, key=len, default=())


def _lists(value: Any) -> Iterator[list[Any]]:
    """Yield the lists of objects in a document, outermost first."""
    queue = deque([value])
    for _ in range(_MOST_VISITED):
        if not queue:
            return
        here = queue.popleft()
        if isinstance(here, list) and any(isinstance(each, dict) for each in here):
            yield here
        within = here.values() if isinstance(here, dict) else here
        if isinstance(here, dict | list):
            queue.extend(each for each in within if isinstance(each, dict | list))


def _items(records: list[Any], base: str) -> Iterator[RawItem]:
    for record in records:
        item = _item(_fields(record), base) if isinstance(record, dict) else None
        if item:
            yield item


def _fields(record: dict[str, Any]) -> Fields:
    """Sort what a record says by what it means."""
    fields: Fields = {}
    for key, value in record.items():
        known = _meaning(key)
        if (
            known
            and value not in (None, "")
            and known[1] < fields.get(known[0], (99,))[0]
        ):
            fields[known[0]] = (known[1], value)
    return fields


@lru_cache(maxsize=4_096)
def _meaning(key: str) -> tuple[str, int] | None:
    return _RANKS.get(_LETTERS.sub("", key.lower()))


def _item(fields: Fields, base: str) -> RawItem | None:
    href = _address(fields, "url")
    url = absolute(base, href) if href else None
    title = _words(fields, "title")
    if not url or not title:
        return None
    picture = _address(fields, "image")
    image = absolute(base, picture) if picture else None
    section = _words(fields, "section")
    return RawItem(
        url=url,
        title=title,
        dates=_date(fields, "date"),
        updated=_date(fields, "updated"),
        authors=tuple(filter(None, [_words(fields, "author")])),
        outlet=_words(fields, "outlet") or None,
        section=section if section and not section.isdigit() else None,
        summary=_words(fields, "summary") or None,
        image=Image(url=image) if image else None,
        encoding="utf-8",
    )


def _words(fields: Fields, field: str) -> str:
    return words_in(fields[field][1]) if field in fields else ""


def _address(fields: Fields, field: str) -> str:
    return address_in(fields[field][1]) if field in fields else ""


def _date(fields: Fields, field: str) -> tuple[RawDate, ...]:
    words = _words(fields, field)
    return (RawDate(text=words, origin=Origin.LIST),) if words else ()
