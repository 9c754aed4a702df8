"""What the directories of feeds list, for people (pages) and for machines (OPML)."""

from dataclasses import dataclass
from datetime import datetime

__all__ = ["Listing", "Row"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A feed as the directory lists it; ``updated_text`` is the localized date."""

    language: str
    path: str
    term: str
    label: str
    title: str
    description: str
    entries: int
    updated: datetime
    updated_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The directory of a language: its feeds in order, the one of everything first.

    ``languages`` are all editions, this one among them; ``contact`` a ``mailto:`` or
    web address; ``opened`` the moment before any content (contract, section 4);
    ``sources`` ids and names of what has feeds of its own, in the order of names.
    """

    language: str
    languages: tuple[str, ...]
    base_url: str
    site_title: str
    rows: tuple[Row, ...]
    formats: tuple[str, ...]
    opened: datetime
    contact: str | None = None
    sources: tuple[tuple[str, str], ...] = ()

    @property
    def updated(self) -> datetime:
        """When the newest of its feeds changed."""
        return max((row.updated for row in self.rows), default=self.opened)
