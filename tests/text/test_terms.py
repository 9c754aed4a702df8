"""Texts and queries are folded alike, and terms lose nothing that is looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.text.terms import LONGEST, Needles, canonical, folded, terms

TEXT = (
    "阳泉市举办煤炭博览会\n5G网络与COVID-19：Über uns, don’t panic. 國家主席 ﬁve ＡＢＣ"
)

FOUND = [
    "阳泉", "阳", "会", "阳泉市举办", "煤炭 博览", "陽泉", "国家主席", "國家", "主席",
    "5g网络", "5G", "covid-19", "COVID 19", "über", "ÜBER UNS", "don't", "five",
    "abc", "ａｂｃ", "panic!", "“煤炭”", "阳泉 abc", "网络与", "与COVID",
]  # fmt: skip
NOT_FOUND = [
    "阳博", "煤会", "ovid", "covid-1", "pani", "ab", "5g络", "阳泉 nothing", "泉市会",
    "席 主家", "ber", "uns-panic",
]  # fmt: skip


@pytest.mark.parametrize("query", FOUND)
def test_what_a_text_says_is_found(query: str) -> None:
    assert find(query, TEXT)


@pytest.mark.parametrize("query", NOT_FOUND)
def test_what_it_does_not_say_is_not(query: str) -> None:
    assert not find(query, TEXT)


def find(query: str, *texts: str) -> bool:
    """As the store does: by terms first, then in the text."""
    needles, text = Needles.read(query), folded(texts)
    assert needles.phrases
    known = terms(text)
    by_terms = needles.terms <= known and all(
        any(term.startswith(start) for term in known) for start in needles.beginnings
    )
    is_there = needles.all_in(text)
    assert by_terms or not is_there, "terms must not hide what is there"
    return by_terms and is_there


def test_terms_alone_may_stand_apart_so_that_the_text_decides() -> None:
    apart = "国家 家主 主席"
    assert Needles.read("国家主席").terms <= terms(folded([apart]))
    assert not find("国家主席", apart)


def test_a_phrase_does_not_reach_from_one_text_into_the_next() -> None:
    assert not find("阳泉", "太阳", "泉水")
    assert not find("don't", "don", "t")


@given(text=st.text(max_size=60), start=st.integers(0, 60), size=st.integers(1, 12))
def test_every_run_of_characters_that_a_text_has_is_found_by_its_terms(
    text: str, start: int, size: int
) -> None:
    needles = Needles.read(text[start : start + size])
    if needles.all_in(folded([text])):
        assert needles.terms <= terms(folded([text]))


@given(st.text())
def test_terms_are_letters_and_digits_whatever_the_text(text: str) -> None:
    for term in terms(folded([text])):
        assert term
        assert all(char.isalnum() for char in term)
        assert "'" not in term
        assert '"' not in term
        assert "\\" not in term


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("  阳泉\t博览会\n", "阳泉 博览会"),
        ("Cafe\u0301", "Café"),
        ("a\u202eb\x00c", "abc"),
        ("阳泉", "阳泉"),
        ("x" * LONGEST, "x" * LONGEST),
        ("x" * (LONGEST + 1), None),
        ("", None),
        ("   ", None),
        ("!?—《》", None),
        ("\x00\ud800", None),
        ("_", None),
    ],
)
def test_a_query_has_one_way_to_be_told(query: str, told: str | None) -> None:
    assert canonical(query) == told


def test_hostile_texts_are_bounded() -> None:
    needles = Needles.read(" ".join(["a" * 90, "aa", "中a"]))
    for text in (
        "a" * 10**6,
        "a " * 10**6,
        "中a" * 10**6,
        "\u0301" * 10**6,
        "ﷺ" * 10**6,
    ):
        lines = folded([text])
        assert len(lines) <= 100_000
        terms(lines)
        needles.all_in(lines)
