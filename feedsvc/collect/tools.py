"""What every visit of a cycle works with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from feedsvc.collect.budget import Budget, NextFire
from feedsvc.collect.ports import CollectStore, Fetcher, Workers
from feedsvc.model.config import Config
from feedsvc.model.visit import Outcome

__all__ = ["Clock", "Tools"]

Clock = Callable[[], datetime]
"""Gives aware UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """Seams and settings; ``save`` returns when the outcome is in the store."""

    config: Config
    fetcher: Fetcher
    store: CollectStore
    workers: Workers
    save: Callable[[Outcome], Awaitable[None]]
    clock: Clock
    next_fire: NextFire
    budget: Budget
