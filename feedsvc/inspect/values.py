"""Values of statements as short texts, and whether two of them say the same."""

import re
from typing import Any

from feedsvc.model.article import Image
from feedsvc.text import markup

__all__ = ["is_same", "shown"]

_SHOWN = 120
"""Characters that are shown of a value."""

_NO_LETTERS = re.compile(r"[\W_]+")


def shown(value: Any) -> str:
    """A field of a statement or an article as one short line; "" for none."""
    if isinstance(value, Image):
        return value.url
    if isinstance(value, tuple):
        return ", ".join(filter(None, map(shown, value)))
    text = " ".join(markup.plain(value).split()) if value else ""
    return markup.shorten(text, _SHOWN)


def is_same(chosen: str, other: str) -> bool:
    """Whether the other says what was chosen, be it with words around it."""
    mine, theirs = _key(chosen), _key(other)
    return mine == theirs or bool(mine and mine in theirs)


def _key(text: str) -> str:
    return _NO_LETTERS.sub("", text).casefold()
