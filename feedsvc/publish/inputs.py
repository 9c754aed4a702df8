"""What feeds depend on besides articles: configuration, catalogs, this release."""

from collections.abc import Mapping
from hashlib import blake2b

from feedsvc import __version__, bundled
from feedsvc.decide import pairs
from feedsvc.model.article import Article
from feedsvc.model.config import Config
from feedsvc.normalize import sections
from feedsvc.publish.ports import PublishStore

__all__ = ["fingerprint", "refile"]


def fingerprint(config: Config) -> str:
    """A digest that changes when any feed may have to be made anew."""
    told = blake2b(__version__.encode(), digest_size=16)
    sources = [
        (
            s.id,
            s.url,
            s.name,
            s.category,
            s.content,
            s.rights,
            s.dedupe,
            s.pair,
            s.enabled,
        )
        for s in config.sources.values()
    ]
    settings = (config.settings.site, config.settings.publish, config.settings.hubs)
    told.update(repr((settings, config.categories, config.outlets, sources)).encode())
    for catalog in sorted(bundled.directory("locales").rglob("*.[mp]o")):
        told.update(catalog.read_bytes())
    return told.hexdigest()


def refile(config: Config, store: PublishStore) -> None:
    """File and pair every article by the configuration as it is now."""

    def file(article: Article) -> tuple[str, ...]:
        source = config.sources.get(article.source)
        if source is None:
            return article.categories
        return sections.filing(article, source, config.categories)

    def state(article: Article) -> Mapping[str, str]:
        source = config.sources.get(article.source)
        return pairs.stated(article, source) if source else {}

    store.refile(file, state)
