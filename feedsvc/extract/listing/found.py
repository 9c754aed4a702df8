"""The items of a list page that no rule describes."""

from collections.abc import Iterator

from feedsvc.extract.listing.blocks import story_links
from feedsvc.extract.listing.cards import Card, cards, share_dated
from feedsvc.extract.listing.links import links_of
from feedsvc.extract.rules import Document
from feedsvc.model.article import RawItem

__all__ = ["find_items"]


def find_items(document: Document) -> Iterator[RawItem]:
    """Yield the stories of the page in its order."""
    links = links_of(document)
    for card in cards(document, story_links(links, share_dated)):
        yield _item(card)


def _item(card: Card) -> RawItem:
    return RawItem(
        url=card.link.url,
        title=card.link.title,
        dates=card.dates,
        summary=card.summary,
        image=card.image,
    )
