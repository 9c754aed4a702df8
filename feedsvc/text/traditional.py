"""Simplified Chinese in Taiwan's characters and words (OpenCC ``s2twp``).

OpenCC's words are those of computing: it takes a press conference (发布会) for a
release of software. What a newspaper means by such words is put in before.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from feedsvc.text.controls import without_controls

__all__ = ["converted", "converted_markup", "converted_name", "simplified"]

_ORDINARY: Final = MappingProxyType(
    dict(
        re.findall(
            r"(\S+):(\S+)",
            """
            发布:發布 支持:支持 程序:程序 程序员:程式設計師 小程序:小程式 应用程序:應用程式
            文件:文件 文件夹:資料夾 高级:高級 高端:高端 高清晰:高清晰 循环:循環 对象:對象
            项目:項目 运行:運行 进程:進程 激活:激活 优化:優化 类型:類型 窗口:窗口 菜单:菜單
            权限:權限 用户:用戶 全局:全局 局部:局部 调度:調度 调试:調試 调用:調用 参数:參數
            实例:實例 声明:聲明 打开:打開 批量:批量 联系:聯繫 设置:設置 设备:設備 消息:消息
            社区:社區 注销:註銷 默认:默認 刷新:刷新 脚本:腳本 扩展:擴展 连接:連接 创建:創建
            查看:查看 抛出:拋出 溢出:溢出 奔驰:奔馳 导出:導出 指针:指針 主板:主板 端口:連接埠
            审核:審核 分区:分區 代码:代碼 国际在线:國際在線 中青在线:中青在線
            胡同:胡同 了解:了解 世界面:世界面 微信号:微信號
            """,
        )
    )
)
"""Words that news mean otherwise than computing does, and two that are none at all."""

_KEPT: Final = re.compile(
    r"https?://(?:[!-;=?-~]|(?<=[/=])[^\W\d_a-zA-Z]+)+|"
    + "|".join(sorted(_ORDINARY, key=len, reverse=True))
)
"""These words, and addresses; Chinese stands in one only after ``/`` or ``=``."""

_NAMES: Final = MappingProxyType(
    dict(zip("于余范涂游郁沈干党钟里征台", "于余范涂游郁沈干党鍾里征台", strict=True))
)
"""What characters are in people's names, where they are another one elsewhere."""

_HAN: Final = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))
"""Where Chinese characters stand that newspapers print, with the ends."""

_PERSON: Final = re.compile(r"[㐀-鿿]{2,4}")

_TOKEN: Final = re.compile(r'(<[^<>"]*(?:"[^"]*"[^<>"]*)*>)')
_TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)", re.IGNORECASE)
_FOREIGN: Final = re.compile(r'\blang="(?!zh\b)', re.IGNORECASE)
_CODE: Final = frozenset({"code", "kbd", "pre", "samp", "var"})
_VOID: Final = frozenset({"br", "col", "hr", "img", "source"})

_REMEMBERED: Final = 1024
"""Texts whose conversion is kept: an article stands in several feeds, and for days."""


def converted(text: str) -> str:
    """Plain text converted; what is not Chinese, and addresses, stay as they are."""
    if text.isascii():
        return text
    pieces, start, convert = [], 0, _converter()
    clean = without_controls(text)
    for found in _KEPT.finditer(clean):
        pieces.append(convert(clean[start : found.start()]))
        pieces.append(_ORDINARY.get(found[0], found[0]))
        start = found.end()
    return "".join([*pieces, convert(clean[start:])])


def converted_name(name: str) -> str:
    """A person's name converted; longer ones, of institutions, like any text."""
    if not _PERSON.fullmatch(name):
        return converted(name)
    convert = _converter()
    return "".join(_NAMES.get(char) or convert(char) for char in name)


@lru_cache(_REMEMBERED)
def converted_markup(markup: str) -> str:
    """Sanitized HTML with its Chinese text converted, but for code and foreign words.

    Tags with all their attributes stay as they are.
    """
    return "".join(_converted(_TOKEN.split(markup)))


def _converted(tokens: list[str]) -> Iterator[str]:
    spared, depth = "", 0
    for number, token in enumerate(tokens):
        if number % 2 == 0:
            yield token if depth else converted(token)
            continue
        yield token
        name, step, foreign = _read(token)
        if name == spared and depth:
            depth += step
        elif step > 0 and foreign and not depth:
            spared, depth = name, 1


def _read(tag: str) -> tuple[str, int, bool]:
    """A tag's name, how it changes the depth, and whether its text is not Chinese."""
    found = _TAG.match(tag)
    if not found or found[2].lower() in _VOID:
        return "", 0, False
    name = found[2].lower()
    foreign = name in _CODE or _FOREIGN.search(found[3]) is not None
    return name, -1 if found[1] else 1, foreign


def simplified(text: str) -> str:
    """Text with each traditional character as the simplified one, whatever the word."""
    pattern, simple = _simple()
    return pattern.sub(lambda found: simple[found[0]], text)


@cache
def _simple() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """The traditional characters, and the simplified one of each."""
    from opencc import OpenCC  # 40 ms, for who searches

    simplify: Callable[[str], str] = OpenCC("t2s").convert
    codes = (code for first, end in _HAN for code in range(first, end))
    pairs = {char: simplify(char) for char in map(chr, codes)}
    simple = {c: s for c, s in pairs.items() if s != c and len(s) == 1}
    return re.compile(f"[{''.join(simple)}]"), simple


@cache
def _converter() -> Callable[[str], str]:
    """OpenCC with its dictionaries, loaded when the first text needs it."""
    from opencc import OpenCC  # 0.1 s and 48 MiB, for one edition only

    convert: Callable[[str], str] = OpenCC("s2twp").convert
    return convert
