"""What an article is normalized by, besides what was said of it."""

from dataclasses import dataclass
from datetime import datetime

from feedsvc.model.config import Source

__all__ = ["Frame"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is known besides the statement.

    ``zone`` is that of dates that name none; None means the page's own, else +08:00 for
    zh and UTC for others.
    """

    source: Source
    zone: str | None
    now: datetime
