"""A world for visits: a shelf of answers, a database in memory, a clock that we move."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from feedsvc.collect.budget import Budget
from feedsvc.collect.cycle import collect
from feedsvc.collect.report import VisitReport
from feedsvc.collect.tools import Tools
from feedsvc.collect.writer import Writer
from feedsvc.errors import Code, ExtractError, Fault, Stage
from feedsvc.fetch.memory import Shelf
from feedsvc.model.article import Article
from feedsvc.model.config import (
    Category,
    Config,
    PublishSettings,
    Settings,
    Site,
    Source,
)
from feedsvc.model.feed import Edition
from feedsvc.model.visit import Visit
from feedsvc.model.web import Fetched, Page, Request, Resource, Validators
from feedsvc.pool import Inline
from feedsvc.schedule.ticker import next_fire
from feedsvc.store import Store, open_store

START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
LIST = "https://news.example.org/local/"
FEED = "https://news.example.org/feed.xml"

BODY = (
    "The river rose by two metres in the night, and the bridge at the mill stays"
    " closed until engineers have looked at its piers."
)

Answer = Callable[[Request], Fetched]


def source(url: str = FEED, **fields: Any) -> Source:
    """A source; its id is ``river`` unless said otherwise."""
    return Source(**({"id": "river", "url": url, "language": "en"} | fields))


def page(url: str, body: str | bytes, **fields: Any) -> Page:
    """What a server gives for ``url``; with an ETag if ``etag`` is given."""
    etag = fields.pop("etag", None)
    data = body.encode() if isinstance(body, str) else body
    return Page(
        url=url, requested=url, body=data, validators=Validators(etag=etag), **fields
    )


def article(url: str, title: str, body: str = BODY, head: str = "") -> Page:
    """An article page."""
    return page(
        url,
        f"<html lang=en><head><title>{title}</title>{head}"
        '<meta property="article:published_time" content="2026-11-23T10:00:00Z"></head>'
        f"<body><article><h1>{title}</h1><p>{body}</p><p>{body}</p></article></body>",
    )


def rss(*items: str, etag: str | None = None, channel: str = "") -> Page:
    """A feed of ``items``."""
    text = (
        '<rss version="2.0"><channel><title>River</title>'
        f"<link>https://news.example.org/</link>{channel}{''.join(items)}"
        "</channel></rss>"
    )
    return page(FEED, text, etag=etag)


def entry(n: int, title: str | None = None, more: str = "") -> str:
    """An item of a feed: title and link alone, so that its page is read."""
    return (
        f"<item><title>{title or f'Story {n}'}</title>"
        f"<link>https://news.example.org/{n}.html</link>{more}</item>"
    )


def whole(n: int, title: str | None = None, body: str = BODY) -> str:
    """An item of a feed that holds its whole text and a date."""
    text = f"<![CDATA[<p>{body}</p><p>{body}</p><p>{body}</p>]]>"
    content = (
        f'<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"{text}</content:encoded>"
    )
    date = "<pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate>"
    return entry(n, title, date + content)


def story(n: int) -> str:
    """Where the n-th story stands."""
    return f"https://news.example.org/{n}.html"


def links(*numbers: int, after: str = "") -> str:
    """A list page."""
    rows = "".join(
        f'<li><a href="/{n}.html">Story number {n} of the river</a></li>'
        for n in numbers
    )
    return f'<html lang=en><body><ul class="list">{rows}</ul>{after}</body></html>'


class DiesOver(Inline):
    """Workers of which each dies over one kind of work."""

    def __init__(self, work: Callable[..., Any]) -> None:
        self.deadly = work

    async def run(self, work, /, *args, **kwargs):  # type: ignore[no-untyped-def]  # the Protocol types it
        if work is self.deadly:
            raise ExtractError(Fault(code=Code.E_EXTRACT, stage=Stage.EXTRACT))
        return await super().run(work, *args, **kwargs)


@dataclass
class World:
    """Everything a cycle needs; ``shelf.answers`` is what the web says now."""

    sources: Sequence[Source]
    categories: Mapping[str, Category] = field(default_factory=dict)
    items: int = 50
    zone: str = "UTC"
    answers: dict[str, Fetched] = field(default_factory=dict)
    now: datetime = START

    def __post_init__(self) -> None:
        self.shelf = Shelf(self.answers)
        self.store: Store = open_store("sqlite://", Path())
        self.reports: list[VisitReport] = []

    @property
    def config(self) -> Config:
        site = Site(
            base_url="https://feeds.example.org",
            authority="example.org,2026",
            timezone=self.zone,
        )
        settings = Settings(site=site, publish=PublishSettings(items=self.items))
        return Config(
            settings=settings,
            categories=self.categories,
            outlets={},
            sources={s.id: s for s in self.sources},
        )

    def tools(self, **others: Any) -> Tools:
        parts: dict[str, Any] = {
            "config": self.config,
            "fetcher": self.shelf,
            "store": self.store,
            "workers": Inline(),
            "save": Writer(self.store, lambda: self.now).save,
            "clock": lambda: self.now,
            "next_fire": next_fire,
            "budget": Budget(self.config, self.store, next_fire),
        }
        return Tools(**(parts | others))

    async def cycle(self, **others: Any) -> list[VisitReport]:
        self.shelf.asked.clear()
        tools = self.tools(**others)
        return await collect(self.sources, tools, self.reports.append)

    async def visit(self, **others: Any) -> VisitReport:
        """Visit the only source, a minute after the last visit."""
        self.now += timedelta(minutes=1)
        [report] = await self.cycle(**others)
        return report

    @property
    def asked(self) -> list[str]:
        """The addresses asked for in the last cycle."""
        return [request.url for request in self.shelf.asked]

    def known(self, name: str = "river") -> Visit:
        return self.store.visits([name])[name]

    def resource(self) -> Resource:
        [only] = self.sources
        return self.store.resources([(only.id, only.url)])[only.id, only.url]

    def articles(self, category: str = "all") -> list[Article]:
        edition = Edition(language="en", category=category, include_all=True, items=99)
        return list(self.store.newest(edition))

    def titles(self, category: str = "all") -> set[str]:
        return {one.title for one in self.articles(category)}

    def codes(self, name: str = "river") -> list[str]:
        """The faults that stand recorded and are not over."""
        rows = {row.visit.source: row for row in self.store.status().sources}
        return [str(i.fault.code) for i in rows[name].faults if i.cleared_at is None]
