"""What kind of document this is, told by its first bytes and never by its label."""

import re
from typing import Final, Literal

from feedsvc.model.web import Page

__all__ = ["Sniffed", "sniff"]

Sniffed = Literal["feed", "json", "sitemap", "html"]

_HEAD: Final = 4_096

_FIRST: Final = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<![a-z][^>\[]*(?:\[.*?\]\s*)?>|<([a-z_][\w.-]*:)?([a-z_][\w.-]*)",
    re.IGNORECASE | re.DOTALL,
)
"""Comments, instructions and a doctype, then the root element's name."""

_ROOTS: Final[dict[str, Sniffed]] = {
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "channel": "feed",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
}
_GZIP: Final = b"\x1f\x8b"
_ADDRESSES: Final = re.compile(r"(?:https?://\S+\s+)*https?://\S*$")


def sniff(page: Page) -> Sniffed:
    """Tell a feed, JSON, a sitemap and (all else) HTML apart."""
    if page.body.startswith(_GZIP):
        return "sitemap"
    head = page.body[:_HEAD].replace(b"\0", b"").decode("latin-1").strip()
    head = head.lstrip("ï»¿þÿ \r\n\t")  # byte order marks, as Latin-1 shows them
    if head.startswith(("{", "[")):
        return "json"
    if _ADDRESSES.match(head):
        return "sitemap"
    root = next((found[2] for found in _FIRST.finditer(head) if found[2]), "")
    return _ROOTS.get(root.lower(), "html")
