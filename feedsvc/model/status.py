"""How the house stands: every source and every feed, as operators ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from feedsvc.errors import Fault
from feedsvc.model.feed import Published
from feedsvc.model.visit import Visit

__all__ = [
    "KEPT",
    "Coverage",
    "Doubted",
    "Health",
    "Held",
    "Incident",
    "SourceRow",
    "SourceStatus",
    "Spending",
    "State",
    "Status",
    "StatusReport",
]

KEPT: Final = 20
"""Faults of a source that are remembered (contract, section 1)."""

State = Literal["ok", "failed", "gone", "new", "disabled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A fault and its days: when it came, and when a visit next went well."""

    fault: Fault
    at: datetime
    cleared_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many articles a source listed, and the share (0 to 1) that has each field.

    An article whose date is only when it was first seen has none.
    """

    items: int = 0
    date: float = 0.0
    author: float = 0.0
    image: float = 0.0
    body: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    """A list that was not believed, and is kept to be looked at: whence and of when."""

    url: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """One source; its last 20 faults, newest first.

    ``watched`` counts its articles that are to be read again; ``doubted`` is None while
    its lists are believed.
    """

    visit: Visit
    faults: tuple[Incident, ...] = ()
    coverage: Coverage = Coverage()
    watched: int = 0
    doubted: Doubted | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An article that is kept from readers: why (its place is the article's), since when."""

    id: str
    title: str
    fault: Fault
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Every source that was ever visited, every feed that stands, what is held back."""

    sources: tuple[SourceStatus, ...] = ()
    feeds: tuple[Published, ...] = ()
    held: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """A database looked through: what it is, its bytes, what is wrong with it."""

    engine: str
    place: str
    size: int
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """Requests a day of late, those for reading again as due, and shares of answers.

    ``unmodified`` (0 to 1) were 304, ``useful`` brought something new or changed.
    """

    requests: float = 0.0
    unmodified: float = 0.0
    useful: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One configured source, with what the store knows of it.

    ``rate`` is how many articles a day it was learned to bring, None before a visit.
    """

    source: str
    state: State
    visit: Visit
    rate: float | None
    spending: Spending
    coverage: Coverage
    doubted: Doubted | None
    faults: Sequence[Incident]

    @property
    def troubles(self) -> Sequence[Incident]:
        """Each trouble once, the newest first: since when, and as it was told last.

        A visit that fails has a fault of its own; those of one kind that end together
        are one trouble.
        """
        met: dict[tuple[object, ...], Incident] = {}
        for incident in self.faults:
            fault = incident.fault
            args = () if fault.is_error else tuple(sorted(fault.args.items()))
            kind = fault.code, fault.place, args, incident.cleared_at
            met[kind] = replace(met.get(kind, incident), at=incident.at)
        return list(met.values())

    @property
    def entries(self) -> int:
        """How many entries were read from the list that was not believed."""
        told = (i.fault.args for i in self.faults if i.cleared_at is None)
        return int(next((args["entries"] for args in told if "entries" in args), 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport:
    """Sources in the order of configuration, feeds by path.

    ``hosts`` are those that are asked, with all requests a day, the busiest first.
    ``subscriptions`` are counted by feed (WebSub), and ``unreached`` says who of them,
    and of outside hubs, could not be told. ``unmapped`` are the section names of recent
    articles that no category takes, the most frequent first; ``held`` the articles that
    are kept from readers. ``spent`` are the requests of the last 24 hours, all together.
    """

    sources: Sequence[SourceRow]
    feeds: Sequence[Published]
    subscriptions: Mapping[str, int]
    unreached: Sequence[Fault]
    unmapped: Sequence[str]
    hosts: Sequence[tuple[str, float]] = ()
    held: Sequence[Held] = ()
    spent: int = 0
