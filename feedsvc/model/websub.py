"""Who asked to be told of a feed's news, and who has not heard yet (W3C WebSub)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Literal, NamedTuple

__all__ = ["Delivery", "Errand", "Followers", "Intent", "Mode", "Topic", "Unreached"]

Mode = Literal["subscribe", "unsubscribe"]


class Topic(NamedTuple):
    """A feed in one format: its folder and file, such as ``zh/local``, ``feed.rss``."""

    path: str
    file: str

    @property
    def name(self) -> str:
        """Its path in the published tree."""
        return f"{self.path}/{self.file}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What somebody wants of the hub, in the name of a callback that must confirm it.

    ``host`` is the callback's. ``failures`` counts the vain attempts to have it confirmed.
    """

    id: str
    mode: Mode
    callback: str = field(repr=False)
    host: str
    topic: Topic
    lease: timedelta
    secret: bytes | None = field(default=None, repr=False)
    failures: int = 0

    @property
    def key(self) -> tuple[str, Topic]:
        """What it is about: no two errands of one key run at a time."""
        return self.callback, self.topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """News of a topic that a receiver has not heard: ``digest`` is what stands.

    ``is_ping``: the receiver is an outside hub, which is told that there is news and
    fetches it by itself.
    """

    callback: str = field(repr=False)
    host: str
    topic: Topic
    digest: str
    is_ping: bool
    secret: bytes | None = field(default=None, repr=False)
    failures: int = 0

    @property
    def key(self) -> tuple[str, Topic]:
        """As of an intent."""
        return self.callback, self.topic


Errand = Intent | Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreached:
    """A receiver that could not be told: what it did, how often, and the next try."""

    host: str
    topic: Topic
    trouble: str
    is_ping: bool
    failures: int
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Followers:
    """How many subscriptions each feed's folder has, and who is not reached."""

    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    unreached: tuple[Unreached, ...] = ()
