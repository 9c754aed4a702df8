"""What a list said and what a page says, as one statement."""

from dataclasses import replace

import pytest

from feedsvc.errors import Code
from feedsvc.model.article import Image, Origin, RawDate, RawItem
from feedsvc.normalize.combine import combine

URL = "http://news.example/1"
LIST_DAY = RawDate(text="2026-11-24", origin=Origin.LIST)
PAGE_TIME = RawDate(text="2026-11-24 08:30", origin=Origin.META)
RULE_DAY = RawDate(text="11 24,2026", origin=Origin.RULE)
URL_DAY = RawDate(text="2026-11-23", origin=Origin.URL)

LISTED = RawItem(
    url=URL,
    title="Of the list",
    guid="4711",
    summary="Told by the list",
    authors=("A",),
    warnings=(Code.W_BOZO,),
)
PAGE = RawItem(
    url=URL,
    title="Of the page",
    guid="none of ours",
    section="News",
    content_html="<p>…</p>",
    encoding="gb18030",
    warnings=(Code.W_LAYOUT,),
)


def test_without_a_page_the_list_speaks() -> None:
    assert combine(LISTED, None) is LISTED


def test_the_page_wins_and_the_list_fills_its_gaps() -> None:
    both = combine(LISTED, PAGE)
    assert both.title == "Of the page"
    assert both.summary == "Told by the list"
    assert both.authors == ("A",)
    assert both.section == "News"
    assert both.encoding == "gb18030"
    assert set(both.warnings) == {Code.W_BOZO, Code.W_LAYOUT}


def test_address_and_own_id_are_those_of_the_list() -> None:
    both = combine(LISTED, replace(PAGE, url="http://news.example/moved"))
    assert (both.url, both.guid) == (URL, "4711")


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param(PAGE, None, id="none"),
        pytest.param(replace(PAGE, url=f"{URL}/moved"), f"{URL}/moved", id="redirected"),
        pytest.param(
            replace(PAGE, url=f"{URL}/moved", canonical_url=f"{URL}/named"),
            f"{URL}/named",
            id="the-page-names-it",
        ),
    ],
)  # fmt: skip
def test_the_canonical_address_is_named_by_the_page_or_else_where_it_led(
    page: RawItem, expected: str | None
) -> None:
    assert combine(LISTED, page).canonical_url == expected


@pytest.mark.parametrize(
    ("listed", "page", "expected"),
    [
        pytest.param({"title"}, set(), "Of the list", id="rule-of-the-list"),
        pytest.param(set(), {"title"}, "Of the page", id="rule-of-the-page"),
        pytest.param({"title"}, {"title"}, "Of the page", id="both-have-rules"),
    ],
)
def test_a_rule_wins_over_what_was_found_without_one(
    listed: set[str], page: set[str], expected: str
) -> None:
    both = combine(
        replace(LISTED, rules=frozenset(listed)), replace(PAGE, rules=frozenset(page))
    )
    assert both.title == expected
    assert both.rules == listed | page


def test_a_rule_that_found_nothing_leaves_the_word_to_the_page() -> None:
    listed = replace(LISTED, title=None, rules=frozenset({"title"}))
    assert combine(listed, PAGE).title == "Of the page"


@pytest.mark.parametrize(
    ("listed", "page", "rules", "expected"),
    [
        pytest.param(
            (LIST_DAY,), (PAGE_TIME,), (), (PAGE_TIME, LIST_DAY), id="page-first"
        ),
        pytest.param(
            (LIST_DAY,),
            (PAGE_TIME,),
            ("dates",),
            (LIST_DAY, PAGE_TIME),
            id="rule-first",
        ),
        pytest.param(
            (LIST_DAY, URL_DAY),
            (RULE_DAY, URL_DAY),
            (),
            (RULE_DAY, LIST_DAY, URL_DAY, URL_DAY),
            id="what-only-an-address-tells-last",
        ),
    ],
)
def test_dates_of_both_stand_in_order_of_trust(
    listed: tuple[RawDate, ...],
    page: tuple[RawDate, ...],
    rules: tuple[str, ...],
    expected: tuple[RawDate, ...],
) -> None:
    both = combine(
        replace(LISTED, dates=listed, rules=frozenset(rules)),
        replace(PAGE, dates=page),
    )
    assert both.dates == expected


def test_content_is_resolved_where_it_stood() -> None:
    moved = replace(PAGE, url=f"{URL}/moved")
    assert combine(LISTED, moved).base == f"{URL}/moved"
    assert (
        combine(LISTED, replace(PAGE, base="http://cdn.example/")).base
        == "http://cdn.example/"
    )
    told = replace(LISTED, content_html="<p>told</p>", base="http://feed.example/")
    assert (
        combine(told, replace(moved, content_html=None)).base == "http://feed.example/"
    )


def test_an_image_of_the_list_stands_in_for_none_on_the_page() -> None:
    image = Image(url="http://news.example/1.jpg")
    assert combine(replace(LISTED, image=image), PAGE).image == image
