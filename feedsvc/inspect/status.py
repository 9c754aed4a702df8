"""How every configured source and every feed is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from feedsvc.model.article import Article
from feedsvc.model.config import Config, Source
from feedsvc.model.feed import Published
from feedsvc.model.status import Coverage, Incident, SourceStatus, Status
from feedsvc.model.visit import Visit
from feedsvc.normalize import sections

__all__ = ["SourceRow", "StatusReport", "report"]

State = Literal["ok", "failed", "new", "disabled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One configured source, with what the store knows of it."""

    source: str
    state: State
    visit: Visit
    coverage: Coverage
    faults: Sequence[Incident]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport:
    """Sources in the order of configuration, feeds by path.

    ``unmapped`` are the section names of recent articles that no category takes, the
    most frequent first.
    """

    sources: Sequence[SourceRow]
    feeds: Sequence[Published]
    unmapped: Sequence[str]


def report(
    config: Config, status: Status, recent: Iterable[Article] = ()
) -> StatusReport:
    """What the store knows, beside what is configured; ``recent`` articles as samples."""
    known = {row.visit.source: row for row in status.sources}
    rows = [_row(source, known.get(source.id)) for source in config.sources.values()]
    feeds = sorted(status.feeds, key=lambda feed: feed.path)
    names = (sections.unmapped(article, config.categories) for article in recent)
    unmapped = [name for name, _ in Counter(filter(None, names)).most_common()]
    return StatusReport(sources=rows, feeds=feeds, unmapped=unmapped)


def _row(source: Source, known: SourceStatus | None) -> SourceRow:
    visit = known.visit if known else Visit(source=source.id)
    return SourceRow(
        source=source.id,
        state=_state(source, visit),
        visit=visit,
        coverage=known.coverage if known else Coverage(),
        faults=known.faults if known else (),
    )


def _state(source: Source, visit: Visit) -> State:
    if not source.enabled:
        return "disabled"
    if visit.last_attempt is None:
        return "new"
    return "failed" if visit.failures else "ok"
