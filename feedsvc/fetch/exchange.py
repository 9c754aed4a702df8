"""One request and its answer over httpx, whose transport is aiohttp."""

import ssl
from collections.abc import Mapping
from http.cookiejar import CookieJar
from typing import Any

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from feedsvc.errors import Code, Fault, FetchError, Stage
from feedsvc.fetch.codings import decode
from feedsvc.fetch.walk import REDIRECTS, Answer

__all__ = ["client", "get"]

_MOST_HEADERS = 256
_LONGEST_HEADER = 32_768
"""Bytes; longer than aiohttp's own bound, for the policies that sites send."""


class _NoCookies(CookieJar):
    """A jar that takes and gives nothing: servers set no cookies here."""

    def extract_cookies(self, *_args: Any) -> None:
        """Take none."""

    def add_cookie_header(self, *_args: Any) -> None:
        """Give none."""


def client(connector: aiohttp.TCPConnector, proxy: str | None) -> httpx.AsyncClient:
    """A client that dials by ``connector``, keeps no state and trusts no environment."""
    session = aiohttp.ClientSession(
        connector=connector,
        auto_decompress=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        max_headers=_MOST_HEADERS,
        max_field_size=_LONGEST_HEADER,
        max_line_size=_LONGEST_HEADER,
        trust_env=False,
    )
    transport = AiohttpTransport(
        # The connector has the real one; this only keeps another from being loaded.
        verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        client=session,
        proxy=_proxy(proxy) if proxy else None,
        trust_env=False,
    )
    return httpx.AsyncClient(
        transport=transport,
        cookies=_NoCookies(),
        timeout=None,  # noqa: S113 -- one deadline for all, set by the egress
        trust_env=False,
    )


def _proxy(url: str) -> httpx.Proxy:
    """A proxy whose user goes into a header: aiohttp no longer wants it otherwise."""
    named = httpx.Proxy(url)
    headers = {}
    if named.auth:
        auth = aiohttp.encode_basic_auth(*named.auth)
        headers["Proxy-Authorization"] = auth
    return httpx.Proxy(named.url, headers=headers)


async def get(
    line: httpx.AsyncClient, url: str, headers: Mapping[str, str], limit: int
) -> Answer:
    """Make one GET; a body may have ``limit`` bytes, before its decoding and after."""
    sent = [(name.encode(), value.encode()) for name, value in headers.items()]
    request = line.build_request("GET", url, headers=sent)
    response = await line.send(request, stream=True, follow_redirects=False)
    status, told = response.status_code, _headers(response)
    try:
        wanted = Answer.has_document(status)
        body = await _body(response, told, limit) if wanted else b""
    finally:
        await response.aclose()
    location = _location(response) if status in REDIRECTS else None
    return Answer(status, told, body, location)


def _headers(response: httpx.Response) -> dict[str, str]:
    """All headers by lower-case name, repeated ones joined (RFC 9110 §5.3)."""
    told: dict[str, str] = {}
    for raw, value in response.headers.raw:
        name, text = raw.decode("latin-1").lower(), value.decode(errors="replace")
        told[name] = f"{told[name]}, {text}" if name in told else text
    return told


async def _body(
    response: httpx.Response, headers: Mapping[str, str], limit: int
) -> bytes:
    length = headers.get("content-length", "")
    if length.isdigit() and int(length[:20]) > limit:
        raise _too_big(limit)
    chunks: list[bytes] = []
    size = 0
    async for chunk in response.aiter_raw():
        size += len(chunk)
        if size > limit:
            raise _too_big(limit)
        chunks.append(chunk)
    body = b"".join(chunks)
    codings = headers.get("content-encoding")
    return decode(body, codings, limit) if codings else body


def _too_big(limit: int) -> FetchError:
    fault = Fault(code=Code.E_TOO_BIG, stage=Stage.FETCH, args={"limit": limit})
    return FetchError(fault)


def _location(response: httpx.Response) -> str | None:
    """``Location`` byte for byte: what is no ASCII is escaped, in whatever charset."""
    for name, value in response.headers.raw:
        if name.lower() == b"location":
            return "".join(chr(b) if b < 0x80 else f"%{b:02X}" for b in value)  # noqa: PLR2004
    return None
