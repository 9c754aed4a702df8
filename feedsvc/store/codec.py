"""Values ⇄ what columns hold: moments, keys, and the Article as a JSON document."""

import json
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any

from feedsvc.errors import Code
from feedsvc.model.article import Alternate, Article, Image, Origin, Precision

__all__ = ["article", "document", "dumps", "key", "micros", "moment", "moment_or_none"]

_EPOCH = datetime.fromtimestamp(0, UTC)
_MICROSECOND = timedelta(microseconds=1)
_LONGEST_KEY = 500
"""Characters; PostgreSQL indexes no value beyond some 2,700 bytes."""

_IMAGE = ("url", "caption", "credit", "width", "height")
_AS_THEY_ARE = (
    "id", "source", "url", "canonical_url", "title", "language", "precision",
    "published_from", "zone", "position", "outlet", "section", "summary",
    "content_html", "content_text", "digest", "encoding",
)  # fmt: skip
_LISTS = (
    "aliases", "authors", "contributors", "breadcrumb", "keywords", "categories",
    "warnings",
)  # fmt: skip
_MOMENTS = ("published", "updated", "first_seen", "modified")


def micros(when: datetime | None) -> int | None:
    """Microseconds since 1970 of an aware moment."""
    return None if when is None else (when - _EPOCH) // _MICROSECOND


def moment(number: int) -> datetime:
    """The aware UTC moment of :func:`micros`, exactly."""
    return _EPOCH + timedelta(microseconds=number)


def moment_or_none(number: int | None) -> datetime | None:
    """:func:`moment` of a column that may be NULL."""
    return None if number is None else moment(number)


def key(text: str) -> str:
    """Text as both databases can hold and index it; the same text, the same key.

    PostgreSQL takes no NUL, neither takes half a surrogate pair.
    """
    if len(text) > _LONGEST_KEY:
        raw = text.encode("utf-8", "surrogatepass")
        return f"{text[:64]}…{blake2b(raw, digest_size=16).hexdigest()}"
    if "\0" not in text and text.isprintable():
        return text
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")


def dumps(value: object) -> str:
    """JSON that any database takes: as short as it can be, escaped where it must be."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair
        return json.dumps(value, separators=(",", ":"))
    return text


def document(article: Article) -> str:
    """The whole article as JSON."""
    form: dict[str, Any] = {name: getattr(article, name) for name in _AS_THEY_ARE}
    form |= {name: getattr(article, name) for name in _LISTS}
    form |= {name: micros(getattr(article, name)) for name in _MOMENTS}
    image = article.image
    form["image"] = image and [getattr(image, name) for name in _IMAGE]
    form["alternates"] = [(a.hreflang, a.url) for a in article.alternates]
    return dumps(form)


def article(text: str, categories: tuple[str, ...] | None = None) -> Article:
    """The article of :func:`document`; ``categories`` in place of its own if given."""
    form: dict[str, Any] = json.loads(text)
    for name in _LISTS:
        form[name] = tuple(form[name])
    for name in _MOMENTS:
        form[name] = moment_or_none(form[name])
    form["warnings"] = tuple(Code(code) for code in form["warnings"])
    form["precision"] = Precision(form["precision"])
    form["published_from"] = Origin(form["published_from"])
    form["alternates"] = tuple(
        Alternate(hreflang=h, url=u) for h, u in form["alternates"]
    )
    if form["image"]:
        form["image"] = Image(**dict(zip(_IMAGE, form["image"], strict=True)))
    if categories is not None:
        form["categories"] = categories
    return Article(**form)
