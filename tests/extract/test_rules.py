"""Rules: what a selector, an attribute and a regex take from a page."""

import pytest

from feedsvc.errors import Code, ExtractError
from feedsvc.extract.rules import Document
from feedsvc.model.config import Rule

URL = "https://news.example/a/1.html"
PAGE = """<html><head><base href="/b/"></head><body>
<div class="info">Time: 11 05,2021 &nbsp; Source: Shanxi daily<br>Views: 3</div>
<p class="by"><a href="x.html" title="whole">Ann</a></p><p class="by">Bob</p>
<div class="text"><p>One</p><div class="ad">no</div><p>Two</p></div>
<img class="lead" src="i.jpg"><meta name="k" content="said"><p class="none"> </p>
</body></html>"""


@pytest.fixture
def document() -> Document:
    return Document(PAGE, URL)


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        pytest.param(Rule(select=".by"), "Ann", id="css-first"),
        pytest.param(Rule(select="xpath://p[@class='by']"), "Ann", id="xpath"),
        pytest.param(Rule(select="xpath://a/@href"), "x.html", id="xpath-attribute"),
        pytest.param(Rule(select="xpath:string(//a)"), "Ann", id="xpath-string"),
        pytest.param(Rule(select="xpath:count(//p)"), "5.0", id="xpath-number"),
        pytest.param(Rule(select="a", attribute="title"), "whole", id="attribute"),
        pytest.param(Rule(select="a", attribute="rel"), None, id="no-attribute"),
        pytest.param(Rule(select="meta[name=k]"), "said", id="meta-content"),
        pytest.param(Rule(select="img"), "i.jpg", id="img-src"),
        pytest.param(Rule(select=".none"), None, id="blank"),
        pytest.param(Rule(select=".absent"), None, id="absent"),
        pytest.param(
            Rule(select=".info", regex=r"Source:\s*(.+)"), "Shanxi daily", id="group"
        ),
        pytest.param(Rule(select=".info", regex=r"\d+ \d+"), "11 05", id="whole-match"),
        pytest.param(Rule(select=".info", regex="absent"), None, id="no-match"),
        pytest.param(Rule(select=".info", regex="(absent)?Time"), None, id="no-group"),
        pytest.param(Rule(select=".by", regex="^B.b$"), "Bob", id="next-node-matches"),
    ],
)
def test_a_rule_takes_the_first_value(
    document: Document, rule: Rule, value: str | None
) -> None:
    assert document.first(rule) == value


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        (Rule(select=".by", all=True), ("Ann", "Bob")),
        (Rule(select=".by"), ("Ann",)),
        (Rule(select="xpath://p", all=True), ("Ann", "Bob", "One", "Two")),
    ],
)
def test_all_takes_every_value(
    document: Document, rule: Rule, values: tuple[str, ...]
) -> None:
    assert document.all(rule) == values


def test_lines_of_one_element_stay_apart(document: Document) -> None:
    assert document.first(Rule(select=".info")) == (
        "Time: 11 05,2021 Source: Shanxi daily\nViews: 3"
    )


@pytest.mark.parametrize(
    ("select", "remove"),
    [
        (".text", ".ad"),
        ("xpath://div[@class='text']", ".ad"),
        ("xpath://div[@class='text']", "xpath://*[@class='ad']"),
    ],
)
def test_content_comes_without_what_is_removed(
    document: Document, select: str, remove: str
) -> None:
    rule = Rule(select=select)
    html = document.reader(rule).html(rule, (remove,))
    assert html is not None
    assert html.replace("\n", "") == "<p>One</p><p>Two</p>"


@pytest.mark.parametrize(
    ("rule", "html"),
    [
        (Rule(select=".by", all=True), '<a href="x.html" title="whole">Ann</a>\nBob'),
        (Rule(select=".none"), None),
        (Rule(select="xpath://a/text()"), "Ann"),
        (Rule(select="xpath:comment()"), None),
    ],
)
def test_html_is_what_stands_inside(
    document: Document, rule: Rule, html: str | None
) -> None:
    assert document.reader(rule).html(rule) == html


@pytest.mark.parametrize("select", ["div[", "xpath://[", "xpath:unknown()"])
def test_a_selector_that_is_none_is_a_fault(document: Document, select: str) -> None:
    with pytest.raises(ExtractError) as raised:
        document.first(Rule(select=select))
    assert raised.value.fault.code is Code.E_EXTRACT


@pytest.mark.parametrize("select", [".text", "xpath://div[@class='text']"])
@pytest.mark.parametrize("remove", ["div[", "xpath://["])
def test_a_removal_that_selects_nothing_sane_is_a_fault(
    document: Document, select: str, remove: str
) -> None:
    rule = Rule(select=select)
    with pytest.raises(ExtractError):
        document.reader(rule).html(rule, (remove,))


def test_css_is_read_by_lxml_beside_xpath(document: Document) -> None:
    reader = document.reader(Rule(select="xpath:."), Rule(select="a"))
    assert reader.first(Rule(select="p.by a")) == "Ann"
    with pytest.raises(ExtractError):
        reader.first(Rule(select="p["))


