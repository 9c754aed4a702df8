"""Content codings are undone whole, or refused; a bomb costs what the bound says.

reliability.md, 22 and 23.
"""

import contextlib
import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from functools import partial

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.errors import Code, FetchError
from feedsvc.fetch.codings import ACCEPTED, decode

TEXT = "山西新闻 Shanxi news\n".encode() * 50
BOMB = b"\0" * 20_000_000
LIMIT = 1_000_000


def raw_deflate(data: bytes) -> bytes:
    machine = zlib.compressobj(9, zlib.DEFLATED, -15)
    return machine.compress(data) + machine.flush()


CODED: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": partial(brotli.compress, quality=5),
    "zstd": zstandard.compress,
}


def code_of(body: bytes, codings: str, limit: int = LIMIT) -> Code:
    with pytest.raises(FetchError) as caught:
        decode(body, codings, limit)
    return caught.value.fault.code


@pytest.mark.parametrize("coding", CODED)
def test_a_body_is_decoded(coding: str) -> None:
    assert decode(CODED[coding](TEXT), coding, LIMIT) == TEXT
    assert decode(CODED[coding](TEXT), coding.upper(), len(TEXT)) == TEXT


@pytest.mark.parametrize("coding", ACCEPTED.split(", "))
def test_what_we_ask_for_we_can_undo(coding: str) -> None:
    assert decode(CODED[coding](b"x"), coding, LIMIT) == b"x"


@pytest.mark.parametrize("coding", CODED)
def test_a_body_one_byte_too_big_is_refused(coding: str) -> None:
    assert code_of(CODED[coding](TEXT), coding, len(TEXT) - 1) is Code.E_TOO_BIG


@pytest.mark.parametrize("coding", CODED)
def test_a_body_cut_short_is_refused(coding: str) -> None:
    assert code_of(CODED[coding](TEXT)[:-3], coding) is Code.E_TRUNCATED


@pytest.mark.parametrize("coding", CODED)
def test_a_bomb_costs_no_more_than_its_bound(coding: str) -> None:
    bomb = CODED[coding](BOMB)
    tracemalloc.start()
    assert code_of(bomb, coding, LIMIT) is Code.E_TOO_BIG
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # zstd cannot be stopped within a slice: 8 MiB at the most.
    assert peak < (20 * LIMIT if coding == "zstd" else 3 * LIMIT)


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "zstd"])
def test_a_plain_body_that_claims_a_coding_is_refused(coding: str) -> None:
    assert code_of(b"<html>plain</html>", coding) is Code.E_ENCODING_HTTP


@pytest.mark.parametrize("codings", ["klingon", "gzip, klingon", "gzip,gzip,gzip,gzip"])
def test_an_unknown_or_piled_up_coding_is_refused(codings: str) -> None:
    assert code_of(b"x", codings) is Code.E_ENCODING_HTTP


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_junk_after_the_end_is_refused(coding: str) -> None:
    assert code_of(CODED[coding](TEXT) + b"junk", coding) in {
        Code.E_ENCODING_HTTP,
        Code.E_TRUNCATED,
    }


def test_codings_are_undone_from_the_last() -> None:
    twice = gzip.compress(brotli.compress(TEXT))
    assert decode(twice, "br, gzip", LIMIT) == TEXT
    assert code_of(gzip.compress(gzip.compress(BOMB)), "gzip, gzip") is Code.E_TOO_BIG


def test_raw_deflate_is_read_too() -> None:
    assert decode(raw_deflate(TEXT), "deflate", LIMIT) == TEXT
    assert code_of(raw_deflate(BOMB), "deflate") is Code.E_TOO_BIG


def test_several_members_are_one_body() -> None:
    assert (
        decode(gzip.compress(b"a") + gzip.compress(b"b") + b"\0\0", "gzip", 2) == b"ab"
    )
    assert (
        decode(zstandard.compress(b"a") + zstandard.compress(b"b"), "zstd", 2) == b"ab"
    )
    assert code_of(gzip.compress(b"aa") * 2, "gzip", 3) is Code.E_TOO_BIG
    assert code_of(zstandard.compress(b"aa") * 2, "zstd", 3) is Code.E_TOO_BIG


@pytest.mark.parametrize("codings", ["", "identity", "gzip", "br"])
def test_an_empty_body_stays_empty(codings: str) -> None:
    assert decode(b"", codings, LIMIT) == b""


@given(st.binary(max_size=200), st.sampled_from(sorted(CODED)))
def test_any_bytes_are_decoded_or_refused(body: bytes, coding: str) -> None:
    assert decode(CODED[coding](body), coding, LIMIT) == body
    with contextlib.suppress(FetchError):
        assert len(decode(body, coding, 10_000)) <= 10_000
