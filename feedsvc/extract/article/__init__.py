"""Article pages: rules, structured data, print and body, one reader a file."""

from feedsvc.extract.article.read import read_article

__all__ = ["read_article"]
