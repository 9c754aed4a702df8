"""What sources do (reliability.md, 48–69), as visits that are published and read.

Where a case is tested elsewhere, ``tests/test_cases.py`` says so.
"""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from feedsvc.collect.recheck import recheck
from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.config import ArticleRules, ListRules, Rule
from feedsvc.model.web import Failed, Page
from tests.collect.readers import Read
from tests.collect.world import (
    BODY,
    FEED,
    LIST,
    START,
    article,
    entry,
    links,
    page,
    rss,
    source,
    story,
    whole,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RULES = ListRules(item=Rule(select=".list li"), link=Rule(select="a"))


def listing(*numbers: int, **fields: Any) -> Read:
    """A source with a list page, and a page for each story."""
    w = Read([source(LIST, kind="html", **fields)])
    w.answers[LIST] = page(LIST, links(*numbers))
    w.answers |= {story(n): article(story(n), f"Story {n}") for n in numbers}
    return w


def rows(*cells: str, head: str = "") -> Page:
    """A list page whose rows are written out."""
    text = "".join(f"<li>{cell}</li>" for cell in cells)
    return page(
        LIST,
        f'<html lang=zh><head>{head}</head><body><ul class="list">{text}</ul></body>',
    )


NAVIGATION = [
    f'<a href="/{word}/">All about the {word} of the site</a>'
    for word in ("about", "contact", "jobs", "press", "maps", "help")
]


@pytest.mark.parametrize(
    ("shown", "code"),
    [
        (page(LIST, links(*range(1, 31)).replace("list", "stream")), "W_LAYOUT"),
        (page(LIST, links()), "W_LAYOUT"),
        (page(LIST, links(7)), "W_LAYOUT"),
        (page(LIST, links(7, 9, 11)), "W_LAYOUT"),
        (rows(NAVIGATION[0]), "W_STRANGERS"),
        (rows(*NAVIGATION), "W_STRANGERS"),
    ],
    ids=[
        *("another class", "no row", "one row", "three rows"),
        *("one row, of the menu", "rows of the menu"),
    ],
)
async def test_a_changed_layout_empties_nothing_and_brings_no_garbage(
    shown: Page, code: str
) -> None:
    """Case 51."""
    w = listing(*range(1, 31), list=RULES)
    await w.visit()
    before = w.tags
    assert len(before) == 30
    usual, w.answers[LIST] = w.answers[LIST], shown
    for _ in range(2):
        report = await w.visit()
        assert (report.state, report.new) == ("failed", 0)
        assert [str(fault.code) for fault in report.faults] == [code]
        assert w.tags == before
    w.answers[LIST] = usual
    assert (await w.visit()).state == "unchanged"
    assert w.codes() == []


@pytest.mark.parametrize(
    ("usual", "left"),
    [(30, (27, 28, 29, 30)), (30, (31,)), (30, (1, 31)), (9, (1,))],
    ids=["a good part", "a new one", "an old and a new one", "never had many"],
)
async def test_a_list_that_becomes_short_is_no_changed_layout(
    usual: int, left: tuple[int, ...]
) -> None:
    """Case 51: some lists begin anew every month."""
    w = listing(*range(1, usual + 1), list=RULES)
    await w.visit()
    w.answers |= {story(n): article(story(n), f"Story {n}") for n in left}
    w.answers[LIST] = page(LIST, links(*left))
    report = await w.visit()
    assert report.state != "failed"
    assert report.new == len([n for n in left if n > usual])
    assert w.known().items == len(left)


async def test_an_article_that_changes_at_every_visit_counts_as_edited_24_times() -> (
    None
):
    """Case 53: a page that prints the time of day edits itself for ever."""
    w = Read([source()])
    for n in range(30):
        w.answers[FEED] = rss(whole(1, body=f"{BODY} Read {n} times."))
        await w.visit()
    [one] = w.articles()
    assert len(w.reader.moves(f"tag:example.org,2026:{one.id}")) == 24


@pytest.mark.parametrize(
    "again",
    [
        '<a href="/1.html"><img src="/1.jpg"></a><a href="/1.html">more</a>',
        '<a href="http://www.news.example.org/1.html">Story number 1 of the river</a>',
        '<a href="https://m.news.example.org/1.html">Story number 1 of the river</a>',
        '<a href="/1.html?utm_source=home&spm=a1">Story number 1 of the river</a>',
        '<a href="/1.html#comments">12 comments on the story of the river</a>',
        '<a href="/1.html/">Story number 1 of the river</a>',
        '<a href="/amp/1.html">Story number 1 of the river</a>',
    ],
    ids=["image and more", "www", "mobile", "tracked", "fragment", "slash", "AMP"],
)
async def test_an_article_that_is_linked_in_many_ways_is_one(again: str) -> None:
    """Case 58."""
    head = f'<link rel="canonical" href="{story(1)}">'
    w = Read([source(LIST, kind="html", list=RULES)])
    w.answers[story(1)] = article(story(1), "Story 1", head=head)
    for url in (
        *("http://www.news.example.org/1.html", "https://m.news.example.org/1.html"),
        *(f"{story(1)}?utm_source=home&spm=a1", f"{story(1)}/"),
        "https://news.example.org/amp/1.html",
    ):
        w.answers[url] = article(url, "Story 1", head=head)
    first = '<a href="/1.html">Story number 1 of the river</a>'
    for listed in ((first, again), (again, first), (again,), (first,)):
        w.answers[LIST] = rows(*listed)
        await w.visit()
        assert len(w.articles()) == 1


@pytest.mark.parametrize(
    ("href", "head", "found"),
    [
        ("1.html", "", "https://news.example.org/local/1.html"),
        ("../1.html", "", "https://news.example.org/1.html"),
        ("//news.example.org/p/1", "", "https://news.example.org/p/1"),
        ("?id=1", "", "https://news.example.org/local/?id=1"),
        ("/新闻/第 1 条.html", "", "https://news.example.org/%E6%96%B0%E9%97%BB/%E7%AC%AC%201%20%E6%9D%A1.html"),
        ("http://新闻.example/1", "", "http://xn--efvy88h.example/1"),
        ("1.html", '<base href="/news/">', "https://news.example.org/news/1.html"),
        ("/1.html", '<base href="javascript:alert(1)">', "https://news.example.org/1.html"),
        ("1.html", '<base href="http://[">', "https://news.example.org/local/1.html"),
    ],
)  # fmt: skip
async def test_an_address_is_absolute_however_it_is_written(
    href: str, head: str, found: str
) -> None:
    """Case 59."""
    w = Read([source(LIST, kind="html", list=RULES)])
    cell = f'<a href="{href}">Story number 1 of the river</a>'
    w.answers |= {LIST: rows(cell, head=head), found: article(found, "Story 1")}
    await w.visit()
    assert [one.url for one in w.articles()] == [found]


@pytest.mark.parametrize(
    ("date", "code"),
    [
        ("Thu, 01 Jan 1970 00:00:00 GMT", "W_DATE_IMPLAUSIBLE"),
        ("0001-01-01T00:00:00Z", "W_DATE_IMPLAUSIBLE"),
        ("Fri, 01 Jan 2099 00:00:00 GMT", "W_DATE_FUTURE"),
        ("Thu, 26 Nov 2026 09:00:00 GMT", "W_DATE_FUTURE"),
        ("Tue, 24 Nov 2026 09:00:00 GMT", "W_DATE_FUTURE"),
        ("", "W_DATE_MISSING"),
        ("05/11/2026", "W_DATE_AMBIGUOUS"),
        ("11 05,2026", "W_DATE_AMBIGUOUS"),
        ("5-11-26", "W_DATE_AMBIGUOUS"),
    ],
)
async def test_a_date_that_cannot_be_is_the_moment_of_the_first_visit_for_ever(
    date: str, code: str
) -> None:
    """Cases 60, 61 and 62."""
    w = Read([source()])
    told = "Mon, 23 Nov 2026 10:00:00 GMT"
    w.answers[FEED] = rss(whole(1).replace(told, date))
    report = await w.visit()
    first = w.now
    assert [str(fault.code) for fault in report.faults] == [code]
    for n in range(3):  # edits, and a date that is there after all
        body = f"{BODY} Corrected {n} times."
        w.answers[FEED] = rss(
            whole(1, body=body).replace(told, date if n < 2 else told)
        )
        await w.visit()
        [one] = w.articles()
        assert (one.published, one.published_from) == (first, "first-seen")
        assert one.updated == w.now


@pytest.mark.parametrize(
    ("text", "pattern", "zone", "expected"),
    [
        ("11 05,2021", "MM dd,yyyy", "Asia/Shanghai", "2021-11-05T00:00+08:00"),
        ("05/11/2021", "dd/MM/yyyy", "Europe/Paris", "2021-11-05T00:00+01:00"),
        ("5-11-21", "d-M-yy", "UTC", "2021-11-05T00:00+00:00"),
        ("2021年11月05日 08:30", None, "Asia/Shanghai", "2021-11-05T08:30+08:00"),
        ("２０２１-１１-０５　２４：００", None, "Asia/Shanghai", "2021-11-06T00:00+08:00"),
        ("北京时间2021-11-05 08:30", None, "UTC", "2021-11-05T08:30+08:00"),
        ("2021-11-05 08:30 GMT+8", None, "UTC", "2021-11-05T08:30+08:00"),
        ("Fri, 05 Nov 2021 08:30:00 CST", None, "Asia/Shanghai", "2021-11-05T08:30+08:00"),
        ("昨天 09:10", None, "Asia/Shanghai", "2026-11-23T09:10+08:00"),
        ("3小时前", None, "Asia/Shanghai", "2026-11-24T13:01+08:00"),
        ("农历十月初一 2021-11-05", None, "Asia/Shanghai", "2021-11-05T00:00+08:00"),
        ("2021-11-05 23:59:60", None, "UTC", "2021-11-05T23:59:59+00:00"),
        ("2021-03-14 02:30", None, "America/New_York", "2021-03-14T03:30-04:00"),
    ],
)  # fmt: skip
async def test_a_date_is_read_as_its_site_writes_it(
    text: str, pattern: str | None, zone: str, expected: str
) -> None:
    """Cases 62, 63 and 64."""
    rules = replace(
        RULES, date=Rule(select="span"), date_format=(pattern,) if pattern else ()
    )
    w = Read([source(LIST, kind="html", list=rules, timezone=zone, language="zh")])
    cell = f'<a href="/1.html">第一条：河边步道今日开放</a><span>{text}</span>'
    bare = article(story(1), "第一条").body.replace(b"article:published_time", b"x")
    w.answers |= {LIST: rows(cell), story(1): page(story(1), bare)}
    await w.visit()
    [one] = w.articles()
    assert one.published == datetime.fromisoformat(expected)


async def test_a_day_that_does_not_exist_is_no_date() -> None:
    """Case 63: 29 February 2023."""
    w = Read([source()])
    date = whole(1).replace("Mon, 23 Nov 2026 10:00:00 GMT", "2023年2月29日")
    w.answers[FEED] = rss(date)
    await w.visit()
    assert w.codes() == ["W_DATE_UNREAD"]
    assert [one.published for one in w.articles()] == [w.now]


async def test_an_edited_zone_moves_no_date_that_was_published() -> None:
    """Case 64."""
    rules = ArticleRules(date=Rule(select=".date"))
    w = listing(1, article=rules, timezone="Asia/Shanghai")
    told = '<p class="date">2026-11-23 09:00</p>'
    w.answers[story(1)] = article(story(1), "Story 1", head=told)
    await w.visit()
    w.sources = [replace(w.sources[0], timezone="UTC")]
    w.answers[LIST] = page(LIST, links(1, 2))
    w.answers[story(2)] = article(story(2), "Story 2", head=told)
    await w.visit()
    dates = {one.title: one.published.isoformat() for one in w.articles()}
    assert dates == {
        "Story 1": "2026-11-23T01:00:00+00:00",
        "Story 2": "2026-11-23T09:00:00+00:00",
    }


@pytest.mark.parametrize(
    ("once", "later"),
    [
        ({"id": 7}, {"id": "7"}),
        ({"id": "7"}, {"id": 7.0}),
        ({"date_published": "2026-11-23T10:00:00Z"}, {"date_published": 1795428000}),
        ({"date_published": 1795428000}, {"date_published": 1795428000000}),
        ({"score": float("nan")}, {"score": 1}),
    ],
    ids=["number and text", "text and fraction", "epoch", "milliseconds", "NaN"],
)
async def test_json_that_says_the_same_otherwise_is_the_same(
    once: dict[str, Any], later: dict[str, Any]
) -> None:
    """Case 65."""
    w = Read([source(kind="json")])
    text = f"<p>{BODY}</p><p>{BODY}</p>"
    item = {"url": story(1), "title": "Story 1", "content_html": text}
    for fields in (once, later, once):
        form = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "River",
            "items": [item | fields],
        }
        w.answers[FEED] = page(FEED, json.dumps(form))
        report = await w.visit()
        assert report.state != "failed"
        assert report.changed == 0
    assert len(w.articles()) == 1


