"""Texts as printed → texts that the dialects can read."""

import re
import unicodedata

__all__ = ["clean", "fold"]

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
_SPACES += "\u200a\u2028\u2029\u202f\u205f\u3000\x85"
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63"
_TABLE = (
    {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(map(ord, _SPACES), " ")
    | dict.fromkeys(map(ord, _HYPHENS), "-")
    | {ord("\u2019"): "'", ord("\u2236"): ":", ord("\ufe55"): ":", ord("零"): "〇"}
    | {ord("○"): "〇", ord("Ο"): "〇", ord("О"): "〇", ord("◯"): "〇"}
)
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_LUNAR = re.compile(
    r"(?:农历|農曆|阴历|陰曆|旧历|舊曆)"
    r"[\s:(]{0,3}[〇一二三四五六七八九十廿卅初正冬腊臘闰閏大小"
    r"甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥\d年月日]{1,24}"
)


def fold(text: str) -> str:
    """Full width, exotic spaces and hyphens made ASCII; every offset stays as it was."""
    return text if text.isascii() else text.translate(_TABLE)


def clean(text: str) -> str:
    """A folded text without invisible characters and without its lunar dates.

    A lunar date (农历十月初一) is no date of the civil calendar and is not read as one.
    """
    if text.isascii():
        return text.strip()
    visible = _INVISIBLE.sub("", fold(text))
    return _digits(_LUNAR.sub(" ", visible)).strip()


def _digits(text: str) -> str:
    """Decimal digits of any script made ASCII."""
    return _OTHER_DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text)
