"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import json
from datetime import UTC, datetime
from typing import Any

from feedsvc.model.feed import Entry, Feed, Term
from feedsvc.render import addresses
from feedsvc.render.writable import writable

__all__ = ["render"]


@writable
def render(feed: Feed) -> bytes:
    """The feed as JSON; the same feed gives the same bytes."""
    hubs = [{"type": "WebSub", "url": hub} for hub in feed.hubs]
    # not next_url, at which readers expect JSON
    links = addresses.history(feed)
    before = links.get("prev-archive")
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": addresses.page(feed),
        "feed_url": addresses.url(feed, "json"),
        "description": feed.description,
        "language": feed.language,
        "authors": [{"name": feed.site_title, "url": addresses.page(feed)}],
        **({"hubs": hubs} if hubs else {}),
        "_feedsvc": {
            **_about(feed.category),
            "updated": feed.updated.astimezone(UTC).isoformat(timespec="seconds"),
            "siblings": [
                {"language": link.hreflang, "feed_url": link.href}
                for link in addresses.siblings(feed, "json")
            ],
            **({"prev_archive": before.href} if before else {}),
        },
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _about(category: Term | None) -> dict[str, Any]:
    """What the whole feed is filed under."""
    return {"about": category.scheme, "term": category.term} if category else {}


def _item(entry: Entry) -> dict[str, Any]:
    """An item; what is not known is left out."""
    stated = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "image": entry.image and entry.image.url,
        "date_published": _moment(entry.published),
        "date_modified": _moment(entry.updated),
        "authors": [{"name": name} for name in entry.authors],
        "tags": [category.label for category in entry.categories],
        "language": entry.language,
    }
    return {name: value for name, value in stated.items() if value} | {
        "content_html": entry.content_html,
        "_feedsvc": _own(entry),
    }


def _own(entry: Entry) -> dict[str, Any]:
    """Our extension (contract, section 4); ``term`` is the byline's, null if unfiled."""
    terms = [category.term for category in entry.categories]
    return {
        "term": terms[0] if terms else None,
        "terms": terms,
        "source": entry.source_id,
        "source_name": entry.source_name,
        "outlet": entry.outlet,
        "contributors": list(entry.contributors),
        "precision": entry.precision,
        "date_text": entry.date_text,
    } | _beside(entry)


def _beside(entry: Entry) -> dict[str, Any]:
    """What it was converted from, what else tells the story, here and in other languages."""
    also = [
        {
            "id": one.id,
            "url": one.url,
            "title": one.title,
            "source": one.source_id,
            "source_name": one.source_name,
        }
        for one in entry.also
    ]
    versions = [{"language": x.hreflang, "url": x.href} for x in entry.alternates]
    made = entry.converted
    converted = {"id": made.id, "language": made.language} if made else None
    told = {"converted_from": converted, "also": also, "alternates": versions}
    return {name: value for name, value in told.items() if value}


def _moment(at: datetime) -> str:
    """RFC 3339, in the zone in which the date was read."""
    return at.isoformat(timespec="seconds")
