"""An article and a configuration of our own, to be changed field by field."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from feedsvc.edition.localize import Localizer
from feedsvc.edition.words import Words
from feedsvc.model.article import Alternate, Article, Image, Origin, Precision, Story
from feedsvc.model.config import (
    Category,
    Config,
    Outlet,
    PublishSettings,
    Settings,
    Site,
    Source,
)

AUTHORITY = "feeds.example.org,2026"
BASE = "https://feeds.example.org"
MORNING = datetime(2021, 11, 5, 0, 30, tzinfo=UTC)
SEEN = datetime(2026, 11, 24, 4, 0, 0, 250_000, tzinfo=UTC)

ARTICLE = Article(
    id="0123456789abcdef0123456789abcdef",
    source="yangquan",
    url="https://news.example.org/2021/11/05/1.html",
    canonical_url=None,
    aliases=(),
    title="阳泉举办煤炭博览会 <2021> & 更多",
    language="zh",
    published=MORNING,
    precision=Precision.MINUTE,
    published_from=Origin.TEXT,
    zone="Asia/Shanghai",
    updated=MORNING,
    first_seen=SEEN,
    position=0,
    authors=("袁胜高", "李明"),
    contributors=("郭彦杰",),
    outlet="山西日报",
    section="新闻",
    breadcrumb=("首页", "新闻"),
    image=Image(
        url="https://news.example.org/1.jpg",
        caption="博览会现场",
        credit="王强/摄",
        width=1200,
        height=800,
    ),
    summary="三天里来了一万人 & 更多。",
    content_html='<p>三天里来了<a href="https://news.example.org/">一万人</a>。</p>',
    content_text="三天里来了一万人。",
    keywords=("煤炭", "阳泉"),
    alternates=(Alternate(hreflang="en-US", url="https://en.news.example.org/1.html"),),
    categories=("local", "economy"),
    digest="d",
)

BARE = replace(
    ARTICLE,
    aliases=("news.example.org/2021/11/05/1.html",),
    authors=(),
    contributors=(),
    outlet=None,
    section=None,
    breadcrumb=(),
    image=None,
    summary=None,
    content_html="",
    content_text="",
    keywords=(),
    alternates=(),
    categories=(),
)
"""ARTICLE without all that an article may lack."""

ENGLISH = replace(
    ARTICLE,
    id="fedcba9876543210fedcba9876543210",
    url="https://en.news.example.org/2.html",
    title="Yangquan shows its coal",
    language="en",
    published=datetime(2021, 11, 4, 16, 0, tzinfo=UTC),
    updated=datetime(2021, 11, 4, 16, 0, tzinfo=UTC),
    precision=Precision.DAY,
    authors=("Yuan Shenggao",),
    contributors=("Guo Yanjie",),
    outlet="Shanxi daily",
    image=None,
    summary=None,
    content_html="<p>Ten thousand people came.</p>",
    content_text="Ten thousand\npeople came.",
    alternates=(),
    categories=("local",),
)

CONFIG = Config(
    settings=Settings(
        site=Site(
            base_url=f"{BASE}/",
            authority=AUTHORITY,
            title={"zh": "山西新闻", "en": "Shanxi News"},
            timezone="Asia/Shanghai",
            contact="mailto:editor@example.org",
        )
    ),
    categories={
        "local": Category(
            key="local", title={"zh": "本市", "en": "Our city"}, include="all"
        ),
        "economy": Category(key="economy"),
    },
    outlets={
        "shanxi-daily": Outlet(
            key="shanxi-daily",
            printed=("Shanxi daily", "山西日报"),
            name={"zh": "山西日报", "en": "Shanxi Daily"},
        )
    },
    sources={
        "yangquan": Source(
            id="yangquan",
            url="https://news.example.org/list/",
            name={"zh": "阳泉英文网", "en": "Yangquan Online"},
            rights="© Yangquan Online",
        )
    },
)


def article(**changes: Any) -> Article:
    return replace(ARTICLE, **changes)


def stories(*articles: Article) -> list[Story]:
    """Articles with nothing beside them."""
    return [Story(article=one) for one in articles]


TWIN = replace(ENGLISH, id="e" * 32, url="https://en.news.example.org/1.html")
"""ARTICLE in English."""


def with_site(config: Config = CONFIG, **changes: Any) -> Config:
    site = replace(config.settings.site, **changes)
    return replace(config, settings=replace(config.settings, site=site))


def with_publish(config: Config = CONFIG, **changes: Any) -> Config:
    publish = replace(PublishSettings(), **changes)
    return replace(config, settings=replace(config.settings, publish=publish))


def localizer(language: str = "zh", config: Config = CONFIG) -> Localizer:
    return Localizer(config, Words.load(language))
