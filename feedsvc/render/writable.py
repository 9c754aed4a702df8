"""Text that a format cannot hold never costs a feed: it is taken out, then written."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import wraps
from typing import Any

from feedsvc.model.feed import Feed
from feedsvc.text.controls import without_controls

__all__ = ["writable"]


def writable(render: Callable[[Feed], bytes]) -> Callable[[Feed], bytes]:
    """Let ``render`` meet control characters and lone surrogates (XML 1.0 §2.2).

    Articles are cleaned long before, so looking through every text each time would be
    for nothing: only a feed that was refused is cleaned and written again.
    """

    @wraps(render)
    def twice(feed: Feed) -> bytes:
        try:
            return render(feed)
        except ValueError:
            return render(_cleaned(feed))

    return twice


def _cleaned(value: Any) -> Any:
    """The same value with every text in it cleaned."""
    if isinstance(value, str):
        return without_controls(value).replace("\f", " ")
    if isinstance(value, tuple):
        return tuple(_cleaned(part) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        named = {f.name: _cleaned(getattr(value, f.name)) for f in fields(value)}
        return replace(value, **named)
    return value
