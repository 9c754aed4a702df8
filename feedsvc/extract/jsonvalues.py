"""Values of JSON as words and addresses, whatever they are wrapped in."""

from collections.abc import Iterable
from typing import Any, Final

__all__ = ["address_in", "words_in"]

_WORDS: Final = ("rendered", "text", "name", "title", "value", "#text")
"""Where an object keeps its words (WordPress: ``{"rendered": …}``)."""

_ADDRESSES: Final = ("url", "href", "src", "link", "source_url", "large", "full")
_DEPTH: Final = 4


def words_in(value: Any) -> str:
    """Say a value in words: text, a number as written, the words of an object or list."""
    return _first(value, _WORDS, _DEPTH)


def address_in(value: Any) -> str:
    """Say the address that a value is or holds."""
    return _first(value, _ADDRESSES, _DEPTH)


def _first(value: Any, keys: Iterable[str], depth: int) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or value is None or not depth:
        return ""
    if isinstance(value, int | float):
        return str(int(value)) if value == int(value) else str(value)
    within = (value.get(key) for key in keys) if isinstance(value, dict) else value
    return next((w for v in within if (w := _first(v, keys, depth - 1))), "")