GONE = Failed(
    fault=Fault(code=Code.E_NOT_FOUND, stage=Stage.FETCH, place=story(1)), status=404
)


@pytest.mark.parametrize("checks", [2, 4], ids=["soon", "after the last look"])
async def test_a_withdrawn_article_that_is_listed_again_returns_with_its_id(
    checks: int,
) -> None:
    """Case 66; one absence from the list withdraws nothing."""
    w = Read([source()])
    date = "<pubDate>Tue, 24 Nov 2026 07:00:00 GMT</pubDate>"
    w.answers |= {FEED: rss(entry(1, more=date)), story(1): article(story(1), "Story")}
    await w.visit()
    before = w.tags
    w.answers[FEED] = rss(whole(2))
    await w.visit()
    assert before < w.tags
    shown, w.answers[story(1)] = w.answers[story(1)], GONE
    w.withdrawn = before
    sources = {one.id: one for one in w.sources}
    for wait in (1, 5, 18, 48)[:checks]:
        w.now += wait * HOUR
        await recheck(sources, w.tools())
        w.publish()
    assert not before & w.tags
    w.answers |= {FEED: rss(entry(1, more=date), whole(2)), story(1): shown}
    await w.visit()
    assert before < w.tags


async def test_a_new_title_an_edited_address_and_a_correction_keep_the_id() -> None:
    """Case 67."""
    w = Read([source()])
    date = "<pubDate>Tue, 24 Nov 2026 07:00:00 GMT</pubDate>"
    w.answers |= {FEED: rss(entry(1, more=date)), story(1): article(story(1), "First")}
    await w.visit()
    [tag] = w.tags
    w.answers |= {
        FEED: rss(entry(1, "Second", date)),
        story(1): article(story(1), "Second"),
    }
    await w.visit()
    w.answers |= {
        FEED: rss(entry(2, "Second", date)),
        story(1): GONE,
        story(2): article(story(2), "Second"),
    }
    await w.visit()
    w.answers[story(2)] = article(story(2), "Second", BODY.replace("mill", "harbour"))
    w.now += HOUR
    await recheck({one.id: one for one in w.sources}, w.tools())
    w.publish()
    moves = w.reader.moves(tag)
    assert [one.title for one in moves] == ["Second"] * 3
    assert [one.url for one in moves] == [story(1), story(2), story(2)]
    assert "harbour" in moves[-1].text
    assert START < moves[0].updated < moves[1].updated < moves[2].updated
