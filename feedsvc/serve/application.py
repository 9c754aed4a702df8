"""The ASGI application: the table of ready bytes first, Starlette for the rest."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from feedsvc.model.tree import PublishedTree
from feedsvc.serve import headers
from feedsvc.serve.answers import answer, give, moved
from feedsvc.serve.demand import on_demand
from feedsvc.serve.head import Head, read
from feedsvc.serve.plain import plain
from feedsvc.serve.ports import Ready
from feedsvc.serve.shelf import Maker
from feedsvc.serve.table import Table
from feedsvc.text import loops
from feedsvc.text.language import negotiate

__all__ = ["Application", "build"]

_ORIGIN = re.compile("^https?://[^/]*", re.IGNORECASE)
"""What a request in absolute form has before its path (RFC 9112 §3.2.2)."""

_HTTP_1_0 = frozenset({"1.0", "1"})
"""As uvicorn and granian call it."""

_ARCHIVE = "/archive/"
"""What the path of an archive document holds (contract, section 3)."""


class Application:
    """Answers what is published from memory, everything else by its routes."""

    def __init__(self, table: Table, rest: ASGIApp, prefix: str, mark: str) -> None:
        """``prefix`` is the path under which proxies show us, "" for none.

        ``mark`` is what our own requests are known by.
        """
        self._table = table
        self._rest = rest
        self._prefix = prefix
        self._mark = mark

    def refresh(self) -> int:
        """Take over what was published since; how many folders and files. Thread-safe."""
        return self._table.refresh()

    def at_once(self, scope: Scope) -> Ready | None:
        """The answer that stands ready; None where there is more to do.

        Thread-safe, and waits for nothing. ``scope`` is a request's.
        """
        found = self._found(scope)
        return None if isinstance(found, Response) else found

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (or hand a lifespan on)."""
        if scope["type"] != "http":
            await self._rest(scope, receive, send)
            return
        if found := self._found(scope) or await self._archived(scope):
            await give(found, scope, receive, send)
        else:
            whole = {**scope, "path": _path(scope)}
            await self._rest(whole, receive, headers.sealing(send))

    def _found(self, scope: Scope) -> Ready | Response | None:
        """The answer to a request; None where a route has it, or nobody."""
        path, head = _path(scope), read(scope)
        if refusal := self._refusal(scope, head):
            return refusal
        # The root page is for those who serve the tree without us.
        entry = self._table.get(path) if path != "/" else None
        if entry:
            return answer(entry, self._prefix, scope["method"], head.told)
        return self._elsewhere(path)

    async def _archived(self, scope: Scope) -> Ready | Response | None:
        """An archive document, which is not in memory: there are many."""
        path = _path(scope)
        if _ARCHIVE not in path:
            return None
        entry = await asyncio.to_thread(self._table.find, path)
        if entry is None:
            return None
        return answer(entry, self._prefix, scope["method"], read(scope).told)

    def _refusal(self, scope: Scope, head: Head) -> Response | None:
        """What is wrong with a request before it is looked at; None if nothing is."""
        if head.is_too_large:
            return plain(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        if head.is_ours(self._mark):
            return plain(HTTPStatus.LOOP_DETECTED, {loops.HEADER: self._mark})
        # RFC 9112 §3.2: in HTTP/1.1 the host is named.
        named = head.is_for_one_host or scope["http_version"] in _HTTP_1_0
        return None if named else plain(HTTPStatus.BAD_REQUEST)

    def _elsewhere(self, path: str) -> Response | None:
        """Where to look for what is not at ``path``; None if that is not known."""
        if self._table.get(f"{path}/"):
            return moved(f"{self._prefix}{path}/")
        former = self._table.former(path)
        if former is None:
            return None
        if former.successor is None:
            return plain(HTTPStatus.GONE, {"cache-control": "public, max-age=300"})
        now = f"/{former.successor}{path.removeprefix(former.folder) or '/'}"
        may_be = self._table.get(now) or _ARCHIVE in now
        return moved(self._prefix + now) if may_be else None


def _path(scope: Scope) -> str:
    """The path that is asked for, in whatever form."""
    path: str = scope["path"]
    return path if path.startswith("/") else _ORIGIN.sub("", path) or "/"


def build(  # noqa: PLR0913 -- the tree, and by keyword what the site is known by
    tree: PublishedTree,
    languages: Sequence[str],
    base_url: str,
    routes: Sequence[BaseRoute] = (),
    *,
    hubs: Sequence[str] = (),
    authority: str = "",
    maker: Callable[[], Maker | None] = lambda: None,
    poll: float = 1.0,
) -> Application:
    """The application over a published tree, not loaded yet.

    It loads before its lifespan has started, so that nothing published is ever answered
    with 404, then looks every ``poll`` seconds for what has changed;
    :meth:`Application.refresh` does either at once. ``languages`` are the
    editions, the first being the default; ``routes`` what the shells add (hub, ops);
    ``hubs`` where feeds can be subscribed to; ``authority`` the site's own, by which its
    requests are known; ``maker`` gives who makes feeds on demand, if anybody does.
    """
    base_url = base_url.rstrip("/")
    prefix = urlsplit(base_url).path
    table = Table(tree, partial(_links, base_url, languages, hubs))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await asyncio.to_thread(table.refresh)
        watch = asyncio.create_task(_watch(table.refresh, poll))
        yield
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch

    rest = Starlette(
        routes=[
            Route("/", partial(_root, languages=languages, prefix=prefix)),
            Route("/healthz", _healthy),
            Route("/readyz", partial(_ready, table=table)),
            *on_demand(maker, partial(_links, base_url, languages, ()), prefix),
            *routes,
        ],
        lifespan=lifespan,
        exception_handlers={HTTPException: _refused, Exception: _failed},
    )
    rest.router.redirect_slashes = False
    return Application(table, rest, prefix, loops.mark(authority))


async def _watch(refresh: Callable[[], int], poll: float) -> None:
    """Refresh again and again, never in the event loop's way."""
    while True:
        await asyncio.sleep(poll)
        await asyncio.to_thread(refresh)


async def _root(request: Request, languages: Sequence[str], prefix: str) -> Response:
    """``/`` → the reader's language."""
    wanted = ",".join(request.headers.getlist("accept-language"))
    language = negotiate(wanted, languages)
    found = headers.for_plain("public, max-age=300", vary="Accept-Language")
    return RedirectResponse(f"{prefix}/{language}/", HTTPStatus.FOUND, found)


async def _healthy(_: Request) -> Response:
    """The process answers."""
    return plain(HTTPStatus.OK)


async def _ready(_: Request, table: Table) -> Response:
    """There is something to answer with."""
    return plain(HTTPStatus.OK if len(table) else HTTPStatus.SERVICE_UNAVAILABLE)


async def _refused(_: Request, refusal: Exception) -> Response:
    """An error in plain words that repeats nothing of the request."""
    assert isinstance(refusal, HTTPException)  # noqa: S101 -- how it was registered
    return plain(HTTPStatus(refusal.status_code), refusal.headers or {})


async def _failed(_: Request, __: Exception) -> Response:
    """A bug: the log has the trace, the client has none of it."""
    return plain(HTTPStatus.INTERNAL_SERVER_ERROR)


def _links(
    base_url: str, languages: Sequence[str], hubs: Sequence[str], path: str
) -> list[str]:
    """The Link header of a feed (RFC 8288, WebSub §4): hubs, itself and its siblings."""
    language, _, rest = path.partition("/")
    if language not in languages or not base_url.isascii():
        return []
    own = f'<{base_url}/{path}>; rel="self"'
    if "/feed." not in f"/{rest}":  # an archive document is its language's own
        return [own]
    return [
        *(f'<{hub}>; rel="hub"' for hub in hubs if hub.isascii()),
        own,
        *(
            f'<{base_url}/{other}/{rest}>; rel="alternate"; hreflang="{other}"'
            for other in languages
            if other != language
        ),
    ]
