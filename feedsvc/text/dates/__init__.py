"""Printed dates → aware moments: a chain of small readers, one dialect a file.

A dialect (``iso``, ``chinese``, ``english``, ``ago``, ``numeric``) states a pattern and
reads a day of its match; ``clock`` and ``zones`` read what stands beside it, ``settle``
makes the moment and judges it. The source's own ``patterns`` come first, ``foreign``
(dateparser) last. A date that could be two is refused, never guessed.
"""

from typing import TYPE_CHECKING, Any

from feedsvc.text.dates.address import from_url
from feedsvc.text.dates.cldr import valid_pattern
from feedsvc.text.dates.nouns import DateContext, Reading, Refusal
from feedsvc.text.dates.zones import zone

if TYPE_CHECKING:
    from feedsvc.text.dates.chain import read, spot

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


def __getattr__(name: str) -> Any:
    """Load the chain when it is first asked for: checking a configuration never does.

    Its patterns take 50 ms to compile (PEP 562).
    """
    if name in {"read", "spot"}:
        from feedsvc.text.dates import chain

        return getattr(chain, name)
    raise AttributeError(name)
