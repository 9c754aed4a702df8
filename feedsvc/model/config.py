"""What operators configure, as frozen values (contract, section 2).

The room ``config/`` fills these from TOML; pydantic validates against these very
classes. Nothing here imports pydantic: the few types that TOML cannot state by itself
(:class:`Duration`, :class:`Size`, :class:`Rule`) say how they are read by the hook that
pydantic looks for.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Any, ClassVar, Final, Literal, Self

__all__ = [
    "RESERVED_CATEGORIES",
    "VOCABULARY",
    "ArticleRules",
    "Category",
    "CollectSettings",
    "Config",
    "Duration",
    "ListRules",
    "OpsSettings",
    "Outlet",
    "PublishSettings",
    "Rule",
    "ServeSettings",
    "Settings",
    "Site",
    "Size",
    "Source",
    "StoreSettings",
    "WebSubSettings",
]

RESERVED_CATEGORIES = frozenset({"all", "sources", "search"})

VOCABULARY: Final = (
    "politics",
    "economy",
    "society",
    "culture",
    "education",
    "health",
    "environment",
    "science",
    "sport",
    "disaster",
    "labour",
    "lifestyle",
    "religion",
    "crime",
    "conflict",
    "weather",
    "human-interest",
)
"""The top IPTC Media Topics: category keys that have labels in every catalog."""

Localized = Mapping[str, str]
"""A text per language tag, such as ``{"zh": "本地", "en": "Local"}``."""

Include = Literal["own", "all"]
Content = Literal["full", "summary"]
Format = Literal["rss", "atom", "json"]
Kind = Literal["auto", "html", "feed", "sitemap", "json"]
Language = Literal["zh", "en", "zh-Hant"]

_STRICT: Final = {"extra": "forbid"}
"""What pydantic reads from ``__pydantic_config__``: unknown keys are faults."""

_UNITS = MappingProxyType({"s": 1, "m": 60, "h": 3600, "d": 86400})
_SIZES = MappingProxyType({"B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9})


class Duration(timedelta):
    """A length of time, written ``"90s"``, ``"15m"``, ``"2h"`` or ``"1d"``."""

    pattern: ClassVar[str] = r"^\d+(\.\d+)?(s|m|h|d)$"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the written form; ValueError when it is not one."""
        if not re.match(cls.pattern, text):
            raise ValueError(text)
        return cls(seconds=float(text[:-1]) * _UNITS[text[-1]])

    def __str__(self) -> str:
        """Write the form that :meth:`parse` reads, in the largest whole unit."""
        seconds = self.total_seconds()
        unit = next(u for u in "dhms" if seconds % _UNITS[u] == 0 or u == "s")
        return f"{seconds / _UNITS[unit]:g}{unit}"

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: Any) -> Any:
        """Tell pydantic to read a string by :meth:`parse`."""
        return _written(cls.parse, cls.pattern)


