"""What readers meet of the service: ``serve`` is this alone, ``run`` has it too."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from types import TracebackType
from typing import Self

from feedsvc.app.beside import beside
from feedsvc.app.edits import Tell
from feedsvc.app.house import Shelves, now
from feedsvc.app.operators import views
from feedsvc.app.place import Place, load
from feedsvc.errors import UsageError
from feedsvc.model.config import Config, ServeSettings
from feedsvc.output import is_store, open_tree
from feedsvc.publish.demand import Demand
from feedsvc.serve import (
    Application,
    Limit,
    Limited,
    Maker,
    View,
    build,
    hub_route,
    ops_routes,
    serving,
)
from feedsvc.serve.hub import Answer
from feedsvc.serve.ports import Served
from feedsvc.websub.hub import Hub

__all__ = ["Announce", "Front", "serve", "stop_signal"]

Announce = Callable[[str], None]

_DISK_POLL = 1.0
_STORE_POLL = 15.0
"""Seconds between two looks at what another process may publish; a store is paid by
the request."""


def serve(where: Place, announce: Announce) -> None:
    """The published tree over HTTP, until SIGTERM or SIGINT."""
    asyncio.run(_serving(where, load(where), announce))


async def _serving(where: Place, config: Config, announce: Announce) -> None:
    stop = stop_signal()
    with beside(where, config) as store:
        maker, told = Demand(config, store, now), views(config, store)
        async with _served(where, config, lambda: None, lambda: maker, lambda: told):
            announce(config.settings.site.base_url)
            await stop.wait()


def stop_signal() -> asyncio.Event:
    """Set by SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


@asynccontextmanager
async def _served(
    where: Place,
    config: Config,
    taker: Callable[[], Answer | None],
    maker: Callable[[], Maker | None],
    told: Callable[[], Mapping[str, View] | None],
) -> AsyncIterator[Application]:
    """The published tree over HTTP; UsageError (``E_PORT``) when it cannot be.

    ``taker`` gives who takes forms for the hub, ``maker`` who makes feeds on demand,
    ``told`` who tells operators what, if anybody does.
    """
    settings = config.settings
    output, site = settings.publish.output, settings.site
    application = build(
        open_tree(output, where.data),
        site.languages,
        site.base_url,
        [
            *ops_routes(told, settings.ops.token),
            *([hub_route(taker)] if settings.own_hub else []),
        ],
        hubs=settings.hubs,
        authority=site.authority,
        maker=maker,
        poll=_STORE_POLL if is_store(output) else _DISK_POLL,
    )
    # What stands is there for the very first request.
    await asyncio.to_thread(application.refresh)
    front = _limited(application, settings.serve)
    fast = settings.serve.server == "granian"
    async with serving(front, settings.serve.host, settings.serve.port, fast=fast):
        yield application


def _limited(application: Application, asked: ServeSettings) -> Served:
    """The application, before which clients are counted if that is wanted."""
    if asked.requests_per_minute is None:
        return application
    limit = Limit(asked.requests_per_minute, asked.trusted_proxies)
    return Limited(application, limit)


class Front:
    """The server of ``run``: opened anew only when an edit changes what it stands on.

    ``tell`` hears that a new address cannot be had; the old one stays then.
    """

    def __init__(self, where: Place, tell: Tell) -> None:
        """Nothing is served yet."""
        self._where = where
        self._tell = tell
        self._stack = AsyncExitStack()
        self._config: Config | None = None
        self._application: Application | None = None
        self._hub: Answer | None = None
        self._maker: Maker | None = None
        self._told: Mapping[str, View] | None = None

    async def __aenter__(self) -> Self:
        """Enter with nothing served."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let answers under way finish, and close."""
        await self._stack.aclose()

    async def follow(self, config: Config) -> bool:
        """Serve by ``config``; whether that opened the server anew.

        UsageError when it cannot be served and nothing is left that is.
        """
        before = self._config
        if before and _stands_on(before) == _stands_on(config):
            return False
        elsewhere = before and _address(before) != _address(config)
        if not elsewhere:
            await self._stack.aclose()
        try:
            stack = AsyncExitStack()
            opened = await stack.enter_async_context(
                _served(
                    self._where,
                    config,
                    lambda: self._hub,
                    lambda: self._maker,
                    lambda: self._told,
                )
            )
        except UsageError as error:
            if not elsewhere:
                raise
            for fault in error.faults:
                self._tell(fault)
            return False
        await self._stack.aclose()
        self._stack, self._application, self._config = stack, opened, config
        return True

    @contextmanager
    def taking(self, hub: Hub) -> Iterator[None]:
        """Let ``hub`` answer at ``/hub`` while the block runs."""
        desk = hub.desk
        self._hub = desk.answer if desk else None
        try:
            yield
        finally:
            self._hub = None

    @contextmanager
    def making(self, kept: Shelves) -> Iterator[None]:
        """Let feeds be made on demand, and operators told, from what is kept meanwhile."""
        self._maker = Demand(kept.config, lambda: kept.store, now)
        self._told = views(kept.config, lambda: kept.store)
        try:
            yield
        finally:
            self._maker = self._told = None

    async def refresh(self) -> None:
        """Serve what was published since."""
        if self._application:
            await asyncio.to_thread(self._application.refresh)


def _address(config: Config) -> tuple[str, int]:
    return config.settings.serve.host, config.settings.serve.port


def _stands_on(config: Config) -> tuple[object, ...]:
    settings = config.settings
    site = settings.site
    of_site = (site.languages, site.base_url, site.authority)
    served = (settings.serve, settings.ops, settings.publish.output, settings.hubs)
    return *served, *of_site
