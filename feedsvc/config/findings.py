"""What a check finds wrong with a file, before it is known where in it that stands.

``detail`` and ``expected`` are no prose: they are TOML, keys, or a library's own
message, so that a fault reads well in every language of the catalogs.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from feedsvc.config.positions import Path
from feedsvc.errors import Code

__all__ = ["Finding", "dotted", "nearest", "written"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a file: what stands at ``path``, and what would be right there."""

    code: Code
    path: Path
    detail: str = ""
    expected: str = ""


def dotted(path: Path) -> str:
    """A path as people write it: ``site.languages[0]``."""
    text = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in path)
    return text.removeprefix(".")


def written(value: object) -> str:
    """A value as it stands in TOML; what is nested is only hinted at."""
    match value:
        case dict():
            return "{ … }" if value else "{}"
        case list() | tuple():
            return "[…]" if value else "[]"
        case date() | time():
            return value.isoformat()
        case bool() | str():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known word that ``word`` was most likely meant to be."""
    from difflib import get_close_matches

    by_fold = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold(), by_fold, n=1, cutoff=likeness)
    return by_fold[close[0]] if close else None
