"""An article on several pages is one article, whole or not yet."""

import pytest

from feedsvc.errors import Code, Stage
from feedsvc.fetch.faults import fault
from feedsvc.model.config import ArticleRules, Rule
from feedsvc.model.web import Failed, Fetched, Page
from tests.collect.world import FEED, World, article, entry, page, rss, source, story

RULES = ArticleRules(content=Rule(select=".text"), next=Rule(select="a.next"))


def part(n: int, words: str, after: str | None = None) -> Page:
    """The n-th page of the story; ``after`` is where it says it goes on."""
    link = f"<a class=next href='{after}'>Next page</a>" if after else ""
    body = f"<div class=text><p>{words} of the river story.</p></div>{link}"
    return page(url(n), f"<html lang=en><title>Story</title><h1>Story</h1>{body}")


def url(n: int) -> str:
    return story(1) if n == 1 else f"https://news.example.org/1_{n}.html"


def missing(code: Code) -> Failed:
    return Failed(fault=fault(code, url(2)))


async def visited(**answers: Fetched) -> World:
    w = World([source(article=RULES)])
    w.answers |= {
        FEED: rss(entry(1)),
        **{url(int(k[1:])): v for k, v in answers.items()},
    }
    await w.visit()
    return w


async def test_pages_are_joined_in_their_order() -> None:
    w = await visited(
        p1=part(1, "First part", "1_2.html"),
        p2=part(2, "Second part", "/1_3.html"),
        p3=part(3, "Last part"),
    )
    [stored] = w.articles()
    assert stored.content_text.split(" of the river story.\n")[:2] == [
        "First part",
        "Second part",
    ]
    assert "Last part" in stored.content_text
    assert w.reports[-1].requests == 4
    assert [asked.url for asked in w.shelf.asked] == [FEED, url(1), url(2), url(3)]


async def test_addresses_of_further_pages_are_relative_to_them() -> None:
    elsewhere = "https://news.example.org/parts/2.html"
    second = page(elsewhere, "<div class=text><p><a href='map.html'>Map</a></p></div>")
    w = World([source(article=RULES)])
    first = part(1, "First part", elsewhere)
    w.answers |= {FEED: rss(entry(1)), story(1): first, elsewhere: second}
    await w.visit()
    [stored] = w.articles()
    assert 'href="https://news.example.org/parts/map.html"' in stored.content_html


@pytest.mark.parametrize(
    "after", ["1.html", "1_2.html", "#top"], ids=["first", "itself", "fragment"]
)
async def test_pages_that_lead_back_end_the_article(after: str) -> None:
    w = await visited(
        p1=part(1, "First part", "1_2.html"), p2=part(2, "Last part", after)
    )
    [stored] = w.articles()
    assert stored.content_text.count("part") == 2
    assert w.reports[-1].requests == 3


async def test_a_page_that_repeats_another_is_left_out() -> None:
    w = await visited(p1=part(1, "First part", "1_2.html"), p2=part(2, "First part"))
    [stored] = w.articles()
    assert stored.content_text == "First part of the river story."


async def test_a_chain_of_pages_is_followed_up_to_a_bound() -> None:
    chain = {f"p{n}": part(n, f"Part {n}", f"1_{n + 1}.html") for n in range(1, 40)}
    w = await visited(**chain)
    assert w.reports[-1].requests == 21
    assert len(w.articles()) == 1


async def test_an_article_of_which_a_page_is_hidden_for_now_waits_for_it() -> None:
    first = part(1, "First part", "1_2.html")
    w = await visited(p1=first, p2=missing(Code.E_TIMEOUT))
    assert w.articles() == []
    assert [f.code for f in w.reports[-1].faults] == [Code.W_ARTICLE]
    w.answers[url(2)] = part(2, "Last part")
    await w.visit()
    [stored] = w.articles()
    assert "Last part" in stored.content_text


async def test_an_article_of_which_a_page_is_gone_is_what_is_left() -> None:
    w = await visited(p1=part(1, "First part", "1_2.html"), p2=missing(Code.E_GONE))
    [stored] = w.articles()
    assert stored.content_text == "First part of the river story."
    told = [f for f in w.reports[-1].faults if f.code is Code.W_ARTICLE]
    assert [(f.place, f.stage) for f in told] == [(url(2), Stage.EXTRACT)]


async def test_a_challenge_in_place_of_a_page_publishes_no_half() -> None:
    wall = page(url(2), "<title>安全验证</title><body>请完成下方验证后继续访问</body>")
    w = await visited(p1=part(1, "First part", "1_2.html"), p2=wall)
    assert w.articles() == []
    assert [f.args["detail"] for f in w.reports[-1].faults] == ["E_BLOCKED"]


async def test_without_a_rule_one_page_is_read() -> None:
    w = World([source()])
    w.answers |= {
        FEED: rss(entry(1)),
        story(1): article(story(1), "Story 1", head="<link rel=next href=/2.html>"),
    }
    await w.visit()
    assert w.reports[-1].requests == 2
