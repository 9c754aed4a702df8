"""Names of people and outlets, freed of what is printed around them."""

import re
from collections.abc import Iterable

from feedsvc.text.prose import one_line

__all__ = ["outlet", "people"]

_OUTLET = re.compile(
    r"^(?:(?:信息|新闻|文章|稿件)?(?:来源|來源|出处|出處)|Sources?|From)\s*[:：]\s*",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"^(?:by\b|written by\b|(?:本报|本刊|本网|特约|实习|见习|首席)*(?:记者|記者|通讯员|通訊員)"
    r"|作者|撰文|文/|文[:：]|编辑|編輯|责任编辑|責任編輯|责编|editors?\b|reporters?\b)\s*[:：]?\s*",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"\s*(?:[,，、;；|/]|\band\b|&|\s{2,})\s*")
_CHINESE_NAMES = re.compile(r"^[\u3400-\u9fff·]{2,4}(?: [\u3400-\u9fff·]{2,4})+$")
_LONGEST = 60
"""Characters of a name; what is longer is a sentence."""


def outlet(printed: str | None) -> str | None:
    """A printed outlet without its label; None when nothing is left."""
    if printed is None:
        return None
    return _OUTLET.sub("", one_line(printed)).strip(" :：|") or None


def people(printed: Iterable[str], not_these: Iterable[str | None]) -> tuple[str, ...]:
    """The people named, one by one, each once; ``not_these`` are outlets and sites."""
    outlets = {name.casefold() for name in not_these if name}
    found: dict[str, str] = {}
    for text in printed:
        for name in _split(_ROLE.sub("", one_line(text))):
            bare = _ROLE.sub("", name).strip(" .:：()（）[]【】")
            if bare and len(bare) <= _LONGEST and bare.casefold() not in outlets:
                found.setdefault(bare.casefold(), bare)
    return tuple(found.values())


def _split(text: str) -> list[str]:
    if _CHINESE_NAMES.match(text):
        return text.split()
    return [part for part in _SEPARATORS.split(text) if part]
