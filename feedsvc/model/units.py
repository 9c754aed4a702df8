"""Values that TOML cannot state by itself, written as people write them.

Nothing here imports pydantic: the types say how they are read by the hook that it
looks for.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from types import MappingProxyType
from typing import Any, ClassVar, Self

__all__ = ["Duration", "Size"]

_UNITS = MappingProxyType({"s": 1, "m": 60, "h": 3600, "d": 86400})
_SIZES = MappingProxyType({"B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9})


class Duration(timedelta):
    """A length of time, written ``"90s"``, ``"15m"``, ``"2h"`` or ``"1d"``."""

    pattern: ClassVar[str] = r"^\d+(\.\d+)?(s|m|h|d)$"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the written form; ValueError when it is not one."""
        if not re.match(cls.pattern, text):
            raise ValueError(text)
        return cls(seconds=float(text[:-1]) * _UNITS[text[-1]])

    def __str__(self) -> str:
        """Write the form that :meth:`parse` reads, in the largest whole unit."""
        seconds = self.total_seconds()
        unit = next(u for u in "dhms" if seconds % _UNITS[u] == 0 or u == "s")
        return f"{seconds / _UNITS[unit]:g}{unit}"

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: Any) -> Any:
        """Tell pydantic to read a string by :meth:`parse`."""
        return _written(cls.parse, cls.pattern)


class Size(int):
    """A number of bytes, written ``"512KB"``, ``"8MB"`` (powers of ten)."""

    pattern: ClassVar[str] = r"^\d+(B|KB|MB|GB)$"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the written form; ValueError when it is not one."""
        found = re.match(r"^(\d+)(B|KB|MB|GB)$", text)
        if not found:
            raise ValueError(text)
        return cls(int(found[1]) * _SIZES[found[2]])

    def __str__(self) -> str:
        """Write the form that :meth:`parse` reads, in the largest whole unit."""
        unit = next(u for u in ("GB", "MB", "KB", "B") if self % _SIZES[u] == 0)
        return f"{int(self) // _SIZES[unit]}{unit}"

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: Any) -> Any:
        """Tell pydantic to read a string by :meth:`parse`."""
        return _written(cls.parse, cls.pattern)


def _written(parse: Callable[[str], object], pattern: str) -> dict[str, object]:
    """A pydantic core schema (a plain dict): a string of ``pattern``, then ``parse``."""
    return {
        "type": "function-after",
        "function": {"type": "no-info", "function": parse},
        "schema": {"type": "str", "pattern": pattern, "strict": True},
        "serialization": {"type": "to-string"},
    }
