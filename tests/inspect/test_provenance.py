"""For each field a preview tells who said it, what else was said, and why that lost."""

from datetime import UTC, datetime
from typing import Any

import pytest

from feedsvc.fetch.memory import Shelf
from feedsvc.inspect.preview import Preview
from feedsvc.inspect.values import is_same, shown
from feedsvc.model.article import Image
from feedsvc.model.config import ArticleRules, ListRules, Rule, Source
from feedsvc.model.web import Page
from feedsvc.normalize.frame import Frame
from tests.collect.world import page

LIST, PAGE = (
    "https://river.example/news/",
    "https://river.example/news/2021-11/06/1.html",
)
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)

LD = """{"@type": "NewsArticle", "headline": "Bridge opens again",
"datePublished": "2021-11-06T02:11:00Z", "author": {"name": "Ann Lee"},
"publisher": {"name": "River Media"}, "image": "https://river.example/ld.jpg",
"inLanguage": "fr"}"""
TEXT = "The bridge at the mill opened to carts and walkers on Friday at noon. " * 5
ARTICLE = f"""<html lang="en"><head><meta charset="utf-8">
<title>Bridge opens again - River Times</title>
<meta property="og:title" content="Mill bridge is back, says mayor">
<meta property="og:image" content="https://river.example/og.jpg">
<meta name="pubdate" content="05/11/2021">
<meta name="keywords" content="bridge, mill">
<script type="application/ld+json">{LD}</script></head>
<body><h1>Bridge opens again</h1>
<p class="info">Time: 11 05,2021 Source: Shanxi Daily By Ann Lee</p>
<div class="text"><p>{TEXT}</p><p>{TEXT}</p></div></body></html>"""
LISTED = f'<ul><li><a href="{PAGE}">Bridge opens</a> <span>11-05</span></li></ul>'

RULES = ArticleRules(
    date=Rule(select=".info", regex=r"Time:\s*([\d ,]+)"),
    date_format="MM dd,yyyy",
    content=Rule(select=".text"),
)


async def item(
    body: str | bytes = ARTICLE, content_type: str | None = None, **fields: Any
) -> dict[str, Any]:
    """The only item of a preview."""
    settings: dict[str, Any] = {
        "kind": "html",
        "language": "en",
        "list": ListRules(item=Rule(select="li")),
    }
    of = Source(id="river", url=LIST, **(settings | fields))
    answer = page(PAGE, body, content_type=content_type)
    assert isinstance(answer, Page)
    shelf = Shelf({LIST: page(LIST, LISTED), PAGE: answer})
    frame = Frame(source=of, zone="Asia/Shanghai", now=NOW)
    [only] = (await Preview(frame, {}, shelf.fetch).run())["items"]
    return dict(only)


def lost(told: dict[str, Any], name: str) -> dict[tuple[str, str], str]:
    """Who said what else of a field, and why that was not taken."""
    others = told["alternatives"].get(name, [])
    return {(o["from"], o["value"]): o.get("code", o["why"]) for o in others}


async def test_a_date_by_rule_outranks_all_others_and_says_what_they_were() -> None:
    told = await item(article=RULES)
    assert told["from"]["published"] == "rule"
    assert told["article"]["published"] == "2021-11-05T00:00:00+08:00"
    others = lost(told, "published")
    assert others["json-ld", "2021-11-06T02:11:00Z"] == "rule"
    assert others["meta", "05/11/2021"] == "W_DATE_AMBIGUOUS"
    assert others["url", "2021-11-06"] == "rule"
    [stated] = [o for o in told["alternatives"]["published"] if o["from"] == "json-ld"]
    assert stated["reads"] == "2021-11-06T02:11:00+00:00"


async def test_without_a_rule_the_first_readable_date_wins() -> None:
    told = await item()
    assert told["from"]["published"] == "json-ld"
    others = lost(told, "published")
    assert others["text", "11 05,2021"] == "W_DATE_AMBIGUOUS"
    assert others["url", "2021-11-06"] == "url"


async def test_a_rule_of_the_list_stands_between_the_pages_rules_and_its_words() -> (
    None
):
    by_list = ListRules(item=Rule(select="li"), title=Rule(select="a"))
    told = await item(list=by_list)
    assert (told["article"]["title"], told["from"]["title"]) == ("Bridge opens", "rule")
    assert set(lost(told, "title").values()) <= {"rule", "same"}
    told = await item(list=by_list, article=ArticleRules(title=Rule(select="h1")))
    assert told["article"]["title"] == "Bridge opens again"
    assert lost(told, "title")["rule", "Bridge opens"] == "rule"


async def test_titles_that_lost_are_told_and_those_that_agree_say_so() -> None:
    told = await item()
    assert told["article"]["title"] == "Bridge opens again"
    assert told["from"]["title"] == "text"
    assert lost(told, "title") == {
        ("meta", "Mill bridge is back, says mayor"): "order",
        ("json-ld", "Bridge opens again"): "same",
        ("title", "Bridge opens again - River Times"): "same",
        ("list", "Bridge opens"): "page",
    }


async def test_an_image_an_outlet_and_an_author_are_told_alike() -> None:
    told = await item()
    assert told["from"]["image"] == "meta"
    assert lost(told, "image") == {("json-ld", "https://river.example/ld.jpg"): "order"}
    assert told["from"]["source"] == "text"
    assert lost(told, "source") == {("json-ld", "River Media"): "order"}
    assert told["from"]["authors"] == "json-ld"
    assert told["from"]["keywords"] == "meta"


async def test_a_language_that_is_only_said_gives_way_to_what_is_written() -> None:
    told = await item()
    assert told["article"]["language"] == "en"
    assert told["from"]["language"] == "text"
    assert lost(told, "language")["json-ld", "fr"] == "written"
    assert lost(told, "language")["source", "en"] == "same"


async def test_an_encoding_is_told_with_those_that_were_wrong() -> None:
    told = await item(ARTICLE, content_type="text/html; charset=gbk")
    assert told["article"]["encoding"] == "utf-8"
    assert told["from"]["encoding"] == "meta"
    assert lost(told, "encoding") == {("header", "gb18030"): "bytes"}
    own = await item(ARTICLE.encode(), encoding="windows-1252")
    assert own["from"]["encoding"] == "source"
    assert lost(own, "encoding") == {("meta", "utf-8"): "configured"}


async def test_an_encoding_that_nobody_states_was_found_in_the_bytes() -> None:
    told = await item(ARTICLE.replace('<meta charset="utf-8">', ""))
    assert told["from"]["encoding"] == "bytes"
    assert "encoding" not in told["alternatives"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("", ""),
        (("A", "B"), "A, B"),
        ("<p>One\n two &amp; three</p>", "One two & three"),
        (Image(url="https://a.example/x.jpg"), "https://a.example/x.jpg"),
    ],
)
def test_a_value_is_shown_as_one_line(value: Any, expected: str) -> None:
    assert shown(value) == expected


@pytest.mark.parametrize(
    ("chosen", "other", "same"),
    [
        ("Ann Lee", "By Ann Lee", True),
        ("River rises", "River rises! | News", True),
        ("River rises", "River falls", False),
        ("", "River", False),
        ("", "", True),
    ],
)
def test_the_same_is_the_same_with_words_around_it(
    chosen: str, other: str, *, same: bool
) -> None:
    assert is_same(chosen, other) is same
