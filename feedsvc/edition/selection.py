"""Which feeds there are: every configured category and ``all``, in every language."""

from feedsvc.model.config import Config
from feedsvc.model.feed import ALL, Edition

__all__ = ["editions", "picked", "source_path", "with_feeds"]


def editions(config: Config) -> tuple[Edition, ...]:
    """All editions, in the order of configuration, ``all`` first."""
    publish = config.settings.publish
    terms = {"all": publish.include} | {
        key: category.include or publish.include
        for key, category in config.categories.items()
    }
    dedupes = {"all": "url"} | {
        key: category.dedupe for key, category in config.categories.items()
    }
    return tuple(
        Edition(
            language=language,
            category=term,
            include_all=include == "all",
            items=publish.items,
            by_story=dedupes[term] == "story",
            but=_otherwise(config, dedupes[term]),
        )
        for language in config.settings.site.languages
        for term, include in terms.items()
    )


def with_feeds(config: Config) -> tuple[str, ...]:
    """The ids of the sources that have feeds of their own."""
    if not config.settings.publish.on_demand:
        return ()
    return tuple(s.id for s in config.sources.values() if s.enabled)


def source_path(config: Config, language: str, source: str) -> str | None:
    """The folder of a source's feeds; None for one that has none."""
    known = config.sources.get(source)
    has = known and known.enabled and config.settings.publish.on_demand
    return f"{language}/sources/{source}" if has else None


def picked(
    config: Config,
    language: str,
    source: str | None = None,
    query: str | None = None,
    category: str | None = None,
) -> Edition | None:
    """The edition of a source or of a search, made on demand; None if there is none.

    It holds articles in every language, whatever a category includes otherwise.
    """
    term = category or ALL
    publish = config.settings.publish
    if not publish.on_demand or language not in config.settings.site.languages:
        return None
    if source is not None and source not in with_feeds(config):
        return None
    if term != ALL and term not in config.categories:
        return None
    return Edition(
        language=language,
        category=term,
        include_all=True,
        items=publish.items,
        source=source,
        query=query,
    )


def _otherwise(config: Config, dedupe: str) -> frozenset[str]:
    """The sources that overrule a category."""
    sources = config.sources.values()
    return frozenset(s.id for s in sources if s.dedupe not in {None, dedupe})
