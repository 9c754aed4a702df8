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
    r"\bmin(?:ute)?s? read\b|\d+ (?:minute|min|hour|day)s? ago$|^https?://\S+$|^(?:published|posted|updated|last updated|date|source)\b|^by\s*:?$",
    re.IGNORECASE,
)  # fmt: skip
"""What a line above the text is about, when it is none of it."""

_MENU: Final = re.compile(
    r"^[\W_]*(?:相关(?:阅读|新闻|报道|推荐|链接|文章|专题|稿件|附件下载)|延伸阅读|推荐(?:阅读|新闻|文章)|猜你喜欢|热门|热点|热词|精彩推荐|近期热点|今日(?:推荐|热点)|更多(?:精彩|新闻|内容|猛料|资讯|>|»|$)|"
    r"上一(?:篇|条|页|则)|下一(?:篇|条|页|则)|分享(?:到|至|让|$)|打印|关闭|返回|收藏|举报|扫(?:一扫|码|描)|点(?:赞|击(?:下载|进入|查看))|网友(?:评论|提问)|我要(?:评论|跟帖|纠错)|评论|跟贴|跟帖|去跟|已输入|关注|欢迎关注|微信(?:公众号|扫一扫)|标签\s*(?:[:：]|$)|关键[词字]\s*[:：]|文章关键词|正文已结束|the end\b|"
    r"主办单位|承办|地址\s*[:：]|邮编|电子信箱|传\s*真|(?:客服|举报|报料|新闻)?(?:热线|电话|邮箱)\s*[:：]|"
    r"related\b|recommended|read (?:more|next|also|on)|more (?:from|on|stories|news|trending|in|like|about|coverage)|most (?:read|popular|viewed|shared)|trending|popular|latest (?:news|stories)|top stories|you (?:may|might) (?:also )?(?:like|be interested)|also (?:read|see|on)|see also|don.t miss|up next|what to read next|next (?:article|story|post)|previous (?:article|story|post)|"
    r"sign up|subscribe|follow\b|share\b|tweet|print\b|e-?mail\b|comments?\b|\d+ comments?|leave a (?:comment|reply)|post a comment|tags?\b|topics?\b|filed under|categor(?:y|ies)\s*[:：]|newsletters?\b|advertisement|about the author|image credit|order reprints|report (?:an )?(?:error|typo)|view (?:all|more|comments)|show (?:more|comments)|load more|back to top|contact us|get (?:the latest|our|in touch|more)|download (?:the|our)|join (?:us|our|the conversation)|our standards|powered by|managed by|(?:less|more|home|close|thank you)\W*$|tell us what you|listen to|watch:|copied)",
    re.IGNORECASE,
)  # fmt: skip
"""How a label or a short line begins that opens what follows a text."""

_FOOTER: Final = re.compile(
    r"^[\W_]*(?:copyright|\(c\) ?\d{4}|all rights reserved|(?:免责|特别|郑重)声明|(?:声明|风险提示)\s*[:：]|版权(?:声明|归|所有)|凡(?:本网|本站|注明)|转载请|未经.{0,12}(?:授权|许可)|以上内容.{0,24}(?:用户|自媒体|上传)|阅读全文.{0,6}登录|"
    r"notice: the content above|this (?:copy|material|article|content) (?:is for your|may not be)|our standards|sign up|subscribe (?:to|now|today|for)|follow (?:us|me|him|her|@|\S+(?: \S+)? on)|get (?:the latest|more|our|in touch|real-time|daily)|download (?:the|our)|click here|join (?:us|our)|like us|for (?:more stories|the latest)|already a subscriber|if you.re (?:already|seeing)|to (?:view|read) the full|first-time subscribers|have a tip|want more|need more|(?:write to|e-?mail|contact) .{0,50}\S@|(?:we|\w+) may earn)"
    r"|^[\W_]*©",
    re.IGNORECASE,
)  # fmt: skip
"""How even sentences begin that stand below a text and are none of it."""

_LEGAL: Final = re.compile(
    r"© ?\d{4}|copyright (?:©|\(c\)|\d{4})|all rights reserved|版权所有|不得转载|禁止转载|ICP备|公网安备|许可证(?:号|编号|[:：])|不代表.{0,12}(?:立场|观点)|仅提供信息存储|information storage services|may not be (?:published|reproduced|republished)|for personal,? non-?commercial use|affiliate (?:links?|commission)|\bour (?:daily |weekly |free )?newsletters?\b|check our news page",
    re.IGNORECASE,
)  # fmt: skip
"""What a line of a moderate length says that is none of the text."""

