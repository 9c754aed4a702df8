"""The items of a list page that no rule describes."""

from collections.abc import Iterator

from feedsvc.extract.listing.blocks import FEWEST_WORDS, MOST_WORDS, story_links
from feedsvc.extract.listing.cards import Card, cards, share_dated
from feedsvc.extract.listing.links import Link, links_of
from feedsvc.extract.listing.titles import is_date
from feedsvc.extract.rules import Document
from feedsvc.model.article import RawItem

__all__ = ["find_items"]


def find_items(document: Document) -> Iterator[RawItem]:
    """Yield the stories of the page in its order, one for each link to them.

    All links to a story are called what the most telling of them says.
    """
    links = story_links(links_of(document), share_dated)
    called: dict[str, Link] = {}
    for link in links:
        called[link.url] = max(called.get(link.url, link), link, key=_telling)
    for card in cards(document, links):
        yield _item(card, called[card.link.url].title)


def _telling(link: Link) -> tuple[bool, bool, bool, int]:
    """The rank of a link among those to the same story; of equals the first counts."""
    tells = FEWEST_WORDS <= link.words <= MOST_WORDS and not is_date(link.title)
    return link.is_heading, tells, link.called.spoken, link.words if tells else 0


def _item(card: Card, title: str) -> RawItem:
    return RawItem(
        url=card.link.url,
        title=title,
        dates=card.dates,
        summary=card.summary,
        image=card.image,
    )
