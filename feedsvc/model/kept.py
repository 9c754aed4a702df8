"""A page that is kept after it was read."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from feedsvc.model.web import Page

__all__ = ["Kept", "Role"]


class Role(StrEnum):
    """What a kept page was to its source."""

    LIST = "list"
    ARTICLE = "article"
    DOUBTED = "doubted"  # a list that was not believed, for people to look at


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A page, packed; ``since`` (aware UTC) and ``position`` say which are the newest."""

    role: Role
    page: Page
    since: datetime
    position: int = 0
