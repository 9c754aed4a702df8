"""A source's file, as written for an operator who has given no more than an address."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Final
from urllib.parse import unquote, urlsplit

from feedsvc.edition.words import Words
from feedsvc.extract.listing.pager import next_page
from feedsvc.extract.listing.suggest import item_rule
from feedsvc.extract.rules import Document
from feedsvc.inspect.offers import Kind
from feedsvc.model.article import Extraction, RawItem
from feedsvc.model.config import Language
from feedsvc.model.web import Page
from feedsvc.text import language, urls
from feedsvc.text.dates import DateContext, Reading, read
from feedsvc.text.encoding import decode

__all__ = ["Draft", "identifier", "is_paged", "item_selector", "spoken", "stated_zone"]

_LONGEST_ID: Final = 60
_GENERIC: Final = re.compile(
    r"(?:^|-)(?:index|default|feeds?|rss|atom|sitemap|list|home)$"
)
_EXTENSION: Final = re.compile(
    r"\.(?:s?html?|php|jsp|aspx?|xml|rss|rdf|atom|json|txt|gz)$", re.IGNORECASE
)
_COMMENT_AT: Final = 34
_SAMPLE: Final = 20
_ELSEWHERE: Final = timezone(timedelta(hours=5, minutes=45))
"""A zone that no text means unless it says so."""

_TAGS: Final[dict[str, Language]] = {"zh": "zh", "zh-Hant": "zh-Hant", "en": "en"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is known of a source before it is one."""

    given: str
    url: str
    kind: Kind
    name: str | None = None
    language: Language | None = None
    timezone: str | None = None
    category: str | None = None
    """A key that is configured, to show in a comment."""
    item: str | None = None
    """The selector of a list page's items, to show in a comment."""
    paged: bool = False
    """Whether the list goes on on a further page."""

    @property
    def id(self) -> str:
        """The file's name without its end."""
        return identifier(self.given)

    def toml(self, words: Words) -> str:
        """The file's text, its comments in the language of ``words``."""
        head = words.text("cli", "draft.head", url=urls.bare(self.given))
        lines = [f"# {head}", f"url = {_string(self.url)}"]
        if self.name:
            tag = _TAGS.get(language.detect(self.name) or "") or self.language or "en"
            line = f"name = {{ {tag} = {_string(self.name)} }}"
            lines.append(_line(line, words.text("cli", "draft.name")))
        if self.language:
            line = f"language = {_string(self.language)}"
            lines.append(_line(line, words.text("cli", "draft.language")))
        kind = words.text("cli", f"draft.kind.{self.kind}")
        lines.append(_line(f"kind = {_string(self.kind)}", kind))
        usual = "Asia/Taipei" if self.language == "zh-Hant" else "Asia/Shanghai"
        zone = f"timezone = {_string(self.timezone or usual)}"
        known = zone if self.timezone else f"# {zone}"
        lines.append(_line(known, words.text("cli", "draft.timezone")))
        if self.category:
            line = f"# category = {_string(self.category)}"
            lines.append(_line(line, words.text("cli", "draft.category")))
        lines.append(_line('# every = "15m"', words.text("cli", "draft.every")))
        return "\n".join([*lines, *self._list(words)]) + "\n"

    def _list(self, words: Words) -> Iterator[str]:
        """What may be said of the list, in comments."""
        if self.item or self.paged:
            yield ""
            yield "# [list]"
        if self.item:
            line = f"# item = {_string(self.item)}"
            yield _line(line, words.text("cli", "draft.item"))
        if self.paged:
            yield _line("# pages = 3", words.text("cli", "draft.pages"))


def identifier(url: str) -> str:
    """An id for the source at an address: its host, path and query, in words."""
    host = _words(re.sub(r"^www\.", "", urls.host(url)))
    parts = urlsplit(urls.clean(url))
    path = _words(_EXTENSION.sub("", unquote(parts.path)))
    while found := _GENERIC.search(path):
        path = path[: found.start()]
    named = "-".join(filter(None, (host, path, _words(unquote(parts.query)))))
    return named[:_LONGEST_ID].rstrip("-") or "source"


def _words(text: str) -> str:
    return re.sub(r"[\W_]+", "-", text.lower()).strip("-")


def item_selector(page: Page) -> str | None:
    """The rule that reads a list page as it is read without; None if none is simple."""
    return item_rule(_document(page))


def is_paged(page: Page) -> bool:
    """Whether a list page names the page that follows."""
    return next_page(_document(page)) is not None


def _document(page: Page) -> Document:
    decoded = decode(page.body, content_type=page.content_type)
    return Document(decoded.text, page.url)


def spoken(extraction: Extraction) -> Language | None:
    """The language of the items, by their words before what the document states."""
    texts = (f"{i.title or ''} {i.summary or ''}" for i in extraction.items[:_SAMPLE])
    detected = language.detect("\n".join(texts))
    stated = language.tag(extraction.language)
    return _TAGS.get(detected or stated or "")


def stated_zone(items: Iterable[RawItem], now: datetime) -> str | None:
    """The one zone that all dates with a zone name; None if none does, or it is UTC."""
    texts = [d.text for i in list(items)[:_SAMPLE] for d in (*i.dates, *i.updated)]
    zones = {zone for text in texts if (zone := _stated(text, now))}
    if len(zones) != 1:
        return None
    [zone] = zones
    if zone == "+08:00":
        return "Asia/Shanghai"
    return None if zone in {"UTC", "+00:00", "Z", "GMT"} else zone


def _stated(text: str, now: datetime) -> str | None:
    """The zone in a date's text: it is there if reading it in two zones is the same."""
    here, there = (
        read(text, DateContext(zone=zone, zone_name="", now=now))
        for zone in (UTC, _ELSEWHERE)
    )
    if not isinstance(here, Reading) or not isinstance(there, Reading):
        return None
    return here.zone if here.moment == there.moment and here.zone else None


def _line(line: str, comment: str) -> str:
    return f"{line.ljust(_COMMENT_AT)} # {comment}"


def _string(text: str) -> str:
    """A basic string of TOML, which escapes as JSON does (toml.io v1.0.0 "String")."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
