"""Which texts are near-duplicates, and who stands for whom."""

from collections.abc import Mapping

import pytest

from feedsvc.decide.stories import alike, collapse, sketched
from feedsvc.text.likeness import sketch
from tests.edition.makers import article

NEWS = (
    "The old book market beside the city wall opened again on Saturday after two years, with 30 stalls and benches between them. "
    "Traders said that local histories and picture books sold best; a teacher from Linton bought eleven atlases for her school. "
    "The council means to hold it every weekend until the frost, and has asked the bus company for a later last bus at 21:40. "
    "An inspector counted 4,200 visitors before noon, more than the market ever saw before it closed."
)
WEATHER = (
    "The forecast for the county, issued at {} pm. It will be fair for most of the day with a chance of rain of {} per cent. "
    "Millbrook: high {} degrees, low {} degrees. Ashford: high {} degrees, low {} degrees. Drivers are asked to take care on "
    "high ground. The next forecast will be issued tomorrow at the same time, and warnings whenever they are needed."
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (NEWS, NEWS, True),
        (NEWS, f"ASHFORD (Fenhe) -- {NEWS} (End)", True),
        (NEWS, NEWS[: len(NEWS) // 2] + "…", True),
        (NEWS, NEWS.replace("4,200", "4,300").replace("teacher", "nurse"), True),
        (NEWS, f"Good news for readers. {NEWS[130:]}", True),
        (NEWS, WEATHER.format(5, 30, 18, 7, 17, 6), False),
        (WEATHER.format(5, 30, 18, 7, 17, 6), WEATHER.format(6, 70, 12, 3, 11, 2), False),
        (NEWS[:40], NEWS[:40], False),
        ("", "", False),
    ],
    ids=[
        "the same",
        "an agency's copy",
        "cut",
        "edited",
        "another intro",
        "another story",
        "the report of another day",
        "too short to tell",
        "nothing to tell by",
    ],
)  # fmt: skip
def test_near_duplicates_are_told_from_what_looks_like_them(
    one: str, other: str, *, same: bool
) -> None:
    assert alike(sketch("", one), sketch("", other)) is same
    assert alike(sketch("", other), sketch("", one)) is same


def test_an_article_is_told_by_its_title_and_text() -> None:
    made = article(title="A title", content_text=NEWS, summary="Something else")
    assert sketched(made) == sketch("A title", NEWS)


def test_a_summary_stands_in_for_a_text_that_is_missing() -> None:
    assert sketched(article(content_text="", summary=NEWS, title="T")) == sketch(
        "T", NEWS
    )
    assert sketched(article(content_text="", summary=None, title="T")) == sketch(
        "T", ""
    )


CHAIN = {"a": {"b"}, "b": {"a", "c"}, "c": {"b"}}


@pytest.mark.parametrize(
    ("order", "likes", "may", "stands"),
    [
        ("ab", {}, "ab", "ab"),
        ("ab", {"a": {"b"}, "b": {"a"}}, "ab", "aa"),
        ("ba", {"a": {"b"}, "b": {"a"}}, "ab", "bb"),
        ("abc", CHAIN, "abc", "aac"),
        ("bac", CHAIN, "abc", "bbb"),
        ("ac", CHAIN, "ac", "ac"),
        ("ab", {"a": {"b"}, "b": {"a"}}, "a", "ab"),
        ("ab", {"a": {"b"}, "b": {"a"}}, "b", "aa"),
        ("", CHAIN, "", ""),
    ],
    ids=[
        "strangers",
        "two",
        "the first seen stands",
        "no drift from copy to copy",
        "the middle one first",
        "who is gone holds nothing together",
        "one that must not",
        "only the later one need be willing",
        "nobody",
    ],
)
def test_the_first_of_a_story_stands_for_the_others(
    order: str, likes: Mapping[str, set[str]], may: str, stands: str
) -> None:
    found = collapse(order, likes, may)
    assert "".join(found[one] for one in order) == stands
