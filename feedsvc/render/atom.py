"""Atom 1.0 (RFC 4287)."""

from feedsvc.model.feed import Feed
from feedsvc.render.generator import generator

__all__ = ["render"]


def render(feed: Feed) -> bytes:
    """The feed as Atom; the same feed gives the same bytes."""
    made = generator(feed, "atom")
    made.language(feed.language)
    written: bytes = made.atom_str(pretty=True)
    return written
