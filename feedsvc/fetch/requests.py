"""The requests for a source's documents, as its configuration shapes them."""

from feedsvc.model.config import Source
from feedsvc.model.web import Request, Validators

__all__ = ["for_article", "for_list"]

_LIST_TYPES = (
    "application/atom+xml, application/rss+xml, application/feed+json;q=0.9, "
    "application/json;q=0.9, application/xml;q=0.8, text/html;q=0.8, */*;q=0.5"
)
_PAGE_TYPES = "text/html, application/xhtml+xml, */*;q=0.5"
_LANGUAGES = {"zh": "zh-CN, zh;q=0.9", "zh-Hant": "zh-TW, zh-Hant;q=0.9", "en": "en"}


def for_list(source: Source, url: str, validators: Validators) -> Request:
    """The request for a list, feed or sitemap, conditional where we can."""
    return _request(source, url, _LIST_TYPES, validators)


def for_article(
    source: Source, url: str, validators: Validators | None = None
) -> Request:
    """The request for an article page, conditional when it is read again."""
    return _request(source, url, _PAGE_TYPES, validators or Validators())


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
