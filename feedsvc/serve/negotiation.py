"""What a request's Accept headers ask for (RFC 9110 §12.5); pure, and remembered."""

import re
from functools import lru_cache

__all__ = ["codings", "prefers_page"]

_WEIGHT = re.compile(r"^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$", re.IGNORECASE)
_PAGE = ("text/html", "application/xhtml+xml")
_FEED = (
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/json",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
    "application/*",
    "*/*",
)
_OURS = ("br", "zstd", "gzip", "identity")
"""The codings there can be, in the order that breaks a tie: smallest body first."""

_ALIASES = {"x-gzip": "gzip"}
_LONGEST = 1000
"""A longer header is nobody's wish; what it says is ignored."""


@lru_cache(maxsize=512)
def codings(header: str | None) -> tuple[str, ...]:
    """The content codings that may be sent, best first; () when none may.

    No header allows anything: the plain bytes are what every client can read. The plain
    bytes are allowed unless ``identity;q=0``, or ``*;q=0`` without naming them.
    """
    if header is None or len(header) > _LONGEST:
        return ("identity",)
    asked = {_ALIASES.get(name, name): q for name, q in _qualities(header).items()}
    rest = asked.get("*")
    weights = {name: asked.get(name, rest or 0.0) for name in _OURS}
    if "identity" not in asked and rest != 0:
        # Allowed though not asked for: after everything that was.
        weights["identity"] = rest or 0.001
    allowed = [name for name in _OURS if weights[name] > 0]
    return tuple(sorted(allowed, key=lambda name: -weights[name]))


@lru_cache(maxsize=512)
def prefers_page(header: str | None) -> bool:
    """Whether an Accept header names HTML and wants it more than any kind of feed.

    Browsers do. Feed readers name a feed's or XML's type at least as high, or say
    nothing; a wildcard alone asks for no page.
    """
    if header is None or len(header) > _LONGEST:
        return False
    asked = _qualities(header)
    page = max(asked.get(name, 0.0) for name in _PAGE)
    return page > max(asked.get(name, 0.0) for name in _FEED)


def _qualities(header: str) -> dict[str, float]:
    """Each member of a list header with its weight; an unreadable weight is none."""
    found: dict[str, float] = {}
    for member in header.split(","):
        name, *parameters = (part.strip() for part in member.lower().split(";"))
        weight = next((p for p in parameters if p.startswith("q=")), "q=1")
        match = _WEIGHT.match(weight)
        if name:
            found[name] = float(match[1]) if match else 0.0
    return found
