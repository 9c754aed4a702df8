"""What an operator says of single articles, beside a running service or without one."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from feedsvc.app import commands, house
from feedsvc.app.place import Place, load
from feedsvc.errors import Code, UsageError
from feedsvc.maintain import hiding, holding
from feedsvc.model.article import Article
from feedsvc.publish.publisher import PublishReport
from feedsvc.store import Store

__all__ = ["Said", "hide", "release", "unhide"]


@dataclass(frozen=True, slots=True)
class Said:
    """The article, and what was published for it; None leaves that to the service."""

    article: Article
    published: PublishReport | None


def hide(where: Place, reference: str, reason: str | None) -> Said:
    """Take an article out of everything that is published, for good."""
    at = house.now()
    return _said(where, partial(hiding.hide, reference=reference, at=at, reason=reason))


def unhide(where: Place, reference: str) -> Said:
    """Let an article be published again."""
    return _said(where, partial(hiding.unhide, reference=reference))


def release(where: Place, reference: str) -> Said | None:
    """Let a held article be published; None when ``reference`` is a source's id.

    The next list of that source is believed then, whatever it looks like.
    """
    if reference in load(where).sources:
        with house.stored(where, load(where)) as store:
            holding.release_list(store, reference, house.now())
        return None
    return _said(where, partial(holding.release, reference=reference))


def _said(where: Place, say: Callable[[Store], Article]) -> Said:
    with house.stored(where, load(where)) as store:
        article = say(store)
    return Said(article, _published(where))


def _published(where: Place) -> PublishReport | None:
    """Publish at once, unless a service runs: that sees what changed by itself."""
    try:
        return commands.publish(where, everything=False)
    except UsageError as error:
        if error.fault.code is not Code.E_LOCKED:
            raise
        return None
