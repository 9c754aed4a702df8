"""How every configured source and every feed is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from feedsvc.decide import recheck
from feedsvc.decide.cadence.learning import rate
from feedsvc.decide.history import requests_per_day, shares
from feedsvc.edition.selection import editions
from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.article import Article
from feedsvc.model.config import Config, Source
from feedsvc.model.feed import Published
from feedsvc.model.status import Coverage, Doubted, Held, Incident, SourceStatus, Status
from feedsvc.model.visit import Visit
from feedsvc.model.websub import Followers, Unreached
from feedsvc.normalize import sections
from feedsvc.text import urls

__all__ = ["SourceRow", "Spending", "StatusReport", "report"]

State = Literal["ok", "failed", "gone", "new", "disabled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """Requests a day of late, those for reading again as due, and shares of answers.

    ``unmodified`` (0 to 1) were 304, ``useful`` brought something new or changed.
    """

    requests: float = 0.0
    unmodified: float = 0.0
    useful: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One configured source, with what the store knows of it.

    ``rate`` is how many articles a day it was learned to bring, None before a visit.
    """

    source: str
    state: State
    visit: Visit
    rate: float | None
    spending: Spending
    coverage: Coverage
    doubted: Doubted | None
    faults: Sequence[Incident]

    @property
    def entries(self) -> int:
        """How many entries were read from the list that was not believed."""
        told = (i.fault.args for i in self.faults if i.cleared_at is None)
        return int(next((args["entries"] for args in told if "entries" in args), 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport:
    """Sources in the order of configuration, feeds by path.

    ``hosts`` are those that are asked, with all requests a day, the busiest first.
    ``subscriptions`` are counted by feed (WebSub), and ``unreached`` says who of them,
    and of outside hubs, could not be told. ``unmapped`` are the section names of recent
    articles that no category takes, the most frequent first; ``held`` the articles that
    are kept from readers. ``spent`` are the requests of the last 24 hours, all together.
    """

    sources: Sequence[SourceRow]
    feeds: Sequence[Published]
    subscriptions: Mapping[str, int]
    unreached: Sequence[Fault]
    unmapped: Sequence[str]
    hosts: Sequence[tuple[str, float]] = ()
    held: Sequence[Held] = ()
    spent: int = 0


def report(
    config: Config,
    status: Status,
    recent: Iterable[Article] = (),
    followers: Followers = Followers(),  # noqa: B008 -- frozen
    spent: int = 0,
) -> StatusReport:
    """What the store knows, beside what is configured; ``recent`` articles as samples."""
    known = {row.visit.source: row for row in status.sources}
    again = config.settings.collect.recheck
    rows = [
        _row(source, known.get(source.id), again) for source in config.sources.values()
    ]
    configured = {edition.path for edition in editions(config)}
    feeds = sorted(
        (feed for feed in status.feeds if feed.path in configured),
        key=lambda feed: feed.path,
    )
    names = (sections.unmapped(article, config.categories) for article in recent)
    unmapped = [name for name, _ in Counter(filter(None, names)).most_common()]
    return StatusReport(
        sources=rows,
        feeds=feeds,
        subscriptions=followers.counts,
        unreached=[_untold(one) for one in followers.unreached],
        unmapped=unmapped,
        hosts=_hosts(config.sources.values(), rows),
        held=status.held,
        spent=spent,
    )


def _hosts(
    sources: Iterable[Source], rows: Iterable[SourceRow]
) -> Sequence[tuple[str, float]]:
    """Requests a day by the host of a source's address, where it is asked at all."""
    spent: dict[str, float] = {}
    for source, row in zip(sources, rows, strict=True):
        host = urls.host(source.url)
        spent[host] = spent.get(host, 0.0) + row.spending.requests
    return sorted(
        ((host, day) for host, day in spent.items() if day),
        key=lambda pair: (-pair[1], pair[0]),
    )


def _untold(receiver: Unreached) -> Fault:
    """A receiver out of reach, as a fault of the feed that it follows.

    Its host alone is named: the rest of a callback's address is its owner's secret.
    """
    return Fault(
        code=Code.W_PING if receiver.is_ping else Code.W_PUSH,
        stage=Stage.WEBSUB,
        place=receiver.topic.name,
        args={"host": receiver.host, "detail": receiver.trouble},
        retry_at=receiver.due,
    )


def _row(
    source: Source, known: SourceStatus | None, again: Sequence[timedelta]
) -> SourceRow:
    visit = known.visit if known else Visit(source=source.id)
    watched = known.watched if known and source.enabled else 0
    return SourceRow(
        source=source.id,
        state=_state(source, visit),
        visit=visit,
        rate=_rate(visit),
        spending=_spending(visit, recheck.daily(watched, again)),
        coverage=known.coverage if known else Coverage(),
        doubted=known.doubted if known else None,
        faults=known.faults if known else (),
    )


def _rate(visit: Visit) -> float | None:
    if visit.rhythm is None:
        return None
    return rate(visit.rhythm, visit.last_success or visit.rhythm.at)


def _spending(visit: Visit, again: float) -> Spending:
    tally = visit.history.tally
    unmodified, useful = shares(tally)
    requests = requests_per_day(tally) + again
    return Spending(requests=requests, unmodified=unmodified, useful=useful)


def _state(source: Source, visit: Visit) -> State:
    if not source.enabled:
        return "disabled"
    if visit.last_attempt is None:
        return "new"
    if visit.is_over:
        return "gone"
    return "failed" if visit.failures else "ok"
