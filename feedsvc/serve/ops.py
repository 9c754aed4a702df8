"""What is for operators alone: who shows the token sees it, without one who sits here."""

import hmac
from base64 import b64decode
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from ipaddress import ip_address
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Scope

from feedsvc.edition.words import Words
from feedsvc.errors import StoreError
from feedsvc.render import addresses
from feedsvc.serve import headers
from feedsvc.serve.answers import moved
from feedsvc.serve.plain import language_of, plain

__all__ = ["HEALTH", "METRICS", "OVERVIEW", "Told", "View", "ops_routes"]

METRICS: Final = "/metrics"
OVERVIEW: Final = f"/{addresses.OVERVIEW}"
HEALTH: Final = f"/{addresses.HEALTH}"

Told: TypeAlias = tuple[bytes, str]
"""A body and its media type."""

View: TypeAlias = Callable[[Words, str], Awaitable[Told]]
"""Tells something in somebody's words, for an ``Accept``.

StoreError when nothing can be told now.
"""

_BY_PROXY = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
_CHALLENGE = {"www-authenticate": 'Basic realm="feedsvc", charset="UTF-8"'}


def ops_routes(
    views: Callable[[], Mapping[str, View] | None], token: str | None
) -> list[Route]:
    """The operators' addresses; ``views`` gives who tells what now, None while nobody does.

    ``token`` is asked for as a bearer's (RFC 6750) or as a password (RFC 7617). Without
    one only this machine is answered, and no proxy on it (reliability.md, 98).
    """

    async def answer(request: Request) -> Response:
        if refusal := _refusal(request.scope, token):
            return refusal
        told = views()
        try:
            return await _shown(told[request.url.path] if told else None, request)
        except StoreError:
            return await _shown(None, request)

    async def shorter(_: Request) -> Response:
        return moved(addresses.OVERVIEW)

    return [
        *(Route(address, answer) for address in (METRICS, OVERVIEW, HEALTH)),
        Route(OVERVIEW.rstrip("/"), shorter),
    ]


async def _shown(view: View | None, request: Request) -> Response:
    if view is None:
        return plain(HTTPStatus.SERVICE_UNAVAILABLE, {"retry-after": "60"})
    language = language_of(request.scope)
    body, media_type = await view(
        Words.load(language), request.headers.get("accept", "")
    )
    found = headers.for_plain("no-store")
    if media_type.startswith("text/html"):
        found |= dict(headers.for_page())
    told = {"content-type": media_type, "content-language": language}
    return Response(body, headers=found | told)


def _refusal(scope: Scope, token: str | None) -> Response | None:
    if token is None:
        return None if _is_here(scope) else plain(HTTPStatus.FORBIDDEN)
    shown = _token(Headers(scope=scope).get("authorization", ""))
    if hmac.compare_digest(shown, token.encode()):
        return None
    return plain(HTTPStatus.UNAUTHORIZED, _CHALLENGE)


def _is_here(scope: Scope) -> bool:
    """Whether somebody on this machine asks, for nobody else, and by its own name.

    A page in a browser here may have its site's name lead here (DNS rebinding).
    """
    found = Headers(scope=scope)
    if any(name in found for name in _BY_PROXY):
        return False
    peer, called = (scope.get("client") or ("",))[0], _host(found)
    return _is_loopback(peer) and (called == "localhost" or _is_loopback(called))


def _host(found: Headers) -> str:
    try:
        return urlsplit(f"//{found.get('host', '')}").hostname or ""
    except ValueError:  # no IPv6 address in its brackets
        return ""


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _token(authorization: str) -> bytes:
    """The token, or the password, that somebody shows; nothing for none."""
    scheme, _, told = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return told.strip().encode("latin-1")
    if scheme.lower() != "basic":
        return b""
    try:
        return b64decode(told, validate=True).partition(b":")[2]
    except ValueError:  # also what no base64 is (binascii.Error)
        return b""
