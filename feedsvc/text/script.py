"""In which scripts a text is written, Chinese in which of its two."""

from collections import Counter
from functools import lru_cache
from types import MappingProxyType

__all__ = ["census", "is_simplified", "is_traditional"]

_SIMPLIFIED = (
    "们这个为国会来时说对过还发动经开关实现问题学业电进区议长东车门马见风头书观权设计认论记许话语请谁"
    "让该员务两与产义习乡买乱争亚亲亿仅从众优伟传伤侧债儿党兰兴养军农决况减创别办劳势华协单卖卫厂历压"
    "县参双变号听启响团围图圆场坏块坚执报护担拥择挥损换据摄数敌断无旧显术条极构标样桥检楼欢残毕气汇汉"
    "汤没济测浓涨润温满灭灵点热爱状独献环画疗监盘确础离种积称稳竞笔签简类粮纪约级红线组细织终结给统继"
    "续绩维综绿缓编缘网罗联职肃胜脑脱艺节苏药营虑补装规视览觉触誉证评识诉词译试诗详误调谈谢贝负财责败"
    "货质贯贵费贸资赛赞赵跃轨转轮软轻载较辆输达运远违连迟适选递遗邮邻郑释鉴针钟钢钱铁银销锋错键镇闭闻"
    "阅队阳阶际陆陈险随隐难雾静页顶项顺须预领频颜额飞饭饮馆驶驻验骑鱼鲁鲜鸟鸡麦龙龄"
)
_TRADITIONAL = (
    "們這個為國會來時說對過還發動經開關實現問題學業電進區議長東車門馬見風頭書觀權設計認論記許話語請誰"
    "讓該員務兩與產義習鄉買亂爭亞親億僅從眾優偉傳傷側債兒黨蘭興養軍農決況減創別辦勞勢華協單賣衛廠歷壓"
    "縣參雙變號聽啟響團圍圖圓場壞塊堅執報護擔擁擇揮損換據攝數敵斷無舊顯術條極構標樣橋檢樓歡殘畢氣匯漢"
    "湯沒濟測濃漲潤溫滿滅靈點熱愛狀獨獻環畫療監盤確礎離種積稱穩競筆簽簡類糧紀約級紅線組細織終結給統繼"
    "續績維綜綠緩編緣網羅聯職肅勝腦脫藝節蘇藥營慮補裝規視覽覺觸譽證評識訴詞譯試詩詳誤調談謝貝負財責敗"
    "貨質貫貴費貿資賽贊趙躍軌轉輪軟輕載較輛輸達運遠違連遲適選遞遺郵鄰鄭釋鑒針鐘鋼錢鐵銀銷鋒錯鍵鎮閉聞"
    "閱隊陽階際陸陳險隨隱難霧靜頁頂項順須預領頻顏額飛飯飲館駛駐驗騎魚魯鮮鳥雞麥龍齡"
)
"""Frequent characters that differ, in the same order; each stands in one script only."""

_ONLY_SIMPLIFIED = frozenset(_SIMPLIFIED)
_ONLY_TRADITIONAL = frozenset(_TRADITIONAL)

_RANGES = MappingProxyType(
    {
        "latin": ((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F), (0x1E00, 0x1EFF)),
        "han": (
            (0x3400, 0x4DBF),
            (0x4E00, 0x9FFF),
            (0xF900, 0xFAFF),
            (0x20000, 0x323AF),
        ),
        "kana": ((0x3041, 0x3096), (0x30A1, 0x30FA), (0xFF66, 0xFF9D)),
        "hangul": ((0xAC00, 0xD7A3), (0x1100, 0x11FF), (0x3131, 0x318E)),
        "cyrillic": ((0x400, 0x52F),),
        "greek": ((0x370, 0x3FF), (0x1F00, 0x1FFF)),
        "hebrew": ((0x5D0, 0x5EA),),
        "arabic": ((0x620, 0x6FF), (0x750, 0x77F)),
        "thai": ((0xE01, 0xE5B),),
        "devanagari": ((0x900, 0x97F),),
    }
)
_BLOCKS = tuple((low, high, name) for name, r in _RANGES.items() for low, high in r)


def census(letters: Counter[str]) -> dict[str, int]:
    """How many of the counted characters belong to each script (letters only)."""
    found: dict[str, int] = {}
    for char, count in letters.items():
        name = _script(char)
        if name:
            found[name] = found.get(name, 0) + count
    return found


@lru_cache(8192)
def _script(char: str) -> str | None:
    code = ord(char)
    return next((name for low, high, name in _BLOCKS if low <= code <= high), None)


def is_traditional(letters: Counter[str]) -> bool:
    """Whether Chinese text is in traditional rather than simplified characters."""
    return _count(letters, _ONLY_TRADITIONAL) > _count(letters, _ONLY_SIMPLIFIED)


def is_simplified(letters: Counter[str]) -> bool:
    """Whether Chinese text has characters that only simplified writing has."""
    return not _ONLY_SIMPLIFIED.isdisjoint(letters)


def _count(letters: Counter[str], script: frozenset[str]) -> int:
    return sum(count for char, count in letters.items() if char in script)
