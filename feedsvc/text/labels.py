"""Which codec a charset label means (WHATWG Encoding Standard §4.2).

Labels lie in one direction: what is declared gb2312 is gbk, what is declared gbk is
gb18030, what is declared iso-8859-1 is windows-1252. The wider codec reads both.
"""

import codecs
from functools import lru_cache
from typing import Final

__all__ = ["codec_name", "public_name"]

_WIDER: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16-le",
}
"""Python's name of a declared codec → the codec that reads what is really sent."""

_OTHER_LABELS: Final = {
    "gb_2312": "gb18030",
    "x-gbk": "gb18030",
    "csiso58gb231280": "gb18030",
    "x-gb18030": "gb18030",
    "cn-big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "x-sjis": "cp932",
    "x-euc-jp": "euc_jp",
    "ks_c_5601-1989": "cp949",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "iso-8859-8-i": "iso8859-8",
    "dos-874": "cp874",
    "koi": "koi8-r",
    "koi8": "koi8-r",
    "koi8-ru": "koi8-u",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "unicode-1-1-utf-8": "utf-8",
    "utf-8mb4": "utf-8",
    "x-user-defined": "cp1252",
}
"""Labels found on the web that Python does not know."""

_NO_CHARSETS: Final = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "undefined"}
)
"""Text codecs of Python that no document is written in."""

_PUBLIC: Final = {
    "cp1250": "windows-1250",
    "cp1251": "windows-1251",
    "cp1252": "windows-1252",
    "cp1253": "windows-1253",
    "cp1254": "windows-1254",
    "cp1255": "windows-1255",
    "cp1256": "windows-1256",
    "cp1257": "windows-1257",
    "cp1258": "windows-1258",
    "cp874": "windows-874",
    "big5hkscs": "big5",
    "cp932": "shift_jis",
    "cp949": "euc-kr",
    "euc_jp": "euc-jp",
    "iso2022_jp": "iso-2022-jp",
    "utf-16-le": "utf-16le",
    "utf-16-be": "utf-16be",
}
"""Codec → the name the WHATWG gives the encoding, where they differ."""


@lru_cache(maxsize=256)
def codec_name(label: str | None) -> str | None:
    """Name the Python codec for a declared label; None when it means no charset."""
    plain = (label or "").strip(" \t\r\n\f\"';").lower()
    if plain in _OTHER_LABELS:
        return _OTHER_LABELS[plain]
    try:
        b"a".decode(plain, "replace")  # refuses codecs that are no text encodings
        name = codecs.lookup(plain).name
    except (LookupError, ValueError):
        return None
    if name in _NO_CHARSETS:
        return None
    return _WIDER.get(name, name)


def public_name(codec: str) -> str:
    """Name an encoding as the WHATWG does, lower-case."""
    if codec.startswith("iso8859-"):
        return f"iso-8859-{codec.removeprefix('iso8859-')}"
    return _PUBLIC.get(codec, codec)
