"""What a new reading of an article means, given what the ledger knows."""

from dataclasses import replace
from datetime import datetime

from feedsvc.model.article import Article, Origin, Precision
from feedsvc.model.visit import Known

__all__ = ["decide"]

_CHANGES = 24
"""Changes after which an article's updates stop counting: its page never rests."""


def decide(known: Known | None, article: Article, now: datetime) -> Article | None:
    """The article as it is to be stored, or None when nothing changed.

    A new one keeps its own date as ``updated``. A known one keeps id, first-seen,
    position and date; a change of what a reader sees moves ``updated`` to ``now``, the
    moment it was seen. A date known to the day moves once, when its time is known
    (contract, section 4; design.md, decision 3).
    """
    if known is None:
        return replace(article, first_seen=now, updated=article.published)
    kept = replace(
        article,
        id=known.id,
        first_seen=known.first_seen,
        position=known.position,
        updated=known.updated,
    )
    dated = _dated(known, kept)
    changed = article.digest != known.digest and known.changes < _CHANGES
    if changed:
        return replace(dated, updated=max(now, dated.updated))
    refined = dated.precision is not Precision(known.precision)
    return replace(dated, digest=known.digest) if refined else None


def _dated(known: Known, article: Article) -> Article:
    """Freeze the published date, unless a day becomes a time of that day."""
    if known.precision == Precision.DAY and _refines(known, article):
        first = known.updated == known.published
        return replace(article, updated=article.published if first else article.updated)
    return replace(
        article, published=known.published, precision=Precision(known.precision)
    )


def _refines(known: Known, article: Article) -> bool:
    finer = article.precision is not Precision.DAY
    stated = article.published_from is not Origin.FIRST_SEEN
    hours = (article.published - known.published).total_seconds() / 3600
    return finer and stated and 0 <= hours < 24  # noqa: PLR2004 -- of the same day
