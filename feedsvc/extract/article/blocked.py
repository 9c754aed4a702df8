"""Pages that are no article although the server said 200: challenges, logins, errors.

They say little, and say it in their title or in a line of their own. A page that says
much is an article whatever it is about, and one that dates itself is an announcement of
maintenance sooner than a site under maintenance: it must own up in its title.
"""

import re
from collections.abc import Sequence
from typing import Final

from feedsvc.extract.article.segment import said
from feedsvc.extract.dom import Line

__all__ = ["evidence", "is_missing"]

_SHORT: Final = 1_500
"""Letters beyond which a page says more than that it says nothing."""

_LINE: Final = 400
"""Letters of the longest line that tells nothing but what went wrong."""

_CHALLENGE: Final = (
    r"(?:访问|安全|人机|滑动|滑块|身份|图形|訪問|安全性)(?:验证|驗證|校验)(?!码)|请(?:先)?(?:输入|填写)(?:图形|下方|图中)?验证码|(?:请|需要)?(?:按住|拖动|拖動|向右滑动).{0,8}滑块|点击(?:完成)?验证|完成.{0,8}验证后.{0,6}(?:继续|访问)|验证您?是(?:否为)?(?:真人|人类)|是否为?机器人|"
    r"请(?:您)?(?:完成|进行|通过).{0,8}(?:验证|驗證)|(?:访问|操作|请求)(?:过于|太过|太)?频繁|訪問過於頻繁|(?:网络|访问|当前)?环境(?:存在)?异常|浏览器安全检(?:查|测)|(?:正在|进行)(?:安全)?(?:检查|检测)您?的?(?:浏览器|访问环境)|"
    r"(?:请|需要)?(?:启用|开启|打开|允许)(?:您?浏览器的?)?\s*java\s*script|不支持\s*java\s*script|javascript.{0,12}(?:未启用|被禁用)|"
    r"(?:enable|turn on|activate) (?:js\b|java\s?script)|java\s?script (?:is|must be|has been|needs to be)(?: currently)? (?:disabled|required|enabled|turned on)|requires java\s?script|"
    r"checking (?:your browser|if the site connection)|just a moment|verif(?:y|ying|ication).{0,24}\b(?:human|robot|bot)\b|human verification|are you (?:a )?(?:human|robot)|not a robot|robot (?:check|or human)|press (?:&|and) hold|(?:solve|complete|enter).{0,20}(?:captcha|security check|challenge)|captcha(?: required| challenge)?$|unusual (?:traffic|activity)|automated (?:access|requests|queries)|security check|attention required|one more step|ddos[- ]protection|pardon our interruption|incapsula incident"
)
_REFUSAL: Final = (
    r"您?的?(?:访问|请求|IP|ip)(?:地址)?.{0,12}(?:被?(?:拦截|阻断|禁止|封禁|限制)|异常|受限|不合法)|访问(?:被|已被)?(?:拒绝|拦截|阻断|禁止|受限)|訪問被拒|拒绝访问|禁止访问|(?:没有|无|無|沒有)(?:权限|權限|权)(?:访问|查看|浏览|訪問)?|(?:网站|云|web)?防火墙|非法(?:访问|请求|参数)|疑似.{0,6}攻击|"
    r"access (?:to this (?:page|site|resource|content|website) )?(?:has been |is |was )?(?:denied|forbidden|blocked|restricted)|(?:don.t|do not) have (?:permission|access|authorization)|(?:you|your (?:ip|request|access|address)).{0,40}(?:been|was|is|are) (?:temporarily |permanently )?(?:blocked|banned|denied|rate.?limited|restricted)|request (?:was |has been |could not be |unsuccessful)|too many requests|rate limit|403 forbidden|451 unavailable|not available in your (?:country|region|location)|unavailable for legal reasons"
)
_LOGIN: Final = (
    r"请(?:您)?(?:先|重新)?(?:登[录陆]|登入|註?册后)|請(?:先)?(?:登入|登錄)|登[录陆]后(?:才能|即可|方可|可|继续)?(?:查看|阅读|访问|浏览|继续)|(?:需要|尚未|还没有?|您未)登[录陆]|登[录陆](?:已)?(?:超时|过期|失效)|(?:扫码|密码|验证码|账号)登[录陆]|忘记密码|"
    r"(?:log|sign) ?in to (?:continue|read|view|access|your account|see)|please (?:log|sign) ?in|(?:must|need to) (?:be logged|log|sign) ?in|login required|(?:forgot|forgotten|reset) (?:your )?password|subscribe to (?:continue|read|keep reading|unlock)|create (?:a |your )?(?:free )?account to (?:continue|read|keep)|session (?:has )?(?:expired|timed out)|"
    r"(?:only|reserved) (?:available )?(?:to|for) subscribers"
)
_MISSING: Final = (
    r"(?:页面|網頁|頁面|网页|内容|文章|信息|新闻|稿件|帖子|资源|链接|地址|栏目|數據|数据|记录)(?:可能|或许|已经|已|正在)?(?:不存在|未找到|找不到|没找到|走丢|丢失|(?:被.{0,6})?(?:删除|刪除|移除|撤下|下线|下架|过期|失效))|(?:找|未能找|没有找|未)(?:不)?(?:到|找到)(?:了)?(?:该|您|你|相关|任何|此|指定)?.{0,8}(?:页面|网页|網頁|頁面|文章|内容|信息|记录)|您?(?:要|所)?(?:访问|查看|浏览|請求|请求)的.{0,10}(?:不存在|已(?:被)?(?:删除|移除|下线)|不见了|出错|找不到)|此(?:内容|文章|页面).{0,10}(?:无法|不能)(?:查看|访问|显示)|(?:页面|网页|系统|程序|访问)(?:无法访问|出错|错误|发生错误|走丢)|该(?:内容|文章|页面|公众号).{0,8}(?:已被|无法|不能)|"
    r"(?:page|article|story|post|content|file|url|document|resource)s?\b.{0,40}?\b(?:not (?:be )?found|cannot be found|couldn.t be found|(?:does|do)(?: not|n.t) exist|no longer (?:exists?|available|here)|(?:has|have) been (?:removed|deleted|archived|moved|taken down)|isn.t available|is (?:not available|unavailable|missing|gone)|not exist)|(?:can.?t|cannot|could ?n.t|could not|unable to|didn.t) (?:seem to )?(?:find|locate)\b.{0,30}\b(?:page|article|story|looking for|content|requested)|page you.{0,12}(?:look(?:ing|ed) for|requested|re looking for)|nothing (?:was )?found|no longer available|404 (?:not found|error|page)|error 404|\b410 gone|http (?:status )?(?:error )?40[0-9]"
)
_BROKEN: Final = (
    r"服务器(?:错误|内部错误|繁忙|异常|开小差|维护|忙)|系统(?:错误|繁忙|异常|升级|维护|忙)|网站(?:正在|暂停|升级|维护|关闭|建设)|(?:升级|维护)中|暂时(?:无法访问|关闭|不可用)|稍后(?:再试|重试|访问)|網站維護|伺服器錯誤|数据库(?:连接)?错误|参数(?:错误|有误|不正确)|"
    r"internal server error|bad gateway|gateway time-?out|service (?:is )?(?:temporarily )?unavailable|(?:temporarily|currently) (?:unavailable|down|offline)|(?:under|down for|undergoing|scheduled) (?:scheduled )?maintenance|be (?:right )?back (?:soon|shortly)|something went wrong|an? (?:unexpected |unknown |server )?error (?:has )?occurred|technical difficulties|database (?:connection )?error|error establishing|fatal error|try again (?:later|in a few)|origin (?:is unreachable|error)|connection timed out"
)
_TELLING: Final = re.compile(
    f"{_CHALLENGE}|{_REFUSAL}|{_LOGIN}|{_MISSING}|{_BROKEN}", re.IGNORECASE
)
_GONE: Final = re.compile(
    r"(?:页面|網頁|頁面|网页|内容|內容|文章|信息|新闻|新聞|稿件|帖子|资源|链接)(?:可能|或许|已经|已)?(?:不存在|未找到|找不到|没找到|(?:被.{0,6})?(?:删除|刪除|移除|撤下|下线|下架))|(?:访问|查看|浏览|請求|请求)的.{0,10}(?:不存在|已(?:被)?(?:删除|移除|下线)|找不到)|(?:找不到|未找到|没有找到).{0,8}(?:页面|网页|網頁|頁面|文章|内容)|"
    r"(?:page|article|story|post|content)\b.{0,40}?\b(?:not (?:be )?found|cannot be found|couldn.t be found|does(?: not|n.t) exist|no longer (?:exists|available)|has been (?:removed|deleted|taken down)|is gone)|(?:can.?t|cannot|could ?n.t|could not|unable to) (?:seem to )?find\b.{0,30}\b(?:page|article|story|looking for)",
    re.IGNORECASE,
)
"""What is said where an article stood that its site took away, and not of a failure."""

