"""JSON that stands in a page: a script's data, or an attribute's.

Pages that build themselves keep what they show in ``<script>``: as JSON alone, or given
to a variable (``window.__STATE__ = {…};``). The first value in which a rule's path leads
to something is the one that is meant.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from feedsvc.extract.jsonpath import compiled, looked_up
from feedsvc.extract.jsonvalues import words_in

__all__ = ["embedded", "records"]

_START: Final = re.compile(r"(?:^|[=(:,])\s*(?=[\[{])")
_MOST: Final = 100
"""Places in one script at which a value may begin that are tried."""

_DECODER: Final = json.JSONDecoder(strict=False)


def embedded(text: str, path: str) -> tuple[str, ...]:
    """Give the texts to which a JMESPath or JSONPath leads in the JSON within ``text``.

    ValueError when ``path`` is none.
    """
    query = _query(path)
    found = (_texts(looked_up(query, value)) for value in _values(text))
    return next(filter(None, found), ())


def records(text: str, path: str) -> list[Any]:
    """Give the objects to which a path leads in the JSON within ``text``.

    ValueError when ``path`` is none.
    """
    query = _query(path)
    found = (_listed(looked_up(query, value)) for value in _values(text))
    return next(filter(None, found), [])


_query = lru_cache(maxsize=256)(compiled)


def _values(text: str) -> Iterator[Any]:
    """Every JSON value that a text holds, not those within another."""
    end = 0
    for start in islice(_START.finditer(text), _MOST):
        if start.end() < end:
            continue
        try:
            value, end = _DECODER.raw_decode(text, start.end())
        except (ValueError, RecursionError):
            continue
        yield value


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(filter(None, map(words_in, _listed(value))))


def _listed(value: Any) -> list[Any]:
    found = value if isinstance(value, list) else [value]
    return [each for each in found if each is not None]
