"""Lines around and between the text that are none of it: share bars, related lists, ads.

What stands at the top (the date line, a repeated title), at the end (newsletters, next
and previous, copyright) and in between (advertisement, "read more") each has words of
its own; short lines are suspected sooner than sentences.
"""

import re
from collections.abc import Sequence
from typing import Final

from feedsvc.extract.article.segment import is_prose, said
from feedsvc.extract.article.title import key
from feedsvc.extract.dom import Line
from feedsvc.text.dates import spot

__all__ = ["text_of"]

_TOP: Final = 8
"""Lines at the top among which a date line, a kicker or the title may stand."""

_BRIEF: Final = 80
"""Letters up to which a line may be a label."""

_FOOTER_MOST: Final = 600
_GAP: Final = 2
"""Lines at the end that say neither, and are passed over to find those that do."""

_LABELS: Final = re.compile(
    r"字号|字體|字体|打印|分享|收藏|复制链接|手机看|扫一扫|浏览|点击数|阅读(?:数|量|次数)|评论|参与|关注|举报|纠错|图集|"
    r"来\s*源\s*[:：]|发布(?:时间|日期|者|人)?\s*[:：]|时间\s*[:：]|日期\s*[:：]|当前位置|您?所在的?位置|首页\s*[>»›]|"
    r"^(?:share|save|print|email|tweet|listen|comments?|bookmark|follow|copy link|read in app|gift|subscribe|sign in|log in|menu|advertisement|close|facebook|twitter|whatsapp|linkedin|copied)\b|"
    r"\bmin(?:ute)?s? read\b|^(?:published|posted|updated|last updated|date|source)\b|^by\s*:?$",
    re.IGNORECASE,
)  # fmt: skip
"""What a line above the text is about, when it is none of it."""

_MENU: Final = re.compile(
    r"^[\W_]*(?:相关(?:阅读|新闻|报道|推荐|链接|文章|专题|稿件|附件下载)|延伸阅读|推荐(?:阅读|新闻|文章)|猜你喜欢|热门|热点|热词|精彩推荐|近期热点|今日(?:推荐|热点)|更多(?:精彩|新闻|内容|猛料|资讯|>|»|$)|"
    r"上一(?:篇|条|页|则)|下一(?:篇|条|页|则)|分享(?:到|至|让|$)|打印|关闭|返回|收藏|举报|扫(?:一扫|码|描)|点(?:赞|击(?:下载|进入|查看))|网友(?:评论|提问)|我要(?:评论|跟帖|纠错)|评论|跟贴|跟帖|去跟|已输入|关注|欢迎关注|微信(?:公众号|扫一扫)|标签\s*(?:[:：]|$)|关键[词字]\s*[:：]|正文已结束|"
    r"主办单位|承办|地址\s*[:：]|邮编|电子信箱|传\s*真|(?:客服|举报|联系|报料|新闻)?(?:热线|电话|邮箱)\s*[:：]|"
    r"related\b|recommended|read (?:more|next|also|on)|more (?:from|on|stories|news|trending|in|like|about|coverage)|most (?:read|popular|viewed|shared)|trending|popular|latest (?:news|stories)|top stories|you (?:may|might) (?:also )?(?:like|be interested)|also (?:read|see|on)|see also|don.t miss|up next|what to read next|next (?:article|story|post)|previous (?:article|story|post)|"
    r"sign up|subscribe|follow\b|share\b|tweet|print\b|e-?mail\b|comments?\b|\d+ comments?|leave a (?:comment|reply)|post a comment|tags?\b|topics?\b|filed under|categor(?:y|ies)\s*[:：]|newsletters?\b|advertisement|about the author|image credit|order reprints|report (?:an )?(?:error|typo)|view (?:all|more|comments)|show (?:more|comments)|load more|back to top|contact us|get (?:the latest|our|in touch|more)|download (?:the|our)|join (?:us|our|the conversation)|our standards|powered by|managed by)",
    re.IGNORECASE,
)  # fmt: skip
"""How a label or a short line begins that opens what follows a text."""

_FOOTER: Final = re.compile(
    r"©|\(c\) ?\d{4}|copyright|all rights reserved|版权所有|不得转载|ICP备|公网安备|许可证|^[\W_]*(?:免责|特别|郑重)?声明\s*[:：]|^[\W_]*(?:免责|特别|郑重)声明|^[\W_]*版权(?:声明|归)|^[\W_]*凡(?:本网|注明)|仅供(?:读者|投资者)?参考|不代表(?:本|.{0,8})(?:网|平台|站)?(?:立场|观点)|未经.{0,12}(?:授权|许可)|"
    r"may not be (?:published|reproduced|republished)|for personal,? non-?commercial use|"
    r"\b(?:sign up|subscribe)\b.{0,80}\b(?:newsletters?|edition|inbox|updates?|alerts?|magazine|full story|full access)\b|\bour (?:daily |weekly |free )?newsletters?\b|\bfollow us\b.{0,80}\b(?:twitter|facebook|instagram|x)\b|\bdownload\b.{0,60}\bapps?\b|\bwith (?:the|our) .{0,40}\bapp\b|\bget in touch with our\b|\bcheck our news page\b|\bcontact our (?:news|editorial)\b|\bbookmark (?:our|us)\b|\baffiliate (?:links?|commission)\b|\b(?:email|e-mail) (?:us )?at \S+@|\balready a subscriber\b",
    re.IGNORECASE,
)  # fmt: skip
"""What even sentences below a text are known by."""

