"""The slow way: feedparser, which reads what is not well-formed."""

import io
import re
from collections.abc import Iterable
from typing import Any, Final

from feedsvc.extract.feed.stated import Entry, Link, Picture, StatedFeed

__all__ = ["read_loose"]

_DECLARATION: Final = re.compile(r"^\s*<\?xml.*?\?>", re.DOTALL)


def read_loose(text: str, url: str) -> StatedFeed:
    """Read whatever feedparser can; no entries when it can read nothing."""
    import feedparser

    body = _DECLARATION.sub("", text).encode("utf-8", "replace")
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        parsed = feedparser.parse(
            io.BytesIO(body),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception:  # noqa: BLE001 -- a library of 20 years of special cases fails in as many ways
        return StatedFeed(entries=())
    return StatedFeed(
        entries=tuple(_entry(dict(entry), url) for entry in parsed.entries),
        language=str(parsed.feed.get("language", "")),
        home=str(parsed.feed.get("link", "")),
    )


def _entry(entry: Any, url: str) -> Entry:
    """Take what feedparser found; it resolves addresses by ``xml:base`` alone.

    ``entry`` is a plain dict: feedparser's own answers for fields that are not there.
    """
    return Entry(
        base=url,
        links=tuple(_links(entry)),
        guid=_text(entry, "id"),
        title=_text(entry, "title"),
        dates=_texts(entry, ("published", "created")),
        updated=_texts(entry, ("updated",)),
        authors=_names(entry.get("authors", ())),
        contributors=_names(entry.get("contributors", ())),
        outlet=_text(entry.get("source") or {}, "title"),
        categories=tuple(
            str(each.get("label") or each.get("term") or "")
            for each in entry.get("tags", ())
        ),
        pictures=tuple(_pictures(entry)),
        summary=_text(entry, "summary"),
        content=_content(entry),
    )


def _text(holder: Any, key: str) -> str:
    value = holder.get(key)
    return value.strip() if isinstance(value, str) else ""


def _texts(entry: Any, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for key in keys if (text := _text(entry, key)))


def _names(people: Any) -> tuple[str, ...]:
    return tuple(str(p.get("name") or p.get("email") or "") for p in people if p)


def _links(entry: Any) -> Iterable[Link]:
    for key in ("feedburner_origlink", "link"):
        if href := _text(entry, key):
            yield Link(href=href)
    for link in entry.get("links", ()):
        yield Link(
            href=_text(link, "href"),
            rel=_text(link, "rel"),
            type=_text(link, "type"),
            hreflang=_text(link, "hreflang"),
        )


def _pictures(entry: Any) -> Iterable[Picture]:
    media = entry.get("media_content") or ()
    whole = [m for m in media if "image" in f"{m.get('medium')}{m.get('type')}"]
    for each in (*whole, *(entry.get("media_thumbnail") or ())):
        yield Picture(
            href=_text(each, "url"),
            width=_text(each, "width"),
            height=_text(each, "height"),
        )
    for each in entry.get("links", ()):
        kind = _text(each, "type")
        if _text(each, "rel") == "enclosure" and kind.startswith("image/"):
            yield Picture(href=_text(each, "href"))


def _content(entry: Any) -> str:
    """Choose the first content; a copy of the summary is none."""
    found = (_text(each, "value") for each in entry.get("content") or ())
    return next((text for text in found if text != _text(entry, "summary")), "")
