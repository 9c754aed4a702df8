"""What visits add up to, and what operators are told (standards.md, "Politeness")."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feedsvc.decide.history import Cost, add, requests_per_day, shares, suggestions
from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.config import Source
from feedsvc.model.history import History
from feedsvc.model.visit import Visit
from feedsvc.model.web import Failed, Fetched, Hints, NotModified, Page

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
URL, NEW, ELSEWHERE = "https://a.example/", "https://b.example/", "https://c.example/"
SOURCE = Source(id="a", url=URL)

SAME = Page(url=URL, body=b"")
UNMODIFIED = NotModified(url=URL)
MOVED = Page(url=NEW, body=b"", moved=True)
MOVED_304 = NotModified(url=NEW, moved=True)
LED = Page(url=NEW, body=b"")


def failed(code: Code, status: int | None = None) -> Failed:
    return Failed(fault=Fault(code=code, stage=Stage.FETCH), status=status)


DOWN, GONE = failed(Code.E_SERVER, 503), failed(Code.E_GONE, 410)


def after(
    answers: Sequence[Fetched], every: timedelta, cost: Cost | None = None
) -> tuple[History, list[Code]]:
    """The history after one visit an answer, and what is suggested at the last."""
    history = History()
    failures = 0
    for n, fetched in enumerate(answers):
        at = NOW + n * every
        history = add(history, SOURCE, fetched, at, cost or Cost(requests=1))
        failures = failures + 1 if isinstance(fetched, Failed) else 0
    visit = Visit(
        source="s", due=NOW, last_attempt=NOW, failures=failures, history=history
    )
    return history, [f.code for f in suggestions(visit, answers[-1], at)]


@pytest.mark.parametrize(
    ("answers", "every", "expected"),
    [
        pytest.param([MOVED] * 4, 8 * HOUR, [Code.W_MOVED], id="4-times-in-24-h"),
        pytest.param([MOVED, MOVED_304, MOVED_304], DAY, [Code.W_MOVED], id="by-304"),
        pytest.param([MOVED] * 2, 3 * DAY, [], id="twice-is-too-few"),
        pytest.param([MOVED] * 3, 11 * HOUR, [], id="22-h-are-too-short"),
        pytest.param([LED] * 5, DAY, [], id="302-and-307-keep-the-address"),
        pytest.param(
            [MOVED, DOWN, MOVED, DOWN, MOVED], DAY, [Code.W_MOVED], id="trouble-between"
        ),
        pytest.param([MOVED, MOVED, SAME, MOVED], DAY, [], id="it-came-back"),
        pytest.param(
            [MOVED, MOVED, replace(MOVED, url=ELSEWHERE)], DAY, [], id="it-moved-on"
        ),
    ],
)
def test_a_move_for_good_is_suggested_when_three_visits_over_a_day_agree(
    answers: Sequence[Fetched], every: timedelta, expected: list[Code]
) -> None:
    """Row 301/308."""
    assert after(answers, every)[1] == expected


def test_the_new_address_is_named_and_no_password_in_it() -> None:
    secret = replace(MOVED, url="https://me:pass@b.example/")
    history, _ = after([secret] * 3, DAY)
    visit = Visit(source="s", due=NOW, history=history)
    [told] = suggestions(visit, secret, NOW + 2 * DAY)
    assert told.args == {"to": NEW}
    assert told.place == URL


@pytest.mark.parametrize("status", [400, 404, 451])
def test_what_is_missing_for_a_week_is_suggested_for_disabling(status: int) -> None:
    """Row 400/404/451."""
    missing = failed(Code.E_NOT_FOUND, status)
    assert after([missing] * 7, DAY)[1] == []
    assert after([missing] * 8, DAY)[1] == [Code.W_LOST]
    assert after([missing] * 6 + [DOWN] + [missing] * 2, DAY)[1] == []
    assert after([missing] * 6 + [SAME] + [missing] * 2, DAY)[1] == []


def doubted(code: Code = Code.W_EMPTY) -> Failed:
    return Failed(fault=Fault(code=code, stage=Stage.DECIDE))


def test_a_list_that_is_not_believed_for_days_is_told_beyond_its_cause() -> None:
    """reliability.md, 49."""
    assert after([SAME, *[doubted()] * 20], 3 * HOUR)[1] == []  # two and a half days
    assert after([SAME, *[doubted()] * 25], 3 * HOUR)[1] == [Code.W_DOUBTED]
    assert after([SAME, *[doubted()] * 4], DAY)[1] == []  # too few have looked
    assert after([SAME, *[doubted()] * 5], DAY)[1] == [Code.W_DOUBTED]
    assert after([*[doubted()] * 9, SAME, doubted()], DAY)[1] == []


def test_one_doubt_after_another_is_one_trouble_and_a_failure_is_another() -> None:
    changing = [doubted(), doubted(Code.W_STRANGERS), doubted(Code.W_LAYOUT)]
    assert after([*changing, *changing], DAY)[1] == [Code.W_DOUBTED]
    assert after([*[doubted()] * 3, DOWN, *[doubted()] * 3], DAY)[1] == []
    assert after([DOWN] * 9, DAY)[1] == []


@pytest.mark.parametrize("failure", [DOWN, failed(Code.E_FORBIDDEN, 403), GONE])
def test_what_fails_otherwise_is_not_missing(failure: Failed) -> None:
    assert after([failure] * 20, DAY)[1] == []


def test_a_source_that_is_over_is_told() -> None:
    """Row 410."""
    history, _ = after([GONE] * 2, DAY)
    visit = Visit(source="s", due=None, last_attempt=NOW, history=history)
    assert [f.code for f in suggestions(visit, GONE, NOW)] == [Code.W_STOPPED]


def test_a_server_that_never_says_304_is_told_about() -> None:
    """Rule 7."""
    repeated = Cost(requests=1, repeated=True)
    assert after([SAME] * 9, HOUR, repeated)[1] == []
    assert after([SAME] * 12, HOUR, repeated)[1] == [Code.W_NEVER_304]
    assert after([UNMODIFIED, UNMODIFIED, *[SAME] * 20], HOUR, repeated)[1] == []
    assert after([SAME] * 20, HOUR)[1] == []  # every time with something new


def test_a_crawl_delay_beyond_what_is_kept_is_told() -> None:
    """Rule 1."""
    slow = replace(SAME, hints=Hints(crawl_delay=timedelta(seconds=120)))
    visit = Visit(source="s", due=NOW, history=History(url=URL))
    [told] = suggestions(visit, slow, NOW)
    assert (told.code, told.args) == (Code.W_CRAWL_DELAY, {"seconds": 120})


def test_what_is_known_of_one_address_is_not_known_of_the_next() -> None:
    history, _ = after([MOVED] * 3, DAY)
    other = add(
        history, replace(SOURCE, url=NEW), SAME, NOW + 4 * DAY, Cost(requests=1)
    )
    assert (other.url, other.move, other.trouble) == (NEW, None, None)
    assert other.tally


@pytest.mark.parametrize(
    ("every", "requests", "days", "expected"),
    [
        (HOUR, 1, 40, 24),
        (15 * timedelta(minutes=1), 1, 30, 96),
        (DAY, 3, 40, 3),
        (6 * HOUR, 2, 1, 10),
        (HOUR, 1, 0.2, 5),
    ],
)
def test_requests_a_day_are_those_of_late(
    every: timedelta, requests: int, days: float, expected: float
) -> None:
    visits = int(days * DAY / every) + 1
    history, _ = after([SAME] * visits, every, Cost(requests=requests))
    assert requests_per_day(history.tally) == pytest.approx(expected, rel=0.1)


def test_what_a_source_once_cost_is_forgotten() -> None:
    busy, _ = after([SAME] * 200, HOUR)
    rare = busy
    for day in range(60):
        rare = add(rare, SOURCE, SAME, NOW + (day + 10) * DAY, Cost(requests=1))
    assert requests_per_day(rare.tally) < 1.5


def test_shares_are_of_answers_alone() -> None:
    assert shares(None) == (0.0, 0.0)
    history = History()
    answers: list[Fetched] = [SAME, UNMODIFIED, UNMODIFIED, DOWN, SAME]
    for n, fetched in enumerate(answers):
        cost = Cost(requests=1, useful=n == 0)
        history = add(history, SOURCE, fetched, NOW, cost)
    assert shares(history.tally) == (0.5, 0.25)


def test_a_clock_set_back_makes_no_time_of_its_own() -> None:
    history, _ = after([SAME] * 3, -DAY)
    assert history.tally
    assert history.tally.days == 0
