"""The source's own CLDR patterns: searched for within a text, before anything else."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.errors import Code
from feedsvc.text.dates import DateContext, Reading, Refusal, read, valid_pattern, zone

NOW = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
CONTEXT = DateContext(zone("Asia/Shanghai"), "Asia/Shanghai", NOW, "en")


def told(text: str, *patterns: str, language: str | None = "en") -> str:
    """The reading's moment and precision in one line, or the code of the refusal."""
    answer = read(text, replace(CONTEXT, patterns=patterns, language=language))
    if isinstance(answer, Refusal):
        return answer.code
    return f"{answer.moment:%Y-%m-%d %H:%M:%S%z} {answer.precision}"


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("MM dd,yyyy", "11 05,2021", "2021-11-05 00:00:00+0800 day"),
        ("MM dd,yyyy", "1  5 , 2021", "2021-01-05 00:00:00+0800 day"),
        (
            "'Time:' MM dd,yyyy",
            "Time: 11 05,2021      Source: Shanxi daily",
            "2021-11-05 00:00:00+0800 day",
        ),
        (
            "'Time:' MM dd,yyyy",
            "\n TIME：\xa011 05，2021\n",
            "2021-11-05 00:00:00+0800 day",
        ),
        ("dd/MM/yyyy", "05/11/2021", "2021-11-05 00:00:00+0800 day"),
        ("MM/dd/yyyy", "05/11/2021", "2021-05-11 00:00:00+0800 day"),
        ("dd/MM/yy", "05/11/21", "2021-11-05 00:00:00+0800 day"),
        ("dd/MM/yyyy", "05/11/2021 08:30", "2021-11-05 08:30:00+0800 minute"),
        ("dd/MM/yyyy HH:mm", "05/11/2021 08:30 UTC", "2021-11-05 08:30:00+0000 minute"),
        (
            "yyyy年M月d日 HH:mm",
            "发布：2021年11月5日　08：30",
            "2021-11-05 08:30:00+0800 minute",
        ),
        ("yyyyMMdd HHmm", "id 20211105 0830", "2021-11-05 08:30:00+0800 minute"),
        ("yyyyMMddHHmmss", "20211105083015", "2021-11-05 08:30:15+0800 second"),
        ("d MMMM y", "5 November 2021", "2021-11-05 00:00:00+0800 day"),
        ("d MMM y", "5 Sept. 2021", "W_DATE_UNREAD"),
        ("MMM d, y", "Nov. 5, 2021", "2021-11-05 00:00:00+0800 day"),
        ("y年MMMMd日", "2021年十一月5日", "2021-11-05 00:00:00+0800 day"),
        (
            "EEEE, MMM d, y h:mm a",
            "Friday, Nov 5, 2021 8:30 PM",
            "2021-11-05 20:30:00+0800 minute",
        ),
        ("y/M/d ah:mm", "2021/11/5 下午8:30", "2021-11-05 20:30:00+0800 minute"),
        (
            "yyyy-MM-ddTHH:mm:ssXXX",
            "2021-11-05T08:30:00-03:00",
            "2021-11-05 08:30:00-0300 second",
        ),
        (
            "yyyy-MM-dd'T'HH:mm:ss.SSSZ",
            "2021-11-05T08:30:00.123+0000",
            "2021-11-05 08:30:00+0000 second",
        ),
        (
            "HH'h'mm dd/MM/y z",
            "08h30 05/11/2021 EST",
            "2021-11-05 08:30:00-0500 minute",
        ),
        (
            "'o''clock' H d.M.y",
            "o'clock 8 5.11.2021",
            "2021-11-05 08:00:00+0800 minute",
        ),
        ("dd.MM", "31.12", "2025-12-31 00:00:00+0800 day"),
        ("HH:mm", "at 08:30", "2026-11-24 08:30:00+0800 minute"),
    ],
)
def test_a_pattern_is_found_within_the_text(
    pattern: str, text: str, expected: str
) -> None:
    if expected == "W_DATE_UNREAD":  # the pattern is not in it, the chain goes on
        assert read(text, CONTEXT) == read(text, replace(CONTEXT, patterns=(pattern,)))
    else:
        assert told(text, pattern) == expected


def test_month_names_are_those_of_the_pages_language_too() -> None:
    assert told("5 novembre 2021", "d MMMM y", language="fr").startswith("2021-11-05")
    assert told("5 November 2021", "d MMMM y", language="xx").startswith("2021-11-05")


def test_the_first_pattern_that_gives_a_date_wins() -> None:
    assert told("25 12,2021", "MM dd,yyyy", "dd MM,yyyy").startswith("2021-12-25")
    assert told("x 2021.12.25", "MM dd,yyyy", "yyyy.MM.dd").startswith("2021-12-25")


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("MM/dd/yyyy", "25/12/2021"),
        ("dd/MM/yyyy", "29/02/2023"),
        ("dd/MM", "31/11"),
        ("dd/MM/yyyy HH:mm", "05/11/2021 25:00"),
        ("dd/MM/yyyy", "05/11/2021 25:00"),
    ],
)
def test_a_pattern_that_gives_no_date_is_the_last_word(pattern: str, text: str) -> None:
    assert told(text, pattern) == Code.W_DATE_UNREAD


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("MM dd,yyyy", "2021-11-05"), ("not a pattern", "2021-11-05"), ("", "2021-11-05")],
    ids=["not in the text", "no pattern", "empty"],
)
def test_without_a_match_the_chain_goes_on(pattern: str, text: str) -> None:
    assert told(text, pattern) == "2021-11-05 00:00:00+0800 day"


@pytest.mark.parametrize(
    "pattern",
    [
        *("MM dd,yyyy", "'Time:' MM dd,yyyy", "yyyy年M月d日 HH:mm", "yyyyMMdd"),
        *("HH:mm", "d/M", "EEEE d MMMM y h:mm a z", "yyyy''MM''dd", "LLLL d"),
    ],
)
def test_a_pattern_says_when(pattern: str) -> None:
    assert valid_pattern(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        *("", "yyyy", "MM", "MM yyyy", "dd yyyy", "HH", "Time: MM dd", "MM MM dd"),
        *("dd MMMMM", "'Time: MM dd", "GGGG y M d", "y-D", "%Y-%m-%d"),
        *("y M d kk:mm", "abc"),
    ],
)
def test_what_is_no_pattern_is_told(pattern: str) -> None:
    assert not valid_pattern(pattern)


@given(st.text(alphabet="yMdHhmsSEazZXx'年月日 ,.:/-T\\([{", max_size=24), st.text())
def test_any_pattern_is_sound_or_refused(pattern: str, text: str) -> None:
    valid_pattern(pattern)
    answer = read(text, replace(CONTEXT, patterns=(pattern,)))
    assert isinstance(answer, Reading | Refusal)
