"""The JSON forms that contract, section 5, promises."""

from datetime import datetime
from typing import Any

from feedsvc.model.article import Article, Origin
from feedsvc.text import dates

__all__ = ["article_form"]


def article_form(article: Article) -> dict[str, Any]:
    """One Article JSON (contract, section 5).

    The moment of reading is no date of the article's: it is null, ``first-seen`` tells.
    """
    dated = article.published_from is not Origin.FIRST_SEEN
    image = article.image
    return {
        "url": article.url,
        "canonical_url": article.canonical_url,
        "title": article.title,
        "language": article.language,
        "published": _at(article, article.published) if dated else None,
        "updated": _at(article, article.modified),
        "precision": str(article.precision) if dated else None,
        "published_from": str(article.published_from),
        "authors": list(article.authors),
        "contributors": list(article.contributors),
        "source": article.outlet,
        "section": article.section,
        "breadcrumb": list(article.breadcrumb),
        "image": image
        and {
            "url": image.url,
            "caption": image.caption,
            "credit": image.credit,
            "width": image.width,
            "height": image.height,
        },
        "summary": article.summary,
        "content_html": article.content_html,
        "content_text": article.content_text,
        "keywords": list(article.keywords),
        "alternates": [
            {"hreflang": a.hreflang, "url": a.url} for a in article.alternates
        ],
        "encoding": article.encoding,
        "warnings": [str(code) for code in article.warnings],
    }


def _at(article: Article, at: datetime | None) -> str | None:
    if at is None:
        return None
    return at.astimezone(dates.zone(article.zone)).isoformat(timespec="seconds")
