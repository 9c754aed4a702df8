"""What a feed holds, what that comes down to, and when it changed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from feedsvc import __version__
from feedsvc.model.article import Gone, Story
from feedsvc.model.feed import Edition, Feed
from feedsvc.publish.ports import PublishStore
from feedsvc.publish.selection import select

__all__ = ["dated", "digest", "held"]

_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)
_NEVER = datetime.min.replace(tzinfo=UTC)


def held(
    store: PublishStore, edition: Edition
) -> tuple[Sequence[Story], Sequence[Gone]]:
    """The edition's stories, and what is gone from among them, the latest and as many."""
    stories = select(store, edition)
    is_full = len(stories) == edition.items
    oldest = min(story.article.published for story in stories) if is_full else _NEVER
    return stories, store.gone(edition, oldest)[: edition.items]


def digest(feed: Feed) -> str:
    """The digest of all that a feed's bytes depend on but its date."""
    told = repr((__version__, replace(feed, updated=_NEVER)))
    return blake2b(told.encode(errors="replace"), digest_size=16).hexdigest()


def dated(
    feed: Feed, stood: datetime | None, now: datetime, *, stands: bool = False
) -> datetime:
    """The feed's date: that of its newest change, and never that of the rendering.

    ``stood`` is the date that it had (None: it is new), ``stands`` that it is what it
    was. What changed without an article (a label, a withdrawn entry) moves it to now,
    and so does what was dated by a clock that has been set back since.
    """
    now = now.replace(microsecond=0)
    if _is_ahead(feed, stood, now):
        return now
    if stood is None:
        return feed.updated
    if stands:
        return stood
    if feed.updated > stood:
        return feed.updated
    return max(now, stood + _SECOND)


def _is_ahead(feed: Feed, stood: datetime | None, now: datetime) -> bool:
    """Whether a feed's date is not to be believed: only a wrong clock can have made it.

    Where everything seems to lie in the future, it is the clock of now that is wrong.
    """
    latest = max(feed.updated, stood) if stood else feed.updated
    return latest - now > _DAY and any(one.updated <= now for one in feed.entries)
