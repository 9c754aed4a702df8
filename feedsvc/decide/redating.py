"""Whether a list states other dates than it did, for all that it shows (case 52).

Dates are frozen when an article is first seen; but what a list that tells all its
articles anew says of the next ones cannot be believed (reliability.md, 52).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.article import Origin, RawDate
from feedsvc.model.config import Source
from feedsvc.model.visit import Known
from feedsvc.text.dates.ago import is_coarse

__all__ = [
    "Told",
    "date_gate",
    "is_same_clock",
    "is_told_by_list",
    "redated",
    "statements",
]

_FEW: Final = 5
"""Articles that may be dated anew by chance."""

_MASS: Final = 0.5
"""The share of a list beyond which it is the list that changed, not its articles."""

_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)
_ZONES: Final = timedelta(hours=14)
"""The farthest a clock can be from that of Greenwich."""

_CLOCK: Final = re.compile(
    r"\s*(?:上午|下午)?\s*\d{1,2}\s?[:：]\s?\d{2}(?:[:：]\d{2})?\s*(?:[ap]\.?m\.?)?\s*",
    re.IGNORECASE,
)
"""A time of any day: read tomorrow, it is tomorrow's."""

_FORM: Final = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a list said of an article's date, and what it says now, by the same clock.

    ``exact`` unless one of the two is a day.
    """

    article: str
    url: str
    before: datetime
    now: datetime
    exact: bool

    @property
    def moved(self) -> timedelta:
        """How far the date moved, to the minute."""
        minutes = (self.now - self.before) / timedelta(minutes=1)
        return timedelta(minutes=round(minutes))


def is_told_by_list(source: Source, known: Known) -> bool:
    """Whether the article's date is what a list of ``source`` says."""
    if known.source != source.id or not known.list_digest:
        return False
    by_page = source.article is not None and source.article.date is not None
    by_rule = known.published_from == Origin.RULE and not by_page
    return by_rule or known.published_from in (Origin.LIST, Origin.FEED)


def statements(stated: Sequence[RawDate]) -> tuple[RawDate, ...]:
    """Those that tell a day: not an age in weeks, nor a time alone, nor an address."""
    return tuple(
        date
        for date in stated
        if date.origin is not Origin.URL
        and not is_coarse(date.text)
        and not _CLOCK.fullmatch(date.text)
    )


def is_same_clock(known: Known, zone: str, usual: str | None) -> bool:
    """Whether a date is not another only because our own ``usual`` zone was edited.

    ``zone`` is the one in which it is read now: that which it names, else the usual one.
    """
    return zone != usual or known.zone in ("", usual)


def redated(told: Sequence[Told]) -> list[Told]:
    """Those whose dates are others: by days, or by the hours that most moved."""
    shift = _shift(told)
    return [
        one
        for one in told
        if abs(one.moved) > (_DAY if one.exact else 2 * _DAY)
        or (one.exact and one.moved == shift)
    ]


def _shift(told: Sequence[Told]) -> timedelta | None:
    """By how much most dates moved, if that is a mistaken zone.

    A site that tells all its dates by today's summer time moves them by an hour.
    """
    moved = Counter(one.moved for one in told if one.exact)
    by, count = next(iter(moved.most_common(1)), (timedelta(), 0))
    is_zone = _HOUR < abs(by) <= _ZONES and count > _MASS * len(told)
    return by if is_zone else None


def date_gate(told: Sequence[Told], url: str) -> Fault | None:
    """``W_DATE_JUMP`` for a list that dates most of what it listed before anew."""
    others = redated(told)
    if len(told) < _FEW or len(others) <= _MASS * len(told):
        return None
    example = others[0]
    return Fault(
        code=Code.W_DATE_JUMP,
        stage=Stage.DECIDE,
        place=url,
        args={
            "count": len(others),
            "listed": len(told),
            "example": example.url,
            "before": f"{example.before:{_FORM}}",
            "now": f"{example.now:{_FORM}}",
        },
    )
