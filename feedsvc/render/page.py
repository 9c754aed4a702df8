"""HTML pages for people: doors, directories of feeds, newest articles, what terms mean.

Every text is hostile until the templates have escaped it; addresses are linked only if
they are ``http`` or ``https``. The same values give the same bytes.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from feedsvc.model.article import Precision
from feedsvc.model.feed import Entry, Feed
from feedsvc.render import addresses
from feedsvc.render.addresses import FILES
from feedsvc.render.listing import Listing, Row
from feedsvc.render.subscribe import offers
from feedsvc.text.prose import shorten

__all__ = [
    "Asset",
    "Words",
    "assets",
    "category",
    "index",
    "render",
    "root",
    "sources",
    "term",
]

_FULL, _SUMMARY = 20, 200
"""Articles with picture and summary, the others being headlines, and characters of a
summary: the page of 50 articles weighs less than 50 KB."""

_LANGUAGES = ("zh", "zh-Hant", "en")
"""In the order in which pages offer them."""

_TEMPLATES = Path(__file__).with_name("templates")


class Words(Protocol):
    """The catalogs of one language, domain ``pages``."""

    def text(self, domain: str, key: str, **args: object) -> str:
        """The words for a key, its placeholders filled."""
        ...

    def count(self, domain: str, key: str, number: int) -> str:
        """The words for a number of things, in the right plural form."""
        ...


class Asset(NamedTuple):
    """A file that all pages share; ``name`` is its address under the root."""

    name: str
    media_type: str
    body: bytes


def category(feed: Feed, words: Words, updated_text: str) -> bytes:
    """The page of a feed; ``updated_text`` is its date, localized."""
    return render(
        "category.html",
        words,
        feed=feed,
        updated_text=updated_text,
        full=_FULL,
        formats=[FILES[name] for name in feed.formats],
        readers=offers(addresses.url(feed, feed.formats[0])),
        language=feed.language,
        asked=addresses.asked(feed),
        here=f"{feed.path}/{addresses.asked(feed)}",
        editions=[
            (language, f"{path}{addresses.asked(feed)}")
            for language, path in _ordered([(feed.language, feed.path), *feed.siblings])
        ],
        base_url=feed.base_url,
        site_title=feed.site_title,
        contact=feed.contact,
    )


def index(listing: Listing, words: Words) -> bytes:
    """The directory of all feeds in one language."""
    return render(
        "index.html",
        words,
        rows=listing.rows,
        has_sources=bool(listing.sources),
        formats=[FILES[name] for name in listing.formats],
        language=listing.language,
        here=f"{listing.language}/",
        editions=_ordered((tag, tag) for tag in listing.languages),
        base_url=listing.base_url,
        site_title=listing.site_title,
        contact=listing.contact,
    )


def sources(listing: Listing, words: Words) -> bytes:
    """The directory of the sources, each of which has feeds of its own."""
    return render(
        "sources.html",
        words,
        listing=listing,
        language=listing.language,
        here=f"{listing.language}/sources/",
        editions=_ordered((tag, f"{tag}/sources") for tag in listing.languages),
        base_url=listing.base_url,
        site_title=listing.site_title,
        contact=listing.contact,
    )


def root(listings: Sequence[Listing], words: Words) -> bytes:
    """The choice of languages, for servers that cannot choose; in the first's words."""
    first = listings[0]
    return render(
        "root.html",
        words,
        listings=listings,
        formats=[FILES[name] for name in first.formats],
        language=first.language,
        here="",
        editions=_ordered((each.language, each.language) for each in listings),
        base_url=first.base_url,
        site_title=first.site_title,
        contact=None,
    )


def term(meanings: Sequence[Row], listing: Listing, words: Words) -> bytes:
    """What a category means in every language; ``listing`` is the first one's."""
    name = meanings[0].term
    return render(
        "term.html",
        words,
        term=name,
        meanings=meanings,
        formats=[FILES[each] for each in listing.formats],
        language=listing.language,
        here=f"categories/{name}",
        editions=[],
        base_url=listing.base_url,
        site_title=listing.site_title,
        contact=listing.contact,
    )


def _ordered(editions: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Languages with their pages, in the same order on every page."""
    known = sorted(editions, key=lambda edition: _LANGUAGES.index(edition[0]))
    return [(language, f"{path}/") for language, path in known]


@cache
def assets() -> tuple[Asset, ...]:
    """The stylesheet, the script and the icon that pages refer to."""
    return (
        Asset("style.css", "text/css; charset=utf-8", _packed("style.css")),
        Asset("script.js", "text/javascript; charset=utf-8", _packed("script.js")),
        Asset("icon.svg", "image/svg+xml", _packed("icon.svg")),
    )


def _packed(name: str) -> bytes:
    """A file that ships beside the templates."""
    return (_TEMPLATES / name).read_bytes()


def render(template: str, words: Words, here: str, **values: Any) -> bytes:
    """A page as UTF-8, of a template; ``here`` is its address below the root."""
    page = _environment().get_template(template)
    up = "../" * here.count("/")
    made = page.render(words=words, here=here, up=up, **values)
    return made.encode(errors="replace")


@cache
def _environment() -> Environment:
    """The templates, read once; a name that is not given is a bug, not a blank."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "stamp": _stamp,
        "plainly": _plainly,
        "when": _when,
        "short": _short,
        "web": _web,
        "reachable": _reachable,
    }
    return environment


def _stamp(moment: datetime) -> str:
    """A moment for machines (HTML ``time``), in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _plainly(moment: datetime) -> str:
    """A moment for operators, in UTC whatever machine says it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def _when(entry: Entry) -> str:
    """An entry's date for machines: a day has no time (HTML, "valid date string")."""
    day = entry.precision == Precision.DAY
    return entry.published.date().isoformat() if day else _stamp(entry.published)


def _short(summary: str) -> str:
    """What of a summary a list shows."""
    return shorten(summary, _SUMMARY)


def _web(url: str | None) -> str | None:
    """A web address, or None: nothing else is ever linked or shown."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def _reachable(contact: str | None) -> str | None:
    """A way to reach the editors, or None."""
    mail = contact and contact.lower().startswith("mailto:")
    return contact if mail else _web(contact)
