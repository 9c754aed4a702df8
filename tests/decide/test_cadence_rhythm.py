"""What is learned of a source's rhythm, and how long it is left alone for it."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.decide.cadence import Plan, Seen, interval, learn, next_visit
from feedsvc.decide.cadence.learning import costs, rate
from feedsvc.decide.cadence.week import CELLS
from feedsvc.model.config import Duration, Source
from feedsvc.model.visit import Arrival, Rhythm, Visit
from feedsvc.model.web import Hints

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)  # a Tuesday
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NONE = (0.0,) * CELLS
SOURCE = Source(id="s", url="http://news.example/", language="zh")
PATIENCE = 0.01


def rhythm(daily: float, *, days: float = 10.0, at: datetime = NOW) -> Rhythm:
    """A source that brought so many a day, at any hour alike."""
    weekday, weekend = daily * days * 5 / 7 / 24, daily * days * 2 / 7 / 24
    return Rhythm(at=at, days=days, cells=(weekday,) * 24 + (weekend,) * 24)


def seen(new: int, *ages: timedelta, exact: bool = True, **more: object) -> Seen:
    """A visit now, an hour after the last, that found articles of these ages."""
    dates = [Arrival(at=NOW - age, exact=exact) for age in ages]
    own = {"now": NOW, "before": NOW - HOUR, "new": new, "dates": dates}
    return Seen(**(own | more))  # type: ignore[arg-type]


def wait(of: Rhythm | None, at: datetime = NOW, patience: float = PATIENCE) -> float:
    """Hours until the next visit."""
    return interval(of, SOURCE, at, "Asia/Shanghai", patience) / HOUR


def ahead(plan: Plan) -> timedelta:
    """How far ahead of now the next visit is."""
    due = next_visit(Visit(source="s"), None, plan)
    assert due is not None
    return due - plan.now


def counted(after: Rhythm) -> float:
    return sum(after.cells)


EVERY_TWO_HOURS = [n * 2 * HOUR for n in range(1, 61)]


@pytest.mark.parametrize(
    ("found", "daily"),
    [
        pytest.param(seen(60, *EVERY_TWO_HOURS, before=None), 12, id="twelve-a-day"),
        pytest.param(
            seen(12, *(n * DAY for n in range(12)), exact=False, before=None),
            1,
            id="by-days-alone",
        ),
        pytest.param(
            seen(21, *EVERY_TWO_HOURS[:20], 900 * DAY, before=None),
            12,
            id="one-old-article-kept-on-the-list",
        ),
        pytest.param(
            seen(20, *(n * 90 * DAY for n in range(1, 21)), before=None),
            0,
            id="a-story-a-season",
        ),
    ],
)
def test_a_first_list_tells_its_history_by_its_dates(found: Seen, daily: float) -> None:
    assert rate(learn(None, found, "UTC"), NOW) == pytest.approx(
        daily, rel=0.25, abs=0.1
    )


@pytest.mark.parametrize(
    "found",
    [
        seen(50, before=None),
        seen(50, HOUR, 2 * HOUR, before=None),
        seen(50, *[-DAY] * 50, before=None),
    ],
    ids=["no dates", "hardly any", "dates ahead of us"],
)
def test_a_first_list_without_history_counts_as_little(found: Seen) -> None:
    assert counted(learn(None, found, "UTC")) <= 2


@pytest.mark.parametrize(
    ("found", "more"),
    [
        pytest.param(seen(2), 2, id="undated"),
        pytest.param(seen(2, 5 * MINUTE, 30 * MINUTE), 2, id="dated-since"),
        pytest.param(seen(1, 10 * HOUR, exact=False), 1, id="of-today"),
        pytest.param(seen(40, *[MINUTE] * 40), 40, id="many-dated-since"),
        pytest.param(seen(40), 5, id="a-list-turned-over"),
        pytest.param(seen(40, *[9 * DAY] * 40), 5, id="old-articles-at-new-places"),
        pytest.param(seen(0, requests=3), 0, id="nothing-new"),
    ],
)
def test_what_is_new_counts_and_a_bulk_hardly(found: Seen, more: float) -> None:
    before = rhythm(1, at=NOW)
    after = learn(before, found, "UTC")
    assert counted(after) - counted(before) == pytest.approx(more, abs=0.01)


def test_of_a_source_that_is_hardly_known_everything_counts() -> None:
    first = learn(None, seen(30, before=None), "UTC")
    later = NOW + 2 * HOUR
    second = learn(first, Seen(now=later, before=NOW, new=20), "UTC")
    assert counted(second) - counted(first) == pytest.approx(20, rel=0.01)
    assert rate(second, later) > 50
    settled = learn(rhythm(1, days=2), seen(20), "UTC")
    assert counted(settled) == pytest.approx(2 + 5, abs=0.01)


def test_a_source_that_became_busy_is_known_for_it_though_it_tells_no_dates() -> None:
    known, at = rhythm(0.1), NOW
    for _ in range(20):
        before, at = at, at + timedelta(hours=wait(known, at))
        new = round(200 * ((at - before) / DAY))
        known = learn(known, Seen(now=at, before=before, new=new), "UTC")
    assert wait(known, at) < 1


def test_articles_are_counted_in_the_hour_of_the_sources_own_week() -> None:
    after = learn(rhythm(0), seen(1, 10 * MINUTE), "Asia/Shanghai")
    assert [n for n, count in enumerate(after.cells) if count] == [17]
    sunday = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)  # Monday in Shanghai
    after = learn(
        rhythm(0, at=sunday),
        Seen(
            now=sunday,
            before=sunday - HOUR,
            new=2,
            dates=[
                Arrival(at=sunday, exact=True),
                Arrival(at=sunday - 40 * MINUTE, exact=True),
            ],
        ),
        "Asia/Shanghai",
    )
    assert [n for n, count in enumerate(after.cells) if count] == [0, 24 + 23]


def test_a_list_turned_over_by_news_does_not_hide_that_there_was_more() -> None:
    ages = [n * 10 * MINUTE for n in range(30)]
    known = rhythm(20, at=NOW - DAY)
    after = learn(known, seen(30, *ages, before=NOW - DAY, whole=True), "UTC")
    partly = learn(known, seen(30, *ages, before=NOW - DAY), "UTC")
    assert rate(after, NOW) > rate(partly, NOW)


def test_what_was_seen_fades_by_half_in_a_fortnight() -> None:
    assert rate(rhythm(10), NOW + 14 * DAY) < 0.5 * rate(rhythm(10), NOW)
    assert rate(rhythm(10), NOW + 9999 * DAY) < 0.02


def test_requests_beside_the_list_are_counted_as_articles_are() -> None:
    assert costs(None, NOW) == 1
    history = learn(None, seen(60, *EVERY_TWO_HOURS, before=None, requests=60), "UTC")
    assert costs(history, NOW) == pytest.approx(rate(history, NOW), rel=0.05)
    bulk = learn(rhythm(1), seen(40, requests=40), "UTC")
    assert bulk.requests == pytest.approx(5)


def test_a_quiet_hour_is_waited_through() -> None:
    hours = [0.0] * CELLS
    hours[8:18] = [40.0] * 10
    office = Rhythm(at=NOW - HOUR, days=20, cells=tuple(hours))
    morning = datetime(2026, 11, 24, 1, tzinfo=UTC)  # 9 h in Shanghai
    night = datetime(2026, 11, 24, 14, tzinfo=UTC)  # 22 h
    assert wait(office, night) > 5 * wait(office, morning)


def test_at_a_steady_rate_the_square_root_rule_holds() -> None:
    steady = rhythm(1000, days=20)
    later = NOW + MINUTE  # not the visit that found something
    expected = (2 * PATIENCE / rate(steady, later)) ** 0.5 * 24
    assert wait(steady, later) == pytest.approx(expected, rel=0.05)


def test_more_is_looked_for_sooner_where_something_came_unexpectedly() -> None:
    rare, often = rhythm(0.5, days=20), rhythm(900, days=20)
    later = NOW + timedelta(microseconds=1)
    assert wait(rare) < 0.85 * wait(rare, later)
    assert wait(often, patience=2) == pytest.approx(
        wait(often, later, patience=2), 0.01
    )


MOMENTS = st.timedeltas(-9000 * DAY, 9000 * DAY).map(lambda since: NOW + since)
AMOUNTS = st.floats(0, 1e6)
RHYTHMS = st.builds(
    Rhythm,
    at=MOMENTS,
    days=st.floats(0, 20.2),
    cells=st.lists(AMOUNTS, min_size=CELLS, max_size=CELLS).map(tuple),
    requests=AMOUNTS,
)
ZONES = st.sampled_from(["UTC", "Asia/Shanghai", "America/St_Johns", "Asia/Kathmandu"])
PATIENCES = st.floats(1e-6, 1e4)
SEEN = st.builds(
    Seen,
    now=MOMENTS,
    before=MOMENTS | st.none(),
    new=st.integers(60, 500),
    dates=st.lists(st.builds(Arrival, at=MOMENTS, exact=st.booleans()), max_size=60),
    whole=st.booleans(),
    requests=st.integers(0, 500),
)
SPANS = st.timedeltas(timedelta(microseconds=1), 40 * DAY)
LENGTHS = st.none() | st.timedeltas(timedelta(0), 400 * DAY)


@given(known=RHYTHMS | st.none(), now=MOMENTS, zone=ZONES, patience=PATIENCES)
def test_an_interval_is_bounded_whatever_was_learned(
    known: Rhythm | None, now: datetime, zone: str, patience: float
) -> None:
    assert timedelta(0) <= interval(known, SOURCE, now, zone, patience) <= DAY


@given(slow=RHYTHMS, later=SPANS, factor=st.floats(0, 1), patience=st.floats(1e-6, 1e4))
def test_the_busier_a_source_the_sooner_the_next_visit(
    slow: Rhythm, later: timedelta, factor: float, patience: float
) -> None:
    fast = replace(slow, days=slow.days * factor)
    now = slow.at + later
    assert rate(fast, now) >= rate(slow, now)
    assert wait(fast, now, patience) <= wait(slow, now, patience) * 1.000001


@given(
    known=RHYTHMS | st.none(),
    now=MOMENTS,
    patience=PATIENCES,
    max_age=LENGTHS,
    max_delay=LENGTHS,
)
def test_the_next_visit_is_never_sooner_than_five_minutes_or_a_hint(
    known: Rhythm | None,
    now: datetime,
    patience: float,
    max_age: timedelta | None,
    max_delay: timedelta | None,
) -> None:
    longest = min(max_delay or DAY, DAY)
    source = Source(
        id="s",
        url="http://news.example/",
        max_delay=Duration(seconds=max_delay.total_seconds()) if max_delay else None,
    )
    plan = Plan(
        now=now,
        source=source,
        hints=Hints(max_age=max_age),
        learned=interval(known, source, now, "UTC", patience),
    )
    waited = ahead(plan)
    lowest = max(5 * MINUTE, min(max_age or timedelta(0), DAY))
    assert min(lowest, longest) <= waited <= max(longest, timedelta(seconds=1))


@given(known=RHYTHMS | st.none(), found=SEEN)
def test_what_is_learned_is_always_a_rhythm(known: Rhythm | None, found: Seen) -> None:
    after = learn(known, found, "Asia/Shanghai")
    assert (after.at, len(after.cells)) == (found.now, CELLS)
    assert min(after.days, after.requests, *after.cells) >= 0
    assert 0 < rate(after, found.now) < 1e9


@pytest.mark.parametrize("step", [-365 * DAY, -HOUR, HOUR, 365 * DAY], ids=str)
def test_a_clock_that_is_set_brings_no_storm(step: timedelta) -> None:
    known, at, last = rhythm(20), NOW, NOW
    for n in range(100):
        waited = interval(known, SOURCE, at, "UTC", PATIENCE)
        plan = Plan(now=at, source=SOURCE, hints=Hints(), learned=waited)
        gap = ahead(plan)
        assert 5 * MINUTE <= gap <= DAY
        last, at = at, at + gap + (step if n == 50 else timedelta(0))
        if n % 2:
            known = learn(known, Seen(now=at, before=last, new=1), "UTC")
    assert wait(known, at) > 0.5


def test_the_same_history_gives_the_same_visits_in_any_process() -> None:
    script = (
        "from tests.bench.histories import MIXES, made_up\n"
        "from tests.bench.replay import cost, ours\n"
        "mix = MIXES['everything']\n"
        "print(cost(made_up(mix, 4, 5, 1), ours, 0.01))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", script],
            check=True,
            capture_output=True,
            cwd=Path(__file__).parents[2],
            env={"PYTHONHASHSEED": str(hash_seed)},
        ).stdout
        for hash_seed in (1, 2)
    }
    assert len(said) == 1
    assert said != {b""}
