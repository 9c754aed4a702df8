"""Whether a new address is that of an article whose address was edited.

It is when title and text are those of an article that the source lists no more, and the
address of that is gone (design.md, decision 2).
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

from feedsvc.decide.entries import PASSING
from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.article import Article, Origin
from feedsvc.model.visit import Former
from feedsvc.model.web import Failed, Fetched
from feedsvc.text import urls

__all__ = ["candidate", "is_moved", "waits"]

_GONE: Final = frozenset({Code.E_NOT_FOUND, Code.E_GONE})

_SILENT: Final = PASSING | {Code.E_BLOCKED}
"""What says nothing of the article: trouble that passes, a challenge in its place."""

_APART: Final = timedelta(days=1)
"""Dates of one article differ by less; notices that repeat their words, by more."""

_PATIENCE: Final = timedelta(days=1)
"""How long after its article was last listed an address may be out of reach."""


def candidate(
    article: Article, former: Sequence[Former], listed: Collection[str]
) -> Former | None:
    """The one of ``former``, which say the same, that ``article`` may be.

    ``listed`` are the ids of what the list shows: those stand where they stood.
    """
    gone = (one for one in former if one.known.id not in listed)
    return next((one for one in gone if _is_of_its_time(article, one)), None)


def _is_of_its_time(article: Article, former: Former) -> bool:
    """Whether the dates agree, where both were stated."""
    known = former.known
    if Origin.FIRST_SEEN in (article.published_from, known.published_from):
        return True
    return abs(article.published - known.published) <= _APART


def is_moved(
    article: Article, former: Former, fetched: Fetched, now: datetime
) -> bool | None:
    """Whether ``article`` is ``former``, by what the old address gives; None: wait.

    One that leads to the new address, or is gone, says so; one that gives no answer is
    asked again at later visits, and counts as gone a day after it was last listed.
    """
    if not isinstance(fetched, Failed):
        return urls.identity(fetched.url) in map(urls.identity, _addresses(article))
    code = fetched.fault.code
    if code in _GONE:
        return True
    if code not in _SILENT:
        return False
    return True if now - former.seen >= _PATIENCE else None


def _addresses(article: Article) -> tuple[str, ...]:
    return (article.url, *filter(None, [article.canonical_url]))


def waits(article: Article, former: Former) -> Fault:
    """``W_SAME_TEXT`` for one that waits until it is known whether it is another."""
    return Fault(
        code=Code.W_SAME_TEXT,
        stage=Stage.DECIDE,
        place=article.url,
        args={"former": former.url},
    )
