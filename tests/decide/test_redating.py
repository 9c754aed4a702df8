"""Whether a list dates all that it shows anew (reliability.md, 52)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feedsvc.decide.redating import (
    Told,
    date_gate,
    is_same_clock,
    is_told_by_list,
    redated,
    statements,
)
from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.article import Origin, RawDate
from feedsvc.model.config import ArticleRules, Rule
from feedsvc.model.visit import Known
from tests.collect.world import source

TODAY = datetime(2026, 11, 24, tzinfo=UTC)
NOON = TODAY.replace(hour=12)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LIST = "https://news.example/"


def told(n: int, moved: timedelta, *, exact: bool) -> Told:
    """An article that was dated ``n`` days ago until its date moved."""
    before = (NOON if exact else TODAY) - n * DAY
    url = f"{LIST}{n}.html"
    return Told(article=str(n), url=url, before=before, now=before + moved, exact=exact)


def days(*moved: int) -> list[Told]:
    return [told(n, by * DAY, exact=False) for n, by in enumerate(moved)]


def times(*moved: timedelta) -> list[Told]:
    return [told(n, by, exact=True) for n, by in enumerate(moved)]


NONE = timedelta()


@pytest.mark.parametrize(
    ("said", "held"),
    [
        pytest.param([], False, id="a-first-visit"),
        pytest.param(days(0, 0, 0, 0, 0), False, id="as-before"),
        pytest.param(days(*range(10)), True, id="all-are-of-today"),
        pytest.param(days(*[-400] * 6), True, id="all-are-of-last-year"),
        pytest.param(days(0, 9, 9, 9, 0, 0), False, id="half-of-them"),
        pytest.param(days(0, 9, 9, 9, 9, 0), True, id="more-than-half"),
        pytest.param(days(9, 9, 9, 9), False, id="too-few-to-say"),
        pytest.param(days(2, 2, 2, 2, 2), False, id="a-day-and-a-clock-off"),
        pytest.param(days(3, 3, 3, 3, 3), True, id="days-off"),
        pytest.param(times(*[8 * HOUR] * 6), True, id="the-clock-of-another-zone"),
        pytest.param(times(*[-8 * HOUR] * 6), True, id="and-back"),
        pytest.param(times(*[HOUR] * 6), False, id="summer-time-for-all-the-year"),
        pytest.param(
            times(*(n * HOUR for n in range(2, 8))), False, id="edited-each-a-bit"
        ),
        pytest.param(
            times(NONE, NONE, NONE, *[8 * HOUR] * 3), False, id="half-in-another-zone"
        ),
        pytest.param(times(*[25 * HOUR] * 6), True, id="exact-and-a-day-off"),
        pytest.param(
            times(*(n * MINUTE for n in range(0, 54, 9))), False, id="three-hours-ago"
        ),
    ],
)
def test_a_list_that_dates_most_anew_is_not_believed(
    said: list[Told], *, held: bool
) -> None:
    assert (date_gate(said, LIST) is not None) is held


def test_the_fault_counts_and_gives_an_example() -> None:
    assert date_gate(days(0, 0, 9, 9, 9, 9), LIST) == Fault(
        code=Code.W_DATE_JUMP,
        stage=Stage.DECIDE,
        place=LIST,
        args={
            "count": 4,
            "listed": 6,
            "example": f"{LIST}2.html",
            "before": "2026-11-22 00:00",
            "now": "2026-12-01 00:00",
        },
    )


def test_those_dated_anew_are_told_also_where_they_are_few() -> None:
    assert [one.article for one in redated(days(0, 9, 0, 0, 0, 0))] == ["1"]
    assert len(redated(times(*[8 * HOUR] * 6))) == 6


KNOWN = Known(
    id="a",
    digest="",
    list_digest="entry",
    published=TODAY,
    precision="day",
    updated=TODAY,
    first_seen=TODAY,
    position=0,
    source="river",
)
PAGE_DATE = ArticleRules(date=Rule(select=".date"))
PAGE_TITLE = ArticleRules(title=Rule(select="h1"))


@pytest.mark.parametrize(
    ("origin", "rules", "expected"),
    [
        ("list", None, True),
        ("feed", None, True),
        ("rule", None, True),
        ("rule", PAGE_TITLE, True),
        ("rule", PAGE_DATE, False),
        ("list", PAGE_DATE, True),
        ("meta", None, False),
        ("text", None, False),
        ("first-seen", None, False),
    ],
)
def test_only_dates_that_came_from_the_list_are_compared(
    origin: str, rules: ArticleRules | None, *, expected: bool
) -> None:
    known = replace(KNOWN, published_from=origin)
    assert is_told_by_list(source(article=rules), known) is expected


@pytest.mark.parametrize(
    "known", [replace(KNOWN, source="other"), replace(KNOWN, list_digest="")]
)
def test_what_another_source_dated_is_not_compared(known: Known) -> None:
    assert not is_told_by_list(source(), replace(known, published_from="list"))


@pytest.mark.parametrize(
    ("known", "zone", "same"),
    [
        ("Asia/Shanghai", "Asia/Shanghai", True),
        ("", "Asia/Shanghai", True),
        ("UTC", "Asia/Shanghai", False),
        ("UTC", "+09:00", True),
    ],
    ids=["as before", "unknown", "our zone was edited", "it names another"],
)
def test_an_edit_of_our_own_zone_is_no_change_of_dates(
    known: str, zone: str, *, same: bool
) -> None:
    assert is_same_clock(replace(KNOWN, zone=known), zone, "Asia/Shanghai") is same


def test_neither_an_age_in_weeks_nor_a_time_nor_an_address_tells_a_day() -> None:
    days = ("2026-11-05", "3 hours ago", "2天前", "11-05 08:30", "今天 08:30")
    texts = (
        *days,
        "2 weeks ago",
        "3个月前",
        "1年前",
        "08:30",
        "下午 3：05",
        "3:05 p.m.",
    )
    stated = [RawDate(text=text, origin=Origin.LIST) for text in texts]
    stated.append(RawDate(text="/2026/11/05/", origin=Origin.URL))
    assert [one.text for one in statements(stated)] == list(days)
