"""The published tree as it is read: by the server, by the hub, for a comparison."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

__all__ = ["File", "Made", "PublishedTree"]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A published file: ``bodies`` by content coding, ``identity`` among them.

    ``path`` is its address without the leading slash, such as ``zh/local/feed.rss``;
    ``updated`` is aware UTC, whole seconds; ``etag`` is the opaque tag of the identity
    body, without quotes; ``cache_control`` the header of that name. Bodies come in the
    order in which a server prefers their codings.
    """

    path: str
    media_type: str
    updated: datetime
    etag: str
    cache_control: str
    bodies: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made on demand, and the digest of what it was made of."""

    digest: str
    file: File


class PublishedTree(Protocol):
    """What stands; a unit is what changes at one moment: a folder or a file."""

    def stamps(self) -> Mapping[str, str]:
        """Every unit that stands, with a mark that changes when its bytes do."""
        ...

    def read(self, unit: str, stamp: str) -> Sequence[File]:
        """The files of a unit as they were at ``stamp``; OSError when they are gone."""
        ...

    def find(self, path: str) -> File | None:
        """The archive document at a path; None if there is none.

        There are many, asked for once: they belong to no unit, and nobody holds them.
        """
        ...
