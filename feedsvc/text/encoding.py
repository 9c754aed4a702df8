"""Bytes to text: which encoding a document is really in, whatever it declares.

The order of the evidence: the operator's override, the byte order mark, UTF-8 if at
most 2 % of what is not ASCII is bad, GB 18030 or Big5 for a Chinese source's document
that reads like Chinese, a detector when it contradicts what is declared with a Chinese,
Japanese or Korean encoding that decodes strictly, the document's own declaration, the
HTTP header, the detector's other answers, windows-1252.
"""

import codecs
import re
from dataclasses import dataclass
from typing import Final

from feedsvc.text.cjk import reads_like
from feedsvc.text.labels import codec_name, public_name

__all__ = ["Decoded", "decode", "decode_xml", "stated"]

_HEAD: Final = 65_536
"""How far into a document its own declaration is looked for, in bytes."""

_SAMPLE: Final = 8_192
"""How much text outside of tags the detector is given, in bytes."""

_BAD_SHARE: Final = 0.02
"""The share of bad sequences among non-ASCII characters that UTF-8 may have."""

_BAD_SHARE_STATED: Final = 0.2
"""The same where UTF-8 is declared: rather garbled, and told so, than another's letters."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CJK: Final = ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949")
_SEVEN_BIT: Final = ("iso2022_jp", "iso2022_kr", "hz")
"""Encodings whose every byte is ASCII, so that only a declaration tells them."""

_META: Final = re.compile(
    rb"<!--(?:.*?-->|.*)|<meta\s[^>]{,1000}?charset\s*=\s*[\"']?\s*([\w.:+-]+)",
    re.IGNORECASE | re.DOTALL,
)
_DECLARATION: Final = re.compile(
    rb"^\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']\s*([\w.:+-]+)", re.IGNORECASE
)
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)

_PUA: Final = dict(
    zip(
        [*range(0xE78D, 0xE797), 0xE7C7, 0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864],
        "\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19\u1e3f\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb",
        strict=True,
    )
)  # fmt: skip
"""Private-use characters of GB 18030-2000 that have been real ones since 2022."""

_PRIVATE: Final = re.compile(r"[\ue78d-\ue864]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a document and the encoding that gave it (its WHATWG name).

    ``damaged`` counts the replacement characters that decoding put in.
    """

    text: str
    encoding: str
    damaged: int

    @property
    def is_garbled(self) -> bool:
        """Whether so much was damaged that the encoding must be another (E_ENCODING)."""
        foreign = sum(1 for char in self.text if char > "\x7f") if self.damaged else 0
        return self.damaged > _BAD_SHARE * max(foreign, 100)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What is said about a document's encoding; the first four are labels."""

    override: str | None
    declared: str | None
    header: str | None
    language: str | None


def decode(
    body: bytes,
    *,
    override: str | None = None,
    content_type: str | None = None,
    language: str | None = None,
) -> Decoded:
    """Decode an HTML document; its declaration is the first known ``<meta>`` charset."""
    declared = _meta(body[:_HEAD]) or _xml_declaration(body)
    return _decode(body, _Evidence(override, declared, _header(content_type), language))


def decode_xml(
    body: bytes,
    *,
    override: str | None = None,
    content_type: str | None = None,
    language: str | None = None,
) -> Decoded:
    """Decode a feed or a sitemap; its declaration is the XML declaration's."""
    declared = _xml_declaration(body)
    return _decode(body, _Evidence(override, declared, _header(content_type), language))


def stated(body: bytes, content_type: str | None) -> dict[str, str]:
    """Every encoding that an HTML document is said to be in, by who says so.

    ``bom``, ``meta``, ``xml`` and ``header``, in that order; WHATWG names where known.
    """
    mark = _mark(body)
    labels = {
        "bom": mark and public_name(mark),
        "meta": _meta(body[:_HEAD]),
        "xml": _xml_declaration(body),
        "header": _header(content_type),
    }
    return {who: _named(label) for who, label in labels.items() if label}


def _named(label: str) -> str:
    codec = codec_name(label)
    return public_name(codec) if codec else label


def _decode(body: bytes, evidence: _Evidence) -> Decoded:
    override = codec_name(evidence.override)
    if override:
        return _read(body, override)
    codec = _mark(body) or _zeros(body)
    if codec:
        return _read(body, codec)
    labels = (codec_name(evidence.declared), codec_name(evidence.header))
    stated = next((_not_utf16(label) for label in labels if label), None)
    if body.isascii():
        return _read(body, stated if stated in _SEVEN_BIT else "utf-8")
    most = _BAD_SHARE_STATED if stated == "utf-8" else _BAD_SHARE
    return _utf8(body, most) or _read(body, _legacy(body, evidence, stated))


