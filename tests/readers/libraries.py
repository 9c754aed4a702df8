"""Readers that are libraries: from files to what they read in them."""

import json
import subprocess
from calendar import timegm
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path
from typing import Any

import atoma
import feedparser

from tests.readers import npm
from tests.readers.reading import Reading, Told

Read = Callable[[Sequence[Path]], Sequence[Reading]]


def by_feedparser(files: Sequence[Path]) -> Sequence[Reading]:
    """The feeds as feedparser reads them, which must find nothing odd (``bozo``)."""
    return [_feedparser(file) for file in files]


def _feedparser(file: Path) -> Reading:
    # its sanitizer would write the same markup in another way
    options = {"sanitize_html": False, "resolve_relative_uris": False}
    read = feedparser.parse(file.read_bytes(), **options)
    assert not read.bozo, (file, read.get("bozo_exception"))
    own = read.feed.title_detail.language
    items = (_feedparser_item(entry, own) for entry in read.entries)
    return Reading(read.feed.title, read.feed.link, read.feed.language, tuple(items))


def _feedparser_item(entry: Any, own: str | None) -> Told:
    content = entry.content[0] if "content" in entry else entry.summary_detail
    return Told(
        id=entry.id,
        url=entry.link,
        title=entry.title,
        published=datetime.fromtimestamp(timegm(entry.published_parsed), UTC),
        authors=tuple(each["name"] for each in entry.get("authors", ())),
        language=content.language if content.language != own else None,
        content=content.value,
    )


def by_atoma(form: str, files: Sequence[Path]) -> Sequence[Reading]:
    """The feeds as atoma reads them."""
    read = {"rss": _atoma_rss, "atom": _atoma_atom, "json": _atoma_json}[form]
    return [read(file.read_bytes()) for file in files]


def _atoma_rss(body: bytes) -> Reading:
    read = atoma.parse_rss_bytes(body)
    items = (
        Told(
            id=item.guid,
            url=item.link,
            title=item.title,
            published=item.pub_date,
            content=item.content_encoded or item.description,
        )
        for item in read.items
    )
    return Reading(read.title, read.link, read.language, tuple(items))


def _atoma_atom(body: bytes) -> Reading:
    read = atoma.parse_atom_bytes(body)
    items = (
        Told(
            id=entry.id_,
            url=_page(entry.links),
            title=entry.title.value,
            published=entry.published,
            authors=tuple(each.name for each in entry.authors),
            content=entry.content.value if entry.content else "",
        )
        for entry in read.entries
    )
    return Reading(read.title.value, _page(read.links), None, tuple(items))


def _page(links: Sequence[Any]) -> str:
    found: str = next(link.href for link in links if link.rel == "alternate")
    return found


def _atoma_json(body: bytes) -> Reading:
    read = atoma.parse_json_feed_bytes(body)
    items = (
        Told(
            id=item.id_,
            url=item.url,
            title=item.title,
            published=item.date_published,
            content=item.content_html,
        )
        for item in read.items
    )
    return Reading(read.title, read.home_page_url, None, tuple(items))


def by_npm(package: str, files: Sequence[Path]) -> Sequence[Reading]:
    """The feeds as an npm package reads them (``read.js``)."""
    npm.installed(package)
    command = ["node", str(npm.HERE / "read.js"), package, *map(str, files)]
    done = subprocess.run(command, capture_output=True, check=True)
    return [_npm(told) for told in json.loads(done.stdout)]


def _npm(told: dict[str, Any]) -> Reading:
    own = told.get("language")
    items = (
        Told(
            id=item["id"],
            url=item["url"],
            title=item["title"],
            published=_moment(item["published"]),
            authors=tuple(item["authors"]),
            language=item.get("language") if item.get("language") != own else None,
            content=item.get("content") or "",
        )
        for item in told["items"]
    )
    return Reading(told["title"], told["url"], own, tuple(items))


def _moment(text: str) -> datetime:
    """A date as JavaScript writes it, or as it stood in the feed."""
    return (
        datetime.fromisoformat(text)
        if text[0].isdigit()
        else parsedate_to_datetime(text)
    )


NO_LANGUAGES = frozenset({"language", "item language"})

LIBRARIES: dict[tuple[str, str], tuple[Read, frozenset[str]]] = {
    ("feedparser", "rss"): (by_feedparser, frozenset()),
    ("feedparser", "atom"): (by_feedparser, frozenset()),
    ("atoma", "rss"): (
        partial(by_atoma, "rss"),
        frozenset({"authors", "item language"}),
    ),
    ("atoma", "atom"): (
        partial(by_atoma, "atom"),
        NO_LANGUAGES | {"nobody but the feed"},
    ),
    ("atoma", "json"): (partial(by_atoma, "json"), NO_LANGUAGES | {"authors"}),
    ("rss-parser", "rss"): (
        partial(by_npm, "rss-parser"),
        frozenset({"authors but the first", "item language"}),
    ),
    ("rss-parser", "atom"): (
        partial(by_npm, "rss-parser"),
        NO_LANGUAGES | {"authors but the first"},
    ),
    ("@rowanmanning/feed-parser", "rss"): (
        partial(by_npm, "@rowanmanning/feed-parser"),
        frozenset({"item language", "entities"}),
    ),
    ("@rowanmanning/feed-parser", "atom"): (
        partial(by_npm, "@rowanmanning/feed-parser"),
        frozenset({"item language", "entities", "nobody but the feed"}),
    ),
    ("feedsmith", "rss"): (partial(by_npm, "feedsmith"), frozenset()),
    ("feedsmith", "atom"): (partial(by_npm, "feedsmith"), frozenset()),
    ("feedsmith", "json"): (partial(by_npm, "feedsmith"), frozenset()),
}
"""How each reads a format, and what of a feed it has no notion of there."""
