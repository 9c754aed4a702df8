"""Content codings undone within a bound: a bomb costs what the bound says, no more.

RFC 9110 §8.4. Only what can be bounded is asked for, and every decoder must have
reached its own end: a body cut short is no document.
"""

import zlib
from collections.abc import Callable

import brotli
import zstandard

from feedsvc.errors import Code, Fault, FetchError, Stage

__all__ = ["ACCEPTED", "decode"]

ACCEPTED = "gzip, deflate, br, zstd"
"""What ``Accept-Encoding`` says."""

_MOST_CODINGS = 3
_ZSTD_WINDOW = 8 << 20
"""The largest window that a server may use (RFC 9659)."""

_ZSTD_SLICE = 256
"""Bytes fed at once: its tersest block makes 128 KiB of 4, so 8 MiB at the most."""

_BROTLI_STEP = 1 << 16


def decode(body: bytes, codings: str, limit: int) -> bytes:
    """Undo the codings that a ``Content-Encoding`` lists; FetchError when that fails.

    ``limit`` is the most bytes that any step may give.
    """
    named = [name for part in codings.split(",") if (name := part.strip().lower())]
    if len(named) > _MOST_CODINGS:
        raise _refused(codings)
    for name in reversed(named):
        if not body:
            break
        decoder = _DECODERS.get(name)
        if decoder is None:
            raise _refused(name)
        try:
            body = decoder(body, limit)
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise _refused(name) from error
    return body


def _refused(coding: str) -> FetchError:
    return _error(Code.E_ENCODING_HTTP, coding=coding[:40])


def _error(code: Code, **args: str | int) -> FetchError:
    return FetchError(Fault(code=code, stage=Stage.FETCH, args=args))


def _gzip(body: bytes, limit: int) -> bytes:
    """One member or several; zeros after the last are padding (RFC 1952 §2.2)."""
    parts: list[bytes] = []
    while body:
        part, body = _inflated(body, limit, wbits=31)
        parts.append(part)
        limit -= len(part)
        body = body.lstrip(b"\0")
    return b"".join(parts)


def _deflate(body: bytes, limit: int) -> bytes:
    """As the standard wants it (zlib), or raw, as some servers send it."""
    try:
        made, rest = _inflated(body, limit, wbits=15)
    except zlib.error:
        made, rest = _inflated(body, limit, wbits=-15)
    if rest:
        raise _refused("deflate")
    return made


def _inflated(body: bytes, limit: int, *, wbits: int) -> tuple[bytes, bytes]:
    """One stream, and what follows it."""
    decoder = zlib.decompressobj(wbits)
    # zlib takes no limit of nothing: it would mean none.
    made = decoder.decompress(body, limit + 1)
    _check(len(made), limit, ended=decoder.eof)
    return made, decoder.unused_data


def _brotli(body: bytes, limit: int) -> bytes:
    decoder = brotli.Decompressor()
    parts = [decoder.process(body, output_buffer_limit=_BROTLI_STEP)]
    size = len(parts[0])
    while size <= limit and not decoder.can_accept_more_data():
        parts.append(decoder.process(b"", output_buffer_limit=_BROTLI_STEP))
        size += len(parts[-1])
    _check(size, limit, ended=decoder.is_finished())
    return b"".join(parts)


def _zstd(body: bytes, limit: int) -> bytes:
    """One frame or several (RFC 8878 §3.1)."""
    parts: list[bytes] = []
    while body:
        part, body = _zstd_frame(body, limit)
        parts.append(part)
        limit -= len(part)
    return b"".join(parts)


def _zstd_frame(body: bytes, limit: int) -> tuple[bytes, bytes]:
    """The first frame, and what follows it."""
    machine = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    decoder = machine.decompressobj()
    made = bytearray()
    fed = 0
    while fed < len(body) and len(made) <= limit and not decoder.eof:
        made += decoder.decompress(body[fed : fed + _ZSTD_SLICE])
        fed += _ZSTD_SLICE
    _check(len(made), limit, ended=decoder.eof)
    return bytes(made), decoder.unused_data + body[fed:]


def _check(size: int, limit: int, *, ended: bool) -> None:
    if size > limit:
        raise _error(Code.E_TOO_BIG, limit=limit)
    if not ended:
        raise _error(Code.E_TRUNCATED)


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
    "identity": lambda body, _limit: body,
}
