"""The addresses of feeds that are made on demand: of sources, of searches."""

import asyncio
from collections.abc import Callable, Sequence
from http import HTTPStatus

from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from feedsvc.errors import StoreError
from feedsvc.model.feed import Edition
from feedsvc.serve import head
from feedsvc.serve.answers import answer, give, moved
from feedsvc.serve.asked import read
from feedsvc.serve.plain import plain
from feedsvc.serve.shelf import Maker, Shelf, Unready
from feedsvc.serve.table import Entry

__all__ = ["on_demand"]

_PATIENCE = 20.0
"""Seconds after which an asker is sent away."""

_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def on_demand(
    maker: Callable[[], Maker | None],
    links: Callable[[str], Sequence[str]],
    prefix: str,
) -> list[Route]:
    """The routes of such feeds; ``maker`` gives who makes them, None while nobody does.

    ``links`` gives the Link header of an address, ``prefix`` stands before the paths
    of redirects.
    """
    desk = _Desk(maker, links, prefix)
    paths = "/{language}/sources/{rest:path}", "/{language}/search"
    return [Route(path, desk) for path in (*paths, f"{paths[1]}/{{rest:path}}")]


class _Desk:
    """Answers under these addresses; every maker has a shelf of its own."""

    def __init__(
        self,
        maker: Callable[[], Maker | None],
        links: Callable[[str], Sequence[str]],
        prefix: str,
    ) -> None:
        self._current = maker
        self._links = links
        self._prefix = prefix
        self._maker: Maker | None = None
        self._shelf: Shelf | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = await self._found(scope)
        if isinstance(found, Entry):
            told = head.read(scope).told
            made = answer(found, self._prefix, scope["method"], told)
            await give(made, scope, receive, send)
        else:
            await found(scope, receive, send)

    async def _found(self, scope: Scope) -> Entry | Response:
        if scope["method"] not in _METHODS:
            allow = ", ".join(sorted(_METHODS))
            return plain(HTTPStatus.METHOD_NOT_ALLOWED, {"allow": allow})
        maker, asked = self._current(), read(scope["path"], scope["query_string"])
        if isinstance(asked, HTTPStatus):
            return plain(asked)
        if maker is None:
            return _later(30)
        language, source, query, category, name = asked
        edition = maker.edition(language, source, query, category)
        if edition is None or not (name is None or name in maker.names):
            return plain(HTTPStatus.NOT_FOUND)
        if name is None:
            asked_for = edition.parameters and f"?{edition.parameters}"
            return moved(f"{self._prefix}/{edition.path}/{asked_for}")
        return await self._made(self._shelf_of(maker), edition, name)

    def _shelf_of(self, maker: Maker) -> Shelf:
        if self._shelf is None or maker is not self._maker:
            self._maker, self._shelf = maker, Shelf(maker, self._links)
        return self._shelf

    async def _made(
        self, shelf: Shelf, edition: Edition, name: str
    ) -> Entry | Response:
        try:
            async with asyncio.timeout(_PATIENCE):
                return await shelf.get(edition, name)
        except Unready as later:
            return _later(later.after)
        except (StoreError, TimeoutError):
            return _later(30)


def _later(seconds: int) -> Response:
    return plain(HTTPStatus.SERVICE_UNAVAILABLE, {"retry-after": str(seconds)})
