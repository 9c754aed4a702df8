"""What the hub needs of the world: the egress and the store."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from feedsvc.model.web import Answered, Failed, Message
from feedsvc.model.websub import Delivery, Errand, Intent, Topic

__all__ = ["HubStore", "Post"]


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