_MODERATE: Final = 300

_BETWEEN: Final = re.compile(
    r"^[\W_]*(?:advertisement|advertising|ad|story continues(?: below)?(?: advertisement)?|article continues(?: below)?(?: advertisement)?|article content|continue reading(?: below)?|read (?:more|next|in app)|skip advertisement|scroll to continue|loading\.*|广告|展开全文|点击展开|您的浏览器.{0,30}|your browser does not support.{0,60}|this video is not available.{0,60}|we apologi[sz]e, but this video has failed to load.{0,80}|try refreshing your browser.{0,80})[\W_]*$",
    re.IGNORECASE,
)  # fmt: skip
_POINTER: Final = re.compile(
    r"^[\W_]*(?:read(?: more| also| next)?|also read|related(?: stor(?:y|ies)| articles?)?|see also|recommended|more|watch|listen|don.t miss|相关(?:阅读|新闻|报道|链接)|延伸阅读|推荐阅读|更多阅读)\s*[:：|>»]",
    re.IGNORECASE,
)  # fmt: skip
_APPEAL: Final = re.compile(
    r"^[\W_]*(?:click here to|sign up (?:for|to)|subscribe (?:to|now)|get (?:the latest|breaking|daily|our|real-time)\b.{0,60}\b(?:news|updates?|inbox|alerts?|newsletters?|app)\b|follow (?:us|\S+(?: \S+)? on)|download (?:the|our) .{0,40}\bapp\b|already a subscriber|join our|like us on|关注.{0,12}(?:公众号|微信|微博)|下载.{0,12}(?:客户端|APP)|安装.{0,16}客户端)",
    re.IGNORECASE,
)  # fmt: skip
"""How a publisher speaks to its readers in the middle of a text."""

_CELLS: Final = frozenset({"td", "th"})
_LETTERS: Final = re.compile(r"[^\W\d_]")
_FEWEST: Final = 2
"""Letters of what says anything."""

_LEAST: Final = 4
"""The part of a body that furniture may leave at the least."""

_POINTED: Final = 0.6
"""How much of a line that points elsewhere is no link, at the most."""


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
        kept[n] = not _interrupts(lines[n])
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
    if _is_mute(text):
        return line.block.tag not in _CELLS
    date = spot(text)
    rest = text.replace(date, "") if date else text
    dated = date is not None and said(rest) <= _BRIEF / 2 and not is_prose(line)
    return dated or line.is_link or bool(_LABELS.search(text))


def _end(lines: Sequence[Line]) -> int:
    """The line after the last that is text; one link alone may well belong to it."""
    end = len(lines)
    for n in range(len(lines) - 1, -1, -1):
        if _closes(lines[n]) or lines[n].is_link:
            end = n
        elif is_prose(lines[n]) or end - n > _GAP:
            break
    alone = end == len(lines) - 1 and not _closes(lines[end])
    return len(lines) if alone else end


def _closes(line: Line) -> bool:
    """Whether a line says that it stands below a text."""
    text = line.text
    size = said(text)
    if line.block.tag in _CELLS:
        return False
    if _is_mute(text) or (size <= _BRIEF and _MENU.search(text)):
        return True
    legal = size <= _MODERATE and _LEGAL.search(text)
    return bool(legal or (size <= _FOOTER_MOST and _FOOTER.search(text)))


def _interrupts(line: Line) -> bool:
    """Whether a line stands between paragraphs and is none: ads, "read more", appeals."""
    text = line.text
    if _BETWEEN.search(text):
        return True
    if line.free <= _POINTED and _POINTER.search(text):
        return True
    return said(text) <= _MODERATE / 2 and bool(_APPEAL.search(text))


def _is_mute(text: str) -> bool:
    """Whether a line is a number or a sign: a count of comments, an arrow."""
    return len(_LETTERS.findall(text)) < _FEWEST


def _drop_lists(lines: Sequence[Line], kept: list[bool]) -> None:
    """Drop the links below a line that opens a list of other stories, and that line."""
    for n, line in enumerate(lines):
        if said(line.text) <= _BRIEF and _MENU.search(line.text):
            end = n + 1
            while end < len(lines) and lines[end].is_link:
                end += 1
            if end > n + 1:
                kept[n:end] = [False] * (end - n)
