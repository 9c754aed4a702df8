"""What a monitor reads: the status of sources and feeds in Prometheus' formats."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from feedsvc import __version__
from feedsvc.edition.words import Words
from feedsvc.model.feed import Published
from feedsvc.model.status import SourceRow, StatusReport

__all__ = ["exposition"]

_UP = {"ok": 1.0, "failed": 0.0, "gone": 0.0}
"""A source that was never visited, or is disabled, is neither."""


def _seconds(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


_OF_SOURCE: Mapping[str, Callable[[SourceRow], float | None]] = {
    "source_up": lambda row: _UP.get(row.state),
    "source_last_success_timestamp_seconds": lambda r: _seconds(r.visit.last_success),
    "source_next_visit_timestamp_seconds": lambda row: _seconds(row.visit.due),
    "source_failures_in_a_row": lambda row: row.visit.failures,
    "source_entries": lambda row: row.visit.items,
    "source_requests_per_day": lambda row: row.spending.requests,
}
_OF_FEED: Mapping[str, Callable[[Published], float]] = {
    "feed_entries": lambda feed: feed.entries,
    "feed_bytes": lambda feed: feed.size,
    "feed_updated_timestamp_seconds": lambda feed: feed.updated.timestamp(),
}


def exposition(report: StatusReport, words: Words, accept: str) -> tuple[bytes, str]:
    """The metrics and their media type, as the ``Accept`` of whoever asks wants them."""
    registry = CollectorRegistry()
    registry.register(_Metrics(report, words))
    ProcessCollector(registry=registry)
    encode, media_type = choose_encoder(accept)
    return encode(registry), media_type


class _Metrics(Collector):
    """A report as metrics; their help comes from the catalog ``metrics``."""

    def __init__(self, report: StatusReport, words: Words) -> None:
        self._report = report
        self._words = words

    def collect(self) -> Iterator[Metric]:
        build = InfoMetricFamily("feedsvc_build", self._help("build"))
        build.add_metric([], {"version": __version__})
        yield build
        yield from self._sources()
        yield from self._feeds()
        yield self._gauge("articles_held", [((), len(self._report.held))])
        yield self._gauge("requests_last_day", [((), self._report.spent)])

    def _sources(self) -> Iterator[Metric]:
        for name, of in _OF_SOURCE.items():
            told = ((row.source, of(row)) for row in self._report.sources)
            values = [((source,), value) for source, value in told if value is not None]
            yield self._gauge(name, values, "source")
        opened = Counter(
            (row.source, str(one.fault.code))
            for row in self._report.sources
            for one in row.faults
            if one.cleared_at is None
        )
        yield self._gauge("source_faults", opened.items(), "source", "code")

    def _feeds(self) -> Iterator[Metric]:
        for name, of in _OF_FEED.items():
            values = [((feed.path,), of(feed)) for feed in self._report.feeds]
            yield self._gauge(name, values, "feed")
        followed = self._report.subscriptions.items()
        values = [((path,), float(count)) for path, count in followed]
        yield self._gauge("feed_subscriptions", values, "feed")

    def _gauge(
        self, name: str, values: Iterable[tuple[Sequence[str], float]], *labels: str
    ) -> Metric:
        family = GaugeMetricFamily(f"feedsvc_{name}", self._help(name), labels=labels)
        for of, value in values:
            family.add_metric(of, value)
        return family

    def _help(self, name: str) -> str:
        return self._words.text("metrics", name)
