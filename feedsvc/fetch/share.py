"""A share of hosts: so many messages to one at a time, in the order of asking."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

__all__ = ["Share"]


@dataclass(slots=True)
class _Host:
    room: asyncio.Semaphore
    users: int = 0


class Share:
    """Every host's places; one that nobody uses or waits for is not remembered."""

    def __init__(self, most: int) -> None:
        """Let ``most`` be under way to one host."""
        self._most = most
        self._hosts: dict[str, _Host] = {}

    def __len__(self) -> int:
        """How many hosts are in use."""
        return len(self._hosts)

    @asynccontextmanager
    async def place(self, name: str) -> AsyncIterator[None]:
        """Wait for a place at a host; it is ours inside."""
        host = self._hosts.setdefault(name, _Host(asyncio.Semaphore(self._most)))
        host.users += 1
        try:
            async with host.room:
                yield
        finally:
            host.users -= 1
            if not host.users:
                del self._hosts[name]
