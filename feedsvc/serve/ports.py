"""What servers ask of an application beyond ASGI."""

from collections.abc import Callable
from typing import NamedTuple, Protocol, runtime_checkable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["AtOnce", "Prompt", "Ready", "Served"]


class Ready(NamedTuple):
    """An answer that stands ready.

    ``messages`` are its start and its body as ASGI has them; ``head`` its first lines as
    HTTP/1.1 has them, to which a server adds its own and an empty one.
    """

    messages: tuple[Message, Message]
    head: bytes


AtOnce = Callable[[Scope], Ready | None]


@runtime_checkable
class Prompt(Protocol):
    """An ASGI application some of whose answers stand ready."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, ready or not."""
        ...

    def at_once(self, scope: Scope) -> Ready | None:
        """Say what there is to say without waiting; None if it must be called.

        Thread-safe.
        """
        ...


Served = ASGIApp | Prompt
