"""What serving needs of the world: the published tree, to be read."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

__all__ = ["PublishedFile", "PublishedTree"]


class PublishedFile(Protocol):
    """A file of the tree: its address, date, tag, and its bytes by content coding."""

    @property
    def path(self) -> str:
        """The address without its leading slash, such as ``zh/local/feed.rss``."""
        ...

    @property
    def media_type(self) -> str:
        """The Content-Type it is sent with."""
        ...

    @property
    def updated(self) -> datetime:
        """When its content changed, in whole seconds."""
        ...

    @property
    def etag(self) -> str:
        """The opaque tag of its content, without quotes."""
        ...

    @property
    def cache_control(self) -> str:
        """How long caches may keep it, as the header of that name."""
        ...

    @property
    def bodies(self) -> Mapping[str, bytes]:
        """Its bytes by coding, in the server's order; ``identity`` among them."""
        ...


class PublishedTree(Protocol):
    """A published tree; a unit is what changes at one moment: a folder or a file."""

    def stamps(self) -> Mapping[str, str]:
        """Every unit that stands, with a mark that changes when its bytes do."""
        ...

    def read(self, unit: str, stamp: str) -> Sequence[PublishedFile]:
        """The files of a unit as they were at ``stamp``; OSError when they are gone."""
        ...
