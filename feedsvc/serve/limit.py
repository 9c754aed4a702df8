"""How often one client may ask: a bucket of tokens that fills again with time."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from feedsvc.serve.plain import plain

__all__ = ["Limit", "Limited"]

_WHOLE = 1.0
"""What an answer costs."""

_UNCHANGED = 0.125
"""What it costs when the client has it already: a 304 is what we want of pollers."""

_BURST = 10.0
"""Requests that may always come at once: a reader that adds a site asks for a few."""

_MOST = 20_000
"""Clients that are remembered; who has not come for long begins anew."""

_Address = IPv4Address | IPv6Address


class Limit:
    """Requests a minute for each client address, with bursts of a minute's worth.

    Clients behind a proxy of ``trusted`` networks, or of this machine, are told apart by
    ``X-Forwarded-For``; one that cannot be told apart is not limited.
    """

    def __init__(
        self,
        per_minute: int,
        trusted: Sequence[str] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Nobody has asked yet."""
        self._rate = per_minute / 60
        self._size = max(_BURST, float(per_minute))
        self._trusted = [ip_network(network) for network in trusted]
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def client(self, scope: Scope) -> str | None:
        """Who asks: an address, or a /64 network of them; None if nobody can tell."""
        hops = [*_forwarded(scope["headers"]), (scope.get("client") or ("",))[0]]
        for hop in reversed(hops):
            try:
                address = _plain(ip_address(hop))
            except ValueError:
                return None
            if not self._is_ours(address):
                return _household(address)
        return None

    def wait(self, client: str) -> int:
        """For how many seconds a client must not ask; 0 when it may."""
        tokens = self._tokens(client)
        return math.ceil((_WHOLE - tokens) / self._rate) if tokens < _WHOLE else 0

    def count(self, client: str, status: int) -> None:
        """Count an answer."""
        cost = _UNCHANGED if status == HTTPStatus.NOT_MODIFIED else _WHOLE
        self._left[client] = self._tokens(client) - cost, self._clock()
        self._left.move_to_end(client)
        if len(self._left) > _MOST:
            self._left.popitem(last=False)

    def _tokens(self, client: str) -> float:
        now = self._clock()
        left, at = self._left.get(client, (self._size, now))
        return min(self._size, left + (now - at) * self._rate)

    def _is_ours(self, address: _Address) -> bool:
        """Whether an address is a proxy's whose word is taken."""
        return address.is_loopback or any(address in net for net in self._trusted)


class Limited:
    """An application that refuses clients who ask too often (RFC 6585 §4)."""

    def __init__(self, app: ASGIApp, limit: Limit) -> None:
        """Stand before ``app``."""
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, and count its answer; or refuse it."""
        client = self._limit.client(scope) if scope["type"] == "http" else None
        if client is None:
            await self._app(scope, receive, send)
        elif wait := self._limit.wait(client):
            refusal = plain(HTTPStatus.TOO_MANY_REQUESTS, {"retry-after": str(wait)})
            await refusal(scope, receive, send)
        else:
            await self._app(scope, receive, self._counting(client, send))

    def _counting(self, client: str, send: Send) -> Send:
        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._limit.count(client, message["status"])
            await send(message)

        return counted


def _forwarded(asked: Iterable[tuple[bytes, bytes]]) -> list[str]:
    """The addresses that proxies wrote down, the nearest last."""
    lists = (v.decode("latin-1") for n, v in asked if n == b"x-forwarded-for")
    return [hop.strip() for one in lists for hop in one.split(",")]


def _plain(address: _Address) -> _Address:
    """An IPv4 address in IPv6's clothes, without them."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _household(address: _Address) -> str:
    """Whom an address belongs to: of IPv6 a subscriber has a whole /64 at least."""
    if isinstance(address, IPv4Address):
        return str(address)
    return str(ip_network((int(address), 64), strict=False))
