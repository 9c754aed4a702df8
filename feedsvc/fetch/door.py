"""Connections to the outside: every address is judged before it is dialled."""

import asyncio
import logging
import socket
import ssl
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from ipaddress import ip_address

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from feedsvc.fetch.addresses import Gate, is_public

__all__ = ["AddressRefusedError", "Door"]

_log = logging.getLogger(__name__)

_IDLE_SECONDS = 30.0
"""How long a connection is kept for the next request to its host."""

_LOOKUPS = 16
"""Names looked up at a time; a slow one must not keep the others waiting."""


class AddressRefusedError(OSError):
    """The address is not public, or its port none of the web's."""


class Door:
    """Makes the connectors of the egress, and judges what they dial."""

    def __init__(
        self,
        allow_networks: Iterable[str] = (),
        resolver: AbstractResolver | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Open ``allow_networks`` (CIDR) besides the public internet.

        ``resolver`` and ``tls`` stand in for the system's names and certificates.
        """
        self.gate = Gate(allow_networks)
        self._names = resolver or _Names()
        self._tls = tls
        self._told: set[str] = set()

    def outside(self) -> aiohttp.TCPConnector:
        """For the web: the answers for a name are judged, then what is dialled."""
        return self._connector(_Judged(self._names, self.gate), self._socket)

    def proxy(self) -> aiohttp.TCPConnector:
        """For a proxy that the operator named; it may stand in a private network."""
        return self._connector(self._names, None)

    async def close(self) -> None:
        """Let go of the resolver; connectors are closed by their sessions."""
        await self._names.close()

    def _connector(
        self,
        resolver: AbstractResolver,
        factory: aiohttp.connector.SocketFactoryType | None,
    ) -> aiohttp.TCPConnector:
        return aiohttp.TCPConnector(
            resolver=resolver,
            socket_factory=factory,
            ssl=self._tls or True,
            limit=0,  # the egress counts
            keepalive_timeout=_IDLE_SECONDS,
        )

    def _socket(self, info: aiohttp.connector.AddrInfoType) -> socket.socket:
        family, kind, protocol, _, address = info
        host, port = str(address[0]), int(address[1])
        if not self.gate.admits(host, port):
            raise AddressRefusedError(host)
        self._tell(host)
        return socket.socket(family, kind, protocol)

    def _tell(self, host: str) -> None:
        """Log once that an address is dialled which only the operator opens."""
        if host in self._told or is_public(ip_address(host.partition("%")[0])):
            return
        self._told.add(host)
        _log.info("%s is not public; collect.allow_networks lets it be dialled", host)


class _Judged(AbstractResolver):
    """A resolver whose answers are refused as a whole when one must not be dialled."""

    def __init__(self, names: AbstractResolver, gate: Gate) -> None:
        self._names = names
        self._gate = gate

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,
    ) -> list[ResolveResult]:
        found = await self._names.resolve(host, port, family)
        for answer in found:
            if not self._gate.admits(answer["host"], answer["port"]):
                raise AddressRefusedError(host)
        return found

    async def close(self) -> None:
        """Nothing of its own to let go of."""


class _Names(AbstractResolver):
    """The system's resolver in threads of its own: the loop's serve the whole process."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_LOOKUPS, thread_name_prefix="names")

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,
    ) -> list[ResolveResult]:
        # As aiohttp asks: only for the families that this machine has.
        look = partial(
            socket.getaddrinfo,
            host,
            port,
            family,
            socket.SOCK_STREAM,
            flags=socket.AI_ADDRCONFIG,
        )
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, look)
        return [
            ResolveResult(
                hostname=host,
                host=str(address[0]),
                port=port,
                family=kind,
                proto=0,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for kind, _, _, _, address in found
        ]

    async def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
