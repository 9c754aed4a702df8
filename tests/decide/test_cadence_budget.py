"""The patience that keeps all sources together within a day's requests."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.decide.cadence.budget import LEAST, MOST, Share, patience, share
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
