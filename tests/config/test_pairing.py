"""What the id of a pair stands for: how the addresses of two sources differ."""

import re

import pytest

from feedsvc.config.loading import load
from feedsvc.config.pairing import resolved
from feedsvc.model.config import Pair, Source
from tests.config.conftest import Write


def made(own: str, other: str) -> Pair | None:
    """What the pair of a source at ``own`` with one at ``other`` comes to."""
    source = Source(id="own", url=own, pair=Pair(source="other"))
    return resolved(source, {"other": Source(id="other", url=other)}).pair


@pytest.mark.parametrize(
    ("own", "other", "article", "expected"),
    [
        ("https://a.example/en/news/", "https://a.example/zh/news/",
         "https://a.example/en/2026/1.html", "https://a.example/zh/2026/1.html"),
        ("http://en.a.example/news/", "https://www.a.example/news/",
         "https://en.a.example/2026/1.html", "https://www.a.example/2026/1.html"),
        ("https://en.a.example/ennews/", "https://a.example/news/",
         "https://en.a.example/ennews/1.html", "https://a.example/news/1.html"),
        ("https://a.example/en/", "https://a.example/zh/", "https://a.example/enough/1", None),
        ("https://a.example/en/", "https://a.example/zh/", "https://b.example/en/1", None),
        ("https://a.example/l?x=en", "https://a.example/l?x=zh", "https://a.example/1", None),
    ],
    ids=["a folder", "a host", "both", "not a whole word", "another site", "a query"],
)  # fmt: skip
def test_addresses_differ_as_those_of_the_sources_do(
    own: str, other: str, article: str, expected: str | None
) -> None:
    pair = made(own, other)
    assert pair
    assert pair.match
    assert pair.other
    found, times = re.subn(pair.match, pair.other, article, count=1)
    assert (found if times else None) == expected


@pytest.mark.parametrize(
    ("own", "other"),
    [
        ("https://a.example/news/", "https://a.example/news/"),
        ("https://a.example/", "https://a.example/en/"),
    ],
    ids=["the same", "one within the other"],
)
def test_addresses_that_do_not_tell_which_is_which_pair_nothing(
    own: str, other: str
) -> None:
    assert made(own, other) == Pair(source="other")


def test_a_pattern_stays_as_it_is() -> None:
    source = Source(id="own", url="https://a.example/", pair=Pair(match="a", other="b"))
    assert resolved(source, {}) == source


def test_a_pair_is_resolved_where_it_is_read(write: Write) -> None:
    files = {
        "sources/en.toml": 'url = "https://a.example/en/"\npair = "zh"\n',
        "sources/zh.toml": 'url = "https://a.example/zh/"\n',
    }
    sources = load(write(files), {}).sources
    assert sources["en"].pair == Pair(
        source="zh", match=r"^https?://a\.example/en\b", other="https://a.example/zh"
    )
    assert sources["zh"].pair is None