def _legacy(body: bytes, evidence: _Evidence, stated: str | None) -> str:
    """Decide for a document that is not UTF-8."""
    if stated in _CJK and _is_strict(body, stated):
        return stated
    found = _chinese(body, evidence.language) or _detected(body)
    if found in _CJK or stated in {None, "utf-8"}:
        return found or stated or "cp1252"
    return str(stated)


def _chinese(body: bytes, language: str | None) -> str | None:
    """Say what a Chinese source's document is in, if it reads like Chinese."""
    if not (language or "").startswith("zh"):
        return None
    likely = (c for c in ("gb18030", "big5hkscs") if _is_strict(body, c))
    return next((codec for codec in likely if reads_like(body, codec)), None)


def _mark(body: bytes) -> str | None:
    return next((codec for mark, codec in _MARKS if body.startswith(mark)), None)


def _zeros(body: bytes) -> str | None:
    """Tell UTF-16 without a mark by the zero bytes of its first characters."""
    head = body[:4]
    if len(head) == 4 and head[1] == head[3] == 0 and head[0] and head[2]:  # noqa: PLR2004 -- two characters
        return "utf-16-le"
    if len(head) == 4 and head[0] == head[2] == 0 and head[1] and head[3]:  # noqa: PLR2004 -- the same
        return "utf-16-be"
    return None


def _not_utf16(codec: str) -> str:
    """Read "utf-16" as UTF-8: who could read the label knows better (WHATWG §4.2)."""
    return "utf-8" if codec.startswith("utf-") else codec


def _utf8(body: bytes, most: float) -> Decoded | None:
    decoded = _read(body, "utf-8")
    if not decoded.damaged:
        return decoded
    foreign = len(decoded.text) - len(decoded.text.encode("ascii", "ignore"))
    return decoded if decoded.damaged <= most * foreign else None


def _is_strict(body: bytes, codec: str) -> bool:
    """Tell whether a codec reads all of a body, which may end inside a character."""
    try:
        codecs.getincrementaldecoder(codec)(_euro_errors(codec)).decode(body)
    except UnicodeError:
        return False
    return True


def _read(body: bytes, codec: str) -> Decoded:
    """Decode what can be decoded; U+FFFD stands for the rest."""
    if codec == "gb18030":
        text = body.decode(codec, _EURO_REPLACE)
        text = text.translate(_PUA) if _PRIVATE.search(text) else text
    else:
        text = body.decode(codec, "replace")
    damaged = text.count("\ufffd")
    if damaged and codec == "utf-8":
        damaged -= body.count(b"\xef\xbf\xbd")
    return Decoded(text.removeprefix("\ufeff"), public_name(codec), damaged)


_EURO_STRICT: Final = "feedsvc-euro"
_EURO_REPLACE: Final = "feedsvc-euro-replace"


def _euro(error: UnicodeError) -> tuple[str, int]:
    """Read the single byte 0x80 of GBK as the euro sign (WHATWG gb18030 decoder)."""
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] == 0x80:  # noqa: PLR2004 -- the byte
        return "€", error.start + 1
    raise error


def _euro_replace(error: UnicodeError) -> tuple[str, int]:
    """Read 0x80 as the euro sign and what else is bad as U+FFFD, byte by byte."""
    try:
        return _euro(error)
    except UnicodeDecodeError as bad:
        return "\ufffd", bad.start + 1


def _euro_errors(codec: str) -> str:
    return _EURO_STRICT if codec == "gb18030" else "strict"


codecs.register_error(_EURO_STRICT, _euro)
codecs.register_error(_EURO_REPLACE, _euro_replace)


def _meta(head: bytes) -> str | None:
    """Find the first ``<meta>`` charset that is one, outside of comments."""
    labels = (found[1] for found in _META.finditer(head) if found[1])
    texts = (label.decode("ascii") for label in labels if label.isascii())
    return next((text for text in texts if codec_name(text)), None)


def _xml_declaration(body: bytes) -> str | None:
    found = _DECLARATION.match(body[:1_024])
    return found[1].decode("ascii", "replace") if found else None


def _header(content_type: str | None) -> str | None:
    found = _CHARSET.search(content_type or "")
    return found[1] if found else None


def _detected(body: bytes) -> str | None:
    """Ask charset-normalizer about the text between the tags of a document.

    A CJK answer counts only if all of the body decodes and reads like that language.
    """
    from charset_normalizer import from_bytes

    sample = _sample(body)
    best = from_bytes(sample, preemptive_behaviour=False, enable_fallback=False).best()
    found = codec_name(best.encoding) if best else None
    if found not in _CJK:
        return found
    return found if _is_strict(body, found) and reads_like(sample, found) else None


def _sample(body: bytes) -> bytes:
    """Gather the first pieces of text that are not ASCII, about ``_SAMPLE`` bytes."""
    pieces: list[bytes] = []
    size = 0
    for piece in re.split(rb"[<>]", body):
        if not piece.isascii():
            pieces.append(piece[:_SAMPLE])
            size += len(piece)
        if size > _SAMPLE:
            break
    return b"\n".join(pieces)