class Size(int):
    """A number of bytes, written ``"512KB"``, ``"8MB"`` (powers of ten)."""

    pattern: ClassVar[str] = r"^\d+(B|KB|MB|GB)$"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the written form; ValueError when it is not one."""
        found = re.match(r"^(\d+)(B|KB|MB|GB)$", text)
        if not found:
            raise ValueError(text)
        return cls(int(found[1]) * _SIZES[found[2]])

    def __str__(self) -> str:
        """Write the form that :meth:`parse` reads, in the largest whole unit."""
        unit = next(u for u in ("GB", "MB", "KB", "B") if self % _SIZES[u] == 0)
        return f"{int(self) // _SIZES[unit]}{unit}"

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: Any) -> Any:
        """Tell pydantic to read a string by :meth:`parse`."""
        return _written(cls.parse, cls.pattern)


def _written(parse: Callable[[str], object], pattern: str) -> dict[str, object]:
    """A pydantic core schema (a plain dict): a string of ``pattern``, then ``parse``."""
    return {
        "type": "function-after",
        "function": {"type": "no-info", "function": parse},
        "schema": {"type": "str", "pattern": pattern, "strict": True},
        "serialization": {"type": "to-string"},
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Where to find one thing on a page.

    Written as a string it is the selector alone: CSS, or XPath after ``xpath:``
    (JMESPath in ``kind = "json"`` sources). ``regex`` takes its first group, or all of
    its match; ``all`` takes every match instead of the first.
    """

    __pydantic_config__ = _STRICT

    select: str
    attribute: str | None = None
    regex: str | None = None
    all: bool = False

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Let a bare string stand for the selector alone."""
        table = dict(handler(source))
        return {
            "type": "function-before",
            "function": {
                "type": "no-info",
                "function": lambda v: {"select": v} if isinstance(v, str) else v,
            },
            # pydantic builds a class once and refers to it by this; were it left on
            # the table, only the first field of the type would take strings
            "ref": table.pop("ref"),
            "schema": table,
        }

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> Any:
        """Show both forms in the JSON Schema."""
        return {"anyOf": [{"type": "string"}, handler(schema)]}


Patterns = str | tuple[str, ...]
"""A CLDR date pattern, or several tried in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRules:
    """``[list]`` of a source: how a list page is read."""

    __pydantic_config__ = _STRICT

    item: Rule | None = None
    link: Rule | None = None
    title: Rule | None = None
    date: Rule | None = None
    date_format: Patterns = ()
    summary: Rule | None = None
    image: Rule | None = None
    next: Rule | None = None
    pages: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRules:
    """``[article]`` of a source: how an article page is read."""

    __pydantic_config__ = _STRICT

    title: Rule | None = None
    date: Rule | None = None
    date_format: Patterns = ()
    source: Rule | None = None
    author: Rule | None = None
    contributor: Rule | None = None
    section: Rule | None = None
    breadcrumb: Rule | None = None
    image: Rule | None = None
    summary: Rule | None = None
    keywords: Rule | None = None
    content: Rule | None = None
    remove: tuple[str, ...] = ()
    next: Rule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One site or feed that articles are collected from; its file's name is its id."""

    __pydantic_config__ = _STRICT

    id: str
    url: str
    name: Localized = field(default_factory=dict)
    language: Language | None = None
    kind: Kind = "auto"
    category: str | None = None
    every: Duration | None = None
    cron: str | None = None
    max_delay: Duration | None = None
    encoding: str | None = None
    timezone: str | None = None
    content: Content | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    tracking: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    cookies: Mapping[str, str] = field(default_factory=dict, repr=False)
    proxy: str | None = field(default=None, repr=False)
    robots: bool | None = None
    pair: str | None = None
    dedupe: Literal["url", "story"] | None = None
    rights: str | None = None
    enabled: bool = True
    list: ListRules | None = None
    article: ArticleRules | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One category: a stable term and what is filed under it."""

    __pydantic_config__ = _STRICT

    key: str
    title: Localized = field(default_factory=dict)
    sections: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    include: Include | None = None
    dedupe: Literal["url", "story"] = "url"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """How a printed outlet is called in each language."""

    __pydantic_config__ = _STRICT

    key: str
    printed: tuple[str, ...] = ()
    name: Localized = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """``[site]``: who publishes."""

    __pydantic_config__ = _STRICT

    base_url: str
    authority: str
    title: Localized = field(default_factory=dict)
    timezone: str = "UTC"
    languages: tuple[Language, ...] = ("zh", "en")
    contact: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectSettings:
    """``[collect]``: how sources are visited."""

    __pydantic_config__ = _STRICT

    host_gap: Duration = Duration(seconds=2)
    concurrency: int = 32
    timeout: Duration = Duration(seconds=20)
    max_bytes: Size = Size(8_000_000)
    robots: bool = True
    allow_networks: tuple[str, ...] = ()
    requests_per_day: int = 20_000
    recheck: tuple[Duration, ...] = (
        Duration(hours=1),
        Duration(hours=6),
        Duration(hours=24),
        Duration(hours=72),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishSettings:
    """``[publish]``: what is published, and where to."""

    __pydantic_config__ = _STRICT

    output: str = "public"
    items: int = 50
    formats: tuple[Format, ...] = ("rss", "atom", "json")
    content: Content = "full"
    include: Include = "own"
    byline: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSubSettings:
    """``[websub]``: the built-in hub, or outside ones."""

    __pydantic_config__ = _STRICT

    hub: bool = True
    hubs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeSettings:
    """``[serve]``: where feeds are served."""

    __pydantic_config__ = _STRICT

    host: str = "127.0.0.1"
    port: int = 8000


@dataclass(frozen=True, slots=True, kw_only=True)
class OpsSettings:
    """``[ops]``: who may see the operators' pages."""

    __pydantic_config__ = _STRICT

    token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSettings:
    """``[store]``: where state is kept."""

    __pydantic_config__ = _STRICT

    url: str = field(default="sqlite", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``feedsvc.toml``."""

    __pydantic_config__ = _STRICT

    site: Site
    collect: CollectSettings = CollectSettings()
    publish: PublishSettings = PublishSettings()
    websub: WebSubSettings = WebSubSettings()
    serve: ServeSettings = ServeSettings()
    ops: OpsSettings = OpsSettings()
    store: StoreSettings = StoreSettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything configured, validated as a whole; keyed by term and by source id."""

    settings: Settings
    categories: Mapping[str, Category]
    outlets: Mapping[str, Outlet]
    sources: Mapping[str, Source]
