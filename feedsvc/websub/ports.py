"""What the hub needs of the world: the egress, the store, the published tree."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from feedsvc.model.web import Answered, Failed, Message
from feedsvc.model.websub import Delivery, Errand, Intent, Topic

__all__ = ["HubStore", "Post", "PublishedFile", "PublishedTree"]


class Post(Protocol):
    """The one egress; never raises for what a receiver does."""

    async def send(self, message: Message) -> Answered | Failed:
        """Deliver one message, within bounds."""
        ...


class HubStore(Protocol):
    """The store as the hub sees it; every method is one short transaction."""

    def ask(self, intent: Intent, now: datetime) -> bool:
        """Keep what somebody wants; False where too much waits to be confirmed."""
        ...

    def errands(
        self, now: datetime, each: int, most: int, *, own: bool
    ) -> Sequence[Errand]:
        """What there is to confirm and to tell: ``each`` of one host, ``most`` of a kind.

        Unless ``own`` there is only what outside hubs are to be told.
        """
        ...

    def confirm(self, intent: Intent, now: datetime) -> None:
        """Do what was confirmed; what was asked before of the same is over."""
        ...

    def refuse(self, intent: Intent) -> None:
        """Nobody confirmed it: what stands stays."""
        ...

    def tell(self, delivery: Delivery, now: datetime) -> None:
        """Note that the receiver has this news."""
        ...

    def postpone(self, errand: Errand, trouble: str, due: datetime) -> None:
        """Note a failure, and when to try again."""
        ...

    def end(self, delivery: Delivery) -> None:
        """Forget a subscription that its owner has deleted."""
        ...

    def follow(self, hubs: Mapping[str, str], topics: Sequence[Topic]) -> None:
        """Ping these outside hubs (address → host) of these topics, and no others."""
        ...


class PublishedFile(Protocol):
    """A file of the tree: its address, its type, and its bytes by content coding."""

    @property
    def path(self) -> str:
        """The address without its leading slash, such as ``zh/local/feed.rss``."""
        ...

    @property
    def media_type(self) -> str:
        """The Content-Type it is served with."""
        ...

    @property
    def bodies(self) -> Mapping[str, bytes]:
        """Its bytes; ``identity`` among them."""
        ...


class PublishedTree(Protocol):
    """The published tree, to be read."""

    def stamps(self) -> Mapping[str, str]:
        """Every folder that stands, with a mark that changes when its bytes do."""
        ...

    def read(self, unit: str, stamp: str) -> Sequence[PublishedFile]:
        """Its files as they were at ``stamp``; OSError when they are gone."""
        ...
