"""How the house stands: every source and every feed, as operators ask."""

from dataclasses import dataclass
from datetime import datetime

from feedsvc.errors import Fault
from feedsvc.model.feed import Published
from feedsvc.model.visit import Visit

__all__ = [
    "Coverage",
    "Doubted",
    "Health",
    "Held",
    "Incident",
    "SourceStatus",
    "Status",
]


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
