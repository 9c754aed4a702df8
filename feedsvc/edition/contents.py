"""What of an article's text and links an entry holds."""

from collections.abc import Sequence
from html import escape

from feedsvc.model.article import Alternate, Article
from feedsvc.model.feed import Link
from feedsvc.text import language
from feedsvc.text.prose import shorten

__all__ = ["alternates", "body", "summary"]

_LIMIT = 160
"""Characters of a text that stand for it where its source gave no summary."""


def summary(article: Article) -> str | None:
    """The source's own summary, else how the text begins; None for an empty text."""
    if article.summary:
        return article.summary
    # looking at more would only cost time: a character is seldom many code points
    start = " ".join(article.content_text[: 8 * _LIMIT].split())
    return shorten(start, _LIMIT) or None


def body(article: Article, told: str | None, *, full: bool) -> str:
    """The content's HTML: the article's, or only what ``told`` sums up.

    Readers show this in place of the summary, so that it stands in where there is no
    text: of an article whose page could not be read, say.
    """
    if not told or (full and article.content_html):
        return article.content_html
    return f"<p>{escape(told, quote=False)}</p>"


def alternates(stated: Sequence[Alternate], own: str) -> tuple[Link, ...]:
    """Where the story stands in other languages than its ``own``, one link for each.

    RFC 4287 §4.1.2 forbids two alternates of one type and language.
    """
    found: dict[str, Link] = {}
    for each in stated:
        tag = language.tag(each.hreflang)
        if tag and tag != own:
            link = Link(href=each.url, type="text/html", hreflang=tag)
            found.setdefault(tag, link)
    return tuple(found.values())
