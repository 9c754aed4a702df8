"""One request and its answer over httpx, whose transport is aiohttp."""

import ssl
from collections.abc import Mapping
from urllib.parse import quote

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from feedsvc.errors import Code, Fault, FetchError, Stage
from feedsvc.fetch.codings import decode
from feedsvc.fetch.walk import REDIRECTS, Answer
from feedsvc.model.web import Message, Packed

__all__ = ["get", "line", "proxy", "send"]

_MOST_HEADERS = 256
_ASCII = bytes(range(0x80))
_LONGEST_HEADER = 32_768
"""Bytes; longer than aiohttp's own bound, for the policies that sites send."""


def line(
    connector: aiohttp.TCPConnector, by: httpx.Proxy | None = None
) -> AiohttpTransport:
    """A line out that dials by ``connector``, keeps no state and trusts no environment.

    A transport, not a client: the egress minds redirects and cookies by rules of its
    own, and httpx's would look at every answer before them.
    """
    session = aiohttp.ClientSession(
        connector=connector,
        auto_decompress=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        max_headers=_MOST_HEADERS,
        max_field_size=_LONGEST_HEADER,
        max_line_size=_LONGEST_HEADER,
        trust_env=False,
    )
    return AiohttpTransport(
        # The connector has the real one; this only keeps another from being loaded.
        verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        client=session,
        proxy=by,
        trust_env=False,
    )


def proxy(url: str) -> httpx.Proxy:
    """A proxy whose user goes into a header, as aiohttp wants it; ValueError for none."""
    named = httpx.Proxy(url)
    headers = {}
    if named.auth:
        auth = aiohttp.encode_basic_auth(*named.auth)
        headers["Proxy-Authorization"] = auth
    return httpx.Proxy(named.url, headers=headers)


async def get(
    way: AiohttpTransport, url: str, headers: Mapping[str, str], limit: int
) -> Answer:
    """Make one GET; a body may have ``limit`` bytes, before its decoding and after."""
    sent = [(name.encode(), value.encode()) for name, value in headers.items()]
    if way.proxy and url.startswith("http:"):
        # aiohttp shows these to a proxy that tunnels only.
        sent += way.proxy.headers.raw
    response = await way.handle_async_request(httpx.Request("GET", url, headers=sent))
    status, told = response.status_code, _headers(response)
    try:
        wanted = Answer.has_document(status)
        body = await _body(response, told, limit) if wanted else b""
    finally:
        await response.aclose()
    location = _location(response) if status in REDIRECTS else ""
    codings = told.get("content-encoding")
    if not (body and codings):
        return Answer(status, told, body, location)
    packed = Packed(coding=codings, body=body)
    return Answer(status, told, decode(body, codings, limit), location, packed)


async def send(
    way: AiohttpTransport, message: Message, headers: Mapping[str, str]
) -> Answer:
    """Make one request as it stands; ``headers`` are ours, the message's go with them.

    A connection whose answer was not read to its end is closed.
    """
    sent = {**headers, **message.headers}
    request = httpx.Request(
        message.method, message.url, headers=sent, content=message.body or None
    )
    response = await way.handle_async_request(request)
    try:
        body = await _beginning(response, message.wanted)
    finally:
        await response.aclose()
    return Answer(response.status_code, _headers(response), body)


async def _beginning(response: httpx.Response, most: int) -> bytes:
    body = b""
    if most:
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) >= most:
                break
    return body[:most]


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
    """The body with its codings."""
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
    return b"".join(chunks)


def _too_big(limit: int) -> FetchError:
    fault = Fault(code=Code.E_TOO_BIG, stage=Stage.FETCH, args={"limit": limit})
    return FetchError(fault)


def _location(response: httpx.Response) -> str:
    """``Location`` as an IRI; in no UTF-8, byte for byte, in whatever charset it is."""
    raw = (v for name, v in response.headers.raw if name.lower() == b"location")
    value = next(raw, b"")
    try:
        return value.decode()
    except UnicodeDecodeError:
        return quote(value, safe=_ASCII)
