"""How patient the schedule must be to get by with its requests of a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, log, sqrt

from feedsvc.decide.cadence.interval import evenness
from feedsvc.decide.cadence.learning import costs, rate
from feedsvc.decide.cadence.plan import bounds
from feedsvc.model.config import Source
from feedsvc.model.visit import Rhythm

__all__ = ["LEAST", "MOST", "Share", "patience", "rechecks", "share"]

LEAST = 5 / (24 * 60)
"""Article-days, five article-minutes: more haste is worth no request."""

MOST = 1e4
"""With so much, every source is visited as rarely as it may be."""

_AGAIN = 0.25
"""Of a day's requests, what is left for articles that are read again."""

_DAY = timedelta(days=1)
_HALVINGS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a source takes of a day's requests.

    ``taken`` are those on which patience has no bearing; ``rate`` is None where the
    operator said how often to visit, else how many articles a day, coming evenly, would
    be visited as often, and ``bounds`` hold for the days between two visits.
    """

    taken: float
    rate: float | None = None
    bounds: tuple[float, float] = (0.0, 1.0)

    def requests(self, patience: float) -> float:
        """Requests a day at a patience, by the square-root rule."""
        if self.rate is None:
            return self.taken
        shortest, longest = self.bounds
        days = min(max(sqrt(2 * patience / self.rate), shortest), longest)
        return self.taken + 1 / days


def share(
    source: Source, rhythm: Rhythm | None, now: datetime, said: float | None
) -> Share:
    """What a source takes; ``said`` is how often a day its operator wants it visited."""
    beside = costs(rhythm, now)
    if said is not None:
        return Share(taken=beside + said)
    shortest, longest = (length / _DAY for length in bounds(source))
    even = evenness(rhythm, source, now)
    return Share(
        taken=beside, rate=rate(rhythm, now) * even * even, bounds=(shortest, longest)
    )


def rechecks(expected: float, requests: float) -> Share:
    """What articles that are read again take: of a day's requests a quarter at most."""
    return Share(taken=min(expected, requests * _AGAIN))


def patience(shares: Sequence[Share], requests: float) -> float:
    """Article-days that may wait before a visit, for ``requests`` a day at most.

    Never less than :data:`LEAST`: where requests are plenty, they are not spent.
    """
    if _sum(shares, LEAST) <= requests:
        return LEAST
    low, high = log(LEAST), log(MOST)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _sum(shares, exp(middle)) <= requests:
            high = middle
        else:
            low = middle
    return exp(high)


def _sum(shares: Iterable[Share], patience: float) -> float:
    return sum(share.requests(patience) for share in shares)
