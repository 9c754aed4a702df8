"""Configuration files as they stand on disk: bytes → tables, or the fault in the way."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from feedsvc.config.findings import Finding, dotted, nearest
from feedsvc.config.positions import locate
from feedsvc.errors import Code, Fault, Stage

__all__ = ["FILES", "Document", "fault_in", "read", "source_files", "strangers"]

FILES = ("feedsvc.toml", "categories.toml", "outlets.toml")
"""The files at the top of the directory; every other one is in ``sources/``."""

_AT = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Document:
    """A file that is TOML; ``name`` is relative to the configuration directory."""

    name: str
    text: str
    data: Mapping[str, object]

    def fault(self, finding: Finding) -> Fault:
        """The finding with its place in this file."""
        return fault_in(self.name, finding, locate(self.text, finding.path))


def fault_in(name: str, finding: Finding, at: tuple[int, int] = (1, 1)) -> Fault:
    """A finding as the fault that people see, at line and column of the file."""
    return Fault(
        code=finding.code,
        stage=Stage.CONFIG,
        place=f"{name}:{at[0]}:{at[1]}",
        args={
            "path": dotted(finding.path),
            "detail": finding.detail,
            "expected": finding.expected,
        },
    )


def read(directory: Path, name: str) -> Document | Fault:
    """Read one file; a byte order mark and CR LF, as Windows editors write, may stand.

    An empty file is a fault: an editor or a copy stopped half-way, and taking it for
    "nothing configured" would drop what is published.
    """
    where = str(directory / name)
    try:
        body = (directory / name).read_bytes()
    except OSError as error:
        return fault_in(name, Finding(Code.E_FILE, (where,), error.strerror or "?"))
    if not body.strip(b"\0 \t\r\n"):
        return fault_in(name, Finding(Code.E_FILE, (where,), "0 B"))
    try:
        text = body.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return _not_utf8(name, body, error)
    return _parse(name, text)


def source_files(directory: Path) -> Iterator[str]:
    """The names of all source files; what editors hide beside them is passed over."""
    for path in sorted((directory / "sources").glob("*.toml")):
        if not path.name.startswith("."):
            yield f"sources/{path.name}"


def strangers(directory: Path) -> Iterable[Fault]:
    """``.toml`` files at the top that no one would read, each with the likely name."""
    for path in sorted(directory.glob("*.toml")):
        if path.name not in FILES and not path.name.startswith("."):
            meant = nearest(path.name, FILES, 0.75) or f"sources/{path.name}"
            yield fault_in(
                path.name,
                Finding(Code.E_CONFIG_UNKNOWN_KEY, (path.name,), path.name, meant),
            )


def _parse(name: str, text: str) -> Document | Fault:
    try:
        return Document(name, text, tomllib.loads(text))
    except (ValueError, RecursionError) as error:  # an int of 5,000 digits, "[" × 5,000
        found = _AT.fullmatch(str(error))
        message = found[1] if found else str(error)
        at = (int(found[2]), int(found[3])) if found and found[2] else _end(text)
        return fault_in(name, Finding(Code.E_CONFIG_SYNTAX, (), message), at)


def _not_utf8(name: str, body: bytes, error: UnicodeDecodeError) -> Fault:
    before = body[: error.start].decode("utf-8-sig")
    finding = Finding(
        Code.E_CONFIG_SYNTAX, (), f"0x{body[error.start]:02x} ≠ UTF-8", "UTF-8"
    )
    line, column = _end(before)
    return fault_in(name, finding, (line, column))


def _end(text: str) -> tuple[int, int]:
    """Line and column behind the last character."""
    return text.count("\n") + 1, len(text) - text.rfind("\n")
