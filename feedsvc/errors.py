"""Every fault that feedsvc knows, as a value and as an exception.

Expected trouble of one source is a value (:class:`Fault`) that a stage returns and
the store keeps; trouble that ends a call is an exception that carries such a value::

    FeedsvcError
    ├── ConfigError      the configuration is wrong: nothing was done (exit 2)
    ├── UsageError       the call is wrong: nothing was done (exit 2)
    ├── FetchError       one exchange failed; becomes the value at the egress
    ├── ExtractError     one page could not be read; becomes the value in the shell
    ├── StoreError       the database refused
    └── OutputError      the published tree could not be written

Words never live here: a code and its arguments are turned into zh or en by the
catalogs in ``locales/`` (domain ``faults``, message id = code) at the edge.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Self

__all__ = [
    "Code",
    "ConfigError",
    "ExtractError",
    "Fault",
    "FeedsvcError",
    "FetchError",
    "OutputError",
    "Stage",
    "StoreError",
    "UsageError",
]


class Stage(StrEnum):
    """Where in the walk from source to reader a fault arose."""

    CONFIG = "config"
    FETCH = "fetch"
    EXTRACT = "extract"
    NORMALIZE = "normalize"
    DECIDE = "decide"
    STORE = "store"
    RENDER = "render"
    OUTPUT = "output"
    SERVE = "serve"
    WEBSUB = "websub"
    MACHINE = "machine"


class Code(StrEnum):
    """The stable codes; ``docs/faults.md`` explains each, a test keeps it whole.

    ``E_`` stops the visit, page or call it names; ``W_`` lets it go on.
    """

    # fetch
    E_ADDRESS = "E_ADDRESS"
    E_CONNECT = "E_CONNECT"
    E_DNS = "E_DNS"
    E_TLS = "E_TLS"
    E_TIMEOUT = "E_TIMEOUT"
    E_PROTOCOL = "E_PROTOCOL"
    E_TOO_BIG = "E_TOO_BIG"
    E_TRUNCATED = "E_TRUNCATED"
    E_ENCODING_HTTP = "E_ENCODING_HTTP"
    E_REDIRECT = "E_REDIRECT"
    E_ROBOTS = "E_ROBOTS"
    E_NOT_FOUND = "E_NOT_FOUND"
    E_GONE = "E_GONE"
    E_FORBIDDEN = "E_FORBIDDEN"
    E_THROTTLED = "E_THROTTLED"
    E_SERVER = "E_SERVER"
    E_STATUS = "E_STATUS"
    E_304_NO_CACHE = "E_304_NO_CACHE"
    E_LOOP = "E_LOOP"
    W_CRAWL_DELAY = "W_CRAWL_DELAY"
    W_DOUBTED = "W_DOUBTED"
    W_LOST = "W_LOST"
    W_MOVED = "W_MOVED"
    W_NEVER_304 = "W_NEVER_304"
    W_STOPPED = "W_STOPPED"
    # extract
    E_BLOCKED = "E_BLOCKED"
    E_ENCODING = "E_ENCODING"
    E_EXTRACT = "E_EXTRACT"
    E_NOT_A_FEED = "E_NOT_A_FEED"
    E_NO_LIST = "E_NO_LIST"
    E_PARSE_TRUNCATED = "E_PARSE_TRUNCATED"
    E_SELECTOR_TIMEOUT = "E_SELECTOR_TIMEOUT"
    E_XML_DTD = "E_XML_DTD"
    W_ARTICLE = "W_ARTICLE"
    W_BOZO = "W_BOZO"
    W_CAPPED = "W_CAPPED"
    W_EMPTY = "W_EMPTY"
    W_ENCODING = "W_ENCODING"
    W_LAYOUT = "W_LAYOUT"
    W_SAME_ID = "W_SAME_ID"
    W_SAME_TEXT = "W_SAME_TEXT"
    W_STRANGERS = "W_STRANGERS"
    W_GARBLED = "W_GARBLED"
    W_DRIFT = "W_DRIFT"
    # normalize
    E_NO_TITLE = "E_NO_TITLE"
    W_LANGUAGE = "W_LANGUAGE"
    W_DATE_AMBIGUOUS = "W_DATE_AMBIGUOUS"
    W_DATE_FUTURE = "W_DATE_FUTURE"
    W_DATE_IMPLAUSIBLE = "W_DATE_IMPLAUSIBLE"
    W_DATE_JUMP = "W_DATE_JUMP"
    W_DATE_MISSING = "W_DATE_MISSING"
    W_DATE_UNREAD = "W_DATE_UNREAD"
    # configuration and call
    E_CONFIG = "E_CONFIG"
    E_CONFIG_SYNTAX = "E_CONFIG_SYNTAX"
    E_CONFIG_UNKNOWN_KEY = "E_CONFIG_UNKNOWN_KEY"
    E_CONFIG_MISSING = "E_CONFIG_MISSING"
    E_CONFIG_VALUE = "E_CONFIG_VALUE"
    E_CONFIG_SELECTOR = "E_CONFIG_SELECTOR"
    E_CONFIG_PATTERN = "E_CONFIG_PATTERN"
    E_CONFIG_DUPLICATE = "E_CONFIG_DUPLICATE"
    E_CONFIG_RESERVED = "E_CONFIG_RESERVED"
    E_CONFIG_LABEL = "E_CONFIG_LABEL"
    E_CONFIG_SECRET = "E_CONFIG_SECRET"  # noqa: S105 -- a code, no secret
    E_CALL = "E_CALL"
    E_SOURCE_UNKNOWN = "E_SOURCE_UNKNOWN"
    E_ARTICLE_UNKNOWN = "E_ARTICLE_UNKNOWN"
    E_NO_PAGE = "E_NO_PAGE"
    E_NO_RECORD = "E_NO_RECORD"
    E_IDS = "E_IDS"
    E_FILE = "E_FILE"
    E_LOCKED = "E_LOCKED"
    E_PORT = "E_PORT"
    # websub
    E_HUB_BUSY = "E_HUB_BUSY"
    E_HUB_REQUEST = "E_HUB_REQUEST"
    W_HUB_SECRET = "W_HUB_SECRET"  # noqa: S105 -- a code, no secret
    W_HUB_UNCONFIRMED = "W_HUB_UNCONFIRMED"
    W_PING = "W_PING"
    W_PUSH = "W_PUSH"
    # store and output
    E_BACKUP = "E_BACKUP"
    E_DB = "E_DB"
    E_DB_BUSY = "E_DB_BUSY"
    E_DB_CORRUPT = "E_DB_CORRUPT"
    E_DB_NEWER = "E_DB_NEWER"
    E_OUTPUT = "E_OUTPUT"
    E_RENDER = "E_RENDER"
    E_UNEXPECTED = "E_UNEXPECTED"
    # machine
    W_CLOCK = "W_CLOCK"
    W_DISK = "W_DISK"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that went wrong: what, where, and when it is tried again.

    ``args`` fill the placeholders of the catalog message of ``code``; ``place`` is a
    URL, a ``file:line:column`` or a feed's path. ``retry_at`` is aware UTC, None
    while the shell has not decided it yet (or never).
    """

    code: Code
    stage: Stage
    place: str = ""
    source: str | None = None
    args: Mapping[str, str | int | float] = field(default_factory=dict)
    retry_at: datetime | None = None

    @property
    def is_error(self) -> bool:
        """Whether the fault stopped what it names (``E_``), not just marred it."""
        return self.code.startswith("E_")


class FeedsvcError(Exception):
    """A call ended without its result; ``faults`` say why, all at once."""

    def __init__(self, *faults: Fault) -> None:
        """Carry one fault or several (a configuration shows all of its own)."""
        super().__init__(
            "; ".join(f"{f.code} {f.place} {dict(f.args)}" for f in faults)
        )
        self.faults = faults

    def __reduce__(self) -> tuple[type[Self], tuple[Fault, ...]]:
        """Cross the border of a worker process with the faults, not the text."""
        return type(self), self.faults

    @property
    def fault(self) -> Fault:
        """The first fault."""
        return self.faults[0]


class ConfigError(FeedsvcError):
    """The configuration is wrong; nothing was done."""


class UsageError(FeedsvcError):
    """The call is wrong; nothing was done."""


class FetchError(FeedsvcError):
    """One exchange failed."""


class ExtractError(FeedsvcError):
    """One page could not be read."""


class StoreError(FeedsvcError):
    """The database refused."""


class OutputError(FeedsvcError):
    """The published tree could not be written."""
