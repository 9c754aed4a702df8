"""Section names of sites → the operator's categories."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from feedsvc.model.article import Article
from feedsvc.model.config import Category, Source
from feedsvc.normalize.vocabulary import USUAL

__all__ = ["filing", "fold", "unmapped"]

_DECORATION = " ·|>»-–—:：/[]【】《》“”\"'"
_TRAIL = re.compile(
    r"(?<=..)(?:频道|頻道|新闻|新聞|资讯|資訊|动态|動態|要闻|要聞|版|网|網)$"
    r"|\s+(?:news|channel|section|desk|page)$"
)
"""What a section's name ends with that is not its subject."""

_JOINT = re.compile(r"\s*(?:[&/,、，+|·>»]|\band\b|与|和|與)\s*")

_TWO_WORDS = re.compile(r"[\u4e00-\u9fff]{4}")
"""财经政策, 科技前沿: most Chinese names of four characters are two words, subject first."""


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
    """The section's category, else that of the nearest step of the path above it."""
    for name in filter(None, (article.section, *reversed(article.breadcrumb))):
        key = _mapped(name, categories)
        if key:
            return key
    return None


def _mapped(name: str, categories: Mapping[str, Category]) -> str | None:
    forms = _forms(name)
    start = (forms[0][:2],) if forms and _TWO_WORDS.fullmatch(forms[0]) else ()
    return _meant(forms, categories) or _meant(start, categories)


def _meant(forms: tuple[str, ...], categories: Mapping[str, Category]) -> str | None:
    """The operator's word for any form of a name goes before the usual one's."""
    for form in forms:
        for key, category in categories.items():
            if form in _stated(key, category.sections, tuple(category.title.values())):
                return key
    usual = (USUAL.get(form) for form in forms)
    return next((term for term in usual if term in categories), None)


@lru_cache(maxsize=1024)
def _stated(
    key: str, sections: tuple[str, ...], titles: tuple[str, ...]
) -> frozenset[str]:
    return frozenset(map(fold, (key, *sections, *titles)))


@lru_cache(maxsize=4096)
def _forms(name: str) -> tuple[str, ...]:
    """A name, then less and less of it: "Business & Tech News" has "business" in it."""
    return tuple(dict.fromkeys(form for form in _less(fold(name)) if form))


def _less(name: str) -> Iterator[str]:
    yield name
    yield _TRAIL.sub("", name)
    for part in _JOINT.split(name):
        yield part
        yield _TRAIL.sub("", part)


def _has_keyword(article: Article, category: Category) -> bool:
    keywords = [keyword for keyword in category.keywords if keyword.strip()]
    if not keywords:
        return False
    text = "\n".join((article.title, *article.keywords, article.summary or ""))
    plain = unicodedata.normalize("NFKC", text)
    return any(_pattern(keyword).search(plain) for keyword in keywords)


@lru_cache(maxsize=1024)
def _pattern(printed: str) -> re.Pattern[str]:
    """A keyword as a whole word; where its script has no spaces, wherever it stands.

    A Chinese character ends a Latin word as a space does; width and case are nothing.
    """
    keyword = unicodedata.normalize("NFKC", printed.strip())
    before = r"(?<![^\W\u2e80-\uffef])" if _is_latin(keyword[:1]) else ""
    behind = r"(?![^\W\u2e80-\uffef])" if _is_latin(keyword[-1:]) else ""
    return re.compile(f"{before}{re.escape(keyword)}{behind}", re.IGNORECASE)


def _is_latin(char: str) -> bool:
    return char.isalnum() and char < "\u2e80"


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """A section name as it is compared: no case, no width, no decoration."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(folded.strip(_DECORATION).split())