_GONE_TITLE: Final = re.compile(r"\b(?:404|410)\b|\bnot found\b", re.IGNORECASE)

_TITLE: Final = re.compile(
    r"^\W*(?:(?:http\W*)?(?:error|status)\W*)?(?:4(?:0[0-9]|10|29|51)|50[0-9]|52[0-9])(?!\d)\W*(?:$|[-_|–—·:](?!\w)|(?:http\W*)?(?:error|not found|page|forbidden|unauthori[sz]ed|access|denied|gone\b|too many|internal|bad (?:request|gateway)|gateway|service|unavailable|oops|sorry|页面|網頁|网页|错误|錯誤|未找到|找不到|抱歉|对不起|出错|无法|禁止|服务|伺服))|^\W*(?:oops|whoops|抱歉|对不起|哎呀|出错)|^\W*sorry\b\W*(?:$|we\b|but\b|this\b|the page)|"
    r"^\W*(?:error|not found|page not found|access denied|forbidden|blocked|login|sign in|log in|captcha|maintenance|unavailable|登[录陆]|登入|用户登[录陆]|会员登[录陆]|统一身份认证|出错了|错误(?:提示|页面|信息)?|提示(?:信息)?|系统提示|信息提示|温馨提示|安全验证|访问验证|验证码|页面跳转|跳转中|正在跳转|无标题)\W*(?:$|[-_|–—·:])",
    re.IGNORECASE,
)
"""How a page is called that is none; ``404`` and ``登录`` may well stand in a headline."""

