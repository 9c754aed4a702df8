"""Localized dates, and the dates of feeds."""

from datetime import UTC, datetime, timedelta

import pytest

from feedsvc.edition.dates import date_text, feed_updated, opening
from feedsvc.model.article import Precision, Story
from tests.edition.makers import AUTHORITY, MORNING, SEEN, article, stories

AFTERNOON = datetime(2021, 11, 5, 7, 5, 9, tzinfo=UTC)
DAY, MINUTE, SECOND = Precision.DAY, Precision.MINUTE, Precision.SECOND


@pytest.mark.parametrize(
    ("moment", "precision", "language", "expected"),
    [
        (MORNING, DAY, "zh", "2021年11月5日"),
        (MORNING, DAY, "en", "November 5, 2021"),
        (MORNING, DAY, "zh-Hant", "2021年11月5日"),
        (MORNING, MINUTE, "zh", "2021年11月5日 08:30"),
        (MORNING, MINUTE, "en", "November 5, 2021, 8:30 AM"),
        (MORNING, MINUTE, "zh-Hant", "2021年11月5日 08:30"),
        (AFTERNOON, SECOND, "zh", "2021年11月5日 15:05"),
        (AFTERNOON, SECOND, "en", "November 5, 2021, 3:05 PM"),
    ],
)
def test_a_date_reads_as_its_language_writes_it(
    moment: datetime, precision: Precision, language: str, expected: str
) -> None:
    text = date_text(moment, precision, language, "Asia/Shanghai")
    assert text == expected
    assert "\u202f" not in text


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("UTC", "2021年11月5日 00:30"),
        ("+05:30", "2021年11月5日 06:00"),
        ("America/New_York", "2021年11月4日 20:30"),
    ],
)
def test_a_time_is_told_in_the_zone_asked_for(zone: str, expected: str) -> None:
    assert date_text(MORNING, MINUTE, "zh", zone) == expected


@pytest.mark.parametrize(
    ("authority", "year"),
    [
        ("example.org,2026", 2026),
        ("example.org,2024-03", 2024),
        ("example.org,2024-03-31", 2024),
        ("editor@example.org,1999", 1999),
        ("example.org", 1970),
        ("example.org,0000", 1970),
    ],
)
def test_the_day_that_opens_the_authoritys_year(authority: str, year: int) -> None:
    assert opening(authority) == datetime(year, 1, 1, tzinfo=UTC)


def test_an_empty_feed_dates_from_the_opening() -> None:
    assert feed_updated([], AUTHORITY) == opening(AUTHORITY)


def test_a_backdated_article_moves_its_feed_when_it_arrives() -> None:
    assert feed_updated(stories(article()), AUTHORITY) == SEEN.replace(microsecond=0)


def test_what_is_told_beside_an_article_moves_its_feed() -> None:
    hours = [SEEN.replace(microsecond=0) + timedelta(hours=n) for n in range(4)]
    copy = article(first_seen=hours[1], updated=hours[2])
    version = article(first_seen=hours[1], updated=hours[3])
    assert feed_updated([Story(article=article(), also=(copy,))], AUTHORITY) == hours[2]
    held = [Story(article=article(), versions=(version,))]
    assert feed_updated(held, AUTHORITY) == hours[1]


def test_a_correction_moves_the_feed_to_when_it_was_seen() -> None:
    corrected = SEEN + timedelta(hours=3)
    held = stories(article(), article(updated=corrected), article())
    assert feed_updated(held, AUTHORITY) == corrected.replace(microsecond=0)
