"""Chinese dates: 2021年11月5日, 二〇二一年十一月五日, 民國110年, 11月5日, 昨天, 3天前."""

import re
from datetime import date, timedelta
from types import MappingProxyType

from feedsvc.text.dates.dialect import Dialect, Strength
from feedsvc.text.dates.nouns import DateContext, Refusal
from feedsvc.text.dates.settle import UNREAD, base, day, past

__all__ = ["DIALECTS", "number"]

_HAN = "〇一二三四五六七八九"
_SMALL = r"(\d{1,2}|[〇一二三四五六七八九十廿卅]{1,4})"
_FULL = re.compile(
    rf"(?<![\d.和成])(\d{{4}}|\d{{2}}|[{_HAN}]{{4}}|[{_HAN}]{{2}})\s?年\s?{_SMALL}\s?月\s?{_SMALL}\s?(?:[日号號]|(?!\d))",
    re.ASCII,
)
_REPUBLIC = re.compile(
    rf"(?:中華民國|中华民国|民國|民国)\s?(\d{{1,3}}|[〇一二三四五六七八九十百]{{1,5}})\s?年\s?{_SMALL}\s?月\s?{_SMALL}\s?日?",
    re.ASCII,
)
_MINGUO = re.compile(
    r"(?<![\w.-])(\d{3})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})日?(?![\d.-])",
    re.ASCII,
)
_YEARLESS = re.compile(rf"(?<![\d年]){_SMALL}\s?月\s?{_SMALL}\s?[日号號]", re.ASCII)
_NEAR = re.compile(r"(今|昨|前|大前)(?:天|日|晨|早|晚)(?!前)")
_NEAR_DAYS = MappingProxyType({"今": 0, "昨": 1, "前": 2, "大前": 3})
_REPUBLIC_EPOCH = 1911
_TWO_DIGITS = 100


def number(text: str) -> int | None:
    """A number in digits or in Chinese: 十一, 二十, 廿五, 二〇二一; None if it is none."""
    if text.isdecimal():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十").replace("两", "二")
    if "十" not in text and all(char in _HAN for char in text):
        return int("".join(str(_HAN.index(char)) for char in text))
    if "百" in text:
        hundreds, _, rest = text.partition("百")
        above, below = number(hundreds or "一"), number(rest.lstrip("〇") or "〇")
        return None if above is None or below is None else 100 * above + below
    tens, _, ones = text.partition("十")
    if any(len(part) > 1 or part not in _HAN for part in (tens, ones)):
        return None
    return 10 * (_HAN.index(tens) if tens else 1) + (_HAN.index(ones) if ones else 0)


def _calendar(year: int | None, match: re.Match[str]) -> date | Refusal:
    month, of_month = number(match[2]), number(match[3])
    if year is None or month is None or of_month is None:
        return UNREAD
    return day(year, month, of_month) or UNREAD


def _full(match: re.Match[str], context: DateContext) -> date | Refusal:
    year = number(match[1])
    if year is not None and year < _TWO_DIGITS:
        year += base(context).year // _TWO_DIGITS * _TWO_DIGITS
    return _calendar(year, match)


def _republic(match: re.Match[str], _context: DateContext) -> date | Refusal:
    year = number(match[1])
    return _calendar(year and year + _REPUBLIC_EPOCH, match)


def _minguo(match: re.Match[str], context: DateContext) -> date | Refusal | None:
    """A Taiwanese page counts years from 1912, now in three digits."""
    taiwan = context.zone_name == "Asia/Taipei" or context.language == "zh-Hant"
    return _republic(match, context) if taiwan else None


def _yearless(match: re.Match[str], context: DateContext) -> date | Refusal:
    month, of_month = number(match[1]), number(match[2])
    if month is None or of_month is None:
        return UNREAD
    return past(month, of_month, context) or UNREAD


def _near(match: re.Match[str], context: DateContext) -> date:
    return base(context).date() - timedelta(days=_NEAR_DAYS[match[1]])


DIALECTS = (
    Dialect(_REPUBLIC, _republic),
    Dialect(_FULL, _full),
    Dialect(_MINGUO, _minguo, Strength.LABELLED),
    Dialect(_YEARLESS, _yearless, Strength.LABELLED),
    Dialect(_NEAR, _near, Strength.ALONE),
)
