"""What a list said and what a page says, as one statement."""

from dataclasses import fields, replace
from typing import Any

from feedsvc.model.article import Origin, RawDate, RawItem

__all__ = ["combine"]

_OF_THE_LIST = frozenset({"url", "guid", "canonical_url", "base", "alone"})
_JOINED = frozenset({"dates", "updated", "rules", "warnings", "complete"})
_CHOSEN = tuple(
    field.name for field in fields(RawItem) if field.name not in _OF_THE_LIST | _JOINED
)


def combine(listed: RawItem, page: RawItem | None) -> RawItem:
    """One statement of both: rules win, then the page, then the list.

    The address and the source's own id are those of the list, where the article was
    first met. Dates of both stand one behind the other, those of rules first and those
    that only an address tells last.
    """
    if page is None:
        return listed
    chosen: dict[str, Any] = {name: _choose(name, listed, page) for name in _CHOSEN}
    return replace(
        listed,
        **chosen,
        canonical_url=page.canonical_url or _elsewhere(listed, page),
        base=_base(listed, page, chosen["content_html"]),
        dates=_dates(listed, page, "dates"),
        updated=_dates(listed, page, "updated"),
        warnings=tuple(dict.fromkeys((*page.warnings, *listed.warnings))),
        rules=listed.rules | page.rules,
    )


def _choose(name: str, listed: RawItem, page: RawItem) -> object:
    of_list, of_page = getattr(listed, name), getattr(page, name)
    if name in listed.rules and name not in page.rules and of_list:
        return of_list
    return of_page or of_list


def _dates(listed: RawItem, page: RawItem, name: str) -> tuple[RawDate, ...]:
    of_list, of_page = getattr(listed, name), getattr(page, name)
    ruled = name in listed.rules and name not in page.rules
    both = (*of_list, *of_page) if ruled else (*of_page, *of_list)
    return tuple(sorted(both, key=lambda date: date.origin is Origin.URL))


def _base(listed: RawItem, page: RawItem, content: object) -> str | None:
    """Where the content that was chosen stood."""
    if content == page.content_html:
        return page.base or page.url
    return listed.base


def _elsewhere(listed: RawItem, page: RawItem) -> str | None:
    """Where redirects led, when the page itself names no canonical address."""
    return page.url if page.url != listed.url else None