_BETWEEN: Final = re.compile(
    r"^[\W_]*(?:advertisement|advertising|ad|story continues(?: below)?(?: advertisement)?|article continues(?: below)?(?: advertisement)?|article content|continue reading(?: below)?|read (?:more|next|in app)|skip advertisement|scroll to continue|loading\.*|广告|展开全文|点击展开|您的浏览器.{0,30}|your browser does not support.{0,60}|this video is not available.{0,60}|we apologi[sz]e, but this video has failed to load.{0,80}|try refreshing your browser.{0,80})[\W_]*$",
    re.IGNORECASE,
)  # fmt: skip
_POINTER: Final = re.compile(
    r"^[\W_]*(?:read(?: more| also| next)?|also read|related(?: stor(?:y|ies)| articles?)?|see also|recommended|more|watch|listen|don.t miss|相关(?:阅读|新闻|报道|链接)|延伸阅读|推荐阅读|更多阅读)\s*[:：|>»]",
    re.IGNORECASE,
)  # fmt: skip
_LETTERS: Final = re.compile(r"[^\W\d_]")
_FEWEST: Final = 2
"""Letters of what says anything."""

_LEAST: Final = 4
"""The part of a body that furniture may leave at the least."""

_POINTED: Final = 0.4
"""How much of a line that points elsewhere is a link."""


def text_of(lines: Sequence[Line], title: str | None) -> list[bool]:
    """Say of each line whether it is text of the article.

    Where next to nothing would be left, all of it is: a text may be one long list of links.
    """
    kept = _kept(lines, title)
    left = sum(said(line.text) for line, keep in zip(lines, kept, strict=True) if keep)
    whole = sum(said(line.text) for line in lines)
    return kept if left * _LEAST >= whole else [True] * len(lines)


def _kept(lines: Sequence[Line], title: str | None) -> list[bool]:
    start, end = _start(lines, title), _end(lines)
    kept = [start <= n < end for n in range(len(lines))]
    for n in range(start, end):
        if _BETWEEN.search(lines[n].text) or _points(lines[n]):
            kept[n] = False
    _drop_lists(lines, kept)
    return kept


def _start(lines: Sequence[Line], title: str | None) -> int:
    """The first line that is text: below the title, labels and dates passed over."""
    named = key(title) if title else ""
    start = 0
    for n, line in enumerate(lines[:_TOP]):
        if named and key(line.text) == named:
            start = n + 1
        elif is_prose(line):
            break
    while start < len(lines) and _is_label(lines[start]):
        start += 1
    return start


def _is_label(line: Line) -> bool:
    text = line.text
    if said(text) > _BRIEF:
        return False
    date = spot(text)
    rest = text.replace(date, "") if date else text
    dated = date is not None and said(rest) <= _BRIEF / 2 and not is_prose(line)
    return dated or line.is_link or bool(_LABELS.search(text))


def _end(lines: Sequence[Line]) -> int:
    """The line after the last that is text."""
    end = len(lines)
    for n in range(len(lines) - 1, -1, -1):
        if _closes(lines[n]):
            end = n
        elif is_prose(lines[n]) or end - n > _GAP:
            break
    return end


def _closes(line: Line) -> bool:
    """Whether a line stands below texts, never in them."""
    text = line.text
    size = said(text)
    if len(_LETTERS.findall(text)) < _FEWEST:
        return True
    if size <= _BRIEF and (line.is_link or _MENU.search(text)):
        return True
    return size <= _FOOTER_MOST and bool(_FOOTER.search(text))


def _points(line: Line) -> bool:
    linked = line.linked / max(1, sum(len(part.strip()) for part in line.parts))
    return linked >= _POINTED and bool(_POINTER.search(line.text))


def _drop_lists(lines: Sequence[Line], kept: list[bool]) -> None:
    """Drop the links below a line that opens a list of other stories, and that line."""
    for n, line in enumerate(lines):
        if kept[n] and said(line.text) <= _BRIEF and _MENU.search(line.text):
            end = n + 1
            while end < len(lines) and lines[end].is_link:
                end += 1
            if end > n + 1:
                kept[n:end] = [False] * (end - n)
