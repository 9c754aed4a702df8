"""Who wrote, who helped and who edited, in the words that zh and en pages use."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

__all__ = ["People", "alone", "clean_names", "credited", "is_person", "without"]

SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶"
    "程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾"
    "毛郝龚邵万钱严覃武戴莫孔向汤張劉陳楊黃趙吳孫馬鄭謝羅許韓馮鄧蕭蔣葉蘇盧鍾譚陸賈鄒"
)
"""The usual Chinese family names, simplified and traditional."""

_CAPITAL: Final = re.compile("[A-Z]")
_NAME: Final = r"[A-Z][\w.'’-]*(?:\s+(?:(?:de|van|von|der|la|el|al|bin|of the)\s+)*[A-Z][\w.'’-]*){0,4}"
_NAMES: Final = rf"{_NAME}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*){_NAME})*"
_BY: Final = re.compile(
    rf"^\s*(?:(?:Written|Story|Text|Reporting)\s+)?(?:[Bb][Yy]:?\s+)+({_NAMES})\s*(?:$|[|·•,(]|\s{{2}})"
)
_POSTED: Final = re.compile(
    rf"^\W*(?:(?:[Pp]osted|[Pp]ublished|[Ww]ritten|[Ss]ubmitted|[Aa]dded|[Uu]pdated)\b.{{1,40}}?\s|[—–-]+\s*)[Bb]y:?\s+({_NAMES})\s*(?:$|[|·•,(]|\s{{2}})"
)
_LABELLED: Final = re.compile(
    rf"(?:^|[|·•(\[]|\s{{2}})\s*(?:Author|Reporter|Writer|Byline)s?\s*[:：]\s*({_NAMES})"
)
_HELPED: Final = re.compile(
    rf"({_NAMES})\s+(?:also\s+)?contributed\s+(?:to\s+this|reporting|to\s+the\s+(?:story|report))"
)
_HELPED_BY: Final = re.compile(
    rf"(?:Additional|With)\s+(?:reporting|contributions?)\s+(?:by|from)\s+({_NAMES})"
)
_EDITOR: Final = re.compile(
    rf"(?:^|[|·•(\[;]|\s{{2}})\s*(?:Editors?|Edited\s+by|Editing\s+by)\s*[:：]?\s+({_NAMES})"
)
_REPORTING: Final = re.compile(rf"\(?Reporting\s+by\s+({_NAMES})")

_ZH: Final = r"[\u4e00-\u9fff·]"
_ZH_NAME: Final = rf"{_ZH}{{2,6}}(?:[ 　]?[A-Z]\w+)?"
_ZH_NAMES: Final = rf"{_ZH_NAME}(?:[ 　]*[、，,/;；&和及][ 　]*{_ZH_NAME}|[ 　]+{_ZH}{{2,4}}(?![:：\u4e00-\u9fff]))*"
_ZH_AUTHOR: Final = re.compile(
    rf"(?:作者|撰文|撰稿人?|文字|采写|记者|記者|通讯员|(?<!{_ZH})文)\s*[:：／/]\s*((?:(?:本报|本网)?记者\s*)?{_ZH_NAMES})"
)
_ZH_REPORTER: Final = re.compile(
    rf"(?:[（(〔\[【]|^|\s|[\u4e00-\u9fff]{{2,8}})(?:记者|記者)\s*({_ZH_NAMES})\s*(?:[）)〕\]】／/]|$|报道|報導|通讯员|摄影)"
)
_ZH_EDITOR: Final = re.compile(
    rf"(?:责任编辑|責任編輯|责编|值班编辑|网络编辑|(?<!{_ZH})编辑|編輯|校对|审核|编审)\s*[:：/／|｜丨]\s*({_ZH_NAMES})"
)
_ZH_EDITS: Final = re.compile(
    rf"(?:^|[\s　/（(【])(?:责任编辑|责编|编辑|校对|審核|审核)[ 　]+({_ZH}{{2,3}})(?=[\s　/）)】]|$)"
)
"""The same without a colon, where what follows has the form of a name."""


_CREDIT: Final = re.compile(
    r"Author|Reporter|Writer|Byline|Edit|contributed|Additional\s|With\s|Reporting\s"
    r"|[记記]者|[编編][辑輯]|责编|编审|校对|[审審]核"
    r"|(?:作者|撰文|撰稿人?|文字|采写|通讯员|文)\s*[:：／/]"
)
_BEGUN: Final = re.compile(
    r"\W*(?:by|written|story|text|reporting|posted|published|submitted|added|updated)\b",
    re.IGNORECASE,
)
"""What every credit has, or begins with: asked first, because most lines are none."""

_ROLE: Final = re.compile(
    r"^(?:by|written by|posted by|author:?|作者[:：]?|记者|記者|文[:：/])\s+"
    r"|[,|(（/·–-]\s*(?:\w+\s+){0,4}(?:reporters?|editors?|correspondents?|writers?|staff|contributors?|producers?|columnists?|bureau chief|digital|news)\b.*$"
    r"|\s+(?:Lifestyle|Senior|Staff|Political|News|Sports?|Business)?\s*(?:Writer|Reporter|Correspondent|Editor)$"
    r"|\s+(?:on|updated|published|posted)\b.*$",
    re.IGNORECASE,
)  # fmt: skip
_INITIALS: Final = re.compile(r"^[A-Z]{2,4}$")
"""An agency or a post beside names (``TNN``, ``CEO``)."""

_ALONE: Final = re.compile(rf"^(?:{_NAME}|{_NAMES})$")
_NO_PERSON: Final = re.compile(
    r"\b(?:News|Home|Share|Sign|Log|Login|Join|Read|More|Comments?|Published|Posted|Updated|Subscribe|Newsletter|"
    r"Local|World|Politics|Business|Sports?|Opinion|Culture|Tech|Science|Health|Travel|Advertisement|Photo|Video|"
    r"Facebook|Twitter|Linkedin|Email|Print|Listen|Follow|Today|Editor|The|In|Of|On|By|Your|To)\b",
    re.IGNORECASE,
)
_MOST_WORDS: Final = 4
_SPLIT: Final = re.compile(
    r"\s*[,;、；|]\s*(?:and\s+|&\s*)?|\s+and\s+|\s+&\s+|\s*[和及]\s*(?=[\u4e00-\u9fff]{2,4}$)"
)
_NO_NAME: Final = re.compile(
    r"[@\d:：?!。，<>{}]|https?|www\.|\.(?:com|net|org|cn)\b|^(?:posted|published|updated|follow(?:ing)?|share|twitter|facebook|linkedin|instagram|e?-?mail|news|culture|sports?|politics|subscribe|release date|read more|comments?|contributors? to .*|views?|admin|administrator|editor|author|staff|root|guest|by|name|null|undefined|none|管理员|佚名|网站管理员|本站|编辑|网络|未知|系统管理员)$",
    re.IGNORECASE,
)
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class People:
    """The persons whom a text credits."""

    authors: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()


def credited(lines: Iterable[str]) -> People:
    """Read the byline, the helpers and the editors out of lines of text."""
    texts = [line for line in lines if _CREDIT.search(line) or _BEGUN.match(line)]
    if not texts:
        return People()
    latin = [text for text in texts if _CAPITAL.search(text)]
    chinese = [text for text in texts if not text.isascii()]
    authors = (
        _found(latin, _BY, _POSTED, _LABELLED)
        or _found(chinese, _ZH_AUTHOR)
        or _found(texts, _REPORTING, _ZH_REPORTER)
    )
    edits = tuple(filter(is_person, _found(chinese, _ZH_EDITS)))
    authors = tuple(name for name in authors if name not in edits) or authors
    editors = (*_found(latin, _EDITOR), *_found(chinese, _ZH_EDITOR), *edits)
    helpers = _found(latin, _HELPED, _HELPED_BY)
    return People(authors, helpers, tuple(dict.fromkeys(editors)))


def clean_names(values: Iterable[str]) -> tuple[str, ...]:
    """Take names apart and out of their roles; what is no name is left out."""
    split = (
        name for value in values for name in _SPLIT.split(_ROLE.sub("", value.strip()))
    )
    found = dict.fromkeys(name for name in map(_tidied, split) if name)
    persons = [name for name in found if not _INITIALS.match(name)]
    return tuple(persons or found)


def without(names: Iterable[str], outlets: Collection[str]) -> tuple[str, ...]:
    """Leave out the names that are the outlet's own."""
    refused = {key for outlet in outlets for key in (_key(outlet), _bare_key(outlet))}
    return tuple(name for name in names if _bare_key(name) not in refused)


