"""Printed dates: what each dialect reads, and what is refused rather than guessed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from feedsvc.errors import Code
from feedsvc.model.article import Precision
from feedsvc.text.dates import DateContext, Reading, Refusal, read, zone

NOW = datetime(2026, 11, 24, 2, 30, 15, tzinfo=UTC)
CHINESE = DateContext(zone("Asia/Shanghai"), "Asia/Shanghai", NOW, "zh")
ENGLISH = DateContext(UTC, "UTC", NOW, "en")
TAIWAN = DateContext(zone("Asia/Taipei"), "Asia/Taipei", NOW, "zh-Hant")
PLAIN = DateContext(UTC, "UTC", NOW)


def told(text: str, context: DateContext) -> str:
    """A reading as ``moment precision`` (seconds dropped unless known), or a code."""
    answer = read(text, context)
    if isinstance(answer, Refusal):
        return answer.code
    local = answer.moment.replace(tzinfo=None)
    written = {
        Precision.DAY: f"{local:%Y-%m-%d}",
        Precision.MINUTE: f"{local:%Y-%m-%d %H:%M}",
        Precision.SECOND: f"{local:%Y-%m-%d %H:%M:%S}",
    }[answer.precision]
    return written if answer.zone == context.zone_name else f"{written} {answer.zone}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-11-05", "2021-11-05"),
        ("2021-11-05T08:30:12.345+09:00", "2021-11-05 08:30:12 +09:00"),
        ("2021-11-05T08:30Z", "2021-11-05 08:30 +00:00"),
        ("2021-11-05t08:30:00z", "2021-11-05 08:30:00 +00:00"),
        ("2021-11-05 08:30:00 +0100", "2021-11-05 08:30:00 +01:00"),
        ("2021-11-05T08:30:00+08", "2021-11-05 08:30:00 +08:00"),
        ("2021-11-05+09:00", "2021-11-05 +09:00"),
        ("20211105", "2021-11-05"),
        ("20211105T083000Z", "2021-11-05 08:30:00 +00:00"),
        ("20211105083015", "2021-11-05 08:30:15"),
        ("20211105T0830", "2021-11-05 08:30"),
        ("2021-W44-5", "2021-11-05"),
        ("2021W445T08:30", "2021-11-05 08:30"),
        ("2021-11/05", "2021-11-05"),
        ("2021.11.05", "2021-11-05"),
        ("2021/11/5 8:30", "2021-11-05 08:30"),
        ("2021. 11. 05", "2021-11-05"),
        ("[2021-11-05]", "2021-11-05"),
        ("2021-11-05 (Fri) 08:30", "2021-11-05 08:30"),
    ],
)
def test_year_first_in_digits(text: str, expected: str) -> None:
    assert told(text, CHINESE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年11月05日 08:30", "2021-11-05 08:30"),
        ("2021年11月05日08:30:15", "2021-11-05 08:30:15"),
        ("2021 年 11 月 5 日", "2021-11-05"),
        ("21年11月5日", "2021-11-05"),
        ("二〇二一年十一月五日", "2021-11-05"),
        ("二零二一年十一月廿五日", "2021-11-25"),
        ("二○二一年十月二十日", "2021-10-20"),
        ("２０２１年１１月５日　０８：３０", "2021-11-05 08:30"),
        ("2021年11月5日 上午8:30", "2021-11-05 08:30"),
        ("2021年11月5日 下午3:05", "2021-11-05 15:05"),
        ("2021年11月5日 下午15:05", "2021-11-05 15:05"),
        ("2021年11月5日 下午3点05分", "2021-11-05 15:05"),
        ("2021年11月5日 晚上8点半", "2021-11-05 20:30"),
        ("2021年11月5日 晚上12:00", "2021-11-06 00:00"),
        ("2021年11月5日 深夜1:30", "2021-11-05 01:30"),
        ("2021年11月5日 凌晨12:30", "2021-11-05 00:30"),
        ("2021年11月5日 中午12:30", "2021-11-05 12:30"),
        ("2021年11月5日 中午1点", "2021-11-05 13:00"),
        ("2021年11月5日 中午11:50", "2021-11-05 11:50"),
        ("2021年11月5日 8时30分15秒", "2021-11-05 08:30:15"),
        ("2021年11月5日 3点建议", "2021-11-05"),
        ("2021年11月5日 星期五 08:30", "2021-11-05 08:30"),
        ("2021年11月5日（星期五）08:30", "2021-11-05 08:30"),
        ("2021-11-05 24:00", "2021-11-06 00:00"),
        ("2021-11-05 23:59:60", "2021-11-05 23:59:59"),
        ("11月5日", "2026-11-05"),
        ("12月25日 08:30", "2025-12-25 08:30"),
        ("十二月二十五日", "2025-12-25"),
        ("2月29日", "2024-02-29"),
        ("今天 08:30", "2026-11-24 08:30"),
        ("昨天08:30", "2026-11-23 08:30"),
        ("前天", "2026-11-22"),
        ("大前天", "2026-11-21"),
        ("3分钟前", "2026-11-24 10:27"),
        ("3小时前", "2026-11-24 07:30"),
        ("1个半小时前", "2026-11-24 09:00"),
        ("半小时前", "2026-11-24 10:00"),
        ("两天前", "2026-11-22"),
        ("2周前", "2026-11-10"),
        ("9个月前", "2026-02-24"),
        ("十二年前", "2014-11-24"),
        ("刚刚", "2026-11-24 10:30"),
        ("11-05 08:30", "2026-11-05 08:30"),
        ("12-25", "2025-12-25"),
        ("11/05", "2026-11-05"),
        ("11.05", "2026-11-05"),
        ("21-11-05 08:30", "2021-11-05 08:30"),
        ("14:05", "2026-11-23 14:05"),
        ("09:05", "2026-11-24 09:05"),
        ("发布时间：2021-11-05 08:30 来源：新华网", "2021-11-05 08:30"),
        ("更新时间：2021-11-06 发布时间：2021-11-05", "2021-11-05"),
        ("2021-11-05 08:30 更新：2021-11-06", "2021-11-05 08:30"),
        ("昨天的新闻 2021-11-05", "2021-11-05"),
        ("發布時間：2021-11-05 週五", "2021-11-05"),
        ("日期: 2021.11.05", "2021-11-05"),
        ("2021年11月5日 农历十月初一", "2021-11-05"),
        ("农历辛丑年十月初一 2021年11月5日", "2021-11-05"),
        ("‎2021‎-11‎-05", "2021-11-05"),
        ("٢٠٢١-١١-٠٥", "2021-11-05"),
    ],
)
def test_chinese(text: str, expected: str) -> None:
    assert told(text, CHINESE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("民國110年11月5日", "2021-11-05"),
        ("中華民國一百一十年十一月五日", "2021-11-05"),
        ("民國一百年一月一日", "2011-01-01"),
        ("民國百年十月十日", "2011-10-10"),
        ("115.03.19", "2026-03-19"),
        ("110年11月5日", "2021-11-05"),
        ("115/03/19 08:30", "2026-03-19 08:30"),
    ],
)
def test_the_republic_of_china_counts_from_1912(text: str, expected: str) -> None:
    assert told(text, TAIWAN) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("November 5, 2021", "2021-11-05"),
        ("November 5th 2021", "2021-11-05"),
        ("5 Nov 2021", "2021-11-05"),
        ("5th of November, 2021", "2021-11-05"),
        ("Friday 20th of July, 2012", "2012-07-20"),
        ("2021 Nov 5", "2021-11-05"),
        ("Sept. 5, 2021", "2021-09-05"),
        ("Nov. 5, 2021 8:30 a.m. ET", "2021-11-05 08:30 America/New_York"),
        ("Nov. 5, 2021 at 8:30 p.m. EST", "2021-11-05 20:30 -05:00"),
        ("Nov 5, 2021 12:10am", "2021-11-05 00:10"),
        ("Nov 5, 2021, 8 p.m.", "2021-11-05 20:00"),
        ("Nov 5, 2021 8.30pm", "2021-11-05 20:30"),
        ("8:30am, 5 Nov 2021", "2021-11-05 08:30"),
        ("5 November 2021 08:30 BST", "2021-11-05 08:30 +01:00"),
        ("5 November 2021 08:30 (GMT+8)", "2021-11-05 08:30 +08:00"),
        ("5 November 2021 GMT", "2021-11-05 +00:00"),
        ("Fri, 05 Nov 2021 08:30:00 +0800", "2021-11-05 08:30:00 +08:00"),
        ("Fri, 05 Nov 2021 08:30:00 GMT", "2021-11-05 08:30:00 +00:00"),
        ("Thu, 1 Dec 2005 14:59:15+0900", "2005-12-01 14:59:15 +09:00"),
        ("Fri, 05 Nov 2021 08:30 +3000", "2021-11-05 08:30"),
        ("Friday, 05-Nov-21 08:30:00 GMT", "2021-11-05 08:30:00 +00:00"),
        ("05 Nov 93 08:30 EST", "1993-11-05 08:30 -05:00"),
        ("Fri Nov  5 08:30:00 2021", "2021-11-05 08:30:00"),
        ("Fri Nov 5 08:30:00 EDT 2021", "2021-11-05 08:30:00 -04:00"),
        (
            "Fri Nov 05 2021 08:30:00 GMT+0800 (China Standard Time)",
            "2021-11-05 08:30:00 +08:00",
        ),
        ("05/Nov/2021:08:30:00 +0800", "2021-11-05 08:30:00 +08:00"),
        ("Updated 14:05 GMT, 5 November 2021", "2021-11-05 14:05 +00:00"),
        ("Nov 5, 2021 (Updated Nov 6, 2021)", "2021-11-05"),
        ("Updated: Nov 6, 2021. First published: Nov 5, 2021", "2021-11-05"),
        ("Nov 5, 2021 08:30-10:00", "2021-11-05 08:30"),
        ("Nov 5", "2026-11-05"),
        ("5 December", "2025-12-05"),
        ("Nov 5 14:05", "2026-11-05 14:05"),
        ("yesterday", "2026-11-23"),
        ("Yesterday at 2:05 pm", "2026-11-23 14:05"),
        ("3 hours ago", "2026-11-23 23:30"),
        ("half an hour ago", "2026-11-24 02:00"),
        ("an hour ago", "2026-11-24 01:30"),
        ("1 day, 2 hours ago", "2026-11-23"),
        ("9 months ago", "2026-02-24"),
        ("just now", "2026-11-24 02:30"),
        ("25/12/2021", "2021-12-25"),
        ("12/25/2021 8:30 AM", "2021-12-25 08:30"),
        ("12/25/21", "2021-12-25"),
        ("03/03/2021", "2021-03-03"),
        ("11-05 08:30", "2026-11-05 08:30"),
        ("25/12 08:30", "2025-12-25 08:30"),
        ("25-12", "2025-12-25"),
        ("1636101000", "2021-11-05 08:30:00"),
        ("1636101000123", "2021-11-05 08:30:00"),
        ("02:05 GMT", "2026-11-24 02:05 +00:00"),
    ],
)
def test_english_and_digits(text: str, expected: str) -> None:
    assert told(text, ENGLISH) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("5 novembre 2021 à 14h05", "fr", "2021-11-05 14:05"),
        ("5. November 2021", "de", "2021-11-05"),
        ("vor 3 Stunden", "de", "2026-11-23 23:30"),
        ("5 ноября 2021 г., 14:05", None, "2021-11-05 14:05"),
        ("2021년 11월 5일 14:05", "ko", "2021-11-05 14:05"),
        ("2021年11月5日 14時05分", "ja", "2021-11-05 14:05"),
        ("5 novembre 2021, 14:05 CET", "fr", "2021-11-05 13:05 +00:00"),
        ("3時間前", "ja", "2026-11-23 23:30"),
        ("5 novembre 2021", "xx", Code.W_DATE_UNREAD),
        ("le 5 novembre, 21 h", "fr", Code.W_DATE_UNREAD),
        ("令和03年11月5日", "ja", Code.W_DATE_UNREAD),
    ],
)
def test_other_languages_come_last(
    text: str, language: str | None, expected: str
) -> None:
    assert told(text, replace(ENGLISH, language=language)) == expected


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("Fri, 05 Nov 2021 08:30:00 CST", CHINESE, "+08:00"),
        ("Fri, 05 Nov 2021 08:30:00 CST", TAIWAN, "+08:00"),
        ("Fri Nov 5 08:30:00 CST 2021", CHINESE, "+08:00"),
        (
            "5 Nov 2021 08:30 CST",
            replace(ENGLISH, zone=zone("+08:00"), zone_name="+08:00"),
            "+08:00",
        ),
        ("Fri, 05 Nov 2021 08:30:00 CST", ENGLISH, "-06:00"),
        ("Fri, 05 Nov 2021 08:30:00 CST", PLAIN, "UTC"),
        ("2021-11-05 08:30 北京时间", ENGLISH, "Asia/Shanghai"),
        ("北京时间2021年11月5日08:30", ENGLISH, "Asia/Shanghai"),
        ("北京时间2021年11月5日", ENGLISH, "Asia/Shanghai"),
        ("2021年11月5日, 格林尼治标准时间10:41", CHINESE, "+00:00"),
        ("2021年11月5日 当地时间08:30", CHINESE, "Asia/Shanghai"),
        ("2021-11-05 08:30 GMT+8", ENGLISH, "+08:00"),
        ("2021-11-05 08:30 UTC+05:30", ENGLISH, "+05:30"),
        ("2021-11-05T08:30-10:00", ENGLISH, "-10:00"),
        ("Fri, 05 Nov 2021 08:30:00 A", ENGLISH, "UTC"),
    ],
)
def test_a_named_zone_wins_and_cst_depends_on_the_page(
    text: str, context: DateContext, expected: str
) -> None:
    answer = read(text, context)
    assert isinstance(answer, Reading)
    assert answer.zone == expected
    assert answer.moment.utcoffset() == zone(expected).utcoffset(answer.moment)


@pytest.mark.parametrize(
    ("text", "context", "code"),
    [
        ("11 05,2021", ENGLISH, Code.W_DATE_AMBIGUOUS),
        ("Time: 11 05,2021 Source: Shanxi daily", ENGLISH, Code.W_DATE_AMBIGUOUS),
        ("05/11/2021", ENGLISH, Code.W_DATE_AMBIGUOUS),
        ("05/11/2021", CHINESE, Code.W_DATE_AMBIGUOUS),
        ("05/11/2021 at 14:05", ENGLISH, Code.W_DATE_AMBIGUOUS),
        ("05.11.2021", ENGLISH, Code.W_DATE_AMBIGUOUS),
        ("5-11-21", CHINESE, Code.W_DATE_AMBIGUOUS),
        ("5-11-21", ENGLISH, Code.W_DATE_AMBIGUOUS),
        ("21-11-05", ENGLISH, Code.W_DATE_AMBIGUOUS),
        ("05-11-21", CHINESE, Code.W_DATE_AMBIGUOUS),
        ("05/11", ENGLISH, Code.W_DATE_AMBIGUOUS),
        ("2023-02-29", CHINESE, Code.W_DATE_UNREAD),
        ("2023年2月29日", CHINESE, Code.W_DATE_UNREAD),
        ("Feb 29, 2023", ENGLISH, Code.W_DATE_UNREAD),
        ("Fri Feb 29 08:30:00 2023", ENGLISH, Code.W_DATE_UNREAD),
        ("31 Nov", ENGLISH, Code.W_DATE_UNREAD),
        ("2月30日", CHINESE, Code.W_DATE_UNREAD),
        ("20210229", CHINESE, Code.W_DATE_UNREAD),
        ("20211105256100", CHINESE, Code.W_DATE_UNREAD),
        ("32/13/2021", ENGLISH, Code.W_DATE_UNREAD),
        ("2021-W60-1", ENGLISH, Code.W_DATE_UNREAD),
        ("2021-11-05 25:00", CHINESE, Code.W_DATE_UNREAD),
        ("2021年11月5日 24:30", CHINESE, Code.W_DATE_UNREAD),
        ("二〇二一年十二三月五日", CHINESE, Code.W_DATE_UNREAD),
        ("十二三月五日", CHINESE, Code.W_DATE_UNREAD),
        ("民國十二三年一月一日", TAIWAN, Code.W_DATE_UNREAD),
        ("十二三小时前", CHINESE, Code.W_DATE_UNREAD),
        ("9999年前", CHINESE, Code.W_DATE_UNREAD),
        ("农历十月初一", CHINESE, Code.W_DATE_UNREAD),
        ("2021年11月", CHINESE, Code.W_DATE_UNREAD),
        ("May 2021", ENGLISH, Code.W_DATE_UNREAD),
        ("3 hours", ENGLISH, Code.W_DATE_UNREAD),
        ("11.05", ENGLISH, Code.W_DATE_UNREAD),
        ("115.03.19", CHINESE, Code.W_DATE_UNREAD),
        ("Source: Shanxi daily", ENGLISH, Code.W_DATE_UNREAD),
        ("12 Kartika 2021 14:05", ENGLISH, Code.W_DATE_UNREAD),
        ("99:99", ENGLISH, Code.W_DATE_UNREAD),
        ("", ENGLISH, Code.W_DATE_UNREAD),
        ("1970-01-01T00:00:00Z", ENGLISH, Code.W_DATE_IMPLAUSIBLE),
        ("0001-01-01", ENGLISH, Code.W_DATE_IMPLAUSIBLE),
        ("0001-01-01T00:00:00+14:00", ENGLISH, Code.W_DATE_IMPLAUSIBLE),
        ("9999-12-31 24:00", ENGLISH, Code.W_DATE_IMPLAUSIBLE),
        ("40年前", CHINESE, Code.W_DATE_IMPLAUSIBLE),
        ("2099-01-01", ENGLISH, Code.W_DATE_FUTURE),
        ("Nov 26, 2026", ENGLISH, Code.W_DATE_FUTURE),
    ],
)
def test_what_is_no_date_or_could_be_two_is_refused(
    text: str, context: DateContext, code: Code
) -> None:
    assert read(text, context) == Refusal(code)


def test_a_day_that_has_begun_elsewhere_is_believed() -> None:
    assert told("2026-11-25", ENGLISH) == "2026-11-25"
    assert told("2026-11-25 02:30", ENGLISH) == "2026-11-25 02:30"
    assert told("2026-11-25 02:31", ENGLISH) == Code.W_DATE_FUTURE


def test_a_day_without_a_year_is_the_latest_that_has_begun_anywhere() -> None:
    evening = replace(ENGLISH, now=datetime(2026, 11, 24, 10, tzinfo=UTC))
    assert told("Nov 25", evening) == "2026-11-25"
    assert told("Nov 26", evening) == "2025-11-26"
    assert told("Nov 25", ENGLISH) == "2025-11-25"


def test_a_page_is_read_as_of_the_time_it_was_written_out() -> None:
    saved = replace(CHINESE, reference=datetime(2021, 1, 5, 4, tzinfo=UTC))
    assert told("3小时前", saved) == "2021-01-05 09:00"
    assert told("12-25", saved) == "2020-12-25"
    assert told("昨天", saved) == "2021-01-04"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mar 14, 2021 2:30 AM", "2021-03-14T03:30:00-04:00"),
        ("Nov 7, 2021 1:30 AM", "2021-11-07T01:30:00-04:00"),
        ("Nov 7, 2021", "2021-11-07T00:00:00-04:00"),
    ],
    ids=["skipped hour", "repeated hour", "day of the change"],
)
def test_clock_changes_leave_a_moment_that_exists(text: str, expected: str) -> None:
    context = replace(
        ENGLISH, zone=zone("America/New_York"), zone_name="America/New_York"
    )
    answer = read(text, context)
    assert isinstance(answer, Reading)
    assert answer.moment.isoformat() == expected


@pytest.mark.parametrize("name", ["Asia/Shanghai", "+08:00", "-03:30", "UTC", "+0800"])
def test_a_zone_has_a_name_or_an_offset(name: str) -> None:
    assert zone(name).utcoffset(NOW.replace(tzinfo=None)) is not None


@pytest.mark.parametrize(
    "name",
    [
        *("", "Asia", "Asia/Atlantis", "+99:00", "+08:75", "-13:00", "../etc"),
        *("localtime", "x" * 5000, "a\0b", "\ud800"),
    ],
)
def test_anything_else_is_no_zone(name: str) -> None:
    with pytest.raises(ValueError, match=r"(?s).*"):
        zone(name)
