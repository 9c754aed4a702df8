"""A feed's chronicle: what it told, in the order in which it did; archives are cut from it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

__all__ = ["FULL", "Archive", "Change", "Chronicle", "Line"]

FULL: Final = 50
"""Entries of an archive document (contract, section 3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that a feed told: a version of an article, or that it is no more.

    ``number`` grows in the order of telling. ``version`` is when the article was updated,
    None for a tombstone and for what was taken out of its archive. ``archive`` is the number
    of the document that holds the line; None while the line is open: only the current feed
    holds it.
    """

    number: int
    article: str
    version: datetime | None
    archive: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chronicle:
    """How far a feed has come: its open lines, the number of its last, its full archives."""

    opened: tuple[Line, ...]
    last: int
    archives: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What becomes of a chronicle: lines behind those it has, and open ones struck out."""

    added: tuple[Line, ...] = ()
    struck: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """A full archive document; ``body`` is the same wherever the site stands."""

    number: int
    body: bytes
    updated: datetime
