"""Which addresses may be dialled: the public internet, and what operators allow.

The address that is about to be dialled is judged, never a name, so that no spelling
(``2130706433``, ``localhost.``), redirect or second DNS answer gets past.
"""

import socket
from collections.abc import Iterable, Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

__all__ = ["PORTS", "Gate", "is_public"]

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

PORTS = frozenset({80, 443, 8080, 8443})
"""Where the public web is served; anything else may be a service that is not for us."""

_V4_CLOSED = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network (RFC 791)
        "10.0.0.0/8",  # private (RFC 1918)
        "100.64.0.0/10",  # carriers' NAT (RFC 6598), Aliyun's metadata 100.100.100.200
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # Azure's metadata
        "169.254.0.0/16",  # link-local (RFC 3927), most clouds' metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments (RFC 6890), Oracle's metadata
        "192.0.2.0/24",  # documentation (RFC 5737)
        "192.88.99.0/24",  # 6to4 relays (RFC 7526)
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks (RFC 2544)
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_V6_OPEN = IPv6Network("2000::/3")
"""All that IANA has given out; NAT64, mapped, unique local and the rest lie outside."""

_V6_CLOSED = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments (RFC 2928), Teredo among them
        "2001:db8::/32",  # documentation (RFC 3849)
        "2002::/16",  # 6to4: any IPv4 address may hide in it
        "3fff::/20",  # documentation (RFC 9637)
    )
)


def is_public(address: Address) -> bool:
    """Whether an address is anybody's, by the registries of IANA."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _V4_CLOSED)
    return address in _V6_OPEN and not any(address in n for n in _V6_CLOSED)


class Gate:
    """The judge: public addresses on the web's ports, allowed networks on all."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        """Open ``allowed`` networks (CIDR) too; ValueError when one is none."""
        self._allowed: Sequence[Network] = [
            ip_network(n, strict=False) for n in allowed
        ]

    def admits(self, host: str, port: int) -> bool:
        """Whether ``host``, an address as a socket takes it, may be dialled."""
        try:
            address = ip_address(host.partition("%")[0])
        except ValueError:
            return False
        return self._open(address, port)

    def admits_name(self, host: str, port: int) -> bool:
        """Whether a proxy may be asked for ``host``: a name, or an address in any spelling.

        Names are the proxy's to resolve; only this machine's own is told apart.
        """
        address = _literal(host)
        if address is not None:
            return self._open(address, port)
        name = host.rstrip(".").lower()
        return port in PORTS and name.rpartition(".")[2] != "localhost"

    def _open(self, address: Address, port: int) -> bool:
        if any(address in network for network in self._allowed):
            return True
        return port in PORTS and is_public(address)


def _literal(host: str) -> Address | None:
    """The address that a host's text stands for, short and numeric forms included."""
    try:
        return IPv4Address(socket.inet_aton(host))
    except OSError:
        pass
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        return None
