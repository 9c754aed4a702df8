"""Whether an id of a source's own names one article or several (reliability.md, 54)."""

from dataclasses import replace

import pytest

from feedsvc.decide.sameness import is_another, reused, shared, told_apart
from feedsvc.errors import Code
from feedsvc.model.article import Article, RawItem
from tests.collect.world import BODY
from tests.store.samples import make_article

MARKET = (
    "The old market hall opens its doors again on Saturday after two years of work."
)


def said(title: str, text: str = "") -> Article:
    return make_article(1, title=title, content_text=text)


KNOWN = said("The bridge is closed", BODY)


@pytest.mark.parametrize(
    ("known", "found", "other"),
    [
        pytest.param(KNOWN, KNOWN, False, id="the-same"),
        pytest.param(KNOWN, said("Bridge to open", BODY), False, id="a-new-headline"),
        pytest.param(
            KNOWN,
            said(KNOWN.title, MARKET),
            False,
            id="written-anew-below-its-headline",
        ),
        pytest.param(
            KNOWN, said("Bridge to open", f"{BODY} {MARKET}"), False, id="continued"
        ),
        pytest.param(KNOWN, said("The market opens", MARKET), True, id="another"),
        pytest.param(
            said("古城墙边的旧书市开张"),
            said("古城墙边的旧书市今日开张"),
            False,
            id="headlines-alike",
        ),
        pytest.param(
            said("古城墙边的旧书市开张"), said("水库今晨开闸泄洪"), True, id="headlines"
        ),
    ],
)
def test_another_article_has_neither_its_headline_nor_its_words(
    known: Article, found: Article, *, other: bool
) -> None:
    assert is_another(known, found) is other


def item(path: str, guid: str | None, **said: str) -> RawItem:
    return RawItem(url=f"https://news.example/{path}", guid=guid, **said)  # type: ignore[arg-type]  # by name


ONE, TWO = item("1", "a", title="A"), item("2", "a", title="B")
TEXT = {"title": "A", "summary": "Of the town."}
TOWN, NEWS = item("town/1", "a", **TEXT), item("news/1", "a", **TEXT)


@pytest.mark.parametrize(
    ("items", "left"),
    [
        pytest.param([ONE], [ONE], id="its-own"),
        pytest.param([ONE, ONE], [ONE, ONE], id="listed-twice"),
        pytest.param(
            [ONE, TWO], [item("1", None, title="A"), item("2", None, title="B")],
            id="several",
        ),
        pytest.param([TOWN, NEWS, TOWN], [TOWN, TOWN], id="in-two-categories"),
        pytest.param(
            [TOWN, replace(NEWS, summary="Of the river.")],
            [replace(TOWN, guid=None), item("news/1", None, title="A", summary="Of the river.")],
            id="of-one-headline",
        ),
        pytest.param(
            [ONE, replace(TWO, title="A")],
            [replace(ONE, guid=None), item("2", None, title="A")],
            id="headlines-alone",
        ),
    ],
)  # fmt: skip
def test_one_id_at_two_addresses_is_one_article_that_says_one_thing(
    items: list[RawItem], left: list[RawItem]
) -> None:
    """reliability.md, 54 and 58."""
    assert list(told_apart(items)) == left


@pytest.mark.parametrize(
    ("items", "told"),
    [
        ([item("1", "a"), item("2", "b")], []),
        ([item("1", None), item("2", None)], []),
        ([item("1", ""), item("2", "")], []),
        ([item("1", "a"), item("1", "a")], []),
        ([item("1", "a"), item("1/?utm_source=x", "a")], []),
        ([TOWN, NEWS], []),
        ([item("1", "a"), item("2", "a"), item("3", "b"), item("4", "b")], ["a"]),
    ],
    ids=[
        "one each",
        "none",
        "empty",
        "listed twice",
        "tracked",
        "one article",
        "several",
    ],
)
def test_an_id_of_several_addresses_is_told_once(
    items: list[RawItem], told: list[str]
) -> None:
    faults = shared(items)
    assert [fault.args["id"] for fault in faults] == told


def test_an_id_that_is_used_again_is_told_where_it_is() -> None:
    fault = reused("slot-1", "https://news.example/2")
    assert (fault.code, fault.place) == (Code.W_SAME_ID, "https://news.example/2")
    assert fault.args == {"id": "slot-1"}
