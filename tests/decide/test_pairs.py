"""Versions in other languages are believed when nobody contradicts, never guessed."""

from collections.abc import Sequence

import pytest

from feedsvc.decide.pairs import Claim, pairs, shown, stated
from feedsvc.model.article import Alternate
from feedsvc.model.config import Pair, Source
from feedsvc.model.feed import Edition
from tests.edition.makers import article

LANGUAGES = {"e": "en", "f": "en", "z": "zh", "y": "zh", "t": "zh-Hant"}
E_Z = {"e": ("z",), "z": ("e",)}


def claims(*told: str) -> list[Claim]:
    """``e zh z`` says that e is, in zh, z; ``-`` is the pattern, ``?`` nobody known."""
    made = []
    for line in told:
        one, tag, other = line.split()
        made.append(
            Claim(
                article=one,
                language="" if tag == "-" else tag,
                other=None if other == "?" else other,
            )
        )
    return made


@pytest.mark.parametrize(
    ("told", "linked"),
    [
        ([], {}),
        (["e zh z", "z en e"], E_Z),
        (["e zh z"], E_Z),
        (["z en e"], E_Z),
        (["e - z"], E_Z),
        (["e - z", "z - e"], E_Z),
        (["e zh z", "z fr ?"], E_Z),
        (["e zh z", "z zh z"], E_Z),
        (["e zh z", "z en f"], {"f": ("z",), "z": ("f",)}),
        (["e zh z", "z en ?"], {}),
        (["e zh z", "z - ?"], {}),
        (["e - z", "e zh y"], {}),
        (["e zh ?"], {}),
        (["e fr z"], {}),
        (["e en f"], {}),
        (["e zh z", "f zh z"], {}),
        (["e zh z", "f zh z", "z en e"], E_Z),
        (["e zh t"], {"e": ("t",), "t": ("e",)}),
        (["e zh z", "e zh-Hant t"], {"e": ("z", "t"), "z": ("e",), "t": ("e",)}),
        (["z zh-Hant t", "t zh z"], {"z": ("t",), "t": ("z",)}),
    ],
    ids=[
        "nothing said",
        "each says so",
        "one says so",
        "the other says so",
        "the pattern says so",
        "the pattern both ways",
        "a third language is no matter",
        "nor is what one says of itself",
        "the other names a third",
        "the other names somebody unknown",
        "the other's pattern leads elsewhere",
        "one contradicts itself",
        "nobody known there",
        "it is in another language than said",
        "no version is in the same language",
        "two claim one that is silent",
        "two claim one that knows better",
        "zh may be said of either script",
        "both scripts",
        "the two scripts of one story",
    ],
)
def test_what_is_linked(
    told: Sequence[str], linked: dict[str, tuple[str, ...]]
) -> None:
    assert pairs(claims(*told), LANGUAGES) == linked
    assert pairs(claims(*told[::-1]), LANGUAGES) == linked


def test_a_page_that_a_whole_site_claims_is_nobodys_version() -> None:
    many = [f"e{n}" for n in range(5000)]
    languages = dict.fromkeys(many, "en") | {"z": "zh"}
    told = [Claim(article=one, language="zh", other="z") for one in many]
    assert pairs(told, languages) == {}


EN = "https://news.example/en/1"


@pytest.mark.parametrize(
    ("said", "pair", "expected"),
    [
        ([("en-US", EN)], None, {"en": "news.example/en/1"}),
        ([("zh-CN", EN)], None, {}),
        ([("x-default", EN), ("", EN)], None, {}),
        ([("en", f"{EN}?utm_source=x&id=3#top"), ("en-GB", "https://u.example/")], None,
         {"en": "news.example/en/1?id=3"}),
        ([("zh-TW", EN)], None, {"zh-Hant": "news.example/en/1"}),
        ([], Pair(match="/zh/(.*)", other=r"/en/\1"), {"": "news.example/en/1"}),
        ([("en", "https://u.example/1")], Pair(match="/zh/", other="/en/"),
         {"en": "u.example/1", "": "news.example/en/1"}),
        ([], Pair(match="/fr/", other="/en/"), {}),
        ([], Pair(match="zh", other="zh"), {}),
        ([], Pair(source="elsewhere"), {}),
        ([], Pair(match="(z+)+$", other=""), {}),
    ],
    ids=[
        "hreflang", "its own language", "no language", "one a language, bare",
        "the other script", "a pattern", "both", "no match", "to itself",
        "not resolved", "a pattern that cannot match",
    ],
)  # fmt: skip
def test_what_an_article_says_of_its_versions(
    said: list[tuple[str, str]], pair: Pair | None, expected: dict[str, str]
) -> None:
    one = article(
        url="https://news.example/zh/1",
        alternates=tuple(Alternate(hreflang=tag, url=url) for tag, url in said),
    )
    source = Source(id="s", url="https://news.example/zh/", pair=pair)
    assert stated(one, source) == expected


def test_a_pattern_that_takes_for_ever_says_nothing() -> None:
    one = article(url="https://news.example/" + "z" * 3000 + "!", alternates=())
    pair = Pair(match=r"(z|z|zz)+$", other="en")
    assert stated(one, Source(id="s", url=one.url, pair=pair)) == {}


@pytest.mark.parametrize(
    ("language", "version", "edition", "seen"),
    [
        ("en", "zh", "zh", False),
        ("zh", "en", "zh", True),
        ("zh", "en", "en", False),
        ("zh-Hant", "zh", "zh", False),
        ("zh-Hant", "zh", "zh-Hant", True),
        ("zh-Hant", "en", "zh", True),
        ("en", "zh", "zh-Hant", False),
        ("fr", "en", "zh", True),
    ],
)
def test_an_edition_shows_the_version_nearest_to_its_language(
    language: str, version: str, edition: str, *, seen: bool
) -> None:
    where = Edition(language=edition, category="local", include_all=True, items=9)
    other = article(language=version, categories=("local",))
    assert shown(article(language=language), (other,), where) is seen
    assert shown(article(language=language), (), where)


@pytest.mark.parametrize(
    ("category", "include_all", "filed"),
    [("local", True, ()), ("local", False, ("local",)), ("all", False, ())],
)
def test_a_version_that_the_edition_cannot_hold_displaces_nothing(
    category: str, filed: tuple[str, ...], *, include_all: bool
) -> None:
    where = Edition(language="en", category=category, include_all=include_all, items=9)
    other = article(language="en" if include_all else "zh", categories=filed)
    own = article(language="zh" if include_all else "zh-Hant", categories=("local",))
    assert shown(own, (other,), where)
