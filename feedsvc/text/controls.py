"""Characters that no text of ours may hold (XML 1.0 §2.2; UAX #9; reliability 17–19)."""

import re
from typing import Final

__all__ = ["printable", "without_controls"]

_CONTROLS: Final = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""What XML forbids or discourages, lone surrogates among it."""

_UNSEEN: Final = re.compile(
    "[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffd]"
)
"""Marks that reorder or split a line unseen; joiners stay, emoji need them."""


def without_controls(text: str) -> str:
    """Take out control characters and lone surrogates; white space stays."""
    return text if text.isprintable() else _CONTROLS.sub("", text)


def printable(text: str) -> str:
    """Take out what a single line of text cannot show, bidirectional marks included."""
    return _UNSEEN.sub("", without_controls(text))
