"""List pages that hold their items as JSON in a script."""

import pytest

from feedsvc.errors import Code, ExtractError
from feedsvc.extract.listing import read_listing
from feedsvc.model.article import Extraction
from feedsvc.model.config import ListRules, Rule, Source
from feedsvc.model.web import Page

URL = "https://news.example/list/"
PAGE = """<html lang=zh><body><div id=app></div><a class=next href="?p=2">下一页</a>
<script>window.__STATE__ = {"list": {"rows": [
 {"name": "丹河新桥通车", "path": "/1.html", "at": "2026-11-20 08:30", "pic": {"src": "/1.jpg"}},
 {"name": "步道下月开放", "path": "/2.html", "at": "2026-11-19 10:00"}, {"name": "无链接"}, 7]}};</script>"""
ITEM = Rule(select="script", json="list.rows")
RULES = ListRules(
    item=ITEM,
    link=Rule(select="path"),
    title=Rule(select="name"),
    date=Rule(select="at", regex=r"[\d-]+"),
    image=Rule(select="pic.src"),
    next=Rule(select="a.next"),
)


def read(body: str, rules: ListRules) -> Extraction:
    source = Source(id="s", url=URL, list=rules)
    return read_listing(source, Page(url=URL, body=body.encode()))


def test_items_are_read_by_paths_and_the_next_page_by_a_selector() -> None:
    got = read(PAGE, RULES)
    assert [(item.url, item.title, item.dates[0].text) for item in got.items] == [
        ("https://news.example/1.html", "丹河新桥通车", "2026-11-20"),
        ("https://news.example/2.html", "步道下月开放", "2026-11-19"),
    ]
    assert got.items[0].image is not None
    assert got.items[0].image.url == "https://news.example/1.jpg"
    assert (got.next, got.language) == ("https://news.example/list/?p=2", "zh")
    assert {item.encoding for item in got.items} == {"utf-8"}


def test_what_no_rule_names_is_found_by_its_name() -> None:
    body = """<script type="application/json">[{"title": "新桥", "url": "/1.html", "pubDate": "2026-11-20"}]</script>"""
    [item] = read(body, ListRules(item=Rule(select="script", json="@"))).items
    assert (item.title, item.dates[0].text) == ("新桥", "2026-11-20")


@pytest.mark.parametrize(
    "body",
    [PAGE.replace('"rows"', '"other"'), "<p>no script</p>", "<script>{]</script>"],
    ids=["other path", "no script", "no JSON"],
)
def test_a_script_that_holds_no_items_is_a_changed_layout(body: str) -> None:
    got = read(body, RULES)
    assert got.items == ()
    assert [(f.code, f.args["rule"]) for f in got.faults] == [
        (Code.W_LAYOUT, "list.item")
    ]


def test_a_challenge_in_place_of_the_list_is_told() -> None:
    with pytest.raises(ExtractError) as caught:
        read("<title>安全验证</title><p>请完成验证</p>", RULES)
    assert caught.value.fault.code is Code.E_BLOCKED


def test_a_path_that_is_none_is_an_error() -> None:
    with pytest.raises(ExtractError) as caught:
        read(PAGE, ListRules(item=Rule(select="script", json="a.")))
    assert caught.value.fault.code is Code.E_EXTRACT
