"""When to visit a source next: its own rhythm, its server's wishes, its failures."""

from feedsvc.decide.cadence.backoff import after_failure
from feedsvc.decide.cadence.plan import Plan, next_visit

__all__ = ["Plan", "after_failure", "next_visit"]
