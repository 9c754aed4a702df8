"""Documents in, statements out: what a list, a feed or a page says about articles.

Nothing is fetched and nothing trusted here. The rooms are loaded when first asked, for
each brings a parser of its own.
"""

from typing import TYPE_CHECKING

from feedsvc.errors import Fault
from feedsvc.extract.sniff import sniff
from feedsvc.model.article import Extraction
from feedsvc.model.config import Source
from feedsvc.model.web import Page

if TYPE_CHECKING:
    from feedsvc.extract.article import Statements

__all__ = ["next_page", "read_article", "read_list", "read_statements", "refusal"]


def read_list(source: Source, page: Page) -> Extraction:
    """Read whatever lists a source's articles; ExtractError when it lists nothing.

    ``kind = "auto"`` goes by the document's own first bytes.
    """
    match sniff(page) if source.kind == "auto" else source.kind:
        case "feed":
            from feedsvc.extract.feed import read_feed

            return read_feed(source, page)
        case "json":
            from feedsvc.extract.records import read_records

            return read_records(source, page)
        case "sitemap":
            from feedsvc.extract.sitemap import read_sitemap

            return read_sitemap(source, page)
        case _:
            from feedsvc.extract.listing import read_listing

            return read_listing(source, page)


def read_article(source: Source, page: Page) -> Extraction:
    """Read an article page: one item, or faults alone; ExtractError when unreadable."""
    from feedsvc.extract.article import read_article as read

    return read(source, page)


def refusal(source: Source, page: Page) -> Fault | None:
    """Why a page is no article although the server said 200; None for an article."""
    from feedsvc.extract.article import refusal as find

    return find(source, page)


def read_statements(source: Source, page: Page) -> "Statements":
    """What each reader of an article page says by itself, for previews."""
    from feedsvc.extract.article import read_statements as read

    return read(source, page)


def next_page(source: Source, page: Page) -> str | None:
    """Where an article goes on, by the rule that says so; None at its last page."""
    from feedsvc.extract.article import next_page as find

    return find(source, page)
