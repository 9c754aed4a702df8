"""Where the common feed readers take an address to subscribe to."""

from typing import Final, NamedTuple
from urllib.parse import quote

__all__ = ["Offer", "offers"]

_READERS: Final = (
    ("Feedly", "https://feedly.com/i/subscription/feed/{}"),
    ("Inoreader", "https://www.inoreader.com/?add_feed={}"),
    ("Feedbin", "https://feedbin.com/?subscribe={}"),
    ("NewsBlur", "https://www.newsblur.com/?url={}"),
    ("The Old Reader", "https://theoldreader.com/feeds/subscribe?url={}"),
    ("Miniflux", "https://reader.miniflux.app/bookmarklet?uri={}"),
)
"""Names and pages of theirs; nothing is asked of them before a person follows one."""


class Offer(NamedTuple):
    """A reader's proper name, and where it subscribes to a feed."""

    name: str
    href: str


def offers(url: str) -> tuple[Offer, ...]:
    """Every reader's link for the feed at ``url``."""
    address = quote(url, safe="")
    return tuple(Offer(name, page.format(address)) for name, page in _READERS)
