"""Printed dates → aware moments: a chain of small readers, one dialect a file.

A dialect (``iso``, ``chinese``, ``english``, ``ago``, ``numeric``) states a pattern and
reads a day of its match; ``clock`` and ``zones`` read what stands beside it, ``settle``
makes the moment and judges it. The source's own ``patterns`` come first, ``foreign``
(dateparser) last. A date that could be two is refused, never guessed.
"""

from feedsvc.text.dates.address import from_url
from feedsvc.text.dates.chain import read, spot
from feedsvc.text.dates.cldr import valid_pattern
from feedsvc.text.dates.nouns import DateContext, Reading, Refusal
from feedsvc.text.dates.zones import zone

__all__ = [
    "DateContext",
    "Reading",
    "Refusal",
    "from_url",
    "read",
    "spot",
    "valid_pattern",
    "zone",
]
