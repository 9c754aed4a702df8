"""One id for ever: made of the address as first listed (contract, section 4)."""

from hashlib import blake2b

from feedsvc.model.article import RawItem
from feedsvc.model.config import Source
from feedsvc.text import urls

__all__ = ["aliases", "canonical", "make"]


def make(url: str, tracking: tuple[str, ...] = (), alone: str | None = None) -> str:
    """The id of an article that is first listed at ``url``: 32 hex digits.

    ``alone`` is that of an item without a page of its own.
    """
    key = _key(url, tracking, alone).encode(errors="replace")
    return blake2b(key, digest_size=16).hexdigest()


def _key(url: str, tracking: tuple[str, ...], alone: str | None) -> str:
    """The address as a key; a fragment, which addresses lose, for what stands alone."""
    key = urls.identity(url, tracking)
    return f"{key}#{alone}" if alone else key


def aliases(item: RawItem, source: Source) -> tuple[str, ...]:
    """Every key by which the item may be known: its addresses, its source's own id.

    An id that is the address of the site or of the list itself names no article, and
    one that is the article's own address says nothing more (reliability.md, 54).
    """
    own = _key(item.url, source.tracking, item.alone)
    named = canonical(item, source)
    keys = [own, urls.identity(named, source.tracking)] if named else [own]
    guid = (item.guid or "").strip()
    if guid and not _is_front(guid, source) and urls.identity(guid) not in keys:
        keys.append(f"guid:{source.id}:{guid}")
    return tuple(dict.fromkeys(keys))


def canonical(item: RawItem, source: Source) -> str | None:
    """The address that the page calls its own; None when that is a front page."""
    named = item.canonical_url
    return named if named and not _is_front(named, source) else None


def _is_front(url: str, source: Source) -> bool:
    """Whether an address is that of a whole site, or of the source's list."""
    if not urls.host(url):
        return False
    key = urls.identity(url, source.tracking)
    is_list = key == urls.identity(source.url, source.tracking)
    return is_list or ("/" not in key and "?" not in key)