def alone(text: str) -> tuple[str, ...]:
    """The names that a line consists of, with nothing else beside them."""
    names = (
        clean_names([text])
        if _ALONE.match(text) and not _NO_PERSON.search(text)
        else ()
    )
    sizes = [len(name.split()) for name in names]
    return names if sizes and all(1 < n <= _MOST_WORDS for n in sizes) else ()


def is_person(name: str) -> bool:
    """Whether a text can be a name: in Chinese, a family name and one or two more."""
    if not re.match(_ZH, name):
        return True
    return 2 <= len(name) <= 3 and name[0] in SURNAMES  # noqa: PLR2004 -- as names are


def _found(texts: list[str], *patterns: re.Pattern[str]) -> tuple[str, ...]:
    names = [
        m[1] for text in texts for pattern in patterns for m in pattern.finditer(text)
    ]
    return clean_names(_spread(name) for name in names)


def _spread(names: str) -> str:
    """Part Chinese names that only a space parts."""
    bare = re.sub(r"^(?:本报|本网)?记者\s*", "", names)
    return re.sub(rf"(?<={_ZH})[ 　/]+(?={_ZH})", "、", bare)


def _tidied(name: str) -> str | None:
    bare = _ROLE.sub("", " ".join(name.split())).strip(" .·-–|/()（）[]【】")
    if not 1 < len(bare) <= _LONGEST or _NO_NAME.search(bare):
        return None
    return bare


def _bare_key(name: str) -> str:
    """The key of a name without the word that outlets put behind their own."""
    return _key(re.sub(r"(?<=\w)\s+(?:News|Staff|Team|Newsroom|Desk)$", "", name))


def _key(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()
