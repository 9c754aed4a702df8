"""CLDR date patterns (UTS #35, part 4) made regular expressions.

White space is as free as the text wants it, and numbers may lack their leading zero
unless digits touch. Names of months and weekdays are those of Chinese, English and the
page's language.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

from feedsvc.text.dates.clock import HALVES
from feedsvc.text.dates.folding import fold
from feedsvc.text.dates.zones import PRINTED

__all__ = ["Compiled", "compiled", "valid_pattern"]

_FIELDS = MappingProxyType(
    dict.fromkeys("yu", "year")
    | dict.fromkeys("ML", "month")
    | {"d": "day", "m": "minute", "s": "second", "S": "fraction"}
    | dict.fromkeys("Eec", "weekday")
    | dict.fromkeys("abB", "half")
    | dict.fromkeys("HhK", "hour")
    | dict.fromkeys("zZOvVXx", "zone")
)
_DIGITS = frozenset({"year", "month", "day", "hour", "minute", "second", "fraction"})
_NAMED, _NARROW = 3, 5
"""Fields of so many letters are names; narrow ones (J F M A M) name nothing."""
_QUOTED = re.compile(r"'[^']*'")
_SPACE = r"\s{0,20}"

Field = tuple[str, int]
Token = tuple[str, str | Field]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A pattern to search folded text with; groups are year, month, … as printed.

    ``months`` tells the number of a month's name in small letters.
    """

    regex: re.Pattern[str]
    months: Mapping[str, int]


def valid_pattern(pattern: str) -> bool:
    """Whether it is a CLDR pattern that names a day and month, or a time, once each."""
    return compiled(pattern, None) is not None


@lru_cache(512)
def compiled(pattern: str, language: str | None) -> Compiled | None:
    """The pattern made ready for a page in ``language``; None if it is none."""
    from babel.dates import tokenize_pattern  # a tenth of the start, seldom needed

    tokens: list[Token] = tokenize_pattern(pattern)
    if not _is_sound(pattern, [t[1] for t in tokens if isinstance(t[1], tuple)]):
        return None
    months, weekdays = _names("months", language), _names("days", language)
    body = "".join(_parts(tokens, {"month": months, "weekday": weekdays}))
    body = re.sub(rf"(?:{re.escape(_SPACE)})+", lambda _: _SPACE, body)
    body = body.removeprefix(_SPACE).removesuffix(_SPACE)
    return Compiled(
        re.compile(rf"(?<!\d){body}(?!\d)", re.IGNORECASE | re.ASCII), months
    )


def _is_sound(pattern: str, fields: list[Field]) -> bool:
    """Letters outside quotes are fields (but for ISO's T), each known and there once."""
    bare = _QUOTED.sub("", pattern)
    letters = {char for char in bare if char.isascii() and char.isalpha()}
    names = [_FIELDS.get(char, "") for char, _ in fields]
    return (
        "'" not in bare
        and letters <= _FIELDS.keys() | {"T"}
        and len(names) == len(set(names))
        and not any(count >= _NARROW and char in "ML" for char, count in fields)
        and _says_when(set(names))
    )


def _says_when(names: set[str]) -> bool:
    needed = (
        {"month", "day"} if names & {"year", "month", "day"} else {"hour", "minute"}
    )
    return needed <= names


def _parts(
    tokens: list[Token], names: Mapping[str, Mapping[str, int]]
) -> Iterator[str]:
    """Each token's regular expression; numbers that touch have their full width."""
    ends: list[Token] = [("", "")]
    before = [_is_number(a) and _is_number(b) for a, b in pairwise(ends + tokens)]
    after = [_is_number(a) and _is_number(b) for a, b in pairwise(tokens + ends)]
    for (_, value), *touching in zip(tokens, before, after, strict=True):
        if isinstance(value, str):
            yield _literal(value)
        else:
            yield _field(value, names, touching=any(touching))


def _is_number(token: Token) -> bool:
    if isinstance(token[1], str):
        return False
    char, count = token[1]
    name = _FIELDS[char]
    return name in _DIGITS and (name != "month" or count < _NAMED)


def _field(
    field: Field, names: Mapping[str, Mapping[str, int]], *, touching: bool
) -> str:
    char, count = field
    name = _FIELDS[char]
    if name == "half":
        return rf"{_SPACE}(?P<half>{HALVES}|[ap]\.?m\b\.?){_SPACE}"
    if name == "zone":
        return rf"{_SPACE}(?-i:{PRINTED})"
    if _is_number(("field", field)):
        return rf"(?P<{name}>{_width(name, count, touching=touching)})"
    longest_first = sorted(names[name], key=len, reverse=True)
    return rf"(?P<{name}>{'|'.join(map(re.escape, longest_first))})\.?"


def _width(name: str, count: int, *, touching: bool) -> str:
    if name == "fraction":
        return r"\d{1,12}"
    if name == "year":
        return r"\d{2}" if count == 2 else r"\d{4}"  # noqa: PLR2004 -- yy, as CLDR has it
    return rf"\d{{{max(count, 2)}}}" if touching else r"\d{1,2}"


def _literal(text: str) -> str:
    """Literal text with free white space around all but letters and digits."""
    folded = fold(text)
    if folded.isspace():
        return r"\s{1,20}"
    return "".join(map(_character, folded))


def _character(char: str) -> str:
    if char.isspace():
        return _SPACE
    if char.isascii() and char.isalnum():
        return char
    return f"{_SPACE}{re.escape(char)}{_SPACE}"


@lru_cache(64)
def _names(kind: str, language: str | None) -> Mapping[str, int]:
    """Names of months (1 to 12) or of days in small letters."""
    from babel.core import Locale, UnknownLocaleError

    names: dict[str, int] = {}
    for tag in dict.fromkeys(("en", "zh", "zh-Hant", language or "en")):
        try:
            locale = Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                table = getattr(locale, kind)[use][width]
                names |= {fold(n).lower().rstrip("."): int(k) for k, n in table.items()}
    return MappingProxyType(names)
