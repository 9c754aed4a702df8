"""What is configured stands beside what the store knows."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from feedsvc.errors import Code, Fault, Stage
from feedsvc.inspect.status import report
from feedsvc.model.config import Source
from feedsvc.model.feed import Published
from feedsvc.model.status import Coverage, Incident, SourceStatus, Status
from feedsvc.model.visit import Visit
from tests.publish.world import article, config

NOW = datetime(2026, 11, 24, tzinfo=UTC)
RIVER = Source(id="river", url="https://news.example.org/")


@pytest.mark.parametrize(
    ("source", "visit", "state"),
    [
        (RIVER, None, "new"),
        (RIVER, Visit(source="river", due=NOW), "new"),
        (RIVER, Visit(source="river", last_attempt=NOW), "ok"),
        (RIVER, Visit(source="river", last_attempt=NOW, failures=2), "failed"),
        (replace(RIVER, enabled=False), Visit(source="river", failures=2), "disabled"),
    ],
    ids=["unknown", "enrolled", "well", "failing", "off"],
)
def test_a_source_has_one_state(
    source: Source, visit: Visit | None, state: str
) -> None:
    rows = (SourceStatus(visit=visit),) if visit else ()
    [row] = report(config(sources=(source,)), Status(sources=rows)).sources
    assert (row.source, row.state) == ("river", state)


def test_what_is_known_is_passed_on() -> None:
    fault = Incident(fault=Fault(code=Code.E_DNS, stage=Stage.FETCH), at=NOW)
    known = SourceStatus(
        visit=Visit(source="river", last_attempt=NOW),
        faults=(fault,),
        coverage=Coverage(items=3, date=1.0),
    )
    gone = SourceStatus(visit=Visit(source="no longer configured"))
    [row] = report(config(sources=(RIVER,)), Status(sources=(gone, known))).sources
    assert (row.visit, row.faults, row.coverage) == (
        known.visit,
        known.faults,
        known.coverage,
    )


def test_feeds_stand_by_path() -> None:
    feeds = tuple(
        Published(path=path, digest="", updated=NOW, entries=0, size=0)
        for path in ("zh/all", "en/local", "en/all")
    )
    told = report(config(), Status(feeds=feeds)).feeds
    assert [feed.path for feed in told] == ["en/all", "en/local", "zh/all"]


def test_section_names_that_map_nowhere_are_told_the_most_frequent_first() -> None:
    recent = [
        article(1, section="Letters"),
        article(2, section="Chess"),
        article(3, section="Chess"),
        article(4, section="Sport"),
        article(5, section=None),
    ]
    assert report(config(), Status(), recent).unmapped == ["Chess", "Letters"]
