"""What is configured stands beside what the store knows."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from feedsvc.errors import Code, Fault, Stage
from feedsvc.inspect.status import report
from feedsvc.model.config import Source
from feedsvc.model.feed import Published
from feedsvc.model.history import History, Tally
from feedsvc.model.status import Coverage, Incident, SourceStatus, Spending, Status
from feedsvc.model.visit import Rhythm, Visit
from feedsvc.model.websub import Followers, Topic, Unreached
from tests.publish.world import article, config

NOW = datetime(2026, 11, 24, tzinfo=UTC)
RIVER = Source(id="river", url="https://news.example.org/")


@pytest.mark.parametrize(
    ("source", "visit", "state"),
    [
        (RIVER, None, "new"),
        (RIVER, Visit(source="river", due=NOW), "new"),
        (RIVER, Visit(source="river", due=NOW, last_attempt=NOW), "ok"),
        (RIVER, Visit(source="river", due=NOW, last_attempt=NOW, failures=2), "failed"),
        (RIVER, Visit(source="river", last_attempt=NOW, failures=2), "gone"),
        (replace(RIVER, enabled=False), Visit(source="river", failures=2), "disabled"),
    ],
    ids=["unknown", "enrolled", "well", "failing", "gone", "off"],
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


def spending(name: str, requests: float) -> SourceStatus:
    tally = Tally(
        at=NOW, days=4.0, requests=requests, answers=10.0, unmodified=6.0, useful=2.5
    )
    return SourceStatus(visit=Visit(source=name, history=History(tally=tally)))


def test_requests_a_day_are_told_by_source_and_by_host() -> None:
    """standards.md, "Politeness", 7."""
    urls = {
        "a": "https://one.example/a",
        "b": "https://one.example/b",
        "c": "https://two.example/",
    }
    sources = tuple(Source(id=name, url=url) for name, url in urls.items())
    known = (spending("a", 40.0), spending("b", 4.0))
    told = report(config(sources=sources), Status(sources=known))
    by_source = {row.source: row.spending for row in told.sources}
    assert by_source == {
        "a": Spending(requests=10.0, unmodified=0.6, useful=0.25),
        "b": Spending(requests=1.0, unmodified=0.6, useful=0.25),
        "c": Spending(),
    }
    assert told.hosts == [("one.example", 11.0)]


def test_a_source_has_the_rate_that_was_learned_when_it_was_last_visited() -> None:
    rhythm = Rhythm(at=NOW, days=9.7, cells=(1.0,) * 48)
    visit = Visit(source="river", last_attempt=NOW, last_success=NOW, rhythm=rhythm)
    known = Status(sources=(SourceStatus(visit=visit),))
    assert report(config(sources=(RIVER,)), known).sources[0].rate == 4.83
    assert report(config(sources=(RIVER,)), Status()).sources[0].rate is None


def test_feeds_stand_by_path() -> None:
    feeds = tuple(
        Published(path=path, digest="", updated=NOW, entries=0, size=0)
        for path in ("zh/all", "en/local", "en/all")
    )
    told = report(config(), Status(feeds=feeds)).feeds
    assert [feed.path for feed in told] == ["en/all", "en/local", "zh/all"]


def test_followers_are_counted_by_feed_and_those_out_of_reach_are_faults() -> None:
    lost = Unreached(
        host="sub.example",
        topic=Topic("zh/all", "feed.rss"),
        trouble="HTTP 500",
        is_ping=False,
        failures=3,
        due=NOW,
    )
    hub = replace(lost, host="hub.example", trouble="E_DNS", is_ping=True)
    followers = Followers(counts={"zh/all": 7}, unreached=(lost, hub))
    told = report(config(), Status(), (), followers)
    assert told.subscriptions == {"zh/all": 7}
    assert [(f.code, f.place, f.retry_at) for f in told.unreached] == [
        (Code.W_PUSH, "zh/all/feed.rss", NOW),
        (Code.W_PING, "zh/all/feed.rss", NOW),
    ]
    assert told.unreached[1].args == {"host": "hub.example", "detail": "E_DNS"}


def test_section_names_that_map_nowhere_are_told_the_most_frequent_first() -> None:
    recent = [
        article(1, section="Letters"),
        article(2, section="Chess"),
        article(3, section="Chess"),
        article(4, section="Sport"),
        article(5, section=None),
    ]
    assert report(config(), Status(), recent).unmapped == ["Chess", "Letters"]


def test_articles_to_be_read_again_are_told_in_requests_a_day() -> None:
    tally = Tally(at=NOW, days=4.0, requests=8.0)
    visit = Visit(source="river", last_attempt=NOW, history=History(tally=tally))
    rows = (SourceStatus(visit=visit, watched=3),)
    told = report(config(sources=(RIVER,)), Status(sources=rows), spent=7)
    assert told.sources[0].spending.requests == pytest.approx(2 + 4)
    assert told.spent == 7
