"""A page as lines: what stands side by side, what is a link, what is not shown."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from feedsvc.extract.dom import Line, lines_of, marks


def lines(html: str, most: int = 1_000) -> list[Line]:
    body = LexborHTMLParser(html).body
    assert body is not None
    return lines_of(body, most)


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>a<b>b</b>c</p>d", ["abc", "d"]),
        ("one<br>two", ["one", "two"]),
        ("<div>x<p>y</p>z</div>", ["x", "y", "z"]),
        ("<p> \n </p><p>a\n b</p>", ["a b"]),
        ("<p>6月<st1:date>22日</st1:date>上午</p>", ["6月22日上午"]),
        ("t<script>s</script><style>s</style><noscript><p>s</p></noscript>", ["t"]),
        ("<svg><text>s</text></svg><p>t</p>", ["t"]),
    ],
)
def test_lines_break_where_a_browser_breaks_them(html: str, texts: list[str]) -> None:
    assert [line.text for line in lines(html)] == texts


def test_parts_of_a_line_stay_apart_when_asked() -> None:
    (line,) = lines("<p><span>2019-09-07</span><span>来源： <a>新华网</a></span></p>")
    assert line.spaced == "2019-09-07  来源：  新华网"
    assert line.text == "2019-09-07来源： 新华网"


@pytest.mark.parametrize(
    ("html", "linked"),
    [
        ("<p><a href=x>all of it</a></p>", True),
        ("<a href=x><div><p>a card</p></div></a>", True),
        ("<p><a href=x>some</a> of it</p>", False),
    ],
)
def test_a_line_knows_that_it_is_a_link(html: str, *, linked: bool) -> None:
    assert [line.is_link for line in lines(html)] == [linked]


def test_no_more_lines_are_read_than_wanted() -> None:
    assert len(lines("<p>x</p>" * 20, most=5)) == 5


def test_marks_name_an_element_and_those_around_it() -> None:
    node = LexborHTMLParser(
        '<div id=Top><p class="By-Line"><b>x</b></p></div>'
    ).css_first("b")
    assert node is not None
    assert marks(node).split() == ["b", "p", "by-line", "div", "top"]
    assert marks(node, 1).split() == ["b"]
