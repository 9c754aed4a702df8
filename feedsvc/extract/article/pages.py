"""The pages of one article: what leads from one to the next."""

from feedsvc.extract.rules import Document
from feedsvc.model.config import Source
from feedsvc.model.web import Page
from feedsvc.text.encoding import decode

__all__ = ["next_page", "opened"]


def next_page(source: Source, page: Page) -> str | None:
    """Give the address that ``article.next`` finds on a page of an article, if any.

    ExtractError as :class:`feedsvc.extract.rules.Reader` raises it.
    """
    rule = source.article.next if source.article else None
    if rule is None:
        return None
    document, _ = opened(source, page)
    return document.absolute(document.first(rule, "href"))


def opened(source: Source, page: Page) -> tuple[Document, str]:
    """Decode a page; its document and the encoding that was used."""
    decoded = decode(
        page.body,
        override=source.encoding,
        content_type=page.content_type,
        language=source.language,
    )
    return Document(decoded.text, page.url), decoded.encoding
