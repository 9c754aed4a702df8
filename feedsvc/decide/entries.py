"""Which entries of a list are wanted, need their own page, or do without it."""

from collections.abc import Iterable

import regex

from feedsvc.decide import sameness
from feedsvc.errors import Code
from feedsvc.model.article import RawItem
from feedsvc.model.config import Source

__all__ = ["PASSING", "may_be_filed", "needs_page", "stands_alone", "wanted"]

PASSING = frozenset(
    {
        Code.E_CONNECT, Code.E_DNS, Code.E_TIMEOUT, Code.E_SERVER, Code.E_THROTTLED,
        Code.E_TRUNCATED, Code.E_TLS, Code.E_PROTOCOL,
    }
)  # fmt: skip
"""Trouble that may be over at the next visit, so that the page is asked for again."""

_GONE = frozenset({Code.E_NOT_FOUND, Code.E_GONE})

_PATTERN_SECONDS = 0.2
"""A pattern that needs longer on one address or title does not match it."""


def needs_page(source: Source, item: RawItem) -> bool:
    """Whether the article's own page has to be read.

    Not when the list gave the whole text, nor when only a summary is published and the
    list gave that with a date; always when the operator wrote ``[article]`` rules. An
    item that has no page has none to read.
    """
    if item.alone is not None:
        return False
    if source.article is not None:
        return True
    summarized = source.content == "summary" and item.summary and item.dates
    return not (item.title and (item.complete or summarized))


def stands_alone(item: RawItem, code: Code) -> bool:
    """Whether an entry may be published without its page, which ``code`` hides."""
    if code in _GONE or not item.title:
        return False
    has_text = bool(item.summary or item.content_html)
    return has_text or (code not in PASSING and bool(item.dates))


def may_be_filed(item: RawItem, code: Code) -> bool:
    """Whether an article known from elsewhere may be filed though ``code`` hides it."""
    return code not in _GONE and bool(item.title)


def wanted(source: Source, items: Iterable[RawItem]) -> list[RawItem]:
    """The items that the source's ``include`` and ``exclude`` patterns let through.

    An id of the source's own that stands with several addresses names none of them
    and is left out (reliability.md, 54).
    """
    return [
        item
        for item in sameness.told_apart(list(items))
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
