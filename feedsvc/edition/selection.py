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
    return tuple(
        Edition(
            language=language,
            category=term,
            include_all=include == "all",
            items=publish.items,
        )
        for language in config.settings.site.languages
        for term, include in terms.items()
    )
