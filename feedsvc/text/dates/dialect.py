"""What every dialect states: where to look, and how to read what was found."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from feedsvc.text.dates.nouns import DateContext, Reading, Refusal

__all__ = ["Dialect", "Strength"]


class Strength(IntEnum):
    """How sure a pattern is of what it finds."""

    SURE = 0
    """A date wherever it stands."""
    RELATIVE = 1
    """A date wherever it stands, if no surer one does."""
    LABELLED = 2
    """A date in a text about a date; in a longer one behind a label or with a time."""
    ALONE = 3
    """A date only with a time, or where nothing else stands in the text."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way to write dates.

    ``read`` gives a day (a time beside it is read by the chain), a whole reading, a
    refusal that ends the chain, or None: no date after all.
    """

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], DateContext], date | Reading | Refusal | None]
    strength: Strength = Strength.SURE
