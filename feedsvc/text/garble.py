"""Text that was read in the wrong encoding (mojibake), and the one that it was in.

What one wrong reading did, writing it back and reading it rightly undoes; a text that
makes better sense afterwards was garbled. Where bytes were lost on the way (``锟斤拷``,
U+FFFD) that is all there is to tell.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Final

__all__ = ["Garble", "garbled"]

_SAMPLE: Final = 1_500
"""Characters of a text that are looked at."""

_FEW: Final = 8
"""So many Chinese characters at least must tell that a text makes no sense."""

_SENSE, _NONSENSE = 0.9, 0.7
"""The share of everyday characters: real Chinese has more than the one, Chinese that
was read wrongly less than the other."""

_SLIPS: Final = 0.5
"""What a wrong reading may have lost for good, as a share of what it did not."""

_LOST: Final = re.compile(r"锟斤拷|(?:烫烫){2}|(?:屯屯){2}|\ufffd")
"""What is left where a decoder, or a C program, had nothing to show."""

_LOST_SHARE: Final = 0.002
_LOST_FEW: Final = 3

_WESTERN: Final = re.compile(
    "(?:[\u00c2-\u00df\u00e2][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021"
    "\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014"
    "\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]{1,2})"
)
"""A character of UTF-8 in two or three bytes, each shown as one of windows-1252."""

_HAN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff]+")
_STRAY: Final = re.compile("[\u3400-\u9fff]{1,3}")
_STRAYS: Final = 0.15
"""The most Chinese characters that a text in Latin letters may seem to hold."""

_AS_OTHER: Final = (
    (_WESTERN, "cp1252", re.compile("[\u00a0-\u024f\u2010-\u203a\u20ac\u2122]")),
    (_STRAY, "gb18030", re.compile("[ -~]?[\u2010-\u203a][ -~]?")),
)
"""Pieces of UTF-8 in Latin letters as they may look, how they came to look so, and what
they were: of what looks like Chinese, signs alone, as ``茅`` is also in Moutai."""

_HIGH: Final = re.compile("[\u0080-\u00ff]{2}")


_CONFUSED: Final = (
    ("gb18030", "utf-8"),
    ("big5hkscs", "utf-8"),
    ("gb18030", "big5hkscs"),
    ("big5hkscs", "gb18030"),
)
"""Chinese encodings that are taken for one another: (as read, as written)."""


@dataclass(frozen=True, slots=True)
class Garble:
    """What betrays a text, as printed, and the encoding that would have worked."""

    evidence: str
    encoding: str | None = None


def garbled(text: str) -> Garble | None:
    """Say what is wrong with a text; None for one that makes sense."""
    sample = text[:_SAMPLE]
    if sample.isascii():
        return None
    return next((found for test in _TESTS if (found := test(sample))), None)


def _chinese_as_chinese(sample: str) -> Garble | None:
    """UTF-8 that was read as GBK (``鐨勬``), or one Chinese encoding as another."""
    if len(_han(sample)) < _FEW or _everyday(sample) > _NONSENSE:
        return None
    for wrong, right in _CONFUSED:
        if _makes_sense(_reread(sample, wrong, right)):
            return Garble(_han(sample)[:_FEW], right)
    return None


def _chinese_as_western(sample: str) -> Garble | None:
    """GBK, Big5 or UTF-8 that was read as Latin-1: ``ÖìéF``."""
    if len(_HIGH.findall(sample)) * 2 < _FEW:
        return None
    for wrong in ("cp1252", "latin-1"):
        for right in ("utf-8", "gb18030", "big5hkscs"):
            if _makes_sense(_reread(sample, wrong, right)):
                return Garble("".join(_HIGH.findall(sample)[:_FEW]), right)
    return None


def _western_as_other(sample: str) -> Garble | None:
    """UTF-8 in Latin letters that was read as something else: ``donâ€™t``, ``don鈥檛``."""
    if len(_han(sample)) > _STRAYS * len(sample):
        return None
    for pattern, wrong, right in _AS_OTHER:
        pieces = pattern.findall(sample)
        found = [one for one in pieces if right.fullmatch(_reread(one, wrong, "utf-8"))]
        if len(found) >= _LOST_FEW:
            return Garble(" ".join(dict.fromkeys(found))[:12], "utf-8")
    return None


def _lost(sample: str) -> Garble | None:
    """Characters that nobody can read any more, unless they are a slip or two."""
    found = _LOST.findall(sample)
    if len(found) < _LOST_FEW or len(found) < _LOST_SHARE * len(sample):
        return None
    return Garble("".join(dict.fromkeys(found))[:8])


_TESTS: Final[tuple[Callable[[str], Garble | None], ...]] = (
    _chinese_as_chinese,
    _chinese_as_western,
    _western_as_other,
    _lost,
)


def _reread(sample: str, wrong: str, right: str) -> str:
    """The text read rightly; U+FFFD for every character that does not come of it."""
    raw = sample.replace("\ufffd", "?").encode(wrong, "replace")
    return raw.decode(right, "replace")


def _makes_sense(text: str) -> bool:
    known = len(_han(text))
    slips = text.count("\ufffd")
    return known * 2 >= _FEW and slips <= _SLIPS * known and _everyday(text) >= _SENSE


def _everyday(text: str) -> float:
    """The share of Chinese characters that everybody writes."""
    han = _han(text)
    known = sum(map(_level_1().__contains__, han))
    return known / len(han) if han else 0.0


def _han(text: str) -> str:
    """The Chinese characters of a text."""
    return "".join(_HAN.findall(text))


@cache
def _level_1() -> frozenset[str]:
    """The first levels of GB 2312 (3,755 characters) and of Big5 (5,401)."""
    high = range(0xA1, 0xFF)
    gb = _square(range(0xB0, 0xD8), high, "gb2312")
    big5 = _square(range(0xA4, 0xC7), (*range(0x40, 0x7F), *high), "big5")
    return frozenset(_han(gb + big5))


def _square(leads: Iterable[int], trails: Iterable[int], codec: str) -> str:
    pairs = (bytes(pair) for pair in product(leads, trails))
    return b"".join(pairs).decode(codec, "ignore")