def test_a_regex_that_thinks_too_long_is_stopped() -> None:
    document = Document(f"<p>{'a' * 40}!</p>", URL)
    with pytest.raises(ExtractError) as raised:
        document.first(Rule(select="p", regex=r"(a|aa)+$"))
    assert raised.value.fault.code is Code.E_SELECTOR_TIMEOUT


def test_a_regex_that_is_none_is_a_fault(document: Document) -> None:
    with pytest.raises(ExtractError):
        document.first(Rule(select="p", regex="("))


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ('<base href="/b/">', "https://news.example/b/x"),
        ('<base href="javascript:alert(1)">', "https://news.example/a/x"),
        ('<base href="//cdn.example/c/">', "https://cdn.example/c/x"),
        ("", "https://news.example/a/x"),
    ],
)
def test_links_are_relative_to_the_base(base: str, expected: str) -> None:
    document = Document(f"<head>{base}</head>", URL)
    assert document.absolute("x") == expected
    assert document.absolute(None) is None


@pytest.mark.parametrize("text", ["", "<!-- -->"])
def test_an_empty_page_has_nothing_for_xpath(text: str) -> None:
    assert Document(text, URL).first(Rule(select="xpath://p")) is None


def test_nodes_below_a_text_are_none(document: Document) -> None:
    reader = document.reader(Rule(select="xpath:."))
    assert reader.nodes(Rule(select="a"), "text") == ()
    assert reader.attribute("text", "href") is None


def test_a_page_without_what_is_removed(document: Document) -> None:
    assert document.without(()) is document
    bare = document.without((".ad",))
    assert bare.first(Rule(select=".ad")) is None
    assert bare.all(Rule(select="body > *", all=True)) == (
        *("Time: 11 05,2021 Source: Shanxi daily\nViews: 3", "Ann", "Bob"),
        *("One\nTwo", "i.jpg", "said"),
    )
    assert bare.base == document.base


def test_what_is_removed_may_stand_in_a_cell_of_a_table() -> None:
    page = "<table><tr><td>One<i class='ad'>no</i><td>Two</table>"
    rule = Rule(select="td", all=True)
    assert Document(page, URL).reader(rule).html(rule, (".ad",)) == "One\nTwo"


def test_a_page_nested_beyond_reason_is_refused() -> None:
    with pytest.raises(ExtractError) as raised:
        Document("<div>" * 100_000, URL).first(Rule(select="p"))
    assert raised.value.fault.code is Code.E_EXTRACT


STATE = """<script>var first = 1; window.__STATE__ = {"page": {"title": "Bridge closed",
 "url": "/a/2.html", "at": 1636070400, "tags": ["river", "mill"], "by": {"name": "Ann"},
 "body": "<p>One</p><p class='ad'>no</p>", "lines": "First & last\\nThe second"}};
 var later = {"page": null};</script>
<script id="data" type="application/json">[{"title": "of the list"}]</script>
<div id="app" data-props='{"title": "of an attribute"}'>shown</div>"""


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        (Rule(select="script", json="page.title"), ("Bridge closed",)),
        (Rule(select="xpath://script", json="page.title"), ("Bridge closed",)),
        (Rule(select="script", json="$.page['title']"), ("Bridge closed",)),
        (Rule(select="#data", json="[0].title"), ("of the list",)),
        (Rule(select="script", json="[0].title"), ("of the list",)),
        (Rule(select="script", json="page.at"), ("1636070400",)),
        (Rule(select="script", json="page.by"), ("Ann",)),
        (Rule(select="script", json="page.tags", all=True), ("river", "mill")),
        (Rule(select="script", json="page.tags"), ("river",)),
        (Rule(select="script", json="page.url", regex=r"/(\w)/"), ("a",)),
        (Rule(select="script", json="page.none"), ()),
        (
            Rule(select="#app", attribute="data-props", json="title"),
            ("of an attribute",),
        ),
        (Rule(select="script", regex=r'"title": "([^"]+)"'), ("Bridge closed",)),
    ],
)
def test_json_within_a_page_is_reached_by_a_path(
    rule: Rule, values: tuple[str, ...]
) -> None:
    assert Document(STATE, URL).all(rule) == values


@pytest.mark.parametrize(
    ("path", "markup"),
    [
        ("page.body", "<p>One</p>"),
        ("page.lines", "<p>First &amp; last</p><p>The second</p>"),
        ("page.none", None),
    ],
)
def test_a_text_in_json_is_content(path: str, markup: str | None) -> None:
    rule = Rule(select="script", json=path)
    assert Document(STATE, URL).reader(rule).html(rule, [".ad"]) == markup


@pytest.mark.parametrize(
    "text",
    ["", "{", "[" * 100_000, "= {" * 5_000, '{"a": ' * 5_000, "\0", '{"page": 1}'],
    ids=["empty", "cut", "deep", "starts", "nested", "control", "other"],
)
def test_what_is_no_json_harms_nothing(text: str) -> None:
    document = Document(f"<script>{text}</script>", URL)
    assert document.first(Rule(select="script", json="page.title")) is None


def test_a_path_that_is_none_is_an_error() -> None:
    with pytest.raises(ExtractError) as caught:
        Document(STATE, URL).first(Rule(select="script", json="page."))
    assert caught.value.fault.code is Code.E_EXTRACT
