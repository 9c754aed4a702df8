"""Where things are in JSON: JMESPath, or JSONPath (RFC 9535) where a path begins with ``$``."""

from collections.abc import Callable
from typing import Any

__all__ = ["Path", "compiled", "looked_up"]

Path = Callable[[Any], Any]
"""Looks up in a value what a path leads to; None when that is nothing."""


def compiled(select: str) -> Path:
    """Compile a path of a rule; ValueError when it is none."""
    path = select.strip()
    return _jsonpath(path) if path.startswith("$") else _jmespath(path)


def looked_up(path: Path, value: Any) -> Any:
    """Look a compiled path up; None when it leads nowhere or its functions refuse."""
    try:
        return path(value)
    except (RecursionError, TypeError, ValueError):
        return None


def _jmespath(path: str) -> Path:
    """Its errors are ValueErrors; ``@.name`` is ``name``."""
    import jmespath

    search: Path = jmespath.compile(path).search
    return search


def _jsonpath(path: str) -> Path:
    import jsonpath

    try:
        query = jsonpath.compile(path)
    except jsonpath.JSONPathError as error:
        raise ValueError(str(error)) from error

    def search(value: Any) -> Any:
        try:
            found = query.findall(value)
        except jsonpath.JSONPathError as error:
            raise ValueError(str(error)) from error
        return found[0] if len(found) == 1 else found or None

    return search
