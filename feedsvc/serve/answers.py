"""What a request for a published address gets: bytes that stand ready, or words."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from feedsvc.serve import headers
from feedsvc.serve.conditions import unchanged
from feedsvc.serve.negotiation import codings, prefers_page
from feedsvc.serve.plain import plain
from feedsvc.serve.ports import Ready
from feedsvc.serve.table import Answer, Entry

__all__ = ["answer", "give", "moved"]

_READING = frozenset({"GET", "HEAD"})
_METHODS = "GET, HEAD, OPTIONS"

Told = Mapping[bytes, str]
"""The headers of a request that decide an answer, by lower-case name."""


def answer(entry: Entry, prefix: str, method: str, told: Told) -> Ready | Response:
    """A 200 or a 304 that stands ready, or a response that is put into words.

    ``prefix`` stands before the paths of redirects.
    """
    if method not in _READING:
        return _other(method, entry)
    if entry.page and prefers_page(told.get(b"accept")):
        return _to_page(prefix + entry.page)
    chosen = _chosen(entry, told.get(b"accept-encoding"))
    if chosen is None:
        return plain(HTTPStatus.NOT_ACCEPTABLE)
    if _unchanged(entry, chosen, told):
        return chosen.unchanged
    return chosen.whole if method == "GET" else chosen.head


async def give(
    found: Ready | Response, scope: Scope, receive: Receive, send: Send
) -> None:
    """Give an answer, as ASGI wants it given."""
    if isinstance(found, Response):
        await found(scope, receive, send)
    else:
        for message in found.messages:
            await send(message)


def moved(path: str) -> Response:
    """What is asked for under a former or shortened address, sent on for good."""
    found = headers.for_plain("public, max-age=300")
    return RedirectResponse(path, HTTPStatus.MOVED_PERMANENTLY, found)


def _other(method: str, entry: Entry) -> Response:
    """What is not a GET: the question what may be asked (CORS), or a refusal."""
    if method != "OPTIONS":
        return plain(HTTPStatus.METHOD_NOT_ALLOWED, {"allow": _METHODS})
    found = headers.for_plain("public, max-age=86400") | {"allow": _METHODS}
    if entry.page:
        found |= {
            "access-control-allow-origin": "*",
            "access-control-allow-methods": _METHODS,
            "access-control-allow-headers": "If-None-Match, If-Modified-Since",
            "access-control-max-age": "86400",
        }
    return Response(None, HTTPStatus.NO_CONTENT, found)


def _to_page(path: str) -> Response:
    """A browser, sent from a feed to the page for people."""
    found = headers.for_plain("public, max-age=300", vary="Accept, Accept-Encoding")
    return RedirectResponse(path, HTTPStatus.FOUND, found)


def _chosen(entry: Entry, accept_encoding: str | None) -> Answer | None:
    """The answer in the best coding that both sides have; None if there is none."""
    for coding in codings(accept_encoding):
        if coding in entry.answers:
            return entry.answers[coding]
    return None


def _unchanged(entry: Entry, chosen: Answer, told: Told) -> bool:
    """Whether the client holds these very bytes."""
    return unchanged(
        told.get(b"if-none-match"),
        told.get(b"if-modified-since"),
        chosen.etag,
        entry.last_modified,
    )
