"""When an article is read again, and when it counts as withdrawn."""

from dataclasses import replace
from datetime import timedelta

import pytest

from feedsvc.decide.recheck import after, daily, first, is_late, is_withdrawn
from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.article import RawItem
from feedsvc.model.check import Check
from feedsvc.model.web import Failed, NotModified, Page, Validators
from tests.store.samples import NOW, make_article

HOUR = timedelta(hours=1)
SCHEDULE = (HOUR, 6 * HOUR, 24 * HOUR, 72 * HOUR)
URL = "https://news.example/1"
ITEM = RawItem(url=URL)
OLD, NEW = Validators(etag='"1"'), Validators(etag='"2"')
CHECK = Check(
    article="a", source="times", item=ITEM, since=NOW, at=NOW + HOUR, validators=OLD
)
SEEN = Page(url=URL, body=b"", validators=NEW)
SAME = NotModified(url=URL, validators=NEW)


def failed(code: Code) -> Failed:
    return Failed(fault=Fault(code=code, stage=Stage.FETCH, place=URL))


GONE = failed(Code.E_NOT_FOUND)


def test_a_new_article_is_read_again_by_the_schedule() -> None:
    check = first(make_article(1), ITEM, OLD, SCHEDULE, NOW)
    assert (check.since, check.at) == (NOW, NOW + HOUR)
    assert (check.item, check.validators, check.missing) == (ITEM, OLD, 0)
    moments = []
    while check.at:
        moments.append(check.at - NOW)
        check = after(check, SEEN, SCHEDULE, check.at)
    assert moments == list(SCHEDULE)


@pytest.mark.parametrize(
    ("age", "again"), [(timedelta(), True), (71 * HOUR, True), (73 * HOUR, False)]
)
def test_who_corrects_does_so_soon(age: timedelta, *, again: bool) -> None:
    article = make_article(1, published=NOW - age)
    assert (first(article, ITEM, OLD, SCHEDULE, NOW).at is not None) is again


def test_without_a_schedule_nothing_is_read_again() -> None:
    assert first(make_article(1), ITEM, OLD, (), NOW).at is None


def test_what_was_slept_through_is_left_out() -> None:
    assert after(CHECK, SAME, SCHEDULE, NOW + 30 * HOUR).at == NOW + 72 * HOUR


@pytest.mark.parametrize("fetched", [SEEN, SAME])
def test_a_page_that_is_there_is_not_missing_and_asked_for_by_what_it_gave(
    fetched: Page | NotModified,
) -> None:
    done = after(replace(CHECK, missing=1), fetched, SCHEDULE, NOW + HOUR)
    assert (done.missing, done.validators) == (0, NEW)


@pytest.mark.parametrize("code", [Code.E_NOT_FOUND, Code.E_GONE])
def test_gone_twice_is_withdrawn_and_once_is_not(code: Code) -> None:
    once = after(CHECK, failed(code), SCHEDULE, NOW + HOUR)
    assert not is_withdrawn(once)
    assert once.at == NOW + 6 * HOUR
    assert is_withdrawn(after(once, failed(code), SCHEDULE, NOW + 6 * HOUR))


@pytest.mark.parametrize("code", [Code.E_TIMEOUT, Code.E_SERVER, Code.E_FORBIDDEN])
def test_trouble_is_no_withdrawal(code: Code) -> None:
    done = after(replace(CHECK, missing=1), failed(code), SCHEDULE, NOW + HOUR)
    assert (done.missing, done.validators) == (1, OLD)


def test_one_that_is_gone_at_the_end_is_looked_for_once_more() -> None:
    last = NOW + 72 * HOUR
    once = after(CHECK, GONE, SCHEDULE, last)
    assert once.at == last + 72 * HOUR
    twice = after(once, GONE, SCHEDULE, last + 72 * HOUR)
    assert (twice.at, is_withdrawn(twice)) == (None, True)


@pytest.mark.parametrize(
    ("schedule", "requests"), [(SCHEDULE, 4 * 10), ((24 * HOUR,), 30), ((), 0)]
)
def test_articles_under_watch_tell_how_many_requests_a_day_they_take(
    schedule: tuple[timedelta, ...], requests: float
) -> None:
    assert daily(30, schedule) == pytest.approx(requests)


@pytest.mark.parametrize(
    ("waited", "late"), [(-HOUR, False), (72 * HOUR, False), (73 * HOUR, True)]
)
def test_a_check_that_waited_for_the_whole_span_is_worth_nothing(
    waited: timedelta, *, late: bool
) -> None:
    check = replace(CHECK, since=NOW - 999 * HOUR, at=NOW)
    assert is_late(check, SCHEDULE, NOW + waited) is late
