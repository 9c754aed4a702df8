"""JSON: feeds, APIs with rules and without (reliability 5, 65)."""

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.errors import Code, ExtractError
from feedsvc.extract.records import read_records
from feedsvc.model.article import Extraction, Image, Origin, RawItem
from feedsvc.model.config import ListRules, Rule, Source
from feedsvc.model.web import Page

URL = "https://site.example/api/list"
A = "https://site.example/a"


def read(value: Any, **rules: Any) -> Extraction:
    """Read a document; a rule may be given as its bare path."""
    body = value if isinstance(value, str) else json.dumps(value)
    given: dict[str, Any] = {
        name: Rule(select=rule)
        if isinstance(rule, str) and name != "date_format"
        else rule
        for name, rule in rules.items()
    }
    listed = ListRules(**given) if given else None
    source = Source(id="s", url=URL, kind="json", list=listed)
    return read_records(source, Page(url=URL, body=body.encode()))


def only(extraction: Extraction) -> RawItem:
    (item,) = extraction.items
    return item


def feed(item: dict[str, Any], **top: Any) -> Extraction:
    return read({"version": "https://jsonfeed.org/version/1.1", "items": [item], **top})


FEED_FIELDS: dict[str, tuple[dict[str, Any], str, object]] = {
    "url": ({"url": "/a"}, "url", A),
    "external url": ({"external_url": "/a"}, "url", A),
    "id as a last resort": ({"id": A}, "url", A),
    "number as id": ({"url": "/a", "id": 7}, "guid", "7"),
    "title": ({"url": "/a", "title": "标题"}, "title", "标题"),
    "html": ({"url": "/a", "content_html": "<p>x", "content_text": "y"}, "content_html", "<p>x"),
    "text": ({"url": "/a", "content_text": "1 < 2\n\nb"}, "content_html", "<p>1 &lt; 2</p><p>b</p>"),
    "complete": ({"url": "/a", "content_text": "b"}, "complete", True),
    "not complete": ({"url": "/a", "summary": "b"}, "complete", False),
    "summary": ({"url": "/a", "summary": "b"}, "summary", "b"),
    "authors": ({"url": "/a", "authors": [{"name": "甲"}, {"url": "x"}, "y"]}, "authors", ("甲",)),
    "author of 1.0": ({"url": "/a", "author": {"name": "甲"}}, "authors", ("甲",)),
    "author of the feed": ({"url": "/a"}, "authors", ("F",)),
    "tags": ({"url": "/a", "tags": ["x", "y", "x", 3]}, "keywords", ("x", "y", "3")),
    "section": ({"url": "/a", "tags": ["x"]}, "section", "x"),
    "image": ({"url": "/a", "image": "/p"}, "image", Image(url="https://site.example/p")),
    "attached": ({"url": "/a", "attachments": [3, {"url": "/p", "mime_type": "image/png"}]}, "image", Image(url="https://site.example/p")),
    "language": ({"url": "/a", "language": "zh-CN"}, "language", "zh"),
    "language of the feed": ({"url": "/a"}, "language", "en"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("item", "field", "expected"), FEED_FIELDS.values(), ids=FEED_FIELDS
)
def test_a_json_feed_says(item: dict[str, Any], field: str, expected: object) -> None:
    extraction = feed(item, language="en-US", authors=[{"name": "F"}], next_url="?p=2")
    assert getattr(only(extraction), field) == expected
    assert (extraction.next, extraction.language) == (f"{URL}?p=2", "en")


def test_a_json_feed_hands_its_dates_on_unread() -> None:
    item = only(feed({"url": "/a", "date_published": "p", "date_modified": "m"}))
    assert [(d.text, d.origin) for d in (*item.dates, *item.updated)] == [
        ("p", Origin.FEED),
        ("m", Origin.FEED),
    ]


@pytest.mark.parametrize(
    "items", [[], None, [3, {"date_published": "x"}]], ids=["none", "null", "odd"]
)
def test_a_json_feed_without_items_is_empty(items: Any) -> None:
    extraction = read({"version": "https://jsonfeed.org/version/1", "items": items})
    assert [f.code for f in extraction.faults] == [Code.W_EMPTY]


def test_an_item_of_a_json_feed_without_a_page_stands_at_the_feeds() -> None:
    item = only(feed({"id": "7", "summary": "b"}, home_page_url="/home"))
    assert (item.url, item.alone) == ("https://site.example/home", "7")
    assert (item.content_html, item.complete) == ("b", True)
    unnamed = only(feed({"content_text": "b"}))
    assert (unnamed.url, bool(unnamed.alone)) == (URL, True)


API = {
    "data": {
        "banner": [{"link": "/z", "title": "Z"}],
        "list": [
            {"LinkUrl": "/a", "doc_title": "甲", "PubTime": 1636072200000, "Abstract": "s", "cover": {"url": "/p"}, "source": "山西日报", "channel": 3, "author": {"name": "王"}},
            {"LinkUrl": "/b", "doc_title": "乙", "PubTime": "", "updated": "u", "columnName": "经济"},
            {"LinkUrl": "javascript:x", "doc_title": "丙"},
            {"LinkUrl": "/d"},
            7,
        ],
    }
}  # fmt: skip


def test_the_list_of_articles_is_found_without_rules() -> None:
    a, b = read(API).items
    assert (a.url, a.title, a.summary, a.outlet) == (A, "甲", "s", "山西日报")
    assert ([d.text for d in a.dates], a.authors, a.section) == (
        ["1636072200000"],
        ("王",),
        None,
    )
    assert a.image == Image(url="https://site.example/p")
    assert (b.title, b.dates, b.section) == ("乙", (), "经济")
    assert [d.text for d in b.updated] == ["u"]


@pytest.mark.parametrize("body", ["3", "[" + "[]," * 100_001 + "[]]", "[{}]", "{}"])
def test_json_without_articles_is_empty(body: str) -> None:
    assert [f.code for f in read(body).faults] == [Code.W_EMPTY]


def test_wordpress_wraps_its_words() -> None:
    post = {"id": 1, "link": "/a", "date": "2021-11-05T08:30:00", "title": {"rendered": "A &amp; B"}, "excerpt": {"rendered": "<p>s</p>"}}  # fmt: skip
    item = only(read([post]))
    assert (item.url, item.title, item.summary) == (A, "A &amp; B", "<p>s</p>")


RULES = {
    "item": "data.list",
    "link": Rule(select="LinkUrl", regex="/[ab]"),
    "title": "doc_title",
    "date": "PubTime",
    "date_format": "yyyy",
    "summary": "Abstract",
    "image": "cover.url",
    "next": "data.next",
}


def test_rules_say_where_things_are() -> None:
    value = {"data": {**API["data"], "next": "?p=2"}}
    extraction = read(value, **RULES)
    a, b = extraction.items
    assert (a.url, a.title, a.summary) == (A, "甲", "s")
    assert [(d.text, d.origin, d.patterns) for d in a.dates] == [
        ("1636072200000", Origin.RULE, ("yyyy",))
    ]
    assert a.rules == {"title", "summary", "dates", "image"}
    assert b.rules == {"title"}
    assert extraction.next == f"{URL}?p=2"


PATHS = {
    "jmespath": "data.list[*]",
    "jsonpath": "$.data.list[*]",
    "quoted jsonpath": "$['data'][\"list\"]",
    "descendants": "$..list",
    "a filter": "$.data.list[?@.LinkUrl]",
    "an older filter": "$.data.list[?(@.LinkUrl)]",
    "a function": "data.list[?starts_with(to_string(@), '{')]",
}


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_a_path_may_be_jmespath_or_jsonpath(path: str) -> None:
    assert len(read(API, item=path, link="$.LinkUrl").items) == 3


def test_a_root_may_be_the_list() -> None:
    assert only(read([{"x": "/a"}], item="$", link="@.x")).url == A
    assert only(read({"x": "/a"}, item="@", link="x")).url == A


@pytest.mark.parametrize(
    "path",
    ["nothing", "$.nothing", "$..nothing", "sort_by(data.list, &x)", "length(data)"],
)
def test_rules_that_find_nothing_say_that_the_layout_changed(path: str) -> None:
    extraction = read(API, item=path)
    assert [(f.code, dict(f.args)) for f in extraction.faults] == [
        (Code.W_LAYOUT, {"rule": "list.item"})
    ]


REFUSED: dict[str, tuple[str, dict[str, Any], Code]] = {
    "no json": ("<html>", {}, Code.E_EXTRACT),
    "nothing": ("", {}, Code.E_EXTRACT),
    "deep lists": ("[" * 100_000, {}, Code.E_EXTRACT),
    "deep objects": ('{"a":' * 100_000, {}, Code.E_EXTRACT),
    "a bad path": ("[]", {"item": "a["}, Code.E_EXTRACT),
    "a bad regex": ('[{"u": "/a"}]', {"item": "@", "link": Rule(select="u", regex="(")}, Code.E_EXTRACT),
    "a slow regex": (json.dumps([{"u": "a" * 60}]), {"item": "@", "link": Rule(select="u", regex="(a|aa)+(a|aa)+$b")}, Code.E_SELECTOR_TIMEOUT),
}  # fmt: skip


@pytest.mark.parametrize(("body", "rules", "code"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_in_time(
    body: str, rules: dict[str, Any], code: Code
) -> None:
    began = time.process_time()
    with pytest.raises(ExtractError) as caught:
        read(body, **rules)
    assert caught.value.fault.code == code
    assert time.process_time() - began < 2


ODD = {
    "repeated keys": '[{"url": "/z", "url": "/a", "title": "A"}]',
    "jsonp": '/**/cb.x([{"url": "/a", "title": "A"}]);',
    "nan and beyond": '[{"url": "/a", "title": "A", "date": NaN, "n": 1e999, "m": -Infinity}]',
    "a long number": f'[{{"url": "/a", "title": "A", "n": {"9" * 5_000}}}]',
    "raw control characters": '[{"url": "/a", "title": "A", "x": "a\tb\x01"}]',
    "a lone surrogate": '[{"url": "/a", "title": "A", "x": "\\ud800"}]',
    "a float date": '[{"url": "/a", "title": "A", "n": true, "date": 1.5}]',
    "words in a list": '[{"url": ["/a"], "title": [null, true, [[[[["x"]]]]], {"text": "A"}]}]',
}


@pytest.mark.parametrize("body", ODD.values(), ids=ODD)
def test_odd_json_is_read_for_what_it_says(body: str) -> None:
    item = only(read(body))
    assert (item.url, item.title) == (A, "A")


@pytest.mark.parametrize(
    ("date", "text"), [(1636072200, "1636072200"), (1.6e12, "1600000000000"), (1.5, "1.5"), ("2021", "2021")]
)  # fmt: skip
def test_epochs_are_handed_on_as_text(date: object, text: str) -> None:
    assert only(read([{"url": "/a", "title": "A", "date": date}])).dates[0].text == text


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.just("/a")),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(["url", "title", "date", "items", "version", "x", "image", "author"]), inner, max_size=5),
    max_leaves=20,
)  # fmt: skip


@given(JSON, st.booleans())
def test_no_value_raises(value: Any, is_feed: bool) -> None:  # noqa: FBT001 -- drawn
    if is_feed:
        read(
            {
                "version": "https://jsonfeed.org/version/1",
                "items": value,
                "authors": value,
            }
        )
    read([value])
    read([value], item="@", link="url", title="title", date="date", image="image")
