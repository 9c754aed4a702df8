"""The demonstration: the real service over a sample newsroom on loopback."""

import asyncio
import socket
import tempfile
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from feedsvc.app import commands, house, service
from feedsvc.app.commands import CollectReport
from feedsvc.app.place import Place, choose, load
from feedsvc.collect.report import VisitReport
from feedsvc.demo import configuration
from feedsvc.demo.server import newsroom
from feedsvc.demo.sites import SITES
from feedsvc.edition import selection
from feedsvc.lock import hold

__all__ = ["Demo", "FeedRow"]

_PORT = 8000


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One published feed, for the table."""

    title: str
    entries: int
    address: str


class Demo:
    """A newsroom, a configuration for it and a place for the data, while it lasts.

    ``data`` is kept when given, else temporary. ``port`` None means 8000, or any free
    one when that is taken.
    """

    sources = len(SITES)

    def __init__(self, data: str | None, port: int | None) -> None:
        """Nothing stands yet; enter it."""
        self._data = data
        self._port = port or _free_port()
        self._runner = asyncio.Runner()
        self._stack = ExitStack()
        self._guests = AsyncExitStack()

    def __enter__(self) -> Self:
        """Open the newsroom and write the configuration."""
        self._stack.enter_context(self._runner)
        scratch = Path(self._stack.enter_context(tempfile.TemporaryDirectory()))
        bases = self._runner.run(self._guests.enter_async_context(newsroom()))
        values = {
            **bases,
            "port": str(self._port),
            "base_url": f"http://127.0.0.1:{self._port}",
        }
        configuration.write(scratch / "config", values)
        data = Path(self._data) if self._data else scratch / "data"
        self.place = Place(config=scratch / "config", data=data, environ={})
        self.config = load(self.place)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the newsroom; what was temporary is removed."""
        self._runner.run(self._guests.aclose())
        self._stack.close()

    def cycle(self, told: Callable[[VisitReport], None] | None) -> CollectReport:
        """One cycle over the whole newsroom, as ``feedsvc collect`` does it."""
        sources = choose(self.config, [])
        with hold(self.place.data), house.shelves(self.place, self.config) as kept:
            return self._runner.run(commands.cycle_and_publish(kept, sources, told))

    def feeds(self) -> Sequence[FeedRow]:
        """What stands published, by path."""
        with house.stored(self.place, self.config) as store:
            published = store.published()
        base = self.config.settings.site.base_url
        return [
            FeedRow(path, published[path].entries, f"{base}/{path}/feed.atom")
            for edition in selection.editions(self.config)
            if (path := edition.path) in published
        ]

    def serve(self, announce: Callable[[str], None]) -> None:
        """The whole service, until told to stop."""
        told = service.running(self.place, announce, lambda _fault: None)
        self._runner.run(told)


def _free_port() -> int:
    for port in (_PORT, 0):
        with socket.socket() as sock:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                sock.bind(("127.0.0.1", port))
            except OSError:
                continue
            free: int = sock.getsockname()[1]
            return free
    raise OSError
