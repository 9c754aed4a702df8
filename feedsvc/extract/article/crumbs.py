"""The path to a page that it prints above its headline (``首页 > News``)."""

import re
from collections.abc import Sequence
from typing import Final

from feedsvc.extract.dom import Line, lines_of
from feedsvc.extract.rules import Document

__all__ = ["breadcrumb", "marked_breadcrumb", "split_crumbs"]

_LONGEST: Final = 160
_MOST: Final = 5
_LINE: Final = re.compile(r"(?:首\s*页|首頁|主页|Home\b|位置\s*[:：])", re.IGNORECASE)
_MARK: Final = re.compile(r"\s*(?:[>»›→＞]|&gt;)+\s*|\s+[/\\|-]\s+")
_LABEL: Final = re.compile(
    r"^.*?(?:位置|您在|当前所在|You are here|Location)\s*(?:是|在)?\s*[:：]\s*",
    re.IGNORECASE,
)
_END: Final = re.compile(
    r"^(?:正文|详情|文章内容|内容|列表|详细内容|新闻详情|查看文章|Content|Text|Details?)$",
    re.IGNORECASE,
)
_PLACES: Final = ", ".join(
    f'[{name}*="{word}"]'
    for name in ("class", "id")
    for word in ("crumb", "position", "location", "weizhi")
)


def breadcrumb(
    lines: Sequence[Line], place: int | None, title: str | None
) -> tuple[str, ...]:
    """Read the path that the page prints above its headline; () when there is none."""
    end = len(lines) if place is None else place + 1
    for line in reversed(lines[:end]):
        text = line.spaced
        if len(text) < _LONGEST and _LINE.search(text) and _MARK.search(text):
            crumbs = split_crumbs(text, title)
            if len(crumbs) > 1:
                return crumbs
    return ()


def split_crumbs(text: str, title: str | None = None) -> tuple[str, ...]:
    """Take a printed path apart; the page's own title at its end is left out."""
    parts = [" ".join(p.split()) for p in _MARK.split(_LABEL.sub("", text))]
    crumbs = [p for p in parts if p and not _END.match(p)]
    if crumbs and title and crumbs[-1][:8] == title[:8]:
        crumbs.pop()
    return tuple(crumbs)


def marked_breadcrumb(document: Document, title: str | None) -> tuple[str, ...]:
    """Read the path where markup names one, without looking at the rest of the page."""
    for node in document.tree.css(_PLACES)[:_MOST]:
        crumbs = breadcrumb(lines_of(node), None, title)
        if crumbs:
            return crumbs
    return ()
