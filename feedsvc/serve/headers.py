"""What every answer says of itself: caching, and what a browser may do with it."""

from collections.abc import Iterable, Sequence

from starlette.types import Message, Send

__all__ = ["Headers", "encoded", "for_feed", "for_page", "for_plain", "sealing"]

Headers = list[tuple[bytes, bytes]]

_NOSNIFF = ("x-content-type-options", "nosniff")
_SEALED = ("content-security-policy", "default-src 'none'; sandbox")
# The one script is a file of ours; thumbnails come from the sites that were read.
_PAGE = (
    "content-security-policy",
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src https: http:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
)


def encoded(pairs: Iterable[tuple[str, str]]) -> Headers:
    """Headers as ASGI wants them."""
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in pairs]


def for_feed(
    links: Sequence[str] = (), *, negotiated: bool = True
) -> list[tuple[str, str]]:
    """What a feed carries besides its validators: any site's script may read it.

    ``negotiated`` says whether browsers are sent to a page instead.
    """
    pairs = [
        ("vary", "Accept, Accept-Encoding" if negotiated else "Accept-Encoding"),
        ("access-control-allow-origin", "*"),
        ("access-control-expose-headers", "ETag, Last-Modified, Link"),
        _NOSNIFF,
        _SEALED,
    ]
    return [*pairs, ("link", ", ".join(links))] if links else pairs


def for_page() -> list[tuple[str, str]]:
    """What a page or a stylesheet carries besides its validators."""
    return [("vary", "Accept-Encoding"), _NOSNIFF, _PAGE]


_EVERYWHERE = encoded([_NOSNIFF, _SEALED])


def sealing(send: Send) -> Send:
    """Let an answer made elsewhere carry what every answer of ours does."""

    async def sealed(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = list(message.get("headers", ()))
            names = {name.lower() for name, _ in given}
            missing = [pair for pair in _EVERYWHERE if pair[0] not in names]
            message = {**message, "headers": given + missing}
        await send(message)

    return sealed


def for_plain(cache: str = "no-cache", vary: str | None = None) -> dict[str, str]:
    """What redirects, errors and health carry."""
    pairs = dict([_NOSNIFF, _SEALED, ("cache-control", cache)])
    return pairs | ({"vary": vary} if vary else {})
