"""What the operator's ``[article]`` rules take from a page."""

import re
from typing import Any, Final

from feedsvc.extract.article.crumbs import split_crumbs
from feedsvc.extract.article.people import clean_names, credited
from feedsvc.extract.article.printed import outlet_in
from feedsvc.extract.rules import Document
from feedsvc.model.article import Image, Origin, RawDate, RawItem
from feedsvc.model.config import ArticleRules, Rule

__all__ = ["FIELDS", "read_ruled"]

FIELDS: Final = {
    "title": "title",
    "date": "dates",
    "source": "outlet",
    "author": "authors",
    "contributor": "contributors",
    "section": "section",
    "breadcrumb": "breadcrumb",
    "image": "image",
    "summary": "summary",
    "keywords": "keywords",
    "content": "content_html",
}
"""Each rule and the field of a RawItem that it fills."""


def read_ruled(document: Document, rules: ArticleRules) -> RawItem:
    """Say what rules gave; ``rules`` of the result names those fields.

    ExtractError as :class:`feedsvc.extract.rules.Reader` raises it.
    """
    found: dict[str, Any] = {
        "title": _line(document, rules.title),
        "dates": _dates(document, rules),
        "outlet": _outlet(_line(document, rules.source)),
        "authors": _people(document, rules.author),
        "contributors": _people(document, rules.contributor),
        "section": _line(document, rules.section),
        "breadcrumb": _crumbs(document, rules.breadcrumb),
        "image": _image(document, rules.image),
        "summary": _line(document, rules.summary),
        "keywords": _keywords(document, rules.keywords),
        "content_html": _content(document, rules),
    }
    given = frozenset(field for field, value in found.items() if value)
    return RawItem(url=document.url, rules=given, **found)


def _line(document: Document, rule: Rule | None) -> str | None:
    value = document.first(rule) if rule else None
    return " ".join(value.split()) if value else None


def _all(document: Document, rule: Rule | None) -> tuple[str, ...]:
    return document.all(rule) if rule else ()


def _dates(document: Document, rules: ArticleRules) -> tuple[RawDate, ...]:
    patterns = rules.date_format
    texts = _all(document, rules.date)
    return tuple(
        RawDate(
            text=text,
            origin=Origin.RULE,
            patterns=(patterns,) if isinstance(patterns, str) else patterns,
        )
        for text in texts
    )


def _outlet(text: str | None) -> str | None:
    """A rule may take the label along (``来源：山西日报``)."""
    return (outlet_in([text]) or text) if text else None


def _people(document: Document, rule: Rule | None) -> tuple[str, ...]:
    """A rule may take the line along (``By …``, ``… contributed to this story``)."""
    lines = _all(document, rule)
    told = credited(lines)
    return told.authors or told.helpers or told.editors or clean_names(lines)


def _crumbs(document: Document, rule: Rule | None) -> tuple[str, ...]:
    values = _all(document, rule)
    return split_crumbs(values[0]) if len(values) == 1 else values


def _keywords(document: Document, rule: Rule | None) -> tuple[str, ...]:
    words = (
        w.strip() for v in _all(document, rule) for w in re.split(r"[,;，；、\n]", v)
    )
    return tuple(dict.fromkeys(word for word in words if word))


def _image(document: Document, rule: Rule | None) -> Image | None:
    url = document.absolute(document.first(rule, "data-src")) if rule else None
    return Image(url=url) if url else None


def _content(document: Document, rules: ArticleRules) -> str | None:
    rule = rules.content
    return document.reader(rule).html(rule, rules.remove) if rule else None
