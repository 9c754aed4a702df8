"""What a reader subscribes to: an edition of a category, in that reader's words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from feedsvc.model.article import Image

__all__ = [
    "ALL",
    "GONE",
    "MOVED",
    "Conversion",
    "Document",
    "Edition",
    "Entry",
    "Feed",
    "Link",
    "Published",
    "Report",
    "Term",
    "Tombstone",
]

ALL = "all"
"""The category that holds every article (contract, section 3)."""

GONE = ".gone"
"""The only file of a folder that is no more."""

MOVED = ".moved"
"""The only file of a folder that stands elsewhere now: it holds that folder's path."""

_LANGUAGES = {"zh": ("zh", "zh-Hant"), "zh-Hant": ("zh", "zh-Hant")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A language of a category: what a feed holds, before any words.

    ``by_story`` says that one article stands for all that tell the same; the sources
    ``but`` say the opposite of that for their own. One of a ``source`` holds only what
    that lists, one of a ``query`` only what that finds.
    """

    language: str
    category: str
    include_all: bool
    items: int
    by_story: bool = False
    but: frozenset[str] = frozenset()
    source: str | None = None
    query: str | None = None

    @property
    def path(self) -> str:
        """The folder of its feeds, such as ``zh/local``."""
        return f"{self.language}/{self._folder}"

    @property
    def _folder(self) -> str:
        if self.source is not None:
            return f"sources/{self.source}"
        return self.category if self.query is None else "search"

    @property
    def parameters(self) -> str:
        """What stands behind the ``?`` of its addresses; "" for nothing."""
        if self.query is None:
            return ""
        filed = {} if self.category == ALL else {"category": self.category}
        return urlencode({"q": self.query, **filed}, quote_via=quote, safe="")

    @property
    def picks(self) -> bool:
        """Whether it holds but some of the articles of its category."""
        return self.source is not None or self.query is not None

    @property
    def languages(self) -> tuple[str, ...]:
        """Those of its own articles; both scripts of Chinese are one to its readers."""
        return _LANGUAGES.get(self.language, (self.language,))

    def holds(self, language: str, categories: Collection[str]) -> bool:
        """Whether an article of a language, filed in some categories, may stand in it."""
        filed = self.category == ALL or self.category in categories
        return filed and (self.include_all or language in self.languages)

    @property
    def compares(self) -> bool:
        """Whether any of its articles may stand behind another."""
        return self.by_story or bool(self.but)

    def collapses(self, source: str) -> bool:
        """Whether articles of a source may stand behind others."""
        return self.by_story != (source in self.but)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A category as a machine and a person know it.

    ``scheme`` is the URL that says what the term means.
    """

    term: str
    label: str
    scheme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A typed link to another address of ours or of a source's."""

    href: str
    type: str
    hreflang: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """What an entry was converted from: the original's ``tag:`` URI and language.

    ``note`` says so to people.
    """

    id: str
    language: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Another article of the same story; ``source_name`` is the localized name."""

    id: str
    url: str
    title: str
    language: str
    source_id: str
    source_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article in the words of its edition; nothing is left to decide.

    ``id`` is the ``tag:`` URI, one of its own for a conversion. ``title`` and ``summary`` are plain text, ``content_html``
    is sanitized and opens with the byline where that is on. ``date_text`` is the
    localized date. ``source_id``/``source_name``/``source_url`` say where it was
    collected, ``source_path`` is the folder of that source's feeds, if it has any;
    ``outlet`` is the localized printed outlet, if any. ``also`` are the
    reports that it stands for, ``alternates`` its versions in other languages.
    """

    id: str
    url: str
    title: str
    language: str
    published: datetime
    updated: datetime
    precision: str
    date_text: str
    authors: tuple[str, ...]
    contributors: tuple[str, ...]
    categories: tuple[Term, ...]
    source_id: str
    source_name: str
    source_url: str
    outlet: str | None
    image: Image | None
    summary: str | None
    content_html: str
    keywords: tuple[str, ...] = ()
    alternates: tuple[Link, ...] = ()
    also: tuple[Report, ...] = ()
    rights: str | None = None
    converted: Conversion | None = None
    source_path: str | None = None

    @property
    def page_language(self) -> str:
        """The language of the page at ``url``: the original's."""
        return self.converted.language if self.converted else self.language


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What stands for an entry that was taken out (RFC 6721): its id, and since when."""

    id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A whole feed, ready to be rendered in any format.

    ``path`` is its folder, such as ``zh/local``; ``base_url`` has no trailing slash, so
    ``f"{base_url}/{path}/feed.rss"`` is its RSS address and ``f"{base_url}/{path}/"`` its
    page; ``parameters``, percent-encoded, end every one of these addresses behind a
    ``?``. ``siblings`` are the pages' languages and paths of the same feed in the other
    editions, ``default_path`` is the one in the site's first language; ``heading`` is what
    it is about, ``query`` what was searched for; ``formats`` what is
    published of ``rss``, ``atom``, ``json``; ``hubs`` where to subscribe (WebSub);
    ``tombstones`` stand for what was taken out from among the entries. ``archive`` is the
    number of an archive document, None for the current feed; ``archives`` how many full
    ones there are before this one (RFC 5005 §4).
    """

    id: str
    path: str
    base_url: str
    language: str
    category: Term | None
    heading: str
    title: str
    description: str
    site_title: str
    updated: datetime
    entries: tuple[Entry, ...]
    formats: tuple[str, ...]
    siblings: tuple[tuple[str, str], ...]
    default_path: str
    tombstones: tuple[Tombstone, ...] = ()
    hubs: tuple[str, ...] = ()
    contact: str | None = None
    rights: str | None = None
    parameters: str = ""
    query: str | None = None
    archive: int | None = None
    archives: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What stands published at a path: the digest of its content and its date.

    ``told_by`` is the fingerprint of the configuration by which all that the feed may hold
    was looked through for its chronicle; since then only what was touched is.
    """

    path: str
    digest: str
    updated: datetime
    entries: int
    size: int
    told_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file of the published tree, before its precompressed twins.

    ``name`` is relative to the folder it is switched in; ``updated`` becomes its
    Last-Modified (the content's change, never the moment of rendering); ``max_age`` is
    for how many seconds a cache need not ask again.
    """

    name: str
    body: bytes
    media_type: str
    updated: datetime
    max_age: int = 300
