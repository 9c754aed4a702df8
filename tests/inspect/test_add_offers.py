"""Which offer of a site tells most, by a table; and what is asked for at all."""

from typing import Any

import pytest

from feedsvc.inspect.offers import Offer, best, score, usual_feeds, widens
from feedsvc.model.article import Extraction, Image, Origin, RawDate, RawItem

DATE = (RawDate(text="2026-11-24 10:00", origin=Origin.FEED),)
DAY = (RawDate(text="2026-11-24", origin=Origin.LIST),)
IN_URL = (RawDate(text="2026-11-24", origin=Origin.URL),)
SITE = "https://news.example.org"


def listed(count: int = 8, **fields: Any) -> Extraction:
    return Extraction(
        items=tuple(RawItem(url=f"{SITE}/{n}.html", **fields) for n in range(count))
    )


@pytest.mark.parametrize(
    ("extraction", "points"),
    [
        (Extraction(), 0),
        (listed(), 8),
        (listed(updated=DATE), 24),
        (listed(title="T"), 24),
        (listed(title="T", dates=IN_URL), 40),
        (listed(title="T", dates=DAY), 48),
        (listed(title="T", dates=DATE), 56),
        (listed(title="T", dates=DATE, summary="S"), 64),
        (listed(title="T", dates=DATE, complete=True), 72),
        (listed(title="T", dates=DATE, complete=True, authors=("A",)), 80),
        (
            listed(title="T", dates=DATE, complete=True, image=Image(url=f"{SITE}/i")),
            80,
        ),
        (listed(2, title="T", dates=DATE, complete=True, authors=("A",)), 50),
        (listed(98, title="T", dates=DATE, complete=True, authors=("A",)), 98),
    ],
    ids=[
        "nothing", "addresses", "last changes", "titles", "dates in addresses",
        "days", "times", "summaries", "whole texts", "authors", "pictures", "few", "many",
    ],
)  # fmt: skip
def test_what_tells_more_scores_higher(extraction: Extraction, points: int) -> None:
    assert score(extraction) == points


def offer(name: str, extraction: Extraction, *, wider: bool = False) -> Offer:
    url = f"{SITE}/{name}"
    return Offer(
        url=url, kind="feed", found="linked", extraction=extraction, wider=wider
    )


@pytest.mark.parametrize(
    ("offers", "chosen"),
    [
        ([], None),
        ([offer("empty", Extraction())], None),
        ([offer("a", listed(title="T")), offer("b", listed(dates=DATE))], "b"),
        ([offer("a", listed(9)), offer("b", listed(20))], "a"),
        ([offer("a", listed(1)), offer("b", listed(98))], "b"),
        (
            [
                offer("all", listed(dates=DATE, title="T"), wider=True),
                offer("section", listed(dates=IN_URL, title="T")),
            ],
            "section",
        ),
        ([offer("all", listed(), wider=True)], "all"),
    ],
    ids=[
        "none", "nothing listed", "more told", "alike", "far more", "section", "only",
    ],
)  # fmt: skip
def test_the_first_that_comes_near_the_highest_is_chosen(
    offers: list[Offer], chosen: str | None
) -> None:
    found = best(offers)
    assert (found and found.url) == (chosen and f"{SITE}/{chosen}")


def test_an_offer_shows_no_password() -> None:
    made = Offer(
        url="https://me:secret@news.example.org/feed",
        kind="feed",
        found="linked",
        extraction=listed(3, summary="S"),
    )
    assert made.public_url == f"{SITE}/feed"
    assert made.counts == {"items": 3, "dated": 0, "summaries": 3, "texts": 0}


def test_hidden_feeds_are_looked_for_below_the_page_first() -> None:
    found = list(usual_feeds(f"{SITE}/local/news.html?page=2"))
    assert found[0] == f"{SITE}/local/feed"
    assert {f"{SITE}/feed.xml", f"{SITE}/feed.json"} <= set(found)
    assert len(found) == len(set(found)) == 11
    at_home = list(usual_feeds(f"{SITE}/"))
    assert f"{SITE}/feed.json" in at_home
    assert len(at_home) == len(set(at_home)) == 7


@pytest.mark.parametrize(
    ("page", "items", "on_page", "wider"),
    [
        ("/", ["/a/1.html", "/b/2.html"], [], False),
        ("/index.html", ["/a/1.html"], [], False),
        ("/a/", ["/a/1.html", "/a/2.html", "/b/3.html"], [], False),
        ("/a/", ["/a/1.html", "/b/2.html", "/c/3.html"], [], True),
        ("/a/", ["/1.html", "/2.html"], ["/1.html", "/2.html"], False),
        ("/a/", ["/1.html", "/2.html", "/3.html"], ["/1.html"], True),
        ("/a/", [], [], False),
    ],
    ids=["front", "index", "below", "elsewhere", "listed", "hardly listed", "nothing"],
)
def test_a_feed_of_the_whole_site_is_wider_than_a_section(
    page: str, items: list[str], on_page: list[str], *, wider: bool
) -> None:
    from feedsvc.text.urls import identity

    keys = {identity(SITE + path) for path in on_page}
    stated = [RawItem(url=SITE + path) for path in items]
    assert widens(stated, SITE + page, keys) is wider
