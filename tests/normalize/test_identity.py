"""One id for ever, and what an article is also known by (contract, section 4)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.model.article import RawItem
from feedsvc.model.config import Source
from feedsvc.normalize import identity

SOURCE = Source(id="site", url="http://news.example/local/")
ITEM = RawItem(url="http://news.example/1.html")
OWN = "news.example/1.html"


def test_an_id_never_changes_from_release_to_release() -> None:
    # printf news.example/1.html | b2sum -l 128
    assert identity.make(ITEM.url) == "485a9560ec6698c0321114c2e1d7fff6"


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://news.example/1.html", id="https"),
        pytest.param("http://www.news.example/1.html", id="www"),
        pytest.param("http://m.news.example/1.html", id="mobile"),
        pytest.param("http://NEWS.example:80/1.html", id="case-and-port"),
        pytest.param("http://news.example/1.html#more", id="fragment"),
        pytest.param("http://news.example/1.html?utm_source=x&spm=1", id="tracking"),
        pytest.param("http://news.example/1.html?from=timeline", id="shared"),
    ],
)
def test_an_id_does_not_depend_on_how_the_address_is_written(url: str) -> None:
    assert identity.make(url) == identity.make(ITEM.url)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://news.example/2.html", id="path"),
        pytest.param("http://news.example/1.html?id=2", id="query"),
        pytest.param("http://other.example/1.html", id="host"),
        pytest.param(
            "http://news.example/1.html?from=2", id="from-that-is-no-tracking"
        ),
    ],
)
def test_other_addresses_have_other_ids(url: str) -> None:
    assert identity.make(url) != identity.make(ITEM.url)


def test_items_without_a_page_are_told_apart_at_one_address() -> None:
    first, second = (identity.make(ITEM.url, alone=mark) for mark in ("1", "2"))
    assert len({first, second, identity.make(ITEM.url)}) == 3
    assert identity.make(ITEM.url, alone="") == identity.make(ITEM.url)


def test_a_source_names_tracking_of_its_own() -> None:
    assert identity.make(f"{ITEM.url}?ref=x", ("ref",)) == identity.make(ITEM.url)
    source = replace(SOURCE, tracking=("ref",))
    assert identity.aliases(replace(ITEM, url=f"{ITEM.url}?ref=x"), source) == (OWN,)


@pytest.mark.parametrize(
    ("canonical", "guid", "expected"),
    [
        pytest.param(None, None, (OWN,), id="address-alone"),
        pytest.param("http://news.example/a", None, (OWN, "news.example/a"), id="canonical"),
        pytest.param("https://www.news.example/1.html#x", None, (OWN,), id="canonical-is-itself"),
        pytest.param("http://news.example/", None, (OWN,), id="canonical-is-the-home-page"),
        pytest.param("http://other.example", None, (OWN,), id="canonical-is-another-home-page"),
        pytest.param("http://news.example/local", None, (OWN,), id="canonical-is-the-list"),
        pytest.param(None, "4711", (OWN, "guid:site:4711"), id="guid"),
        pytest.param(None, "  ", (OWN,), id="blank-guid"),
        pytest.param(
            None,
            "http://news.example/?p=4711",
            (OWN, "guid:site:http://news.example/?p=4711"),
            id="guid-that-outlives-the-slug",
        ),
        pytest.param(None, "http://news.example/1.html", (OWN,), id="guid-is-itself"),
        pytest.param(None, "http://news.example", (OWN,), id="guid-is-the-home-page"),
        pytest.param(None, "http://news.example/local/", (OWN,), id="guid-is-the-list"),
        pytest.param(
            "http://news.example/a",
            "4711",
            (OWN, "news.example/a", "guid:site:4711"),
            id="all-of-them-address-first",
        ),
    ],
)  # fmt: skip
def test_what_an_article_is_known_by(
    canonical: str | None, guid: str | None, expected: tuple[str, ...]
) -> None:
    item = replace(ITEM, canonical_url=canonical, guid=guid)
    assert identity.aliases(item, SOURCE) == expected


def test_a_front_page_is_nobodys_canonical_address() -> None:
    assert (
        identity.canonical(replace(ITEM, canonical_url="http://news.example/"), SOURCE)
        is None
    )
    named = replace(ITEM, canonical_url="http://news.example/a")
    assert identity.canonical(named, SOURCE) == "http://news.example/a"


@given(st.text(), st.text(), st.text())
def test_nothing_that_a_page_says_makes_an_exception(
    url: str, named: str, guid: str
) -> None:
    item = RawItem(url=url, canonical_url=named, guid=guid)
    keys = identity.aliases(item, SOURCE)
    assert len(set(keys)) == len(keys) >= 1
    assert len(identity.make(url)) == 32
