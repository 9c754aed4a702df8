"""Where things are in JSON: JMESPath, or the part of JSONPath that says the same."""

import re
from typing import Any, Final

import jmespath
import jmespath.exceptions

__all__ = ["compiled", "looked_up"]

_ROOT: Final = re.compile(r"^[$@](?=\.|\[|$)\.?")
_NAMED: Final = re.compile(r"""\[\s*(?:'([^']*)'|"([^"]*)")\s*\]""")


def compiled(select: str) -> Any:
    """Compile a path of a rule; ValueError when it is none.

    ``$`` and ``@`` begin a JSONPath (RFC 9535): names, indices, slices and wildcards are
    understood, descendants (``..``) and filters of JSONPath are not.
    """
    path = select.strip()
    if _ROOT.match(path):
        path = _NAMED.sub(lambda m: f'."{m[1] or m[2] or ""}"', _ROOT.sub("", path))
        path = path.removeprefix(".") or "@"
    try:
        return jmespath.compile(path)
    except jmespath.exceptions.JMESPathError as error:
        raise ValueError(str(error)) from error


def looked_up(path: Any, value: Any) -> Any:
    """Look a compiled path up; None when it leads nowhere or its functions refuse."""
    try:
        return path.search(value)
    except (jmespath.exceptions.JMESPathError, RecursionError, TypeError, ValueError):
        return None
