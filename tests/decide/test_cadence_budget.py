"""The patience that keeps all sources together within a day's requests."""

from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.decide.cadence.budget import (
    LEAST,
    MOST,
    Share,
    patience,
    rechecks,
    share,
)
from feedsvc.decide.cadence.interval import evenness, interval
from feedsvc.decide.cadence.week import CELLS
from feedsvc.model.config import Duration, Source
from feedsvc.model.visit import Rhythm

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
SHARES = st.lists(
    st.builds(
        Share,
        taken=st.floats(0, 1000),
        rate=st.none() | st.floats(0.01, 1e5),
        bounds=st.just((5 / 1440, 1.0)),
    )
)


def spent(shares: list[Share], at: float) -> float:
    return sum(one.requests(at) for one in shares)


@given(shares=SHARES, requests=st.floats(1, 1e6))
def test_a_days_requests_are_kept_to_and_spent_where_they_are_worth_it(
    shares: list[Share], requests: float
) -> None:
    found = patience(shares, requests)
    assert LEAST <= found <= MOST * 1.001
    if spent(shares, MOST) <= requests:
        assert spent(shares, found) <= requests * 1.001
    if found > LEAST:
        assert spent(shares, found * 0.99) >= min(requests, spent(shares, MOST)) * 0.99


@given(shares=SHARES, requests=st.floats(1, 1e6), more=st.floats(1, 10))
def test_more_requests_never_make_more_patient(
    shares: list[Share], requests: float, more: float
) -> None:
    assert patience(shares, requests * more) <= patience(shares, requests) * 1.000001


def test_twice_the_requests_bring_news_in_half_the_time() -> None:
    shares = [Share(taken=0, rate=rate) for rate in (1.0, 10.0, 100.0)]
    once, twice = patience(shares, 20), patience(shares, 40)
    assert once / twice == pytest.approx(4, rel=0.01)  # intervals go by the square root


def test_what_the_operator_says_and_articles_cost_is_taken_first() -> None:
    free, taken = [Share(taken=0, rate=10.0)], [Share(taken=30)]
    assert patience(free + taken, 50) == pytest.approx(patience(free, 20), rel=0.001)


@pytest.mark.parametrize(
    ("max_delay", "requests"), [(None, 1.0), (Duration(hours=2), 12.0)]
)
def test_without_requests_a_source_is_visited_as_rarely_as_it_may_be(
    max_delay: Duration | None, requests: float
) -> None:
    source = Source(id="s", url="http://news.example/", max_delay=max_delay)
    quiet = Rhythm(at=NOW, days=20.0, cells=(0.0,) * CELLS)
    one = share(source, quiet, NOW, None)
    assert one.requests(patience([one], 0.001)) == pytest.approx(requests)


def test_a_source_is_charged_for_its_articles_pages() -> None:
    source = Source(id="s", url="http://news.example/")
    known = Rhythm(at=NOW, days=9.7, cells=(1.0,) * CELLS, requests=50.0)
    assert share(source, known, NOW, 24.0).requests(1) == pytest.approx(29)
    assert share(source, known, NOW + timedelta(days=14), 24.0).taken < 27
    assert share(source, None, NOW, None).taken == 1


@pytest.mark.parametrize(("expected", "taken"), [(0, 0), (20, 20), (80, 25)])
def test_what_is_read_again_takes_a_quarter_of_the_requests_at_most(
    expected: float, taken: float
) -> None:
    assert rechecks(expected, 100).taken == taken


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("busy", [range(CELLS), range(8, 12), range(24)])
def test_a_week_of_visits_is_as_many_as_it_is_charged_for(
    language: Literal["zh", "en"], busy: range
) -> None:
    source = Source(id="s", url="http://news.example/", language=language)
    cells = tuple(400.0 / len(busy) * (cell in busy) for cell in range(CELLS))
    rhythm = Rhythm(at=NOW, days=20.0, cells=cells)
    one, at = share(source, rhythm, NOW, None), 0.01
    visits, now = 0, NOW + timedelta(seconds=1)
    while now < NOW + timedelta(days=7):
        now += interval(rhythm, source, now, "UTC", at)
        visits += 1
    # It does not fade: the source is watched, and goes on like that.
    assert visits / 7 == pytest.approx(one.requests(at), rel=0.12)


def test_quiet_hours_make_visits_fewer_but_a_steady_rate_does_not() -> None:
    source = Source(id="s", url="http://news.example/", language="en")
    steady = tuple([5 / 7 * 500 / 24] * 24 + [2 / 7 * 500 / 24] * 24)
    even = Rhythm(at=NOW, days=20.0, cells=steady)
    assert evenness(even, source, NOW) == pytest.approx(1, abs=0.01)
    assert 0.8 < evenness(None, source, NOW) < 0.97
