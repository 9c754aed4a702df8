"""What operators read in a browser, and follow in a feed reader."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from heapq import nlargest
from typing import Final, Protocol

from feedgen.feed import FeedGenerator

from feedsvc.errors import Fault
from feedsvc.model.status import KEPT, Incident, SourceRow, StatusReport
from feedsvc.render import page
from feedsvc.render.addresses import HEALTH, OVERVIEW
from feedsvc.text.prose import one_line

__all__ = ["Site", "health", "overview"]

_MOST: Final = 200
"""Events that a feed of them holds."""


class Words(page.Words, Protocol):
    """The catalogs of one language, those of faults among them."""

    @property
    def language(self) -> str:
        """Its tag."""
        ...

    def fault(self, fault: Fault) -> str:
        """What a fault says."""
        ...


class Site(Protocol):
    """An installation in a reader's words."""

    @property
    def site_title(self) -> str:
        """What it is called."""
        ...

    @property
    def base_url(self) -> str:
        """Where it is, without a slash at the end."""
        ...

    @property
    def authority(self) -> str:
        """What its ids begin with."""
        ...

    @property
    def opened(self) -> datetime:
        """The moment before anything happened to it."""
        ...


@dataclass(frozen=True, slots=True)
class _Event:
    """A fault that came, or that is over."""

    at: datetime
    id: str
    source: str
    fault: Fault
    is_over: bool


def overview(report: StatusReport, site: Site, words: Words) -> bytes:
    """The operators' page."""
    return page.render(
        "ops.html",
        words,
        here=OVERVIEW,
        report=report,
        broken=[row for row in report.sources if any(_open(row))],
        open=_open,
        health=f"{site.base_url}/{HEALTH}",
        editions=[],
        language=words.language,
        base_url=site.base_url,
        site_title=site.site_title,
        contact=None,
    )


def health(report: StatusReport, site: Site, words: Words) -> bytes:
    """What broke and what recovered, the newest first, as an Atom feed (RFC 4287)."""
    made = FeedGenerator()
    here = f"{site.base_url}/{OVERVIEW}"
    made.id(f"tag:{site.authority}:{HEALTH}")
    made.title(words.text("ops", "health.title", site=site.site_title))
    made.language(words.language)
    made.author({"name": site.site_title, "uri": here})
    made.generator("feedsvc")
    address = f"{site.base_url}/{HEALTH}"
    made.link(href=address, rel="self", type="application/atom+xml")
    made.link(href=here, rel="alternate", type="text/html")
    events = _events(report.sources)
    made.updated(max((event.at for event in events), default=site.opened))
    for event in events:
        _add(made, event, site, words)
    written: bytes = made.atom_str(pretty=True)
    return written


def _add(made: FeedGenerator, event: _Event, site: Site, words: Words) -> None:
    entry = made.add_entry(order="append")
    key = "health.over" if event.is_over else "health.broke"
    entry.id(f"tag:{site.authority}:{OVERVIEW}{event.id}")
    entry.title(words.text("ops", key, source=event.source, code=event.fault.code))
    entry.link(href=f"{site.base_url}/{OVERVIEW}", rel="alternate", type="text/html")
    entry.published(event.at)
    entry.updated(event.at)
    entry.category({"term": str(event.fault.code)})
    place = event.fault.place
    said = words.fault(event.fault)
    entry.content(one_line(f"{place}: {said}" if place else said), type="text")


def _events(rows: Sequence[SourceRow]) -> list[_Event]:
    told = (event for row in rows for one in row.troubles for event in _of(row, one))
    return nlargest(_MOST, told, key=lambda event: (event.at, event.id))


def _of(row: SourceRow, incident: Incident) -> Iterator[_Event]:
    """That it came, and that it went; neither changes its id by the other."""
    fault, over = incident.fault, incident.cleared_at
    where = blake2b(fault.place.encode(), digest_size=8).hexdigest()
    kind = f"{row.source}/{fault.code}/{where}"
    if incident.at >= _since(row):
        came = f"{kind}/{incident.at.timestamp():.0f}"
        yield _Event(incident.at, came, row.source, fault, is_over=False)
    if over:
        went = f"{kind}/{over.timestamp():.0f}/over"
        yield _Event(over, went, row.source, fault, is_over=True)


def _since(row: SourceRow) -> datetime:
    """From when on all faults of a source are known: older ones may be forgotten."""
    times = sorted(incident.at for incident in row.faults)
    return times[1] if len(times) >= KEPT else times[0]


def _open(row: SourceRow) -> list[Incident]:
    """The troubles of a source that are not over."""
    return [incident for incident in row.troubles if incident.cleared_at is None]
