"""A byline taken apart: who did what, then name by name."""

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import Final

__all__ = ["Role", "names", "parts"]


class Role(Enum):
    """What a person did for an article; an outlet is no person."""

    WRITER = auto()
    HELPER = auto()
    OUTLET = auto()


_HAN: Final = "[\u3400-\u9fff]"
_MARK: Final = r"[:：/／]"

_WRITERS: Final = (
    r"\b(?:(?:written|posted|reported|words|story|text|reporting|published)\s+)?by\b"
    rf"|\b(?:authors?|reporters?|writers?)(?=\s*{_MARK})|^reporters?(?=\s+[A-Z])"
    rf"|(?<!\w){_HAN}{{0,8}}?(?:记者|記者)(?!站)|(?:记者|記者)(?!站)|通讯员|通訊員"
    rf"|(?<!\w)(?:作者|撰文|撰稿人?|采写|采訪|採寫|文字)|(?:作者|撰文|文字)(?={_MARK})"
    rf"|(?<!\w)文\s*{_MARK}\s*[图圖](?!\w)|(?<!\w)文(?=\s*{_MARK})"
)
_HELPERS: Final = (
    r"\b(?:photo(?:graph)?s?|pictures?|images?|videos?|illustrations?|graphics?"
    r"|(?:additional )?reporting assistance|additional reporting|edit(?:ed|ing)"
    r"|translat(?:ed|ion))\s+by\b"
    rf"|\b(?:editors?|photo(?:grapher|s)?|translator)(?=\s*{_MARK})|^editors?(?=\s+[A-Z])"
    r"|(?:责任|責任|值班|网络|執行|执行|本期|见习|总|副|主)*(?:编辑|編輯)(?![部室])|责编|責編"
    rf"|主编|编审|编校|校对|校對|审核|监制|(?<!\w)(?:摄影|攝影|翻译|译者|供图|制图)"
    rf"|(?<!\w)(?:图|圖|摄|攝|视频|译)(?=\s*{_MARK})|(?:摄影|攝影)(?={_MARK})"
)
_OUTLETS: Final = rf"(?:来源|來源|出处|\bsources?)(?=\s*{_MARK})"
_LABEL: Final = re.compile(
    rf"(?:(?P<HELPER>{_HELPERS})|(?P<WRITER>{_WRITERS})|(?P<OUTLET>{_OUTLETS}))\s*{_MARK}?\s*",
    re.IGNORECASE,
)

_NO_NAME: Final = re.compile(
    r"\S+@\S+\.\S+|<[^<>]*>|https?://\S+|www\.\S+|(?<!\w)@\w+", re.ASCII
)
_ASIDE: Final = re.compile(r"[(（【\[][^()（）【】\[\]]*[)）】\]]")
_AFTER: Final = re.compile(
    r"(?<=[A-Za-z.])\s*[|｜•·]\s.*$"
    r"|\s+(?:in|at|for|from|on|updated|published|posted|contributed)\s.*$"
    rf"|[\s／/]+{_HAN}{{2,6}}(?:报道|报导|報導|电|電|讯|訊)$"
    r"|\s*(?:摄影报道|报道|报导|報導|整理|供稿|摄|攝|文)$"
)
"""Where, when and for whom, which stands behind the names."""

