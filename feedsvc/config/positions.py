"""Where keys stand in a TOML text that tomllib has already accepted.

tomllib tells values but no positions, and tomlkit keeps none either. This scanner finds
them and nothing else: it relies on the text being TOML, and values are never read from
it. A property test holds the two against each other.
"""

import re
import tomllib

__all__ = ["Path", "locate", "offsets"]

Path = tuple[str | int, ...]
"""Keys and, within arrays, positions from 0: ``("list", "link", "select")``."""

_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\n]+|#[^\n]*)*")
_PART = re.compile(r""" "(?:[^"\\]|\\.)*" | '[^']*' | [A-Za-z0-9_-]+ """, re.VERBOSE)
_SCALAR = re.compile(
    r"""
      \"{3} (?:[^\\]|\\.)*? \"{3,5}  # up to two quotes may stand before the closing three
    | '{3} .*? '{3,5}
    | "(?:[^"\\]|\\.)*"
    | '[^']*'
    | [^,\]}\n\#]*                   # a date may hold a space
    """,
    re.VERBOSE | re.DOTALL,
)


def locate(text: str, path: Path) -> tuple[int, int]:
    """Line and column, from 1, of ``path`` or of what it would stand in."""
    found = offsets(text)
    while path and path not in found:
        path = path[:-1]
    offset = found.get(path, 0)
    line = text.count("\n", 0, offset) + 1
    return line, offset - text.rfind("\n", 0, offset)


def offsets(text: str) -> dict[Path, int]:
    """The offset of every key, and of every element of an array, at first mention."""
    return _Scanner(text).scan()


class _Scanner:
    """One walk through a text whose lines end in LF alone."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.table: Path = ()
        self.newest: dict[Path, int] = {}
        self.found: dict[Path, int] = {}

    def scan(self) -> dict[Path, int]:
        """Walk through statement after statement."""
        while self._skip(_BLANK) < len(self.text):
            if self.text[self.at] == "[":
                self._header()
            else:
                self._pair(self.table)
        return self.found

    def _skip(self, pattern: re.Pattern[str]) -> int:
        """Pass what the pattern (one that matches nothing, too) takes; where we are."""
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at

    def _header(self) -> None:
        """``[a.b]`` or ``[[a.b]]``: a name on the way means its newest element."""
        brackets = 2 if self.text.startswith("[[", self.at) else 1
        self.at += brackets
        parts = self._key()
        self.at += brackets
        path: Path = ()
        for left, (name, offset) in zip(
            range(len(parts) - 1, -1, -1), parts, strict=True
        ):
            path = self._note((*path, name), offset)
            if brackets > 1 and not left:
                self.newest[path] = self.newest.get(path, -1) + 1
            if path in self.newest:
                path = self._note((*path, self.newest[path]), offset)
        self.table = path

    def _pair(self, table: Path) -> None:
        """``a.b = value``."""
        for name, offset in self._key():
            table = self._note((*table, name), offset)
        self.at += 1
        self._value(table)

    def _value(self, path: Path) -> None:
        """A scalar, an array or an inline table; one frame a level, as tomllib's."""
        self._skip(_BLANK)
        opening = self.text[self.at]
        if opening not in "[{":
            self._skip(_SCALAR)
            return
        self.at += 1
        index = 0
        while self.text[self._skip(_BLANK)] not in "]}":
            if self.text[self.at] == ",":
                self.at += 1
            elif opening == "{":
                self._pair(path)
            else:
                self._value(self._note((*path, index), self.at))
                index += 1
        self.at += 1

    def _key(self) -> list[tuple[str, int]]:
        """The parts of a dotted key with their offsets; stops behind it."""
        parts = []
        while True:
            start = self._skip(_SPACE)
            parts.append((_name(self.text[start : self._skip(_PART)]), start))
            if not self.text.startswith(".", self._skip(_SPACE)):
                return parts
            self.at += 1

    def _note(self, path: Path, offset: int) -> Path:
        self.found.setdefault(path, offset)
        return path


def _name(part: str) -> str:
    """What a part of a key says, unquoted."""
    if "\\" in part and part[0] == '"':
        return next(iter(tomllib.loads(f"{part} = 0")))
    return part[1:-1] if part[0] in "\"'" else part
