"""What of an article's text and links an entry holds."""

from collections.abc import Sequence
from html import escape

from feedsvc.edition.byline import listed
from feedsvc.edition.words import Words
from feedsvc.model.article import Article
from feedsvc.model.feed import Link, Report
from feedsvc.text.prose import shorten

__all__ = ["also_line", "alternates", "body", "summary"]

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


def alternates(versions: Sequence[Article]) -> tuple[Link, ...]:
    """Where the story stands in other languages, one link for each.

    RFC 4287 §4.1.2 forbids two alternates of one type and language.
    """
    found: dict[str, Link] = {}
    for each in versions:
        link = Link(href=each.url, type="text/html", hreflang=each.language)
        found.setdefault(each.language, link)
    return tuple(found.values())


def also_line(reports: Sequence[Report], words: Words) -> str:
    """Who else reports the story, as a paragraph of links; "" for nobody."""
    named: dict[str, str] = {}
    for one in reports:
        named.setdefault(escape(one.source_name, quote=False), escape(one.url))
    links = [f'<a href="{url}">{name}</a>' for name, url in named.items()]
    if not links:
        return ""
    told = escape(words.text("labels", "byline.also"), quote=False)
    line = told.replace("{names}", listed(links, words))
    return f'<p class="also" lang="{words.language}">{line}</p>'
