"""What is usual of a source's articles, and which of it was lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

__all__ = ["Alarm", "Profile", "Share"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many articles have a field: of many, and of the last few (0 to 1)."""

    slow: float = 0.0
    fast: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A field that was lost: the share it had, and when its loss was noticed."""

    usual: float
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is usual of a source's articles, learned from ``articles`` of them."""

    articles: int = 0
    shares: Mapping[str, Share] = field(default_factory=dict)
    alarms: Mapping[str, Alarm] = field(default_factory=dict)