_NOTICE: Final = re.compile(
    r"公告|通知|通告|公示|提醒|说明|notice|announce", re.IGNORECASE
)
"""A site that tells beforehand what will not work."""


def evidence(
    title: str | None, lines: Sequence[Line], *, dated: bool = False
) -> str | None:
    """Give the words that betray the page, or None for an ordinary page.

    ``dated`` says that the page tells when it was published.
    """
    texts = _texts(lines)
    if texts is None or (title and _NOTICE.search(title)):
        return None
    if title and (found := _called(title, dated=dated)):
        return found[0].strip()
    told = (_TELLING.search(t) for t in texts if said(t) <= _LINE and not dated)
    return next((found[0] for found in told if found), None)


def is_missing(title: str | None, lines: Sequence[Line]) -> bool:
    """Whether a page that :func:`evidence` betrays says that what stood there is gone."""
    texts = (title or "", *(_texts(lines) or ()))
    return bool(_GONE_TITLE.search(texts[0])) or any(map(_GONE.search, texts))


def _texts(lines: Sequence[Line]) -> list[str] | None:
    """What stands in no link; None where that is much."""
    texts: list[str] = []
    size = 0.0
    for line in lines:
        if not line.is_link:
            texts.append(line.text)
            size += said(line.text)
        if size > _SHORT:
            return None
    return texts


def _called(title: str, *, dated: bool) -> re.Match[str] | None:
    told = _TELLING.match(title) if dated else _TELLING.search(title)
    return _TITLE.search(title) or told
