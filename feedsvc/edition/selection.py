"""Which feeds there are: every configured category and ``all``, in every language."""

from feedsvc.model.config import Config
from feedsvc.model.feed import Edition

__all__ = ["editions"]


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


def _otherwise(config: Config, dedupe: str) -> frozenset[str]:
    """The sources that overrule a category."""
    sources = config.sources.values()
    return frozenset(s.id for s in sources if s.dedupe not in {None, dedupe})
