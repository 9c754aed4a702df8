"""Which of the dates stated is the article's (contract, sections 4 and 5)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.errors import Code
from feedsvc.model.article import Origin, Precision, RawDate
from feedsvc.normalize.dates import Dated, choose, default_zone

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
ZONE = "Asia/Shanghai"


def stated(*texts: tuple[str, Origin]) -> tuple[RawDate, ...]:
    return tuple(RawDate(text=text, origin=origin) for text, origin in texts)


def chosen(*texts: tuple[str, Origin], zone: str = ZONE) -> Dated | None:
    return choose(stated(*texts), zone, NOW, "zh")[0]


def local(dated: Dated | None) -> tuple[str, str, str]:
    assert dated is not None
    written = (dated.moment + timedelta(hours=8)).strftime("%m-%d %H:%M")
    return written, str(dated.precision), str(dated.origin)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(
            [("2026-11-05", Origin.RULE), ("2026-11-05 08:30", Origin.META)],
            ("11-05 00:00", "day", "rule"),
            id="a-rule-of-the-article-is-the-last-word",
        ),
        pytest.param(
            [("2026年11月5日", Origin.TEXT), ("2026-11-05 08:30", Origin.META)],
            ("11-05 08:30", "minute", "meta"),
            id="a-time-of-the-same-day-refines-it",
        ),
        pytest.param(
            [("2026-11-05", Origin.LIST), ("2026-11-05 08:30", Origin.TEXT)],
            ("11-05 08:30", "minute", "text"),
            id="the-page-gives-the-time-of-the-lists-day",
        ),
        pytest.param(
            [("2026-11-05", Origin.TEXT), ("2026-11-06 08:30", Origin.META)],
            ("11-05 00:00", "day", "text"),
            id="a-time-of-another-day-does-not",
        ),
        pytest.param(
            [
                ("2026-11-05", Origin.TEXT),
                ("2026-11-05", Origin.META),
                ("2026-11-05 23:59", Origin.FEED),
            ],
            ("11-05 23:59", "minute", "feed"),
            id="past-coarse-ones",
        ),
        pytest.param(
            [("2026-11-05", Origin.TEXT), ("2026-11-05T20:00:00Z", Origin.META)],
            ("11-06 04:00", "second", "meta"),
            id="the-same-day-by-the-others-clock",
        ),
        pytest.param(
            [("2026-11-05 08:30", Origin.TEXT), ("2026-11-05 08:31:07", Origin.META)],
            ("11-05 08:30", "minute", "text"),
            id="a-time-stands-as-it-is",
        ),
        pytest.param(
            [("nonsense", Origin.META), ("2026-11-05", Origin.URL)],
            ("11-05 00:00", "day", "url"),
            id="what-cannot-be-read-is-passed-over",
        ),
        pytest.param(
            [("2026-11-24 11:10", Origin.META)],
            ("11-24 11:00", "minute", "meta"),
            id="a-clock-somewhat-ahead-is-held-at-now",
        ),
        pytest.param(
            [("2026-11-24", Origin.TEXT)],
            ("11-24 00:00", "day", "text"),
            id="today",
        ),
    ],
)
def test_the_surest_date_is_chosen_and_refined(
    texts: list[tuple[str, Origin]], expected: tuple[str, str, str]
) -> None:
    assert local(chosen(*texts)) == expected


@pytest.mark.parametrize(
    ("texts", "codes"),
    [
        pytest.param([], [Code.W_DATE_MISSING], id="none"),
        pytest.param(
            [("11 05,2021", Origin.TEXT)], [Code.W_DATE_AMBIGUOUS], id="ambiguous"
        ),
        pytest.param([("2099-01-01", Origin.META)], [Code.W_DATE_FUTURE], id="future"),
        pytest.param(
            [("2026-11-24 11:20", Origin.META)], [Code.W_DATE_FUTURE], id="hours-ahead"
        ),
        pytest.param(
            [("2026-11-25", Origin.META)], [Code.W_DATE_FUTURE], id="tomorrow"
        ),
        pytest.param(
            [("1970-01-01", Origin.META)], [Code.W_DATE_IMPLAUSIBLE], id="epoch"
        ),
        pytest.param(
            [
                ("05/11/2021", Origin.TEXT),
                ("05/11/2021", Origin.META),
                ("-", Origin.URL),
            ],
            [Code.W_DATE_AMBIGUOUS, Code.W_DATE_UNREAD],
            id="each-reason-once",
        ),
    ],
)
def test_a_date_that_cannot_be_is_none_and_the_reason_is_told(
    texts: list[tuple[str, Origin]], codes: list[Code]
) -> None:
    assert choose(stated(*texts), ZONE, NOW, "en") == (None, tuple(codes))


def test_an_ambiguous_date_stays_told_when_another_is_taken() -> None:
    texts = stated(("11 05,2021", Origin.TEXT), ("2021-11-05", Origin.URL))
    dated, warnings = choose(texts, ZONE, NOW, "en")
    assert dated is not None
    assert dated.origin is Origin.URL
    assert warnings == (Code.W_DATE_AMBIGUOUS,)


def test_what_stands_behind_the_chosen_date_warns_of_nothing() -> None:
    texts = stated(("2021-11-05", Origin.TEXT), ("11 05,2021", Origin.META))
    assert choose(texts, ZONE, NOW, "en")[1] == ()


def test_a_date_by_the_sources_own_pattern_is_not_ambiguous() -> None:
    raw = RawDate(text="11 05,2021", origin=Origin.RULE, patterns=("MM dd,yyyy",))
    assert local(choose([raw], ZONE, NOW, "en")[0]) == ("11-05 00:00", "day", "rule")


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2026-11-05 08:30", "Asia/Shanghai", "Asia/Shanghai"),
        ("2026-11-05 08:30", "+08:00", "+08:00"),
        ("2026-11-05T08:30:00+01:00", "Asia/Shanghai", "+01:00"),
    ],
)
def test_a_date_tells_the_zone_in_which_it_was_read(
    text: str, zone: str, expected: str
) -> None:
    dated = chosen((text, Origin.META), zone=zone)
    assert dated is not None
    assert dated.zone == expected


@pytest.mark.parametrize(
    ("language", "zone"),
    [("zh", "+08:00"), ("zh-Hant", "+08:00"), ("en", "UTC"), (None, "UTC")],
)
def test_the_zone_of_a_page_that_nobody_configured(
    language: str | None, zone: str
) -> None:
    assert default_zone(language) == zone


ORIGINS = st.sampled_from(sorted(set(Origin) - {Origin.FIRST_SEEN}))
TEXTS = (
    st.datetimes(datetime(1980, 1, 1), datetime(2040, 1, 1)).map(str)  # noqa: DTZ001 -- as printed
    | st.dates().map(str)
    | st.text(max_size=30)
)


@given(texts=st.lists(st.tuples(TEXTS, ORIGINS), max_size=4))
def test_no_date_is_in_the_future_and_none_is_made_up(
    texts: list[tuple[str, Origin]],
) -> None:
    dated, warnings = choose(stated(*texts), ZONE, NOW, "zh")
    if dated is None:
        assert warnings
        return
    assert dated.moment <= NOW
    assert dated.moment.tzinfo is UTC
    assert dated.origin in {origin for _, origin in texts}
    if dated.precision is Precision.DAY:
        assert (dated.moment + timedelta(hours=8)).strftime("%H%M%S") == "000000"
