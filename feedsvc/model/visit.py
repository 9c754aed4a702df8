"""One source's visits: what is known before, and what came of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from feedsvc.errors import Fault
from feedsvc.model.article import Article, RawItem
from feedsvc.model.check import Check
from feedsvc.model.history import History
from feedsvc.model.kept import Kept
from feedsvc.model.profile import Profile
from feedsvc.model.web import Resource

__all__ = ["Arrival", "Former", "Known", "Outcome", "Rhythm", "Visit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A new article's own date; ``exact`` unless only its day is known."""

    at: datetime
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """What visits have taught of how often a source brings something new.

    Sums as they stood at ``at``, older parts of them faded: ``days`` watched,
    ``requests`` beside those for the list itself, and ``cells``, the articles that came
    in each hour of a weekday (0 to 23) and of a day of the weekend (24 to 47), in the
    source's own zone.
    """

    at: datetime
    days: float
    cells: tuple[float, ...]
    requests: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What the store knows of a source before it is visited; times aware UTC.

    ``due`` is None before the first visit, and after the last one of a source that is
    gone for good. ``failures`` counts failed visits in a row. ``blocked_until`` is a
    wait that the host asked for (Retry-After): even ``collect`` by hand honours it.
    ``is_released`` says that an operator believes the next list, whatever it looks like.
    ``rhythm`` is None until a first visit went well.
    """

    source: str
    due: datetime | None = None
    last_attempt: datetime | None = None
    last_success: datetime | None = None
    failures: int = 0
    blocked_until: datetime | None = None
    items: int = 0
    is_released: bool = False
    profile: Profile = field(default_factory=Profile)
    history: History = field(default_factory=History)
    rhythm: Rhythm | None = None

    @property
    def is_over(self) -> bool:
        """Whether the source is gone, and not asked for again by itself."""
        return self.due is None and self.last_attempt is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the ledger knows of an article: enough to decide what a new reading means.

    ``list_digest`` is the digest of the list or feed entry when it was last read, so
    that an entry that changed is read again; it is "" while the source that asks never
    listed the article. ``source`` is the one whose reading is stored, ``zone`` and
    ``published_from`` belong to its date. ``is_held`` says that no reader saw it yet,
    ``is_released`` that an operator lets it be read as it is, ``is_withdrawn`` that its
    page was gone. ``stated`` is the date that the list of the source that asks states
    now, where that is not ``published``.
    """

    id: str
    digest: str
    list_digest: str
    published: datetime
    precision: str
    updated: datetime
    first_seen: datetime
    position: int
    changes: int = 0
    source: str = ""
    zone: str = ""
    published_from: str = ""
    is_held: bool = False
    is_released: bool = False
    is_withdrawn: bool = False
    stated: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """An article of a source that stands at ``url``, and was last listed at ``seen``."""

    known: Known
    url: str
    seen: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a visit changes, or a part of it; written in one transaction.

    A visit hands over articles as they come (``visit`` None: nothing else is decided
    yet) and ends with the outcome that holds ``visit``, its resources and its faults.
    ``articles`` are new or changed ones with the ids the ledger already gave or gives
    now; ``list_digests`` (article id → digest) of every entry read; ``seen`` the ids
    that stood in the list, ``restated`` the dates that it states of some (by id) since
    it states others than before; ``resources`` the validators to ask by next time,
    ``is_whole`` that they are all that the source's lists consist of. ``filed``
    are the terms (article id → terms) under which this source files what it lists, also
    where the reading of another source stands; ``aliases`` (article id → keys) what a
    known article is here listed as, beside those of ``articles``; ``moved`` the ids of
    those whose address was edited, which counts as a change; ``versions`` (article id →
    language → identity key) where what was read says that its versions in other
    languages stand. ``checks`` are pages to read again, ``statements`` what the
    list says now (article id → item) of some of them that stand, ``withdrawn`` the ids of articles
    whose pages are gone, ``returned`` of those whose pages are there again. ``pages`` are
    worth keeping; ``is_believed`` says that a list that was not is of no interest any
    more, ``is_heeded`` that the visit did as an operator's release of its list
    asked, ``is_unread`` that nothing was read of the list: what was told of it before may
    still be so.
    """

    source: str
    visit: Visit | None = None
    articles: Sequence[Article] = ()
    list_digests: Sequence[tuple[str, str]] = ()
    filed: Sequence[tuple[str, Sequence[str]]] = ()
    aliases: Sequence[tuple[str, Sequence[str]]] = ()
    moved: Sequence[str] = ()
    versions: Sequence[tuple[str, Mapping[str, str]]] = ()
    seen: Sequence[str] = ()
    restated: Sequence[tuple[str, datetime]] = ()
    checks: Sequence[Check] = ()
    statements: Sequence[tuple[str, RawItem]] = ()
    withdrawn: Sequence[str] = ()
    returned: Sequence[str] = ()
    resources: Sequence[Resource] = ()
    pages: Sequence[Kept] = ()
    is_whole: bool = False
    is_believed: bool = False
    is_heeded: bool = False
    is_unread: bool = False
    faults: Sequence[Fault] = ()
