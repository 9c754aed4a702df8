"""The hours of a source's week: which are busy, and how busy."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from typing import Final
from zoneinfo import ZoneInfo

from feedsvc.model.config import Source

__all__ = ["CELLS", "Week", "stretches", "usual_week"]

CELLS: Final = 48
"""The hours of a weekday, then those of a day of the weekend."""

_HOURS = 24
_HOUR = 1 / _HOURS
_SATURDAY = 5
_WEIGHT = (7 / 5 * _HOURS,) * _HOURS + (7 / 2 * _HOURS,) * _HOURS
"""Share of a week's articles in a cell → how busy it is, if 1 is an hour's average."""

_FAITH = 40.0
"""So many articles of its own make a source's profile as credible as the usual one."""

_LEAST = 0.03
"""No hour is believed to be quieter than that, next to an average one."""


def _usual(weekday: Sequence[int], weekend: float) -> tuple[float, ...]:
    """How busy each cell is, from the hours of a weekday and a weekend day's share."""
    scale = 7 * _HOURS / (sum(weekday) * (5 + 2 * weekend))
    return tuple(n * scale * of for of in (1, weekend) for n in weekday)


_ZH = _usual(
    [2, 1, 1, 1, 1, 2, 5, 9, 13, 14, 13, 10, 7, 8, 11, 12, 12, 11, 8, 6, 6, 6, 5, 3],
    weekend=0.55,
)  # fmt: skip
_EN = _usual(
    [3, 2, 2, 2, 3, 5, 7, 8, 9, 10, 10, 10, 10, 10, 10, 10, 9, 8, 7, 6, 5, 5, 4, 4],
    weekend=0.5,
)  # fmt: skip
"""Newsrooms as they usually work: a Chinese one rests at noon, an English one less."""


@dataclass(frozen=True, slots=True)
class Week:
    """How busy the hours of a source's week are: ``cells`` seen, shrunk to the usual.

    ``faded`` is what is left of the cells by now, ``items`` their sum so far reduced.
    """

    usual: Sequence[float]
    cells: Sequence[float] | None = None
    faded: float = 1.0
    items: float = 0.0

    def __getitem__(self, cell: int) -> float:
        """How busy a cell is; over a week, the hours' mean is about 1."""
        usual = self.usual[cell]
        if self.cells is None:
            return usual
        own = self.cells[cell] * self.faded * _WEIGHT[cell]
        return max((own + _FAITH * usual) / (self.items + _FAITH), _LEAST)

    def mean_root(self) -> float:
        """The mean of the square root of how busy the hours of a week are."""
        roots = [sqrt(self[cell]) for cell in range(CELLS)]
        return (5 * sum(roots[:_HOURS]) + 2 * sum(roots[_HOURS:])) / (7 * _HOURS)


def usual_week(source: Source) -> Sequence[float]:
    """The usual profile in the source's language; English where it tells none."""
    return _ZH if (source.language or "").startswith("zh") else _EN


def stretches(start: datetime, zone: str) -> Iterator[tuple[int, float]]:
    """The cells from ``start`` on, each with the days until the next, without end.

    The offset of ``start`` is kept: what is looked at is a day at most.
    """
    local = start.astimezone(ZoneInfo(zone))
    past = local.minute * 60 + local.second
    yield _cell(local.weekday(), local.hour), _HOUR - past / 86_400
    hour = local.weekday() * _HOURS + local.hour
    while True:
        hour = (hour + 1) % (7 * _HOURS)
        yield _cell(*divmod(hour, _HOURS)), _HOUR


def _cell(weekday: int, hour: int) -> int:
    return hour + _HOURS if weekday >= _SATURDAY else hour
