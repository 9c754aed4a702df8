"""What the addresses of a site's articles have in common, once told apart from others."""

import re
from typing import Final
from urllib.parse import urlsplit

from feedsvc.text.urls import host

__all__ = ["shape"]

_NUMBERS: Final = re.compile(r"\d+")
_HEX: Final = re.compile(r"(?<![a-z])[0-9a-f]{8,}(?![a-z])")
_SLUG: Final = re.compile(
    r"[^/#.]*[a-z][^/#.]*(?:-[^/#.]+){2,}|[^/#.]*[^\x00-\x7f%]{2}[^/#.]*"
)
"""A headline in an address: three words or more, or Chinese."""

_SECTION: Final = re.compile(r"/[a-z_]+(?=/)")


def shape(url: str) -> str:
    """An address without what differs from article to article.

    Numbers, digests, headlines and the names of sections each become one sign:
    ``http://news.example/local/202111/05/t1_22.html`` is ``news.example/*/#/#/t#_#.html``.
    """
    try:
        parts = urlsplit(url.lower())
    except ValueError:
        return url
    path = _NUMBERS.sub("#", _HEX.sub("#", parts.path))
    path = _SECTION.sub("/*", _SLUG.sub("-", path))
    names = sorted(pair.partition("=")[0] for pair in parts.query.split("&") if pair)
    return f"{host(url)}{path}{'?' if names else ''}{'&'.join(names)}"
