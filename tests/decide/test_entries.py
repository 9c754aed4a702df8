"""Which entries are wanted, and which need their own page."""

import time
from dataclasses import replace

import pytest

from feedsvc.decide.entries import needs_page, wanted
from feedsvc.model.article import Origin, RawDate, RawItem
from feedsvc.model.config import ArticleRules, Source

SOURCE = Source(id="s", url="http://news.example/")
ITEM = RawItem(url="http://news.example/sport/1", title="Noodle week ends")
DATED = replace(ITEM, dates=(RawDate(text="2026-11-24", origin=Origin.FEED),))
TOLD = replace(DATED, summary="120,000 bowls")
WHOLE = replace(ITEM, content_html="<p>…</p>", complete=True)
SHORT = replace(SOURCE, content="summary")
RULED = replace(SOURCE, article=ArticleRules())


@pytest.mark.parametrize(
    ("source", "item", "expected"),
    [
        pytest.param(SOURCE, ITEM, True, id="a-link"),
        pytest.param(SOURCE, TOLD, True, id="a-summary-is-not-the-text"),
        pytest.param(SOURCE, WHOLE, False, id="the-whole-text"),
        pytest.param(SOURCE, replace(WHOLE, title=None), True, id="text-without-title"),
        pytest.param(SHORT, TOLD, False, id="only-a-summary-is-wanted"),
        pytest.param(SHORT, DATED, True, id="no-summary"),
        pytest.param(SHORT, replace(TOLD, dates=()), True, id="no-date"),
        pytest.param(RULED, WHOLE, True, id="the-operator-wrote-rules"),
        pytest.param(RULED, replace(ITEM, alone="1"), False, id="there-is-no-page"),
    ],
)
def test_a_page_is_read_only_when_the_list_does_not_say_enough(
    source: Source, item: RawItem, *, expected: bool
) -> None:
    assert needs_page(source, item) is expected


@pytest.mark.parametrize(
    ("include", "exclude", "expected"),
    [
        pytest.param((), (), True, id="all"),
        pytest.param(("/sport/",), (), True, id="by-address"),
        pytest.param(("^Noodle",), (), True, id="by-title"),
        pytest.param(("/economy/", "ends$"), (), True, id="any-of-several"),
        pytest.param(("/economy/",), (), False, id="none-of-them"),
        pytest.param((), ("week",), False, id="excluded"),
        pytest.param(("/sport/",), ("week",), False, id="exclusion-wins"),
    ],
)
def test_patterns_choose_entries(
    include: tuple[str, ...], exclude: tuple[str, ...], *, expected: bool
) -> None:
    source = replace(SOURCE, include=include, exclude=exclude)
    assert wanted(source, [ITEM]) == ([ITEM] if expected else [])


def test_an_entry_without_title_is_chosen_by_its_address() -> None:
    source = replace(SOURCE, include=("/sport/",))
    assert wanted(source, [replace(ITEM, title=None)])


def test_a_pattern_that_runs_away_is_stopped_and_matches_nothing() -> None:
    source = replace(SOURCE, exclude=(r"^(a+)+$(?<=b)|(?:a|a)*(?:a|a)*(?:a|a)*c",))
    item = replace(ITEM, title="a" * 5000)
    start = time.monotonic()
    assert wanted(source, [item]) == [item]
    assert time.monotonic() - start < 2


def test_an_own_id_that_several_addresses_share_names_none_of_them() -> None:
    one, two = (
        replace(ITEM, url=f"http://news.example/{n}", guid="feed") for n in (1, 2)
    )
    alone = replace(ITEM, url="http://news.example/3", guid="three")
    chosen = wanted(SOURCE, [one, two, alone])
    assert [item.guid for item in chosen] == [None, None, "three"]


def test_an_entry_that_is_listed_twice_keeps_its_own_id() -> None:
    twice = replace(ITEM, guid="one")
    assert wanted(SOURCE, [twice, twice]) == [twice, twice]
