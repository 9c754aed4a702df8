"""When a source is visited next (standards.md, "Politeness"; reliability 55 and 56)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.decide.cadence import Plan, next_visit
from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.config import Duration, Source
from feedsvc.model.history import History, Trouble
from feedsvc.model.visit import Visit
from feedsvc.model.web import Failed, Hints

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def source(
    *,
    every: timedelta | None = None,
    max_delay: timedelta | None = None,
    name: str = "s",
) -> Source:
    return Source(
        id=name,
        url="http://news.example/",
        every=duration(every),
        max_delay=duration(max_delay),
    )


def duration(length: timedelta | None) -> Duration | None:
    return None if length is None else Duration(seconds=length.total_seconds())


def failed(
    code: Code, *, status: int | None = None, retry_after: timedelta | None = None
) -> Failed:
    fault = Fault(code=code, stage=Stage.FETCH)
    return Failed(fault=fault, status=status, hints=Hints(retry_after=retry_after))


def wait(
    failure: Failed | None = None,
    *,
    of: Source | None = None,
    hints: Hints | None = None,
    cron: timedelta | None = None,
    failures: int = 0,
) -> timedelta:
    """How long the source is left alone."""
    plan = Plan(
        now=NOW,
        source=of or source(every=15 * MINUTE),
        hints=hints or (failure.hints if failure else Hints()),
        cron_next=None if cron is None else NOW + cron,
    )
    due = next_visit(Visit(source="s", failures=failures), failure, plan)
    assert due is not None
    return due - NOW


def near(length: timedelta) -> Callable[[timedelta], bool]:
    return lambda waited: 0.9 * length <= waited <= 1.1 * length


@pytest.mark.parametrize(
    ("every", "hints", "expected"),
    [
        pytest.param(15 * MINUTE, Hints(), 15 * MINUTE, id="every-to-the-letter"),
        pytest.param(
            15 * MINUTE, Hints(max_age=HOUR), HOUR, id="no-sooner-than-max-age"
        ),
        pytest.param(
            2 * HOUR, Hints(max_age=HOUR), 2 * HOUR, id="later-than-max-age-is-fine"
        ),
        pytest.param(
            15 * MINUTE, Hints(retry_after=HOUR), HOUR, id="retry-after-beside-200"
        ),
        pytest.param(
            15 * MINUTE, Hints(max_age=30 * DAY), DAY, id="hints-hold-for-a-day-at-most"
        ),
        pytest.param(5 * SECOND, Hints(), 5 * SECOND, id="however-short"),
        pytest.param(timedelta(0), Hints(), SECOND, id="never-at-once"),
    ],
)
def test_a_source_is_visited_at_its_own_rhythm_and_no_sooner_than_its_server_likes(
    every: timedelta, hints: Hints, expected: timedelta
) -> None:
    assert wait(of=source(every=every), hints=hints) == expected


@pytest.mark.parametrize(
    ("hints", "expected"),
    [
        pytest.param(Hints(ttl=2 * HOUR), 2 * HOUR, id="ttl"),
        pytest.param(Hints(ttl=2 * HOUR, max_age=3 * HOUR), 3 * HOUR, id="the-longest"),
        pytest.param(Hints(ttl=30 * DAY), DAY, id="a-day-at-most"),
        pytest.param(Hints(pause=4 * HOUR), 4 * HOUR, id="a-host-that-said-429"),
        pytest.param(
            Hints(skip_hours=(10, 11, 12)), 3 * HOUR + 15 * MINUTE, id="hours"
        ),
        pytest.param(Hints(skip_hours=(9, 11)), 15 * MINUTE, id="another-hour"),
        pytest.param(Hints(skip_days=(1,)), 14 * HOUR + 15 * MINUTE, id="tuesday"),
        pytest.param(
            Hints(skip_days=(1, 2), skip_hours=(0, 1)),
            40 * HOUR + 15 * MINUTE,
            id="days-and-hours",
        ),
        pytest.param(Hints(skip_days=tuple(range(7))), 15 * MINUTE, id="never-awake"),
        pytest.param(
            Hints(skip_hours=tuple(range(24))), 15 * MINUTE, id="never-awake-by-hours"
        ),
    ],
)
def test_what_document_and_host_wish_is_heeded(
    hints: Hints, expected: timedelta
) -> None:
    """NOW is a Tuesday, 10:00 GMT."""
    assert wait(of=source(every=15 * MINUTE), hints=hints) == expected


def test_an_operator_bears_with_no_longer_sleep_than_max_delay() -> None:
    hints = Hints(skip_hours=tuple(range(10, 20)))
    eager = source(every=15 * MINUTE, max_delay=2 * HOUR)
    assert wait(of=eager, hints=hints) == 15 * MINUTE


def test_max_delay_is_no_way_around_a_host_that_said_429() -> None:
    eager = source(every=15 * MINUTE, max_delay=15 * MINUTE)
    assert wait(of=eager, hints=Hints(pause=2 * HOUR)) == 2 * HOUR


def test_a_source_without_rhythm_is_visited_about_twice_an_hour() -> None:
    assert near(30 * MINUTE)(wait(of=source()))


def test_max_delay_bounds_what_is_learned_and_what_the_server_wishes() -> None:
    eager = source(max_delay=5 * MINUTE)
    assert wait(of=eager) <= 5.5 * MINUTE
    assert (
        wait(of=source(every=MINUTE, max_delay=5 * MINUTE), hints=Hints(max_age=HOUR))
        == 5 * MINUTE
    )


def test_sources_of_one_rhythm_spread_out_and_each_keeps_its_place() -> None:
    waits = [wait(of=source(name=f"source-{n}")) for n in range(200)]
    assert all(map(near(30 * MINUTE), waits))
    assert len(set(waits)) == 200
    assert waits == [wait(of=source(name=f"source-{n}")) for n in range(200)]


def test_cron_is_kept_unless_the_server_asks_for_longer() -> None:
    assert wait(cron=7 * MINUTE) == 7 * MINUTE
    assert wait(cron=7 * MINUTE, hints=Hints(max_age=HOUR)) == HOUR


GROWING = [0, 1, 2, 3, 15]
NAMES = [f"source-{n}" for n in range(50)]


@pytest.mark.parametrize(
    ("code", "status", "first", "cap"),
    [
        pytest.param(Code.E_STATUS, 400, HOUR, DAY, id="400"),
        pytest.param(Code.E_NOT_FOUND, 404, HOUR, DAY, id="404"),
        pytest.param(Code.E_FORBIDDEN, 451, HOUR, DAY, id="451"),
        pytest.param(Code.E_STATUS, 999, HOUR, DAY, id="999"),
        pytest.param(Code.E_FORBIDDEN, 401, DAY, DAY, id="401"),
        pytest.param(Code.E_FORBIDDEN, 403, DAY, DAY, id="403"),
        pytest.param(Code.E_BLOCKED, 200, DAY, DAY, id="captcha"),
        pytest.param(Code.E_ROBOTS, None, DAY, DAY, id="robots"),
        pytest.param(Code.E_THROTTLED, 429, HOUR, DAY, id="429"),
        pytest.param(Code.W_EMPTY, 200, 30 * MINUTE, 6 * HOUR, id="empty-list"),
        pytest.param(Code.E_TOO_BIG, 200, 30 * MINUTE, 6 * HOUR, id="too-big"),
    ],
)
def test_a_failing_source_is_left_alone_ever_longer(
    code: Code, status: int | None, first: timedelta, cap: timedelta
) -> None:
    waits = [
        wait(failed(code, status=status), of=source(every=MINUTE), failures=n)
        for n in GROWING
    ]
    expected = [min(first * 2**n, cap) for n in GROWING]
    assert [near(e)(w) for e, w in zip(expected, waits, strict=True)] == [True] * 5


@pytest.mark.parametrize(
    "failure",
    [
        failed(Code.E_SERVER, status=500), failed(Code.E_SERVER, status=503),
        failed(Code.E_SERVER, status=522), failed(Code.E_TIMEOUT), failed(Code.E_DNS),
        failed(Code.E_TLS), failed(Code.E_CONNECT),
        failed(Code.E_PARSE_TRUNCATED, status=200),
    ],
    ids=["500", "503", "522", "timeout", "dns", "tls", "connect", "cut-off"],
)  # fmt: skip
def test_passing_trouble_is_looked_at_again_soon_and_by_each_at_its_own_time(
    failure: Failed,
) -> None:
    for n in GROWING:
        whole = min(5 * MINUTE * 2**n, 12 * HOUR)
        waits = [
            wait(failure, of=source(every=MINUTE, name=name), failures=n)
            for name in NAMES
        ]
        assert all(0.5 * whole <= waited <= whole for waited in waits)
        assert max(waits) - min(waits) > 0.4 * whole


def after_gone(since: timedelta | None) -> datetime | None:
    """The next visit of what is gone, and was first found so ``since`` ago."""
    trouble = None if since is None else Trouble(code=Code.E_GONE, since=NOW - since)
    before = Visit(source="s", failures=3, history=History(trouble=trouble))
    plan = Plan(now=NOW, source=source(every=MINUTE), hints=Hints())
    return next_visit(before, failed(Code.E_GONE, status=410), plan)


def test_what_is_gone_is_asked_once_more_after_a_day_and_never_again() -> None:
    assert after_gone(None) == NOW + DAY
    assert after_gone(HOUR) == NOW + 23 * HOUR  # asked by hand: no confirmation yet
    assert after_gone(DAY) is None
    assert after_gone(-365 * DAY) == NOW + DAY  # first found so by a clock set back


def test_a_new_kind_of_trouble_confirms_no_other() -> None:
    trouble = Trouble(code=Code.E_SERVER, since=NOW - 9 * DAY)
    before = Visit(source="s", failures=9, history=History(trouble=trouble))
    plan = Plan(now=NOW, source=source(every=MINUTE), hints=Hints())
    gone = failed(Code.E_GONE, status=410)
    assert next_visit(before, gone, plan) == NOW + DAY


def test_passing_trouble_is_looked_at_sooner_than_a_rare_visit() -> None:
    rare = source(every=DAY)
    assert wait(failed(Code.E_TIMEOUT), of=rare) <= 5 * MINUTE
    assert wait(failed(Code.E_SERVER), of=rare, cron=DAY) <= 5 * MINUTE


def test_other_trouble_brings_no_visit_sooner_than_usual() -> None:
    rare = source(every=DAY)
    assert wait(failed(Code.E_NOT_FOUND), of=rare) == DAY
    assert wait(failed(Code.E_THROTTLED), of=rare, cron=2 * DAY) == 2 * DAY


@pytest.mark.parametrize(
    ("code", "asked", "failures", "expected"),
    [
        pytest.param(
            Code.E_THROTTLED, 20 * MINUTE, 0, 20 * MINUTE, id="429-shorter-than-ours"
        ),
        pytest.param(Code.E_THROTTLED, 3 * HOUR, 0, 3 * HOUR, id="429-longer"),
        pytest.param(Code.E_SERVER, 2 * HOUR, 4, 2 * HOUR, id="503"),
        pytest.param(Code.E_SERVER, 3650 * DAY, 0, DAY, id="ten-years"),
        pytest.param(Code.E_FORBIDDEN, HOUR, 0, DAY, id="403-has-its-own"),
    ],
)
def test_retry_after_is_kept_to(
    code: Code, asked: timedelta, failures: int, expected: timedelta
) -> None:
    waited = wait(failed(code, retry_after=asked), failures=failures)
    assert near(expected)(waited)
    assert waited >= min(asked, DAY)


def test_no_source_is_back_sooner_than_the_table_says_or_later_than_its_cap() -> None:
    waits = [
        wait(failed(Code.E_THROTTLED), of=source(name=name, every=MINUTE), failures=n)
        for name in NAMES
        for n in (0, 9)
    ]
    assert min(waits) >= HOUR
    assert max(waits) == DAY


def test_equal_waits_drift_apart() -> None:
    waits = {wait(failed(Code.E_TIMEOUT), of=source(name=name)) for name in NAMES}
    assert len(waits) == len(NAMES)


@pytest.mark.parametrize("code", [Code.E_TIMEOUT, Code.E_NOT_FOUND, Code.E_EXTRACT])
def test_every_failure_more_makes_the_wait_no_shorter(code: Code) -> None:
    waits = [wait(failed(code), failures=n) for n in range(40)]
    assert waits == sorted(waits)


def test_no_source_is_later_than_its_longest_delay() -> None:
    for name in NAMES:
        assert wait(of=source(name=name, max_delay=10 * MINUTE)) <= 10 * MINUTE


CODES = st.sampled_from(
    [c for c in Code if c is not Code.E_GONE and not c.startswith("E_CONFIG")]
)
LENGTHS = st.none() | st.timedeltas(timedelta(0), timedelta(days=4000))


@given(
    code=CODES,
    retry_after=LENGTHS,
    max_age=LENGTHS,
    every=LENGTHS,
    failures=st.integers(0, 10**9),
)
def test_the_next_visit_is_always_ahead_and_never_lost(
    code: Code,
    retry_after: timedelta | None,
    max_age: timedelta | None,
    every: timedelta | None,
    failures: int,
) -> None:
    of = source(every=every)
    failure = failed(code, retry_after=retry_after)
    hints = Hints(max_age=max_age, retry_after=retry_after)
    longest = max(33 * DAY, every or DAY)
    assert (
        timedelta(0) < wait(failure, of=of, hints=hints, failures=failures) <= longest
    )
    assert timedelta(0) < wait(of=of, hints=hints) <= longest
