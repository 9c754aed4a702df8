"""The next page of a list: named by a rule, or found where pages are asked for."""

import pytest

from feedsvc.extract.listing import read_listing
from feedsvc.model.config import ListRules, Rule, Source
from feedsvc.model.web import Page

URL = "https://news.example/list/index_2.html"
NEXT = "https://news.example/list/index_3.html"
ROWS = "".join(
    f'<li><a href="/{n}.html">A story, number {n}</a></li>' for n in range(5)
)


def following(body: str, rules: ListRules | None) -> str | None:
    source = Source(id="s", url=URL, list=rules)
    page = Page(url=URL, body=f"<ul class=list>{ROWS}</ul>{body}".encode())
    return read_listing(source, page).next


SAYS = "<a href=index_1.html>{}</a><a href=index_3.html>{}</a>"
FOUND = {
    "rel": "<link rel=prev href=index_1.html><link rel=next href=index_3.html>",
    "zh": SAYS.format("上一页", "下一页"),
    "zh-Hant": SAYS.format("上一頁", "下一頁"),
    "zh with an arrow": SAYS.format("<上页", "下页>"),
    "en": SAYS.format("« Previous", "Next »"),
    "en posts": SAYS.format("Newer posts", "← Older posts"),
    "said of an icon": "<a href=index_3.html title=下一页><i></i></a>",
    "a class": "<div class=pagination><a class=next href=index_3.html><i></i></a></div>",
    "an arrow": "<div class=pager><a href=index_1.html>‹</a><a href=index_3.html>›</a></div>",
    "numbers": "<div class=pages><a href=index_1.html>1</a><b>2</b><a href=index_3.html>3</a></div>",
    "numbers all linked": "<ul class=pagination><li><a href=i.html>1</a><li class=active><a href=#>2</a><li><a href=index_3.html>3</a></ul>",
    "in brackets": "<div class=page><a href=index_1.html>1</a> [2] <a href=index_3.html>3</a></div>",
    "a script that writes it": "<script>createPageHTML(9, 2, 'index', 'html');</script>",
    "beside the last": "<p class=page><a href=index_3.html>下一页</a><a href=index_9.html>尾页</a></p>",
}  # fmt: skip


@pytest.mark.parametrize("body", FOUND.values(), ids=FOUND)
def test_the_next_page_is_found_where_more_are_asked_for(body: str) -> None:
    assert following(body, ListRules(pages=2)) == NEXT
    assert following(body, None) is None


NONE = {
    "another site's": "<a href=https://o.example/2.html>下一页</a>",
    "a script": "<a href='javascript:go(3)'>下一页</a>",
    "the page itself": "<a href=index_2.html#x>Next</a>",
    "the front page": "<a href=/>Next</a>",
    "a script at the last page": "<script>createPageHTML(3, 2, 'index', 'html');</script>",
    "the last page": "<div class=pages><a href=index_1.html>1</a><b>2</b></div>",
    "numbers elsewhere": "<div class=chart><b>2</b><a href=index_3.html>3</a></div>",
    "a story of that name": "<a href=a.html>Next stop: the islands</a>",
}  # fmt: skip


@pytest.mark.parametrize("body", NONE.values(), ids=NONE)
def test_what_only_looks_like_a_next_page_is_none(body: str) -> None:
    assert following(body, ListRules(pages=2)) is None


def test_a_rule_goes_before_what_is_found() -> None:
    body = f"{FOUND['zh']}<a class=more href=more.html>More</a>"
    rules = ListRules(pages=2, next=Rule(select=".more"))
    assert following(body, rules) == "https://news.example/list/more.html"
