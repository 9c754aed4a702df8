"""What a page prints around its headline: date, outlet, people.

The lines from a little above the headline to the first paragraph are searched; what
stands further down belongs to other stories.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import Final

from feedsvc.extract.article.bylines import bylines, names_in, with_next
from feedsvc.extract.article.people import People, credited, is_person
from feedsvc.extract.dom import Line
from feedsvc.model.article import Origin, RawDate
from feedsvc.text.dates import spot

__all__ = ["Dated", "Printed", "has_time", "outlet_in"]

_ABOVE, _BELOW, _FURTHER = 5, 15, 40
_STANDFIRST: Final = 6
"""How near the headline a standfirst stands, and how soon after it the date."""

_DATE_LABEL: Final = re.compile(
    r"(?:发布|发表|发稿|更新)?(?:日期|时间)\s*[:：]|来源\s*[:：]|(?:Published|Posted|Date)\b"
)
_PARAGRAPH: Final = 80
_STOP: Final = re.compile(r"[.!?。！？…][\"'”’）)]*$")
_BYLINE: Final = re.compile(
    r"^\W*(?:(?:posted|published|written|words|story|text|reporting|reported)\b.{0,40}?\b)?by\b:?\s+\S",
    re.IGNORECASE,
)
_SOON: Final = 3
"""How soon after a standfirst its byline stands."""

_TIME: Final = re.compile(
    r"\d{1,2}\s*[:：时時点]\s*\d{2}|\d\s*[ap]\.?m\b|T\d{2}:?\d{2}", re.IGNORECASE
)
_LABEL: Final = (
    r"(?:作者|编辑|编\s*辑|責任編輯|责任编辑|责编|时间|時間|日期|发布|發布|发表|更新|记者|字号|字體|字体|浏览|点击|阅读|"
    r"查看|访问|打印|分享|关注|评论|人气|审核|摄影|供稿|撰稿|栏目|编者|来源|點擊|瀏覽|"
    r"Time|Date|Author|Editor|By|Views?|Updated?|Published|Posted|Font|Hits|Share|Print|Reporter)"
)
_DATE_LIKE: Final = re.compile(
    r"\d\s*[-/年月.:：]\s*\d|\d{1,2}(?:st|nd|rd|th)?[ ,]+(?:of )?[A-Za-z]{3}|[A-Za-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?\b|"
    r"\d\s+\d{1,2}[, ]+\d{4}|昨|今|前天|[前ａ]|ago\b|yesterday|today|\d{8}|[一二三四五六七八九十〇○]+月",
    re.IGNORECASE,
)
"""What every date has something of: asked first, because it is asked of every line."""

_OUTLET: Final = re.compile(
    r"(?:来\s*源(?:于|自)?|來源|稿\s*源|出\s*处|转载自|转自|(?<![A-Za-z])Sources?)\s*(?:[:：丨｜|]|(?=\s{2}))"
    rf"[\s\u200b]*(?P<outlet>(?!{_LABEL}\s*[:：])[^\s|｜<>].*?)"
    rf"(?=\s{{2,}}|\s*[|｜]|\s*{_LABEL}\s*[:：]|\s+{_LABEL}|\s*\d{{4}}\s*[-/年.]|\s*[【\[(（]\s*{_LABEL}|$)",
    re.IGNORECASE,
)  # fmt: skip
_NO_OUTLET: Final = re.compile(
    rf"^{_LABEL}|[:：]\s*$|^[\W\d_]+$|^(?:大|中|小|繁體|简体|举报|收藏|转发|微博|微信|正文|我来说两句|复制链接|原创|转载|无|手机看新闻|"
    r"关注.*|参与.*|.*次阅读|.*评论|.*人参与|首页|返回.*|.*频道|新闻|要闻)$|https?:|\d{4,}",
    re.IGNORECASE,
)  # fmt: skip
_OUTLET_LIKE: Final = re.compile(
    r"(?:[网報报社台臺刊局委厅部办院会號号]|新闻|在线|客户端|传媒|杂志|之声|电视|中心|新媒体|公司|头条|財經|财经)$"
)
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_LONGEST_OUTLET: Final = 30


class Dated:
    """Which lines print a date; each is looked at once, and only when asked about."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Look at nothing yet."""
        self._lines = lines
        self._known: dict[int, bool] = {}

    def __call__(self, n: int) -> bool:
        """Whether line ``n`` is there, is short, is no link and prints a date."""
        if n not in self._known:
            self._known[n] = 0 <= n < len(self._lines) and self._is_dated(
                self._lines[n]
            )
        return self._known[n]

    def _is_dated(self, line: Line) -> bool:
        text = line.text
        short = len(text) <= _PARAGRAPH * 2 and not line.is_link
        return short and bool(_DATE_LIKE.search(text)) and spot(text) is not None


class Printed:
    """What stands around the headline in line ``place`` (None: printed nowhere)."""

    def __init__(self, lines: Sequence[Line], place: int | None, dated: Dated) -> None:
        """Look at nothing yet."""
        self._lines = lines
        self._place = place
        self._dated = dated

    @cached_property
    def dates(self) -> tuple[RawDate, ...]:
        """The dates: of ``<time datetime>``, then as printed; times of day first."""
        return tuple(_dates(self._lines, self._near))

    @cached_property
    def outlet(self) -> str | None:
        """The outlet, by its label or beside the date."""
        by_label = outlet_in(self._texts)
        return by_label or _beside(self._lines, self._near, self._place)

    @cached_property
    def people(self) -> People:
        """The persons credited, by words or by markup."""
        people = credited(with_next(self._texts))
        authors = people.authors or bylines([self._lines[n] for n in self._around])
        return replace(people, authors=authors)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names that stand alone in the date's line or next to it: a last resort."""
        place = len(self._lines) if self._place is None else self._place
        rows = (m for n in self._near for m in (n, n - 1, n + 1, n - 2) if m > place)
        return names_in([self._lines[m] for m in rows if m < len(self._lines)])

    @cached_property
    def _around(self) -> Sequence[int]:
        return _around(self._lines, self._place, self._dated)

    @cached_property
    def _near(self) -> Sequence[int]:
        return [n for n in self._around if self._dated(n)]

    @cached_property
    def _texts(self) -> Sequence[str]:
        lines = (self._lines[n] for n in self._around)
        return [x.spaced for x in lines if not x.is_link or _may_credit(x.text)]


