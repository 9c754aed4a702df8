"""What a source's visits add up to: its address, its troubles, what it costs."""

from dataclasses import dataclass
from datetime import datetime

from feedsvc.errors import Code

__all__ = ["History", "Move", "Tally", "Trouble"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """The fault that visits have met in a row, and when it was first met."""

    code: Code
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where permanent redirects (301, 308) led, since when, and how many visits saw it."""

    to: str
    since: datetime
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Sums as they stood at ``at``, the older the less they count.

    ``days`` watched; ``requests`` made in all; ``answers`` to those for the source's own
    address, of which ``unmodified`` were 304, ``repeated`` the same body sent again to
    a conditional request, and ``useful`` brought something new or changed.
    """

    at: datetime
    days: float = 0.0
    requests: float = 0.0
    answers: float = 0.0
    unmodified: float = 0.0
    repeated: float = 0.0
    useful: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """``url`` is the address that was visited last; "" where nothing is known of it.

    ``manner`` stands for how an operator had it visited: when, and by what leave.
    """

    url: str = ""
    manner: str = ""
    trouble: Trouble | None = None
    move: Move | None = None
    tally: Tally | None = None
