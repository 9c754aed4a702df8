"""OPML 2.0 subscription lists (opml.org/spec2.opml, "Subscription lists")."""

from email.utils import format_datetime

from lxml.etree import Element, SubElement, tostring

from feedsvc.render import addresses
from feedsvc.render.listing import Listing, Row
from feedsvc.text.controls import without_controls

__all__ = ["MEDIA_TYPE", "render"]

MEDIA_TYPE = "text/x-opml; charset=utf-8"


def render(listing: Listing, title: str) -> bytes:
    """Every feed of the directory once, in the first format that is published.

    A list with every format of a feed would subscribe its reader to the same articles
    several times.
    """
    root = Element("opml", version="2.0")
    head, body = SubElement(root, "head"), SubElement(root, "body")
    told = {
        "title": title,
        "dateCreated": format_datetime(listing.opened, usegmt=True),
        "dateModified": format_datetime(listing.updated, usegmt=True),
        "ownerName": listing.site_title,
        "ownerId": f"{listing.base_url}/{listing.language}/",
        "docs": "http://opml.org/spec2.opml",
    }
    for name, text in told.items():
        SubElement(head, name).text = without_controls(text)
    for row in listing.rows:
        SubElement(body, "outline", _outline(listing, row))
    return tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _outline(listing: Listing, row: Row) -> dict[str, str]:
    """A feed; ``type`` is ``rss`` whatever its format, as the specification wants it."""
    form = listing.formats[0]
    page = f"{listing.base_url}/{row.path}/"
    language = listing.language
    told = {
        "text": row.title,
        "type": "rss",
        "xmlUrl": f"{page}{addresses.FILES[form].name}",
        "htmlUrl": page,
        "title": row.title,
        "description": row.description,
        "language": addresses.rss_language(language) if form == "rss" else language,
        "category": f"/{row.term}",
    }
    return {name: without_controls(text) for name, text in told.items()}
