"""When to visit a source next: its own rhythm, its server's wishes, its failures."""

from feedsvc.decide.cadence.backoff import after_failure, blocked
from feedsvc.decide.cadence.interval import interval
from feedsvc.decide.cadence.learning import Seen, learn
from feedsvc.decide.cadence.plan import Plan, next_visit

__all__ = [
    "Plan",
    "Seen",
    "after_failure",
    "blocked",
    "interval",
    "learn",
    "next_visit",
]
