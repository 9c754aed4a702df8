"""RSS 2.0 (rssboard.org/rss-specification, and its Profile)."""

from feedsvc.model.feed import Feed
from feedsvc.render.generator import generator

__all__ = ["render"]


def render(feed: Feed) -> bytes:
    """The feed as RSS; the same feed gives the same bytes."""
    made: bytes = generator(feed, "rss").rss_str(pretty=True)
    return made
