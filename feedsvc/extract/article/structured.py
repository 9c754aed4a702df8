"""What a page says of itself in JSON-LD (schema.org), however broken the JSON is."""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Final, TypeAlias

from feedsvc.extract.rules import Document
from feedsvc.model.article import Image, Origin, RawDate, RawItem
from feedsvc.text.markup import one_line

__all__ = ["read_structured"]

Thing: TypeAlias = Mapping[str, object]

_MOST: Final = 5_000
"""Things looked at on one page; more is no article's description."""

_ARTICLES: Final = re.compile(r"Article$|Posting$|^Report$|^Review$")
_FIELD: Final = re.compile(
    r'"(headline|datePublished|dateModified|description|articleSection)"'
    r'\s*:\s*"((?:[^"\\]|\\.)*)"'
)
_COMMENT: Final = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$"
)
_TRAILING_COMMA: Final = re.compile(r",(\s*[}\]])")
_CRUMBS: Final = "BreadcrumbList"


def read_structured(document: Document) -> RawItem:
    """Say what the page's article block states; an empty statement if it has none.

    ``outlet`` is the publisher, who need not be printed on the page.
    """
    things = _things(document)
    article = _article(things)
    named = {str(t["@id"]): t for t in things if "@id" in t and len(t) > 1}
    return RawItem(
        url=document.url,
        title=_text(article, "headline") or _text(article, "name"),
        language=_text(article, "inLanguage"),
        dates=_dates(article, "datePublished", "dateCreated", "uploadDate"),
        updated=_dates(article, "dateModified"),
        authors=_names(article, "author", named) or _names(article, "creator", named),
        contributors=_names(article, "contributor", named),
        outlet=next(iter(_names(article, "publisher", named)), None),
        section=next(iter(_texts(article.get("articleSection"))), None),
        breadcrumb=_breadcrumb(things),
        image=_image(document, article.get("image"), named),
        summary=_text(article, "description"),
        keywords=_keywords(article.get("keywords")),
    )


def _things(document: Document) -> list[Thing]:
    return [
        thing
        for script in document.tree.css('script[type*="ld+json"]')
        for thing in _walk(_parsed(script.text() or ""))
    ]


def _parsed(text: str) -> object:
    """Read JSON; what cannot be read is searched for the fields that can."""
    for attempt in (str, _mended):
        try:
            return json.loads(attempt(text), strict=False)
        except (ValueError, RecursionError):
            continue
    found = dict(reversed(_FIELD.findall(text)))
    return {"@type": "Article", **found} if found else None


def _mended(text: str) -> str:
    """Undo the usual damage: comments around, commas too many, escaped quotes."""
    bare = _COMMENT.sub("", text).strip().rstrip(";")
    return _TRAILING_COMMA.sub(r"\1", bare.replace("&quot;", '"').replace("\\'", "'"))


def _walk(root: object) -> Iterator[Thing]:
    """Yield every object in the order of the document, without recursion."""
    waiting: list[object] = [root]
    for _ in range(_MOST):
        if not waiting:
            return
        now = waiting.pop()
        if isinstance(now, dict):
            yield now
            waiting.extend(
                v for v in reversed(now.values()) if isinstance(v, dict | list)
            )
        elif isinstance(now, list):
            waiting.extend(reversed(now))


def _article(things: list[Thing]) -> Thing:
    articles = [t for t in things if any(_ARTICLES.search(k) for k in _types(t))]
    return max(articles, key=_told, default={})


def _told(thing: Thing) -> int:
    """How much a block tells; the first of equals is the page's own."""
    return sum(key in thing for key in ("headline", "datePublished", "author", "image"))


def _types(thing: Thing) -> tuple[str, ...]:
    return _texts(thing.get("@type"))


def _texts(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    lines = (one_line(v) for v in values if isinstance(v, str))
    return tuple(line for line in lines if line)


def _text(thing: Thing, key: str) -> str | None:
    return next(iter(_texts(thing.get(key))), None)


def _dates(thing: Thing, *keys: str) -> tuple[RawDate, ...]:
    texts = (text for key in keys for text in _texts(thing.get(key)))
    return tuple(RawDate(text=text, origin=Origin.JSON_LD) for text in texts)


def _names(thing: Thing, key: str, named: Mapping[str, Thing]) -> tuple[str, ...]:
    value = thing.get(key)
    values = value if isinstance(value, list) else [value]
    found = (name for v in values for name in _name(v, named))
    return tuple(dict.fromkeys(found))


def _name(value: object, named: Mapping[str, Thing]) -> tuple[str, ...]:
    if not isinstance(value, dict):
        return _texts(value)
    told = named.get(str(value.get("@id")), value) if "name" not in value else value
    return _texts(told.get("name"))


def _keywords(value: object) -> tuple[str, ...]:
    split = (w for text in _texts(value) for w in re.split(r"[,;，；]", text))
    words = (word.strip() for word in split)
    return tuple(
        dict.fromkeys(w for w in words if w and not w.startswith(("http", "tag:")))
    )


def _image(
    document: Document, value: object, named: Mapping[str, Thing]
) -> Image | None:
    first = next(iter(value), None) if isinstance(value, list) else value
    if isinstance(first, str):
        url = document.absolute(unescape(first))
        return Image(url=url) if url else None
    if not isinstance(first, dict):
        return None
    told = first if "url" in first else named.get(str(first.get("@id")), first)
    url = document.absolute(
        next(iter(_texts(told.get("url") or told.get("contentUrl"))), None)
    )
    if not url:
        return None
    return Image(
        url=url,
        caption=_text(told, "caption"),
        credit=_text(told, "creditText"),
        width=_pixels(told.get("width")),
        height=_pixels(told.get("height")),
    )


def _pixels(value: object) -> int | None:
    found = re.match(r"\d{1,5}(?!\d)", str(value))
    return int(found[0]) or None if found else None


def _breadcrumb(things: list[Thing]) -> tuple[str, ...]:
    crumbs = next((t for t in things if _CRUMBS in _types(t)), {})
    listed = crumbs.get("itemListElement")
    names = (_crumb(c) for c in listed) if isinstance(listed, list) else ()
    return tuple(name for name in names if name)


def _crumb(value: object) -> str | None:
    if not isinstance(value, dict):
        return None
    item = value.get("item")
    return _text(value, "name") or (
        _text(item, "name") if isinstance(item, dict) else None
    )
