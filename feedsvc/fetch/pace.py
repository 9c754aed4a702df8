"""Turns at a host: one request at a time, in the order of asking, a gap between starts."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

__all__ = ["LONGEST_GAP", "Pace"]

LONGEST_GAP = 30.0
"""Seconds of a robots.txt's Crawl-delay that are honoured."""

_PRUNE_FROM = 1_000


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    gap: float = 0.0
    ready: float = 0.0
    users: int = 0


class Pace:
    """Every host's turns; a host is known by its name and port, whatever the scheme."""

    def __init__(self, gap: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Keep ``gap`` seconds at least between two starts at one host."""
        self._gap = gap
        self._clock = clock
        self._hosts: dict[str, _Host] = {}
        self._prune_at = _PRUNE_FROM

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[Callable[[], None]]:
        """Wait for the host; it is ours inside. The value given marks the start."""
        host = self._host(name)
        host.users += 1
        try:
            async with host.lock:
                wait = host.ready - self._clock()
                if wait > 0:
                    await asyncio.sleep(wait)
                yield lambda: self._start(host)
        finally:
            host.users -= 1

    def slow(self, name: str, delay: float) -> None:
        """Keep the site's own gap where it is longer than ours, up to 30 s."""
        self._host(name).gap = min(delay, LONGEST_GAP)

    def __len__(self) -> int:
        """How many hosts are remembered."""
        return len(self._hosts)

    def _start(self, host: _Host) -> None:
        host.ready = self._clock() + max(self._gap, host.gap)

    def _host(self, name: str) -> _Host:
        host = self._hosts.get(name)
        if host is None:
            self._prune()
            host = self._hosts[name] = _Host()
        return host

    def _prune(self) -> None:
        """Forget hosts that nobody waits for and that owe no wait, now and then."""
        if len(self._hosts) < self._prune_at:
            return
        now = self._clock()
        self._hosts = {
            name: host
            for name, host in self._hosts.items()
            if host.users or host.ready > now
        }
        self._prune_at = max(_PRUNE_FROM, 2 * len(self._hosts))
