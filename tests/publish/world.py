"""A store in memory, an output that keeps count, and articles to publish."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from feedsvc.decide.pairs import stated
from feedsvc.model.article import Article, Origin, Precision
from feedsvc.model.config import (
    Category,
    Config,
    PublishSettings,
    Settings,
    Site,
    Source,
)
from feedsvc.model.feed import Document
from feedsvc.model.visit import Outcome
from feedsvc.output.memory import Memory
from feedsvc.publish.publisher import Publisher, PublishReport
from feedsvc.store import Store, open_store

START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
OPENING = datetime(2026, 1, 1, tzinfo=UTC)
SOURCE = Source(
    id="river", url="https://news.example.org/feed.xml", name={"en": "River"}
)
LOCAL = Category(key="local", title={"zh": "本地", "en": "Local"})
SPORT = Category(key="sport", title={"zh": "体育", "en": "Sport"})


def article(n: int, **fields: Any) -> Article:
    """The n-th article, n hours old, of the section that its first category is."""
    at = START - timedelta(hours=n)
    terms = fields.get("categories", ("local",))
    section = terms[0] if terms else None
    usual: dict[str, Any] = {
        "id": f"{n:032x}", "source": "river", "url": f"https://news.example.org/{n}",
        "canonical_url": None, "aliases": (f"news.example.org/{n}",),
        "title": f"Story {n}", "language": "en", "published": at,
        "precision": Precision.SECOND, "published_from": Origin.META, "zone": "UTC",
        "updated": at, "first_seen": at, "position": 0, "authors": (),
        "contributors": (), "outlet": None, "section": section, "breadcrumb": (),
        "image": None, "summary": None, "content_html": f"<p>Text {n}</p>",
        "content_text": f"Text {n}", "keywords": (), "alternates": (),
        "categories": terms, "digest": f"d{n}",
    }  # fmt: skip
    return Article(**(usual | fields))


def config(
    categories: Sequence[Category] = (LOCAL, SPORT),
    sources: Sequence[Source] = (SOURCE,),
    publish: PublishSettings | None = None,
    **site: Any,
) -> Config:
    """A configuration of two categories in zh and en."""
    named = {"base_url": "https://feeds.example.org", "authority": "example.org,2026"}
    return Config(
        settings=Settings(
            site=Site(**(named | site)), publish=publish or PublishSettings()
        ),
        categories={c.key: c for c in categories},
        outlets={},
        sources={s.id: s for s in sources},
    )


class Counting(Memory):
    """An output that tells what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.switches: list[str] = []
        self.placed: list[str] = []
        self.kept: list[str] = []

    def switch(self, folder: str, documents: Sequence[Document]) -> int:
        self.switches.append(folder)
        return super().switch(folder, documents)

    def place(self, documents: Sequence[Document]) -> int:
        self.placed += [document.name for document in documents]
        return super().place(documents)

    def archive(self, folder: str, documents: Iterable[Document]) -> int:
        made = list(documents)
        self.kept += [f"{folder}/{document.name}" for document in made]
        return super().archive(folder, made)

    def bodies(self) -> Mapping[str, bytes]:
        """Every file that stands, by path."""
        return {
            file.path: file.bodies["identity"]
            for unit, stamp in self.stamps().items()
            for file in self.read(unit, stamp)
        }

    def archives(self, path: str) -> Mapping[int, bytes]:
        """The archive documents of a feed by number."""
        numbers = range(1, len(self.archived(path)) + 1)
        found = {n: self.find(f"{path}/archive/{n}.atom") for n in numbers}
        return {n: file.bodies["identity"] for n, file in found.items() if file}

    def dates(self) -> Mapping[str, datetime]:
        """The date of every file that stands."""
        return {
            file.path: file.updated
            for unit, stamp in self.stamps().items()
            for file in self.read(unit, stamp)
        }


@dataclass
class House:
    """A publisher over a store and an output; ``now`` is moved by hand."""

    config: Config = field(default_factory=config)
    output: Counting = field(default_factory=Counting)
    store: Store = field(default_factory=lambda: open_store("sqlite://", Path()))
    now: datetime = START

    def __post_init__(self) -> None:
        self.reopen(self.config)

    def reopen(self, config: Config) -> None:
        """Begin again, as after a restart or an edited configuration."""
        self.config = config
        self.publisher = Publisher(config, self.store, self.output, lambda: self.now)

    def keep(self, *articles: Article) -> None:
        """Store articles, as visits of their sources do."""
        outcomes = [
            Outcome(
                source=a.source,
                articles=[a],
                filed=[(a.id, a.categories)],
                list_digests=[(a.id, "x")],
                versions=[(a.id, stated(a, self.config.sources[a.source]))],
            )
            for a in articles
        ]
        self.store.save(outcomes, self.now)

    def change(self, one: Article, **fields: Any) -> None:
        """Store a later version, seen now."""
        digest = f"{one.digest}'"
        self.keep(replace(one, updated=self.now, digest=digest, **fields))

    def publish(self, *, everything: bool = False) -> PublishReport:
        """Publish a minute later."""
        self.now += timedelta(minutes=1)
        self.output.switches.clear()
        self.output.placed.clear()
        self.output.kept.clear()
        return self.publisher.publish(everything=everything)

    def updated(self, path: str) -> datetime:
        """The date of a feed that stands."""
        return self.store.published()[path].updated
