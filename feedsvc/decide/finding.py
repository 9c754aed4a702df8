"""By which of its words an article is found."""

from feedsvc.model.article import Article
from feedsvc.text.terms import folded

__all__ = ["words_of"]


def words_of(article: Article) -> str:
    """All that a search looks through, folded: what it tells, who tells it, keywords."""
    told = article.title, article.summary or "", article.content_text
    by = *article.authors, *article.contributors, article.outlet or ""
    return folded((*told, *by, *article.keywords))
