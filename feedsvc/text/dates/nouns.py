"""What goes into the reading of a date and what comes out."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from feedsvc.errors import Code
from feedsvc.model.article import Precision

__all__ = ["DateContext", "Reading", "Refusal"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A date that was read: an aware moment in the zone in which it was read.

    A day is its first moment there. ``zone`` is an IANA name or ``±HH:MM``.
    """

    moment: datetime
    precision: Precision
    zone: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text gave no date: one of the ``W_DATE_`` codes."""

    code: Code


@dataclass(frozen=True, slots=True)
class DateContext:
    """What a printed date leaves unsaid.

    ``zone`` (called ``zone_name``) holds for dates that name none. ``now`` (aware)
    bounds what is plausible; ``reference`` is the moment at which the page was written
    out, for "3 hours ago" and dates without a year (default: ``now``). ``patterns``
    are the source's own CLDR patterns, ``language`` a BCP 47 tag.
    """

    zone: tzinfo
    zone_name: str
    now: datetime
    language: str | None = None
    patterns: tuple[str, ...] = ()
    reference: datetime | None = None
