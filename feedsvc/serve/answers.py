"""One request for a published address: refuse, redirect, 304, or ready bytes."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus

from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from feedsvc.serve import headers
from feedsvc.serve.conditions import unchanged
from feedsvc.serve.negotiation import codings, prefers_page
from feedsvc.serve.plain import plain
from feedsvc.serve.table import Answer, Entry

__all__ = ["answer", "moved"]

_ASKED = frozenset(
    {b"accept", b"accept-encoding", b"if-none-match", b"if-modified-since"}
)
_EMPTY = {"type": "http.response.body", "body": b""}
_METHODS = "GET, HEAD, OPTIONS"


async def answer(
    entry: Entry, prefix: str, scope: Scope, receive: Receive, send: Send
) -> None:
    """Answer for an entry; ``prefix`` stands before the paths of redirects."""
    asked = _asked(scope["headers"])
    chosen = _chosen(entry, asked.get(b"accept-encoding"))
    if scope["method"] not in {"GET", "HEAD"}:
        await _other(scope["method"], entry)(scope, receive, send)
    elif entry.page and prefers_page(asked.get(b"accept")):
        await _to_page(prefix + entry.page)(scope, receive, send)
    elif chosen is None:
        await plain(HTTPStatus.NOT_ACCEPTABLE)(scope, receive, send)
    elif _unchanged(entry, chosen, asked):
        await send(chosen.unchanged)
        await send(_EMPTY)
    else:
        await send(chosen.start)
        body = chosen.body if scope["method"] == "GET" else b""
        await send({"type": "http.response.body", "body": body})


def moved(path: str) -> Response:
    """What is asked for under a former or shortened address, sent on for good."""
    found = headers.for_plain("public, max-age=300")
    return RedirectResponse(path, HTTPStatus.MOVED_PERMANENTLY, found)


def _asked(pairs: Iterable[tuple[bytes, bytes]]) -> dict[bytes, str]:
    """The headers that decide an answer; repeated ones are one list (RFC 9110 §5.3)."""
    found: dict[bytes, str] = {}
    for name, value in pairs:
        if name in _ASKED:
            text = value.decode("latin-1")
            found[name] = f"{found[name]},{text}" if name in found else text
    return found


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
    allowed = codings(accept_encoding)
    return next((entry.answers[c] for c in allowed if c in entry.answers), None)


def _unchanged(entry: Entry, chosen: Answer, asked: Mapping[bytes, str]) -> bool:
    """Whether the client holds these very bytes."""
    return unchanged(
        asked.get(b"if-none-match"),
        asked.get(b"if-modified-since"),
        chosen.etag,
        entry.last_modified,
    )
