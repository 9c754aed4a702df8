"""How a site knows a request of its own that was passed on to it (RFC 8586).

``Via`` would say the same, but has servers leave out compression (nginx,
``gzip_proxied``).
"""

from hashlib import blake2b
from typing import Final

__all__ = ["HEADER", "is_named", "mark"]

HEADER: Final = "CDN-Loop"


def mark(authority: str) -> str:
    """The name by which a site with this authority marks its requests."""
    return f"feedsvc-{blake2b(authority.encode(), digest_size=8).hexdigest()}"


def is_named(name: str, header: str) -> bool:
    """Whether a ``CDN-Loop`` header, as it came, names the site."""
    return name in {part.partition(";")[0].strip() for part in header.split(",")}
