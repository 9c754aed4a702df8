"""The store as the WebSub hub sees it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from feedsvc.model.websub import Delivery, Errand, Followers, Intent, Topic
from feedsvc.store import subscriptions, wishes
from feedsvc.store.engine import Database

__all__ = ["HubSide"]


class HubSide:
    """The store as the hub sees it (``websub.ports.HubStore``)."""

    def __init__(self, database: Database) -> None:
        """Work on an open database."""
        self._database = database

    def ask(self, intent: Intent, now: datetime) -> bool:
        """Keep what somebody wants; False where too much waits to be confirmed."""
        return self._database.write(lambda c: wishes.ask(c, intent, now))

    def errands(
        self, now: datetime, each: int, most: int, *, own: bool
    ) -> Sequence[Errand]:
        """What there is to confirm and to tell: ``each`` of one host, ``most`` of a kind.

        Unless ``own`` there is only what outside hubs are to be told.
        """

        def work(connection: Connection) -> list[Errand]:
            asked = wishes.wishes(connection, now, each, most) if own else ()
            return [
                *asked,
                *subscriptions.deliveries(connection, now, each, most, own=own),
            ]

        return self._database.read(work)

    def confirm(self, intent: Intent, now: datetime) -> None:
        """Do what was confirmed; what was asked before of the same is over."""
        self._database.write(lambda c: wishes.confirm(c, intent, now))

    def refuse(self, intent: Intent) -> None:
        """Nobody confirmed it: what stands stays."""
        self._database.write(lambda c: wishes.refuse(c, intent))

    def tell(self, delivery: Delivery, now: datetime) -> None:
        """Note that the receiver has this news."""
        self._database.write(lambda c: subscriptions.tell(c, delivery, now))

    def postpone(self, errand: Errand, trouble: str, due: datetime) -> None:
        """Note a failure, and when to try again."""

        def work(connection: Connection) -> None:
            if isinstance(errand, Intent):
                wishes.postpone(connection, errand, due)
            else:
                subscriptions.postpone(connection, errand, trouble, due)

        self._database.write(work)

    def end(self, delivery: Delivery) -> None:
        """Forget a subscription that its owner has deleted."""
        self._database.write(lambda c: subscriptions.unsubscribe(c, delivery))

    def followers(self, now: datetime) -> Followers:
        """How many each feed has, and who is out of reach."""
        return self._database.read(lambda c: subscriptions.followers(c, now))

    def follow(self, hubs: Mapping[str, str], topics: Sequence[Topic]) -> None:
        """Ping these outside hubs (address → host) of these topics, and no others."""
        self._database.write(lambda c: subscriptions.follow(c, hubs, topics))
