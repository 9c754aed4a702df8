"""TOML tables → the dataclasses of ``model/config.py``, by pydantic, with every fault.

What is wrong is set aside and the rest is read again, so that the checks that come
later see as much of a faulty file as can be seen.
"""

import json
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pydantic import TypeAdapter, ValidationError

from feedsvc.config.findings import Finding, dotted, nearest, written
from feedsvc.config.positions import Path
from feedsvc.config.shape import every_key, example, is_secret, keys, step
from feedsvc.errors import Code

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = ["read_table"]

T = TypeVar("T")

_REQUIRED: dict[str, Any] = {
    "site": {},
    "url": "https://example.org/news/",
    "base_url": "https://news.example.org",
    "authority": "example.org,2026",
    "select": "*",
}
"""Every required key, with a value that stands in while the rest is checked."""

_OPTIONAL = frozenset({("ops", "token")})
"""Secrets that may be unset: without the token only loopback is answered (contract, 2)."""


class _Problem(NamedTuple):
    """One of pydantic's errors: its type, where in the file, and what stands there."""

    kind: str
    path: Path
    given: Any

    @property
    def secret(self) -> str | None:
        """NAME where ``{ env = "NAME" }`` stands for a string."""
        is_table = isinstance(self.given, dict) and self.given.keys() == {"env"}
        if is_table and self.kind in {"string_type", "literal_error"}:
            return str(self.given["env"])
        return None


def read_table(
    kind: type[T],
    table: Mapping[str, object],
    implied: Mapping[str, str],
    environ: Mapping[str, str],
) -> tuple[T, list[Finding]]:
    """Read ``table`` as ``kind``, with what was wrong set aside, and what that was.

    ``implied`` are the fields that the name of the file or table gives; ``environ`` is
    where secrets are taken from.
    """
    adapter: TypeAdapter[T] = _adapter(kind)  # type: ignore[arg-type]  # any type hashes
    tree = deepcopy(dict(table))
    findings = [_unknown(kind, (name,)) for name in implied if name in tree]
    while True:
        try:
            text = json.dumps({**tree, **implied}, default=_undecided)
            read = adapter.validate_json(text, strict=True)
        except ValidationError as refused:
            problems = [_problem(tree, e) for e in refused.errors(include_url=False)]
        else:
            return read, _told(findings)
        findings += filter(None, (_finding(kind, p, environ) for p in problems))
        for problem in problems:
            _mend(tree, problem, environ)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _undecided(_value: object) -> object:
    """What JSON lacks are dates and times; no key takes them, nor what this gives."""
    return {"": []}


def _problem(tree: Any, error: "ErrorDetails") -> _Problem:
    """Where in the file an error is (pydantic's location also names types)."""
    path: Path = ()
    for part in error["loc"]:
        is_index = isinstance(tree, list) and isinstance(part, int)
        if is_index or (isinstance(tree, dict) and part in tree):
            tree = tree[part]
            path = (*path, part)
    if error["type"] == "missing":
        path = (*path, str(error["loc"][-1]))
    return _Problem(error["type"], path, tree)


def _mend(tree: dict[str, Any], problem: _Problem, environ: Mapping[str, str]) -> None:
    """Set the cause of a problem aside, or put in its place what is asked for."""
    if problem.kind == "missing":
        _put(tree, problem.path, deepcopy(_REQUIRED[str(problem.path[-1])]))
    elif secret := environ.get(problem.secret or ""):
        _put(tree, problem.path, secret)
    else:
        _drop(tree, problem.path)


def _put(tree: Any, path: Path, value: object) -> None:
    """Place a value, unless what it would stand in has been set aside meanwhile."""
    for part in path[:-1]:
        if isinstance(tree, dict) and part not in tree:
            return
        tree = tree[part]
    tree[path[-1]] = value


def _drop(tree: Any, path: Path) -> None:
    """Take the innermost key on the path out, with the whole array under it."""
    names = [*takewhile(lambda part: isinstance(part, str), path)]
    if not names:
        tree.clear()
        return
    for part in names[:-1]:
        tree = tree[part]
    tree.pop(names[-1], None)


def _finding(
    kind: Any, problem: _Problem, environ: Mapping[str, str]
) -> Finding | None:
    """What a problem tells the operator; None of a secret that is there."""
    path, name = problem.path, problem.secret
    if problem.kind == "missing":
        return _missing(path)
    if problem.kind == "unexpected_keyword_argument":
        return _unknown(kind, path)
    if name is not None:
        secret = Finding(Code.E_CONFIG_SECRET, path, name, f"{name}=…")
        return None if environ.get(name) or path in _OPTIONAL else secret
    shown = "…" if is_secret(kind, path) else written(problem.given)
    return Finding(Code.E_CONFIG_VALUE, path, shown, example(step(kind, path)))


def _missing(path: Path) -> Finding:
    key = str(path[-1])
    return Finding(
        Code.E_CONFIG_MISSING, path, key, f"{key} = {written(_REQUIRED[key])}"
    )


def _unknown(kind: Any, path: Path) -> Finding:
    """A key that no one reads: misplaced, misspelt, or neither."""
    *above, key = path
    here = keys(step(kind, tuple(above)))
    elsewhere = [dotted(p) for p in every_key(kind) if p[-1] == key]
    close = nearest(str(key), here)
    if elsewhere:
        meant = " | ".join(elsewhere)
    elif close:
        meant = dotted((*above, close))
    else:
        meant = " | ".join(here)
    return Finding(Code.E_CONFIG_UNKNOWN_KEY, path, str(key), meant)


def _told(findings: list[Finding]) -> list[Finding]:
    """Without a union's complaint of a whole where one of a part of it stands."""
    parts = {f.path for f in findings if f.code is Code.E_CONFIG_VALUE}
    inner = {path[:n] for path in parts for n in range(len(path))}
    return [f for f in findings if f.path not in inner]
