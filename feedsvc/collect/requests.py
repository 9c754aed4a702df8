"""The requests that a visit makes, as the source's configuration shapes them."""

from collections.abc import Iterable

import regex

from feedsvc.model.article import RawItem
from feedsvc.model.config import Source
from feedsvc.model.web import Request, Validators

__all__ = ["for_article", "for_list", "needs_page", "wanted"]

_LIST_TYPES = (
    "application/atom+xml, application/rss+xml, application/feed+json;q=0.9, "
    "application/json;q=0.9, application/xml;q=0.8, text/html;q=0.8, */*;q=0.5"
)
_PAGE_TYPES = "text/html, application/xhtml+xml, */*;q=0.5"
_LANGUAGES = {"zh": "zh-CN, zh;q=0.9", "zh-Hant": "zh-TW, zh-Hant;q=0.9", "en": "en"}
_PATTERN_SECONDS = 0.2
"""A pattern that needs longer on one address or title does not match it."""


def for_list(source: Source, url: str, validators: Validators) -> Request:
    """The request for a list, feed or sitemap, conditional where we can."""
    return _request(source, url, _LIST_TYPES, validators)


def for_article(source: Source, url: str) -> Request:
    """The request for an article page."""
    return _request(source, url, _PAGE_TYPES, Validators())


def _request(source: Source, url: str, accept: str, validators: Validators) -> Request:
    return Request(
        url=url,
        validators=validators,
        accept=accept,
        accept_language=_LANGUAGES.get(source.language or ""),
        headers=source.headers,
        cookies=source.cookies,
        proxy=source.proxy,
        robots=source.robots is not False,
    )


def needs_page(source: Source, item: RawItem) -> bool:
    """Whether the article's own page has to be read.

    Not when the list gave the whole text, nor when only a summary is published and the
    list gave that with a date; always when the operator wrote ``[article]`` rules.
    """
    if source.article is not None:
        return True
    summarized = source.content == "summary" and item.summary and item.dates
    return not (item.title and (item.complete or summarized))


def wanted(source: Source, items: Iterable[RawItem]) -> list[RawItem]:
    """The items that the source's ``include`` and ``exclude`` patterns let through."""
    return [
        item
        for item in items
        if (not source.include or _matches(source.include, item))
        and not _matches(source.exclude, item)
    ]


def _matches(patterns: tuple[str, ...], item: RawItem) -> bool:
    texts = [item.url, item.title or ""]
    return any(_found(pattern, text) for pattern in patterns for text in texts)


def _found(pattern: str, text: str) -> bool:
    try:
        return bool(regex.search(pattern, text, timeout=_PATTERN_SECONDS))
    except TimeoutError:
        return False
