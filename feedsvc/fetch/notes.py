"""What the egress keeps between runs, so that a restart is no way around its manners."""

from typing import Protocol

__all__ = ["Notes"]


class Notes(Protocol):
    """Small texts by key."""

    def memory(self, key: str) -> str | None:
        """What was noted under ``key``."""
        ...

    def remember(self, key: str, value: str) -> None:
        """Note it."""
        ...
