"""The digests by which articles are told: what a reader sees of one, and what it says."""

import json
import re
from hashlib import blake2b
from typing import Final

from feedsvc.model.article import Article, Image

__all__ = ["digest", "wording"]

_TARGET: Final = re.compile(
    r'''="(?:(?<=\ssrc=")|(?<=\shref=")|(?<=\sposter="))([^"]*)"'''
)
"""An address in an attribute; written so that it is searched for by what is rare."""

_FILE: Final = re.compile(r"/[^/]*\.[A-Za-z0-9]{2,5}$")
_PROGRAMS: Final = (".php", ".asp", ".aspx", ".jsp", ".do", ".cgi")


def digest(article: Article) -> str:
    """32 hex digits that change when a reader would see another article.

    The text counts, and whither its links and pictures lead; white space, markup and
    what servers append to the address of a file (sizes, signatures, times) do not.
    Empty fields are left out, so that a field added later changes no digest.
    """
    seen = {
        "title": article.title,
        "authors": article.authors,
        "contributors": article.contributors,
        "outlet": article.outlet,
        "section": article.section,
        "image": article.image and _told(article.image),
        "summary": article.summary,
        "content": article.content_text,
        "targets": [_target(url) for url in _TARGET.findall(article.content_html)],
    }
    told = json.dumps([(name, value) for name, value in seen.items() if value])
    return blake2b(told.encode(), digest_size=16).hexdigest()


def wording(article: Article) -> str | None:
    """32 hex digits of what title and text say; None for a title without a text.

    Two articles that say the very same may be one at another address (design.md,
    decision 2). White space and case say nothing.
    """
    parts = (article.title, article.content_text or article.summary or "")
    said = ["".join(part.split()).casefold() for part in parts]
    if not all(said):
        return None
    return blake2b("\n".join(said).encode(errors="replace"), digest_size=16).hexdigest()


def _told(image: Image) -> list[str]:
    shown = (_target(image.url), image.caption, image.credit)
    return [part for part in shown if part]


def _target(url: str) -> str:
    """An address without scheme; its query only where that names what is shown."""
    address, _, query = url.partition("#")[0].partition("?")
    place = address.partition("://")[2] or address
    if _FILE.search(place) and not place.lower().endswith(_PROGRAMS):
        return place
    return f"{place}?{query}"
