"""``/hub``: forms are taken for the hub, read within bounds and answered plainly."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from http import HTTPStatus

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from feedsvc.serve import headers
from feedsvc.serve.plain import plain

__all__ = ["Answer", "hub_route"]

Answer = Callable[[bytes], Awaitable[tuple[HTTPStatus, str]]]
"""What the hub does with a form's bytes: a status, and what it says in plain text."""

_FORM = "application/x-www-form-urlencoded"
_LARGEST = 16_384
_SECONDS = 10.0


def hub_route(
    answer: Callable[[], Answer | None], *, seconds: float = _SECONDS
) -> Route:
    """The route of a hub; ``answer`` gives who answers now, None while nobody does.

    A form may take ``seconds`` to come in.
    """

    async def hub(request: Request) -> Response:
        taker = answer()
        if taker is None:
            return plain(HTTPStatus.SERVICE_UNAVAILABLE, {"retry-after": "60"})
        kind = request.headers.get("content-type", "").partition(";")[0]
        if kind.strip().lower() != _FORM:
            return plain(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        try:
            async with asyncio.timeout(seconds):
                body = await _body(request.stream())
        except (TimeoutError, ClientDisconnect):
            return plain(HTTPStatus.REQUEST_TIMEOUT)
        if body is None:
            return plain(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return _plainly(*await taker(body))

    return Route("/hub", hub, methods=["POST"])


async def _body(stream: AsyncIterator[bytes]) -> bytes | None:
    """The whole body; None as soon as it is more than any form."""
    body = b""
    async for chunk in stream:
        body += chunk
        if len(body) > _LARGEST:
            return None
    return body


def _plainly(status: HTTPStatus, text: str) -> Response:
    if not text:
        return plain(status)
    told = headers.for_plain()
    if status is HTTPStatus.TOO_MANY_REQUESTS:
        told["retry-after"] = "3600"
    return PlainTextResponse(text, status, told)
