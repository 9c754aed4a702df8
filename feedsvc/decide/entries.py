"""Which entries of a list are wanted, and which need their own page read."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

import regex

from feedsvc.model.article import RawItem
from feedsvc.model.config import Source

__all__ = ["needs_page", "wanted"]

_PATTERN_SECONDS = 0.2
"""A pattern that needs longer on one address or title does not match it."""


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
    """The items that the source's ``include`` and ``exclude`` patterns let through.

    An id of the source's own that stands with several addresses names none of them
    and is left out (reliability.md, 54).
    """
    return [
        item
        for item in _told_apart(list(items))
        if (not source.include or _matches(source.include, item))
        and not _matches(source.exclude, item)
    ]


def _told_apart(items: list[RawItem]) -> Iterator[RawItem]:
    named = {(item.guid, item.url) for item in items}
    times = Counter(guid for guid, _ in named)
    for item in items:
        yield replace(item, guid=None) if times[item.guid] > 1 else item


def _matches(patterns: tuple[str, ...], item: RawItem) -> bool:
    texts = [item.url, item.title or ""]
    return any(_found(pattern, text) for pattern in patterns for text in texts)


def _found(pattern: str, text: str) -> bool:
    try:
        return bool(regex.search(pattern, text, timeout=_PATTERN_SECONDS))
    except TimeoutError:
        return False
