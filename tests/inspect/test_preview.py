"""A dry run tells what a visit would make of a source, and changes nothing."""

from typing import Any

import pytest

from feedsvc.errors import Code, Fault, Stage
from feedsvc.fetch.memory import Shelf
from feedsvc.inspect.preview import Preview
from feedsvc.model.config import ArticleRules, Category, ListRules, Rule, Source
from feedsvc.model.web import Failed, Fetched, NotModified, Request
from feedsvc.normalize.frame import Frame
from tests.collect.world import (
    FEED,
    START,
    article,
    entry,
    page,
    rss,
    source,
    story,
    whole,
)

REFUSED = Fault(
    code=Code.E_FORBIDDEN, stage=Stage.FETCH, place=FEED, args={"status": 403}
)


async def preview(of: Source, *, limit: int = 10, **answers: Fetched) -> dict[str, Any]:
    """The preview of a source over a list and the pages of stories."""
    pages = {FEED: answers.pop("listed")} if "listed" in answers else {}
    pages |= {story(int(name[1:])): answer for name, answer in answers.items()}
    shelf = Shelf(pages)
    frame = Frame(source=of, zone="UTC", now=START)
    categories = {"local": Category(key="local")}
    return await Preview(frame, categories, shelf.fetch, limit).run()


async def test_every_field_is_told_with_who_supplied_it() -> None:
    rules = ArticleRules(title=Rule(select="h1"))
    form = await preview(
        source(article=rules, category="local"),
        listed=rss(entry(1, more="<description>In short.</description>")),
        s1=article(story(1), "Story 1"),
    )
    assert (form["source"], form["url"]) == ("river", FEED)
    assert (form["listed"], form["wanted"], form["faults"]) == (1, 1, [])
    [item] = form["items"]
    assert item["article"]["title"] == "Story 1"
    assert item["categories"] == ["local"]
    told = item["from"]
    assert (told["title"], told["published"]) == ("rule", "meta")
    assert (told["summary"], told["content"]) == ("list", "text")
    assert "image" not in told


async def test_a_rule_of_the_list_that_overrules_the_page_is_told() -> None:
    rules = ListRules(item=Rule(select="li"), title=Rule(select="b"))
    listed = f"<ul><li><a href='{story(1)}'>More</a> <b>As listed</b></li></ul>"
    form = await preview(
        source(list=rules, kind="html"),
        listed=page(FEED, listed),
        s1=article(story(1), "As on the page"),
    )
    [item] = form["items"]
    assert item["article"]["title"] == "As listed"
    assert (item["from"]["title"], item["from"]["published"]) == ("rule", "meta")
    lost = {(a["from"], a["value"], a["why"]) for a in item["alternatives"]["title"]}
    assert ("text", "As on the page", "rule") in lost


async def test_a_rule_that_finds_nothing_is_told() -> None:
    rules = ArticleRules(date=Rule(select=".none"))
    form = await preview(
        source(article=rules), listed=rss(entry(1)), s1=article(story(1), "Story 1")
    )
    assert [(f["code"], f.get("rule")) for f in form["faults"]] == [
        ("W_LAYOUT", "article.date")
    ]
    assert form["items"][0]["article"]["title"] == "Story 1"


async def test_an_item_that_its_list_gave_whole_needs_no_page() -> None:
    form = await preview(source(), listed=rss(whole(1)))
    [item] = form["items"]
    assert item["from"] == {
        "title": "list",
        "summary": "content",
        "content": "list",
        "published": "feed",
        "language": "text",
        "encoding": "list",
    }
    assert "unread" not in item


async def test_unwanted_items_are_counted_and_not_shown() -> None:
    listed = rss(whole(1), whole(2), whole(3))
    form = await preview(source(exclude=("2",)), listed=listed)
    assert (form["listed"], form["wanted"]) == (3, 2)
    form = await preview(source(), limit=1, listed=listed)
    assert (form["wanted"], len(form["items"])) == (3, 1)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Failed(fault=REFUSED), "E_FORBIDDEN"),
        (page(FEED, "<html><p>No feed here.</p></html>"), "E_NOT_A_FEED"),
    ],
    ids=["refused", "no feed"],
)
async def test_a_list_that_cannot_be_had_is_a_fault(answer: Fetched, code: str) -> None:
    form = await preview(source(kind="feed"), listed=answer)
    assert (form["items"], form["listed"]) == ([], 0)
    assert [fault["code"] for fault in form["faults"]] == [code]


async def test_an_item_that_cannot_be_had_is_told_beside_the_others() -> None:
    challenge = "<title>Just a moment...</title>Checking your browser"
    empty = entry(3).replace("Story 3", "&#160;")
    form = await preview(
        source(),
        listed=rss(entry(1), entry(2), empty, whole(4)),
        s1=Failed(fault=REFUSED),
        s2=page(story(2), challenge),
        s3=page(story(3), "<html></html>"),
    )
    told = [item.get("error", {}).get("code") for item in form["items"]]
    assert told == ["E_FORBIDDEN", "E_BLOCKED", "E_NO_TITLE", None]
    assert form["items"][0]["error"]["status"] == 403
    assert form["items"][0]["title"] == "Story 1"


async def test_what_a_visit_would_publish_from_the_list_alone_is_shown() -> None:
    listed = "<description>It rained all night.</description>"
    form = await preview(
        source(category="local"),
        listed=rss(entry(1, more=listed), entry(2)),
        s1=Failed(fault=REFUSED),
        s2=Failed(fault=REFUSED),
    )
    told, refused = form["items"]
    assert told["article"]["summary"] == "It rained all night."
    assert told["unread"] == {"code": "E_FORBIDDEN", "place": FEED, "status": 403}
    assert (told["from"]["summary"], told["categories"]) == ("list", ["local"])
    assert refused["error"]["code"] == "E_FORBIDDEN"


async def test_a_304_that_nobody_asked_for_shows_nothing() -> None:
    async def fetch(request: Request) -> Fetched:
        return NotModified(url=request.url)

    frame = Frame(source=source(), zone=None, now=START)
    form = await Preview(frame, {}, fetch).run()
    assert (form["items"], form["faults"]) == ([], [])

    async def article_gone(request: Request) -> Fetched:
        return rss(entry(1)) if request.url == FEED else await fetch(request)

    form = await Preview(frame, {}, article_gone).run()
    assert form["items"][0]["article"]["title"] == "Story 1"


async def test_an_article_on_two_pages_is_shown_whole() -> None:
    rules = ArticleRules(content=Rule(select=".text"), next=Rule(select="a.next"))
    first = "<h1>Story 1</h1><div class=text>One</div><a class=next href=/2.html>2</a>"
    form = await preview(
        source(article=rules),
        listed=rss(entry(1)),
        s1=page(story(1), first),
        s2=page(story(2), "<div class=text>Two</div>"),
    )
    [item] = form["items"]
    assert item["article"]["content_text"].split("\n") == ["One", "Two"]
