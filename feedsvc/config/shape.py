"""What the dataclasses of ``model/config.py`` let stand where, told in TOML."""

from collections.abc import Iterator, Mapping
from dataclasses import Field, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from feedsvc.config.positions import Path
from feedsvc.model.config import Duration, Pair, Rule, Size

__all__ = ["IMPLIED", "every_key", "example", "is_secret", "keys", "step"]

IMPLIED = frozenset({"id", "key"})
"""Fields that a file's or a table's name gives; they are no keys of their own."""

_SCALARS: Mapping[object, str] = {
    str: '"…"',
    int: "1 | 2 | 3 …",
    bool: "true | false",
    Duration: '"90s" | "15m" | "2h" | "1d"',
    Size: '"512KB" | "8MB"',
    Rule: '".css" | "xpath:…" | { select = "…", attribute = "…", json = "…", regex = "…", all = true }',
    Pair: '"source-id" | { match = "…", other = "…" }',
}


def keys(kind: Any) -> Mapping[str, Any]:
    """The keys of a table of this dataclass with their types; {} for any other type."""
    return {f.name: f.type for f in _fields(kind) if f.name not in IMPLIED}


def step(kind: Any, path: Path) -> Any:
    """The type at ``path`` within ``kind``; None when nothing may stand there."""
    for part in path:
        kind = _step(kind, part)
    return kind


def example(kind: Any) -> str:
    """What may stand where ``kind`` is asked for."""
    return " | ".join(dict.fromkeys(_example(k) for k in _options(kind)))


def every_key(kind: Any, above: Path = ()) -> Iterator[Path]:
    """The path of every key of a table, those of the tables within it included."""
    for name, inner in keys(kind).items():
        yield (*above, name)
        if not any(option in _SCALARS for option in _options(inner)):
            yield from every_key(inner, (*above, name))


def is_secret(kind: Any, path: Path) -> bool:
    """Whether a value may hold a password and is never shown: its field has no repr."""
    for part in path:
        if any(f.name == part and not f.repr for f in _fields(kind)):
            return True
        kind = _step(kind, part)
    return False


def _fields(kind: Any) -> tuple[Field[Any], ...]:
    """The fields of the dataclass among the options; none of any other type."""
    return next((fields(k) for k in _options(kind) if is_dataclass(k)), ())


def _options(kind: Any) -> tuple[Any, ...]:
    """The members of a union but None; any other type alone."""
    if get_origin(kind) in {Union, UnionType}:
        return tuple(k for k in get_args(kind) if k is not NoneType)
    return (kind,)


def _step(kind: Any, part: str | int) -> Any:
    for option in _options(kind):
        if is_dataclass(option):
            return keys(option).get(str(part))
        if isinstance(part, int) == (get_origin(option) is tuple) and get_args(option):
            return get_args(option)[0 if isinstance(part, int) else -1]
    return None


def _example(kind: Any) -> str:
    if kind in _SCALARS:
        return _SCALARS[kind]
    if get_origin(kind) is Literal:
        return " | ".join(f'"{word}"' for word in get_args(kind))
    if get_origin(kind) is tuple:
        return f"[{_example(get_args(kind)[0])}, …]"
    return "{ … }" if is_dataclass(kind) else '{ … = "…" }'
