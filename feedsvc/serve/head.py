"""The head of a request, read in one pass: how large it is, and what of it matters."""

from collections.abc import Mapping
from typing import NamedTuple

from starlette.types import Scope

from feedsvc.serve.protocol import LARGEST_HEAD
from feedsvc.text import loops

__all__ = ["Head", "read"]

_LOOP = loops.HEADER.lower().encode()
_READ = frozenset(
    {
        b"accept",
        b"accept-encoding",
        b"host",
        b"if-modified-since",
        b"if-none-match",
        _LOOP,
    }
)


class Head(NamedTuple):
    """Bytes of the head, and the headers that decide an answer, by lower-case name."""

    size: int
    told: Mapping[bytes, str]

    @property
    def is_too_large(self) -> bool:
        """Whether it is more than anybody needs."""
        return self.size > LARGEST_HEAD

    @property
    def is_for_one_host(self) -> bool:
        """Whether a host is named, and only one (RFC 9112 §3.2)."""
        host = self.told.get(b"host", "")
        return host != "" and "," not in host

    def is_ours(self, mark: str) -> bool:
        """Whether a request that ``mark`` is known by has come back (RFC 8586)."""
        return _LOOP in self.told and loops.is_named(mark, self.told[_LOOP])


def read(scope: Scope) -> Head:
    """Read a head; repeated headers are one list (RFC 9110 §5.3)."""
    size = len(scope.get("raw_path", b""))
    told: dict[bytes, str] = {}
    for name, value in scope["headers"]:
        size += len(name) + len(value)
        if name in _READ:
            text = value.decode("latin-1")
            told[name] = f"{told[name]},{text}" if name in told else text
    return Head(size, told)
