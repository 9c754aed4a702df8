"""Hiding an article, beside a running service or without one."""

from dataclasses import dataclass

from feedsvc.app import commands, house
from feedsvc.app.place import Place, load
from feedsvc.errors import Code, UsageError
from feedsvc.maintain import hiding
from feedsvc.model.article import Article
from feedsvc.publish.publisher import PublishReport

__all__ = ["Hidden", "hide", "unhide"]


@dataclass(frozen=True, slots=True)
class Hidden:
    """The article, and what was published for it; None leaves that to the service."""

    article: Article
    published: PublishReport | None


def hide(where: Place, reference: str, reason: str | None) -> Hidden:
    """Take an article out of everything that is published, for good."""
    with house.stored(where, load(where)) as store:
        article = hiding.hide(store, reference, house.now(), reason)
    return Hidden(article, _published(where))


def unhide(where: Place, reference: str) -> Hidden:
    """Let an article be published again."""
    with house.stored(where, load(where)) as store:
        article = hiding.unhide(store, reference)
    return Hidden(article, _published(where))


def _published(where: Place) -> PublishReport | None:
    """Publish at once, unless a service runs: that sees what changed by itself."""
    try:
        return commands.publish(where, everything=False)
    except UsageError as error:
        if error.fault.code is not Code.E_LOCKED:
            raise
        return None
