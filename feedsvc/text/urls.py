"""Addresses: made absolute, cleaned for publication, and told apart.

Identity and tracking parameters follow contract, section 4; the mapping of an IRI to a
URI follows RFC 3987 §3.1.
"""

import re
from collections.abc import Collection
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

__all__ = ["absolute", "bare", "clean", "host", "identity"]

_LONGEST = 4_000
"""Characters of an address that any server takes; a longer one is none."""

_BREAKS = re.compile(r"[\x00-\x20\x7f-\x9f\u200b\u2028\u2029\ufeff]")
_PATH = "/:@!$&'()*+,;=-._~%[]"
_QUERY = _PATH + "?"
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_PLAIN = re.compile(
    r"(?P<origin>https?://[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+(?::[1-9]\d{3})?)?"
    r"/(?!/)(?:[\w\-~!$'()*+,;=:@/]|(?<![/.])\.|%[0-9A-Fa-f]{2})*"
    r"(?:\?[\w\-._~!$'()*+,;=:@/&]*)?",
    re.ASCII,
)
"""An address, or a path from the root, that is a URI as it stands."""

_PORTS = {"http": 80, "https": 443}
_INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|php|jsp|aspx?)$", re.IGNORECASE)
_MIRRORS = re.compile(r"^(?:www|m|wap|mobile)\.(?=[^.]+\.)")
_TRACKING = re.compile(
    r"^(?:utm_[^=]*|spm|fbclid|gclid|isappinstalled)$"
    r"|^from=(?:timeline|singlemessage|groupmessage)$",
    re.IGNORECASE,
)
_USER = re.compile(r"(?<=//)[^/?#]*@")
"""A user, with or without a password (RFC 3986 §3.2.1)."""


def absolute(base: str, href: str) -> str | None:
    """Resolve a link as found on the page at ``base``; None unless it leads to the web.

    Breaks inside the link go, spaces at its ends go and inside are escaped, and what is
    no ASCII is written as a URI wants it.
    """
    plain = _PLAIN.fullmatch(href)
    if plain and "&amp;" not in href and "//" not in href[8:]:
        if plain["origin"]:
            return href if len(href) <= _LONGEST else None
        origin = _origin(base)
        if origin:
            return f"{origin}{href}" if len(href) <= _LONGEST else None
    # Only what is surely left over: "&copy=1" is a parameter, not a sign.
    link = re.sub(r"[\t\r\n]", "", href.replace("&amp;", "&"))
    link = link.strip().replace("\\", "/")
    try:
        return _uri(urlsplit(urljoin(base, link)))
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def _origin(base: str) -> str | None:
    """The scheme and host of a page's own address, if that is plain."""
    plain = _PLAIN.match(base)
    return plain["origin"] if plain else None


def clean(url: str, tracking: Collection[str] = ()) -> str:
    """The address as published: without tracking and without a fragment.

    ``tracking`` names parameters that the source adds to those known.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    query = _untracked(parts.query, tracking)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


@lru_cache(maxsize=4096)  # asked of every address several times
def identity(url: str, tracking: tuple[str, ...] = ()) -> str:
    """What tells one article's address from another's: no URL, only a key.

    Scheme, ``www.`` and ``m.``, default port, fragment, tracking, a trailing slash and
    an index file's name say nothing about the article.
    """
    try:
        written = _uri(urlsplit(url)) or url
        parts, place = urlsplit(written), host(written)
    except ValueError:
        return url
    path = _INDEX.sub("/", _ESCAPE.sub(lambda m: m[0].upper(), parts.path))
    query = _untracked(parts.query, tracking)
    key = f"{_MIRRORS.sub('', place)}{path.rstrip('/')}"
    return f"{key}?{query}" if query else key


def bare(url: str) -> str:
    """The URL as it may be shown: a user and password in it left out."""
    return _USER.sub("", url, count=1)


def host(url: str) -> str:
    """The host in lower case, with its port unless that is the scheme's; "" if none."""
    try:
        parts = urlsplit(url)
        name, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if port is None or port == _PORTS.get(parts.scheme):
        return name
    return f"{name}:{port}"


def _uri(parts: SplitResult) -> str | None:
    """A web address in URI form; None for anything else, ValueError for a bad one."""
    if parts.scheme not in _PORTS or not parts.hostname:
        return None
    netloc = _netloc(parts)
    path = quote(_LONE_PERCENT.sub("%25", parts.path), safe=_PATH)
    query = quote(_LONE_PERCENT.sub("%25", parts.query), safe=_QUERY)
    fragment = quote(_LONE_PERCENT.sub("%25", parts.fragment), safe=_QUERY)
    made = urlunsplit((parts.scheme, netloc, path or "/", query, fragment))
    return made if len(made) <= _LONGEST else None


def _netloc(parts: SplitResult) -> str:
    """User, host and port, the host in lower case and in ASCII (IDNA)."""
    name = parts.hostname or ""
    if ":" in name:
        netloc = f"[{ip_address(name.partition('%')[0])}]"
    else:
        netloc = name if name.isascii() else name.encode("idna").decode("ascii")
    if not netloc or _BREAKS.search(netloc) or set(netloc) & set("<>\"'`{}|^#?@/ "):
        raise ValueError(name)
    if parts.port is not None and parts.port != _PORTS[parts.scheme]:
        netloc = f"{netloc}:{parts.port}"
    user, at, _ = parts.netloc.rpartition("@")
    return f"{quote(user, safe=_PATH)}{at}{netloc}"


def _untracked(query: str, tracking: Collection[str]) -> str:
    """A query without what only tells where the reader came from."""
    kept = [
        part
        for part in query.split("&")
        if part
        and not _TRACKING.match(part.partition("=")[0])
        and not _TRACKING.match(part)
        and part.partition("=")[0] not in tracking
    ]
    return "&".join(kept)
