"""How deeply markup nests, cheaply, before a parser spends quadratic time on it."""

import re
from collections import Counter
from typing import Final

__all__ = ["is_too_deep"]

_FEW: Final = 1_000
"""So few tags are parsed at once however they nest."""

_DEEPEST: Final = 500
"""Pages made by people stay under 100."""

_MOST_COPIES: Final = 2_000_000
"""How many copies of unclosed formatting the parsing algorithm may be made to make."""

_VOID: Final = frozenset(
    [
        "a",
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "option",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
    ]
)
"""Elements that hold nothing, or that the next of their kind closes."""

_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_FORMATTING: Final = re.compile(
    r"<(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\s[^<>]*>", re.IGNORECASE
)


def is_too_deep(markup: str) -> bool:
    """Whether a parser of HTML would spend quadratic time or memory on this markup."""
    tags = markup.count("<")
    if tags < _FEW:
        return False
    return (
        len(set(_FORMATTING.findall(markup))) * tags > _MOST_COPIES
        or _depth(markup) > _DEEPEST
    )


def _depth(markup: str) -> int:
    opened: Counter[str] = Counter()
    now = most = 0
    for closing, name in _TAG.findall(markup):
        tag = name.lower()
        if tag in _VOID:
            continue
        if not closing:
            opened[tag] += 1
            now += 1
            most = max(most, now)
        elif opened[tag]:
            opened[tag] -= 1
            now -= 1
    return most