def outlet_in(texts: Sequence[str]) -> str | None:
    """Read the outlet after its label; None where the page names none."""
    for text in texts:
        for found in _OUTLET.finditer(text):
            outlet = _outlet(found["outlet"])
            if outlet:
                return outlet
    return None


def has_time(text: str) -> bool:
    """Whether a printed date says the time of day."""
    return bool(_TIME.search(text))


def _around(lines: Sequence[Line], place: int | None, dated: Dated) -> Sequence[int]:
    """The lines near the headline; without one, near the first dated line."""
    if place is None:
        start = next(filter(dated, range(len(lines))), 0)
        return range(max(0, start - 2), min(len(lines), start + 4))
    above = list(range(max(0, place - _ABOVE), place))
    below = _below(lines, place, dated)
    if any(map(dated, (*above, *below))):
        return (*above, *below)
    return (*above, *below, *_signed(lines, place, dated))


def _below(lines: Sequence[Line], place: int, dated: Dated) -> Sequence[int]:
    """The headline and what follows up to the text; a standfirst is passed over."""
    found, passed, standfirsts = [place], 0, 0
    for n in range(place + 1, min(len(lines), place + _FURTHER)):
        if _is_paragraph(lines[n]):
            standfirsts += 1
            if standfirsts > 1 or not _is_standfirst(lines, n, found, dated):
                break
            continue
        passed += not lines[n].is_link
        if passed > _BELOW:
            break
        found.append(n)
    return found


def _is_standfirst(
    lines: Sequence[Line], n: int, above: Sequence[int], dated: Dated
) -> bool:
    """Whether a paragraph stands between the headline and its byline or first date."""
    if any(_BYLINE.match(line.text) for line in lines[n + 1 : n + 1 + _SOON]):
        return True
    after = range(n + 1, n + _STANDFIRST + 1)
    return (
        len(above) <= _STANDFIRST
        and not any(map(dated, above))
        and any(map(dated, after))
    )


def _may_credit(text: str) -> bool:
    """Whether a line that is a link may name an outlet or a writer."""
    return len(text) < _LONGEST_OUTLET or bool(_BYLINE.match(text))


def _signed(lines: Sequence[Line], place: int, dated: Dated) -> Sequence[int]:
    """The labelled lines below the text of a page that dates itself there."""
    below = range(place + 1, len(lines))
    labelled = (n for n in below if _DATE_LABEL.search(lines[n].text) and dated(n))
    return tuple(islice(labelled, 2))


def _is_paragraph(line: Line) -> bool:
    text = line.text
    if len(text) <= _PARAGRAPH or line.is_link or _OUTLET.search(text):
        return False
    return bool(_STOP.search(text)) or not _BYLINE.match(text)


def _dates(lines: Sequence[Line], near: Sequence[int]) -> Iterator[RawDate]:
    """``<time datetime>`` of these lines, then what they print; times of day first."""
    for n in near:
        for node in lines[n].nodes:
            parent = node.parent
            stamp = (
                parent.attributes.get("datetime")
                if parent and parent.tag == "time"
                else None
            )
            if stamp:
                yield RawDate(text=stamp, origin=Origin.TIME)
    texts = [
        text for n in near if (text := spot(lines[n].spaced) or spot(lines[n].text))
    ]
    for text in sorted(dict.fromkeys(texts), key=has_time, reverse=True):
        yield RawDate(text=text, origin=Origin.TEXT)


def _beside(
    lines: Sequence[Line], near: Sequence[int], place: int | None
) -> str | None:
    """The outlet that a Chinese page prints beside its date without a label."""
    for n in near:
        parts = [p for p in re.split(r"\s{2,}|[|｜]", lines[n].spaced) if p.strip()]
        if not any(map(_CHINESE.search, (*parts, lines[n - 1].text))):
            continue
        at = next((i for i, part in enumerate(parts) if spot(part)), None)
        if at is None:
            continue
        around = [_rest(parts[at]), *parts[at + 1 : at + 2], *reversed(parts[:at])]
        found = next((o for p in around if (o := _unlabelled(p))), None)
        if found:
            return found
        above = lines[n - 1].text if place is not None and n - 1 > place else ""
        if _OUTLET_LIKE.search(above) and (found := _unlabelled(above)):
            return found
    return None


def _rest(part: str) -> str:
    """What is left of a text beside its date."""
    return part.replace(spot(part) or "", "").strip(" -|　")


def _unlabelled(part: str) -> str | None:
    text = part.strip(" 　-|·")
    if (
        not re.match(r"[\u4e00-\u9fff]", text)
        or is_person(text)
        or re.search(r"[:：，。！？]|记者", text)
    ):
        return None
    return _outlet(text)


def _outlet(text: str) -> str | None:
    bare = " ".join(text.split()).strip(" -|·,，、;；:：")
    if re.fullmatch(r"[(（][^()（）]*[)）]?|[^()（）]*[)）]", bare):
        bare = bare.strip("()（）")
    if not 1 < len(bare) <= _LONGEST_OUTLET or _NO_OUTLET.search(bare):
        return None
    return bare