_BEATS: Final = (
    r"(?:our|the|staff|senior|chief|special|guest|freelance|contributing|deputy|managing"
    r"|executive|associate|assistant|parliamentary|political|politics|economics|business"
    r"|markets|energy|climate|environment|education|crime|legal|sports?|news|local|web"
    r"|digital|online|city|national|foreign|diplomatic|defence|security|science|health"
    r"|technology|culture|arts|travel|features|investigative|photo)"
)
_TITLES: Final = (
    rf"(?:{_BEATS}\s+)*"
    r"(?:reporter|writer|correspondent|editor|contributor|columnist|photographer)s?"
)
_TITLE_BEFORE: Final = re.compile(rf"^{_TITLES}\s+(?=\w+\s+\w)", re.IGNORECASE)
_TITLE_AFTER: Final = re.compile(rf"\s+{_TITLES}$", re.IGNORECASE)
_NOBODY: Final = re.compile(
    rf"{_TITLES}|{_BEATS}(?:\s+{_BEATS})*|(?:our |the )?(?:staff|newsroom|desk|team|bureau|agencies|authors?)"
    r"|admin(?:istrator)?|root|guest|user|anonymous|unknown|none|null|undefined|n/?a|name"
    r"|Ph\.?D|M\.?D|R\.?N|MBA|Esq"
    r"|佚名|匿名|无|無|未知|不详|不詳|网络|網絡|网友|本站|本报|本報|本网|本刊|(?:系统|网站)?管理员"
    r"|小编|编辑部|综合|转载|原创|整理|整合|编译|汇编|本报讯|等",
    re.IGNORECASE,
)
_MEDIUM: Final = re.compile(
    r"(?:日报|晚报|时报|早报|周报|商报|青年报|日報|晚報|時報|新闻社|通讯社|新华社|新華社|中新社"
    r"|新华网|人民网|中新网|新闻网|新聞網|电视台|電視台|广播电台|客户端|公众号|编辑部|在线|专栏|频道|资讯|支部|官方|办公室|委员会|新闻中心)$"
)
"""How Chinese outlets are called, and no person is."""

_SEPARATOR: Final = re.compile(
    r"\s*(?:,(?!\s*(?:Jr|Sr|I{2,3}|IV)\b)|[，、;；|｜/／&]|\band\b"
    rf"|(?<={_HAN}{{2}})\s*[和及与與](?={_HAN}{{2,4}}$))\s*",
    re.IGNORECASE,
)
_HAN_NAME: Final = rf"(?:{_HAN}{{2,4}}|{_HAN}+(?:[·•・]{_HAN}+)+)"
_HAN_NAMES: Final = re.compile(rf"{_HAN_NAME}(?: {_HAN_NAME})+")
_STRETCHED: Final = re.compile(rf"(?<!{_HAN})({_HAN}) ({_HAN})(?!{_HAN})")
"""A name of two characters, set as wide as one of three."""

_BESIDE: Final = re.compile(
    r"浏览|瀏覽|点击|點擊|阅读|閱讀|次数|次數|日期|时间|時間|字号|字體|字体|打印|分享|发布|發布"
)
"""Words of the line in which a byline stands."""

_MOST_WORDS = 7
_MOST_CHARACTERS = 60
_EDGES = " .:：-–—*_()（）[]【】<>《》\"'“”|/、,，;；"


def parts(text: str) -> Iterator[tuple[Role, str]]:
    """What stands behind each label of a byline; what none precedes was written by."""
    role, start = Role.WRITER, 0
    for label in _LABEL.finditer(text):
        yield role, text[start : label.start()]
        role, start = Role[label.lastgroup or ""], label.end()
    yield role, text[start:]


def names(chunk: str) -> Iterator[str]:
    """The names in a list of names, without titles, places, addresses and outlets."""
    bare = _NO_NAME.sub(" ", chunk).strip()
    bare = _ASIDE.sub(" ", bare).strip() or bare
    bare = _STRETCHED.sub(r"\1\2", _AFTER.sub("", " ".join(bare.split())))
    for part in () if _NOBODY.fullmatch(bare) else _SEPARATOR.split(bare):
        for name in part.split() if _HAN_NAMES.fullmatch(part) else (part,):
            person = _person(name)
            if person:
                yield person


def _person(part: str) -> str | None:
    """A part of a list, if it can be a name."""
    name = _TITLE_AFTER.sub("", _TITLE_BEFORE.sub("", part.strip(_EDGES)))
    suffixed = re.search(r"\b(?:Jr|Sr)$", name)
    if len(name) > _MOST_CHARACTERS or len(name.split()) > _MOST_WORDS:
        return None
    if not re.search(r"[^\W\d_]", name) or re.search(r"\d{4}", name):
        return None
    if _BESIDE.search(name) or re.fullmatch(_HAN, name):
        return None
    if _NOBODY.fullmatch(name) or _MEDIUM.search(name):
        return None
    return f"{name}." if suffixed else name
