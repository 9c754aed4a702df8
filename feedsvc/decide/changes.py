"""What a new reading of an article means, given what the ledger knows."""

from dataclasses import replace
from datetime import datetime, timedelta

from feedsvc.model.article import Article, Origin, Precision
from feedsvc.model.visit import Known

__all__ = ["decide"]

_CHANGES = 24
"""Changes after which an article's updates stop counting: its page never rests."""

_DAY = timedelta(days=1)


def decide(
    known: Known | None, article: Article, now: datetime, *, moved: bool = False
) -> Article | None:
    """The article as it is to be stored, or None when nothing changed.

    A new one keeps its own date as ``updated``. A known one keeps id, first-seen,
    position and date; a change of what a reader sees, or of its address (``moved``),
    moves ``updated`` to ``now``, the moment it was seen. A date known to the day moves once, when its time is known
    (contract, section 4; design.md, decision 3). Another source that comes upon the
    article changes nothing in it (reliability.md, 58).

    What is to be held never takes the place of what readers have; one that was held is
    new to them when it no longer is.
    """
    if known is None:
        return replace(article, first_seen=now, updated=article.published)
    if known.is_released:
        article = replace(article, hold=None)
    if known.is_held:
        return _first_version(known, article)
    if article.hold is not None:
        return None
    if known.source not in ("", article.source):
        return None
    kept = replace(
        article,
        id=known.id,
        first_seen=known.first_seen,
        position=known.position,
        updated=known.updated,
    )
    refined = _refines(known, article)
    dated = _refined(known, kept) if refined else _frozen(known, kept)
    if (moved or article.digest != known.digest) and known.changes < _CHANGES:
        return replace(dated, updated=max(now, dated.updated))
    return replace(dated, digest=known.digest) if refined or moved else None


def _first_version(known: Known, article: Article) -> Article:
    """What nobody read yet, read again."""
    return replace(
        article,
        id=known.id,
        first_seen=known.first_seen,
        position=known.position,
        updated=article.published,
    )


def _refines(known: Known, article: Article) -> bool:
    """Whether a day becomes a time of that very day."""
    if known.precision != Precision.DAY or article.precision is Precision.DAY:
        return False
    stated = article.published_from is not Origin.FIRST_SEEN
    return stated and timedelta(0) <= article.published - known.published < _DAY


def _refined(known: Known, article: Article) -> Article:
    """Move the date; a first version's ``updated`` moves with it, none stays before."""
    first = known.updated == known.published
    later = article.published if first else max(article.published, known.updated)
    return replace(article, updated=later)


def _frozen(known: Known, article: Article) -> Article:
    origin = known.published_from
    return replace(
        article,
        published=known.published,
        precision=Precision(known.precision),
        published_from=Origin(origin) if origin else article.published_from,
        zone=known.zone or article.zone,
    )
