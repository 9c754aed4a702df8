"""Whether text decoded as Chinese, Japanese or Korean reads like it.

Accented letters in pairs decode as GB 18030 or Big5 without an error, but into
characters that hardly anyone writes.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["reads_like"]

_ASCII: Final = re.compile(r"[\x00-\x7f]+")
_KANA: Final = re.compile("[\u3041-\u30ff]")
_HANGUL: Final = re.compile("[\uac00-\ud7a3]")
_FREQUENT_BIG5: Final = 0xC6
"""The last lead byte of the characters that Big5 counts as frequent."""


def reads_like(sample: bytes, codec: str) -> bool:
    """Tell whether a sample decoded by a CJK codec is mostly what its writers write."""
    text = _ASCII.sub("", sample.decode(codec, "ignore"))
    return bool(text) and _USUAL[codec](text)


def _simplified(text: str) -> bool:
    return len(text.encode("gb2312", "ignore")) >= 1.6 * len(text)


def _traditional(text: str) -> bool:
    written = text.encode("big5", "ignore")
    return sum(1 for lead in written[::2] if lead <= _FREQUENT_BIG5) >= 0.8 * len(text)


def _share(pattern: re.Pattern[str], least: float) -> Callable[[str], bool]:
    return lambda text: len(pattern.findall(text)) >= least * len(text)


_USUAL: Final[Mapping[str, Callable[[str], bool]]] = MappingProxyType(
    {
        "gb18030": _simplified,
        "big5hkscs": _traditional,
        "cp932": _share(_KANA, 0.1),
        "euc_jp": _share(_KANA, 0.1),
        "cp949": _share(_HANGUL, 0.5),
    }
)
