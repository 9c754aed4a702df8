"""How every configured source and every feed is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta

from feedsvc.decide import recheck
from feedsvc.decide.cadence.learning import rate
from feedsvc.decide.history import requests_per_day, shares
from feedsvc.edition.selection import editions
from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.article import Article
from feedsvc.model.config import Config, Source
from feedsvc.model.status import (
    Coverage,
    SourceRow,
    SourceStatus,
    Spending,
    State,
    Status,
    StatusReport,
)
from feedsvc.model.visit import Visit
from feedsvc.model.websub import Followers, Unreached
from feedsvc.normalize import sections
from feedsvc.text import urls

__all__ = ["report"]


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
