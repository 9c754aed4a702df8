"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import json
from datetime import UTC, datetime
from typing import Any

from feedsvc.model.feed import Entry, Feed
from feedsvc.render.generator import FILES

__all__ = ["render"]


def render(feed: Feed) -> bytes:
    """The feed as JSON; the same feed gives the same bytes."""
    page = f"{feed.base_url}/{feed.path}/"
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": page,
        "feed_url": f"{page}{FILES['json'][0]}",
        "description": feed.description,
        "language": feed.language,
        "authors": [{"name": feed.site_title, "url": f"{feed.base_url}/"}],
        "_feedsvc": {
            "about": feed.category.scheme,
            "term": feed.category.term,
            "updated": _moment(feed.updated),
            "siblings": [
                {
                    "language": language,
                    "feed_url": f"{feed.base_url}/{path}/{FILES['json'][0]}",
                }
                for language, path in feed.siblings
            ],
        },
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _item(entry: Entry) -> dict[str, Any]:
    stated: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.content_html,
        "summary": entry.summary,
        "image": entry.image and entry.image.url,
        "date_published": _moment(entry.published),
        "date_modified": _moment(entry.updated),
        "authors": [{"name": name} for name in entry.authors],
        "tags": [category.label for category in entry.categories],
        "language": entry.language,
        "_feedsvc": {
            "terms": [category.term for category in entry.categories],
            "term": entry.categories[0].term if entry.categories else None,
            "source": entry.source_id,
            "source_name": entry.source_name,
            "outlet": entry.outlet,
            "contributors": list(entry.contributors),
            "precision": entry.precision,
            "date_text": entry.date_text,
        },
    }
    return {name: value for name, value in stated.items() if value}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
