"""Whether an id of a source's own names one article or several (reliability.md, 54)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.article import Article, RawItem
from feedsvc.text import urls
from feedsvc.text.likeness import held, sketch

__all__ = ["is_another", "reused", "shared", "told_apart"]

_REWRITTEN: Final = 0.3
"""The share of its words that an article keeps, however it is edited."""


def is_another(known: Article, found: Article) -> bool:
    """Whether what bears the id of ``known`` says something else altogether.

    It stands at another address as well, or nobody asks.
    """
    one, other = (
        sketch(article.title, article.content_text or article.summary or "")
        for article in (known, found)
    )
    return known.title != found.title and held(one.grams, other.grams) < _REWRITTEN


def told_apart(items: Sequence[RawItem]) -> Iterator[RawItem]:
    """Items without the ids that several articles bear.

    An article that is listed under several addresses with one id is one: the first.
    """
    bearers = _bearers(items)
    for item in items:
        own = bearers.get(item.guid or "", [item])
        if not _are_several(own):
            yield item
        elif not _say_the_same(own):
            yield replace(item, guid=None)
        elif item is own[0]:
            yield item


def shared(items: Sequence[RawItem]) -> list[Fault]:
    """``W_SAME_ID`` for the first id that several articles of a list bear."""
    told = (
        _fault(guid, own[0].url)
        for guid, own in _bearers(items).items()
        if _are_several(own) and not _say_the_same(own)
    )
    return list(islice(told, 1))


def _bearers(items: Sequence[RawItem]) -> dict[str, list[RawItem]]:
    found: dict[str, list[RawItem]] = defaultdict(list)
    for item in items:
        if item.guid:
            found[item.guid].append(item)
    return found


def _are_several(items: Sequence[RawItem]) -> bool:
    return len({(urls.identity(item.url), item.alone) for item in items}) > 1


def _say_the_same(items: Sequence[RawItem]) -> bool:
    """Whether all say one thing; headlines alone may be alike by chance."""
    said = {(i.title, i.summary, i.content_html, i.dates) for i in items}
    return len(said) == 1 and bool(items[0].summary or items[0].content_html)


def reused(guid: str, url: str) -> Fault:
    """``W_SAME_ID`` for an id that named another article before."""
    return _fault(guid, url)


def _fault(guid: str, url: str) -> Fault:
    args = {"id": guid}
    return Fault(code=Code.W_SAME_ID, stage=Stage.DECIDE, place=url, args=args)
