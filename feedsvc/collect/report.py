"""What a visit tells people about itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from feedsvc.errors import Fault

__all__ = ["State", "VisitReport"]

State = Literal["changed", "unchanged", "failed", "waiting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitReport:
    """One source's visit in numbers.

    ``new`` and ``changed`` count articles stored, ``listed`` the entries of the list;
    ``waiting`` is a source that was not visited because its host asked for patience.
    """

    source: str
    state: State
    listed: int = 0
    new: int = 0
    changed: int = 0
    requests: int = 0
    seconds: float = 0.0
    due: datetime | None = None
    faults: tuple[Fault, ...] = ()
