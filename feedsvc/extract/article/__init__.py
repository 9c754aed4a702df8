"""Article pages: rules, structured data, print and body, one reader a file."""

from feedsvc.extract.article.pages import next_page
from feedsvc.extract.article.read import read_article, refusal
from feedsvc.extract.article.statements import Statements, read_statements

__all__ = ["Statements", "next_page", "read_article", "read_statements", "refusal"]
