"""One id for ever: made of the address as first listed (contract, section 4)."""

from collections.abc import Collection
from hashlib import blake2b

from feedsvc.model.article import RawItem
from feedsvc.model.config import Source
from feedsvc.text import urls

__all__ = ["aliases", "make"]


def make(url: str, tracking: Collection[str] = ()) -> str:
    """The id of an article that is first listed at ``url``: 32 hex digits."""
    return blake2b(urls.identity(url, tracking).encode(), digest_size=16).hexdigest()


def aliases(item: RawItem, source: Source) -> tuple[str, ...]:
    """Every key by which the item may be known: its addresses, its source's own id.

    A guid that is an address says what the address says already.
    """
    keys = [urls.identity(item.url, source.tracking)]
    if item.canonical_url:
        keys.append(urls.identity(item.canonical_url, source.tracking))
    if item.guid and not item.guid.startswith(("http://", "https://")):
        keys.append(f"guid:{source.id}:{item.guid}")
    return tuple(dict.fromkeys(keys))
