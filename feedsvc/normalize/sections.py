"""Section names of sites → the operator's categories."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from feedsvc.model.article import Article
from feedsvc.model.config import Category, Source
from feedsvc.normalize.vocabulary import USUAL

__all__ = ["filing", "unmapped"]


def filing(
    article: Article, source: Source, categories: Mapping[str, Category]
) -> tuple[str, ...]:
    """The terms under which an article is filed, the one a byline names first.

    The source's own category, then the article's section, then keywords; () when
    nothing maps, so that it stands in ``all`` alone.
    """
    found = [source.category] if source.category in categories else []
    section = _by_section(article, categories)
    found += [section] if section else []
    found += [key for key, c in categories.items() if _has_keyword(article, c)]
    return tuple(dict.fromkeys(key for key in found if key))


def unmapped(article: Article, categories: Mapping[str, Category]) -> str | None:
    """The article's section name, if no category takes it."""
    if article.section and _by_section(article, categories) is None:
        return article.section
    return None


def _by_section(article: Article, categories: Mapping[str, Category]) -> str | None:
    names = [article.section, *reversed(article.breadcrumb)]
    for name in filter(None, names):
        key = _mapped(fold(name), categories)
        if key:
            return key
    return None


def _mapped(name: str, categories: Mapping[str, Category]) -> str | None:
    for key, category in categories.items():
        stated = (key, *category.sections, *category.title.values())
        if name in map(fold, stated):
            return key
    usual = USUAL.get(name)
    return usual if usual in categories else None


def _has_keyword(article: Article, category: Category) -> bool:
    text = "\n".join((article.title, *article.keywords, article.summary or ""))
    return any(_pattern(keyword).search(text) for keyword in category.keywords)


@lru_cache(maxsize=1024)
def _pattern(keyword: str) -> re.Pattern[str]:
    """A keyword as a whole word, where its script has words."""
    edge = r"\b" if keyword.isascii() else ""
    return re.compile(f"{edge}{re.escape(keyword)}{edge}", re.IGNORECASE)


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """A section name as it is compared: no case, no width, no decoration."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(folded.strip(" ·|>»-–—:：/[]【】").split())
