"""What operators configure, as frozen values (contract, section 2).

The room ``config/`` fills these from TOML; pydantic validates against these very
classes, though nothing here imports it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from feedsvc.model.rules import STRICT, ArticleRules, ListRules, Pair, Rule
from feedsvc.model.units import Duration, Size

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
    "Pair",
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One site or feed that articles are collected from; its file's name is its id."""

    __pydantic_config__ = STRICT

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
    pair: Pair | None = None
    dedupe: Literal["url", "story"] | None = None
    rights: str | None = None
    enabled: bool = True
    list: ListRules | None = None
    article: ArticleRules | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One category: a stable term and what is filed under it."""

    __pydantic_config__ = STRICT

    key: str
    title: Localized = field(default_factory=dict)
    sections: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    include: Include | None = None
    dedupe: Literal["url", "story"] = "url"
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """How a printed outlet is called in each language."""

    __pydantic_config__ = STRICT

    key: str
    printed: tuple[str, ...] = ()
    name: Localized = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """``[site]``: who publishes."""

    __pydantic_config__ = STRICT

    base_url: str
    authority: str
    title: Localized = field(default_factory=dict)
    timezone: str = "UTC"
    languages: tuple[Language, ...] = ("zh", "en")
    contact: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectSettings:
    """``[collect]``: how sources are visited."""

    __pydantic_config__ = STRICT

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

    __pydantic_config__ = STRICT

    output: str = "public"
    items: int = 50
    formats: tuple[Format, ...] = ("rss", "atom", "json")
    content: Content = "full"
    include: Include = "own"
    byline: bool = True
    on_demand: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSubSettings:
    """``[websub]``: the built-in hub, or outside ones.

    ``hub`` that is not said is true where the built-in one can be: see ``Settings``.
    """

    __pydantic_config__ = STRICT

    hub: bool | None = None
    hubs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeSettings:
    """``[serve]``: where feeds are served."""

    __pydantic_config__ = STRICT

    host: str = "127.0.0.1"
    port: int = 8000
    server: Literal["uvicorn", "granian"] = "uvicorn"
    requests_per_minute: int | None = None
    trusted_proxies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpsSettings:
    """``[ops]``: who may see the operators' pages."""

    __pydantic_config__ = STRICT

    token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSettings:
    """``[store]``: where state is kept."""

    __pydantic_config__ = STRICT

    url: str = field(default="sqlite", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``feedsvc.toml``."""

    __pydantic_config__ = STRICT

    site: Site
    collect: CollectSettings = CollectSettings()
    publish: PublishSettings = PublishSettings()
    websub: WebSubSettings = WebSubSettings()
    serve: ServeSettings = ServeSettings()
    ops: OpsSettings = OpsSettings()
    store: StoreSettings = StoreSettings()

    @property
    def own_hub(self) -> str | None:
        """The address of the built-in hub; None where it is off.

        Unless the configuration says, it is on where neither another hub is named nor
        an object store serves the feeds, beside which nothing would answer.
        """
        own = not (self.websub.hubs or "://" in self.publish.output)
        is_on = own if self.websub.hub is None else self.websub.hub
        return f"{self.site.base_url.rstrip('/')}/hub" if is_on else None

    @property
    def hubs(self) -> tuple[str, ...]:
        """Every hub that feeds name, the built-in one first."""
        return (*filter(None, [self.own_hub]), *self.websub.hubs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything configured, validated as a whole; keyed by term and by source id."""

    settings: Settings
    categories: Mapping[str, Category]
    outlets: Mapping[str, Outlet]
    sources: Mapping[str, Source]
