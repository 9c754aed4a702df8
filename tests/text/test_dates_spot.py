"""Dates found in longer texts and in addresses; any text, in bounded time."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.text.dates import (
    DateContext,
    Reading,
    Refusal,
    from_url,
    read,
    spot,
    zone,
)

ARCHIVE = "https://archive.example/web/20120611024252/"
CONTEXT = DateContext(
    zone("Asia/Shanghai"),
    "Asia/Shanghai",
    datetime(2026, 11, 24, 2, 30, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("山西日报 2021-11-05 08:30:12 来源：新华社", "2021-11-05 08:30:12"),
        ("[2021年11月5日08:30] 字号", "2021年11月5日08:30"),
        ("By A | November 5, 2021 8:30 am EST | 3", "November 5, 2021 8:30 am EST"),
        ("环球网 3小时前 714 跟贴", "3小时前"),
        ("Xinhua, 3 hours ago, Beijing", "3 hours ago"),
        ("发布于 11月5日 阅读 30", "11月5日"),
        ("Published: Nov 5", "Nov 5"),
        ("Time: 11 05,2021      Source: Shanxi daily", "11 05,2021"),
        ("Date: 5-11-21", "5-11-21"),
        ("Updated 14:05 GMT, 5 November 2021", "14:05 GMT, 5 November 2021"),
        ("5 November 2021 (Updated 6 November 2021)", "5 November 2021"),
        ("更新：2021-11-06 发布：2021-11-05", "2021-11-05"),
        ("1998年3月2日，他……\n发布时间：2021-11-05", "2021-11-05"),
        (f"On May 2, 1998 {'a b ' * 60}Updated: Nov 5, 2021", "Nov 5, 2021"),
        ("关于放假的通知 12-25", "12-25"),
        ("12-25 关于放假的通知", "12-25"),
        ("关于放假的通知[12-25]（图）", "12-25"),
        ("关于放假的通知 12-25 08:30 admin", "12-25 08:30"),
        ("昨天 08:30 新华社", "昨天 08:30"),
        ("２０２１－１１－０５　新华社", "２０２１－１１－０５"),
        ("今天", "今天"),
        ("2023-02-29", "2023-02-29"),
    ],
)
def test_the_printed_date_is_found_with_its_time(text: str, piece: str) -> None:
    assert spot(text) == piece


@pytest.mark.parametrize(
    "text",
    [
        "",
        "电话：0351-7223456 2021",
        "晋ICP备05001234号-1 京公网安备11010802020114号",
        "version 2.11.5, v2021.11.05, IP 192.168.10.20",
        "¥1,250.00 起，优惠 3-5 折，满 24/7 服务",
        "© 2010-2021 Shanxi Daily",
        "今天的头条，昨天的事，11月5日召开",
        "You may 10 times, as of May 2021, on May 5",
        "ISBN 978-7-2021-1105-3 编号 20211105",
        "A 3-2 win, 16:9, 10 20 2021",
    ],
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert spot(text) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://en.example.cn/yangquan/news/2021/1105/1234.html", "2021-11-05"),
        ("http://example.cn/2021-11/05/content_1.htm", "2021-11-05"),
        ("http://example.cn/xw/202111/t20211105_123.html", "2021-11-05"),
        ("http://example.cn/202111/05/1.html", "2021-11-05"),
        ("https://example.com/2021/11/5/some-title", "2021-11-05"),
        ("https://example.com/news/2021-11-05-title", "2021-11-05"),
        ("https://example.cn/a/20211105A01B2", "2021-11-05"),
        ("https://example.cn/20211105083012.html", "2021-11-05"),
        ("/n1/2021/1105/c1001-32274123.html", "2021-11-05"),
        (f"{ARCHIVE}http://e.cn/2012-06/04/c.htm", "2012-06-04"),
        ("https://example.com/2021/13/05/x-2021-11-05", "2021-11-05"),
        ("https://example.com/2023/02/29/", None),
        ("https://example.com/?date=2021-11-05", None),
        ("https://example.com/p/12345678901.html", None),
        ("https://example.com/20211105123.html", None),
        ("https://20211105.example.com/", None),
        ("http://[2021-11-05", None),
        ("", None),
    ],
)
def test_an_address_tells_its_day(url: str, day: str | None) -> None:
    assert from_url(url) == day


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    assert isinstance(read(text, CONTEXT), Reading | Refusal)
    piece = spot(text)
    assert piece is None or piece in text
    assert from_url(text) is None or len(str(from_url(text))) == len("2021-11-05")


_PIECES = st.sampled_from(
    [
        *(
            "2021",
            "11",
            "05",
            "1",
            "99999",
            "00",
            "５",
            "12:30",
            "20211105",
            "1636101000",
        ),
        *("-", "/", ".", ",", ":", " ", "\n", "(", "+08:00", "\u200e", "T", "Z", "CST"),
        *(
            "年",
            "月",
            "日",
            "点",
            "半",
            "秒",
            "上午",
            "晚",
            "小时前",
            "一",
            "十",
            "百",
            "〇",
        ),
        *(
            "民國",
            "农历",
            "今天",
            "发布时间",
            "yesterday",
            "Updated",
            "Nov",
            "Friday",
            "pm",
        ),
        *("a.m.", "hours", "half an", "days ago", "W44", "GMT+", "北京时间"),
    ]
)


@given(
    st.lists(_PIECES, max_size=12).map("".join),
    st.sampled_from(["zh", "en", "zh-Hant"]),
)
def test_whatever_looks_like_a_date_is_plausible_or_refused(
    text: str, language: str
) -> None:
    context = replace(CONTEXT, language=language)
    answer = read(text, context)
    if isinstance(answer, Reading):
        assert answer.moment.year >= 1990
        assert answer.moment <= context.now + timedelta(days=1)
        assert answer.moment.utcoffset() is not None
        assert zone(answer.zone).utcoffset(answer.moment) is not None
    spot(text)


@given(st.datetimes(datetime(1991, 1, 1), datetime(2026, 11, 1)))  # noqa: DTZ001 -- the test gives the zone
def test_what_python_writes_is_read_back(local: datetime) -> None:
    moment = local.replace(microsecond=0, tzinfo=UTC)
    for text in (
        moment.isoformat(),
        f"{moment:%a, %d %b %Y %H:%M:%S} GMT",
        f"{moment:%A, %d-%b-%y %H:%M:%S} UTC",
        f"{moment:%Y年%m月%d日 %H:%M:%S} GMT",
        f"{moment:%B %d, %Y at %I:%M:%S %p} GMT",
        f"{moment:%Y%m%dT%H%M%SZ}",
    ):
        answer = read(text, CONTEXT)
        assert isinstance(answer, Reading), text
        assert answer.moment == moment, text


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "1",
            " ",
            "1-",
            "二",
            "11年",
            "2021-",
            "nov ",
            "nov 5 ",
            "fri, ",
            "今天",
            "12-25 ",
        ),
        *(
            "5 nov 2021 ",
            "发布时间：",
            "08:30 ",
            "1/1/",
            "3小时",
            "one two ",
            "8.30 am ",
        ),
        *("2021\n", "农历"),
    ],
)
def test_hostile_texts_take_time_in_proportion(unit: str) -> None:
    seconds = []
    for size in (20_000, 100_000):
        text = unit * (size // len(unit))
        started = time.perf_counter()
        spot(text)
        read(text, CONTEXT)
        seconds.append(time.perf_counter() - started)
    for small, large in pairwise(seconds):
        assert large < 30 * small + 0.1
