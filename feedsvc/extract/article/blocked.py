"""Pages that are no article although the server said 200: challenges, logins, errors."""

import re
from collections.abc import Sequence
from typing import Final

from feedsvc.extract.dom import Line

__all__ = ["evidence"]

_SHORT: Final = 1_500
"""Characters beyond which a page says more than that it says nothing."""

_TELLING: Final = re.compile(
    r"访问验证|安全验证|人机验证|滑动验证|请输入验证码|验证码|訪問驗證|请完成.{0,6}验证|访问(?:过于|太)频繁|操作(?:过于|太)频繁|"
    r"您的(?:访问|请求|IP).{0,12}(?:拦截|阻断|禁止|异常|限制)|访问被(?:拒绝|拦截|阻断)|拒绝访问|没有权限|无权访问|网站防火墙|"
    r"请先?登[录陆]|登录后(?:查看|阅读|访问)|需要登录|"
    r"页面不存在|页面(?:未找到|找不到|已删除|走丢)|找不到(?:该|您|相关)?.{0,8}(?:页面|网页|文章)|内容不存在|(?:文章|信息|新闻)(?:不存在|已(?:被)?删除)|您访问的页面|网页无法|服务器(?:错误|内部错误|繁忙)|系统(?:错误|维护|繁忙)|网站(?:维护|暂时关闭)|"
    r"enable javascript|javascript is (?:disabled|required)|checking your browser|just a moment|verify(?:ing)? (?:that )?you are (?:a )?human|are you (?:a )?(?:human|robot)|captcha|"
    r"access (?:to this page )?(?:has been )?denied|request (?:was |has been )?blocked|unusual traffic|attention required|ddos protection|security check|pardon our interruption|"
    r"page (?:not|cannot be|could not be) found|404 (?:not found|error)|error 404|page (?:does not|doesn.t) exist|no longer available|"
    r"403 forbidden|internal server error|bad gateway|service (?:temporarily )?unavailable|under maintenance|"
    r"(?:log|sign) ?in to (?:continue|read|view|your account)|please (?:log|sign) ?in|you must be logged in|subscribe to continue",
    re.IGNORECASE,
)  # fmt: skip
_TITLE: Final = re.compile(
    r"^\W*(?:40[0-9]|50[0-9])\b|^(?:error|login|sign in|log in|登录|用户登录|出错了|错误(?:提示|页面)?|提示信息|系统提示|安全验证|访问验证)\W*(?:$|[-_|])",
    re.IGNORECASE,
)


def evidence(title: str | None, lines: Sequence[Line]) -> str | None:
    """Give the words that betray the page, or None for an ordinary page.

    Only short pages are suspected: an article may well be about captchas.
    """
    texts: list[str] = []
    said = 0
    for line in lines:
        if not line.is_link:
            texts.append(line.text)
            said += _length(line.text)
        if said > _SHORT:
            return None
    if title and (found := _TITLE.search(title) or _TELLING.search(title)):
        return found[0].strip()
    return next((found[0] for text in texts if (found := _TELLING.search(text))), None)


def _length(text: str) -> int:
    """How much a text says: a Chinese character is worth three letters."""
    return sum(3 if char >= "\u3000" else 1 for char in text)
