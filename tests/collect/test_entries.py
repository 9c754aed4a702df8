"""Which entries of a list are one article, and where it is filed."""

from datetime import timedelta
from typing import Any

import pytest

from feedsvc.model.config import Category
from feedsvc.model.web import Page
from tests.collect.world import (
    BODY,
    FEED,
    World,
    article,
    entry,
    page,
    rss,
    source,
    story,
    whole,
)

HOUR = timedelta(hours=1)
SAID = "<pubDate>Tue, 24 Nov 2026 07:00:00 GMT</pubDate>"


def guid(text: str) -> str:
    return f"<guid isPermaLink='false'>{text}</guid>"


@pytest.mark.parametrize(
    "again",
    [
        "https://news.example.org/1.html",
        "http://www.news.example.org/1.html",
        "https://m.news.example.org/1.html?utm_source=rss",
        "https://news.example.org/1.html#comments",
    ],
    ids=["same", "www", "mobile and tracked", "fragment"],
)
async def test_one_address_listed_twice_is_one_article(again: str) -> None:
    w = World([source()])
    twice = whole(1, "Story 1, again", "Other words.").replace(story(1), again)
    w.answers[FEED] = rss(whole(1), twice)
    report = await w.visit()
    assert (report.listed, report.new) == (2, 1)
    assert w.titles() == {"Story 1"}


async def test_an_id_that_all_entries_share_names_none_of_them() -> None:
    w = World([source()])
    shared = [entry(n, more=guid("home")) for n in range(1, 13)]  # more than a chunk
    w.answers |= {story(n): article(story(n), f"Story {n}") for n in range(1, 13)}
    w.answers[FEED] = rss(*shared)
    report = await w.visit()
    assert (report.new, report.changed) == (12, 0)
    assert len(w.titles()) == 12
    assert w.codes() == ["W_SAME_ID"]


OTHER = "The old market hall opens its doors again on Saturday, after two years."


async def test_an_article_in_two_categories_of_a_feed_is_one_by_its_id() -> None:
    """reliability.md, 58."""
    w = World([source()])
    again = whole(1).replace("/1.html", "/local/1.html")
    twice = [
        one.replace("</item>", guid("a1") + "</item>") for one in (whole(1), again)
    ]
    for listed in (twice, twice[::-1]):
        w.answers[FEED] = rss(*listed)
        await w.visit()
        assert len(w.articles()) == 1
        assert w.codes() == []


async def test_an_id_that_is_given_to_article_after_article_names_the_first() -> None:
    """reliability.md, 54: else each would take the place of the one before."""
    w = World([source()])
    stories = {1: BODY, 2: OTHER, 3: "A reservoir was opened at dawn to let water out."}
    for n, text in stories.items():
        w.answers[FEED] = rss(entry(n, more=guid("slot-1")))
        w.answers[story(n)] = article(story(n), f"Headline {n}", text)
        assert (await w.visit()).new == 1
        assert w.codes() == ([] if n == 1 else ["W_SAME_ID"])
    assert w.titles() == {"Headline 1", "Headline 2", "Headline 3"}
    w.answers[FEED] = rss(entry(2, "Headline 2!", guid("slot-1")))
    w.answers[story(2)] = article(story(2), "Headline 2!", OTHER)
    report = await w.visit()
    assert (report.new, report.changed) == (0, 1)
    assert w.titles() == {"Headline 1", "Headline 2!", "Headline 3"}


async def test_an_article_that_moved_keeps_its_id_by_the_sources_own() -> None:
    w = World([source()])
    w.answers |= {FEED: rss(entry(1, more=guid("a1")))}
    w.answers |= {story(n): article(story(n), "The story") for n in (1, 2)}
    await w.visit()
    [before] = w.articles()
    w.answers[FEED] = rss(entry(2, "The story, moved", more=guid("a1")))
    report = await w.visit()
    assert report.new == 0
    assert [one.id for one in w.articles()] == [before.id]


async def test_entries_without_a_page_are_articles_of_their_own() -> None:
    w = World([source()])
    notes = [
        f"<item><title>Note {n}</title><description>Words {n}.</description></item>"
        for n in range(3)
    ]
    w.answers[FEED] = rss(*notes)
    report = await w.visit()
    assert (report.new, report.requests) == (3, 1)
    before = {one.title: one.id for one in w.articles()}
    assert set(before) == {"Note 0", "Note 1", "Note 2"}
    w.answers[FEED] = rss(*notes[1:], notes[0].replace("Words", "Other words"))
    report = await w.visit()
    assert (report.new, report.changed) == (0, 1)
    assert {one.title: one.id for one in w.articles()} == before


async def test_ids_that_change_each_time_make_no_duplicates() -> None:
    w = World([source()])
    for n in range(3):
        w.answers[FEED] = rss(
            whole(1).replace("</item>", guid(f"churn-{n}") + "</item>")
        )
        await w.visit()
    assert len(w.articles()) == 1


async def test_two_addresses_with_one_canonical_are_one_article() -> None:
    w = World([source()])
    head = f'<link rel="canonical" href="{story(9)}">'
    w.answers |= {FEED: rss(entry(1), entry(2))}
    w.answers |= {story(n): article(story(n), "One story", head=head) for n in (1, 2)}
    report = await w.visit()
    assert report.new == 1
    assert len(w.articles()) == 1
    await w.visit()
    w.answers[FEED] = rss(entry(1), entry(2), entry(9))
    w.answers[story(9)] = article(story(9), "One story", head=head)
    assert (await w.visit()).new == 0


async def test_an_address_once_found_to_be_an_alias_is_not_read_again() -> None:
    w = World([source()])
    head = f'<link rel="canonical" href="{story(9)}">'
    w.answers |= {FEED: rss(entry(1))}
    w.answers |= {story(n): article(story(n), "One story", head=head) for n in (1, 2)}
    await w.visit()
    w.answers[FEED] = rss(entry(2))
    await w.visit()
    w.answers[FEED] = rss(entry(2), whole(3))
    assert (await w.visit()).new == 1
    assert w.asked == [FEED]


async def test_pages_that_call_the_front_page_canonical_stay_apart() -> None:
    w = World([source()])
    head = '<link rel="canonical" href="https://news.example.org/">'
    w.answers |= {FEED: rss(entry(1), entry(2))}
    w.answers |= {story(n): article(story(n), f"Story {n}", head=head) for n in (1, 2)}
    assert (await w.visit()).new == 2


async def test_a_first_visit_reads_no_more_than_a_feed_holds() -> None:
    w = World([source()], items=3)
    w.answers[FEED] = rss(*(whole(n) for n in range(1, 8)))
    report = await w.visit()
    assert (report.listed, report.new) == (7, 3)
    assert w.titles() == {"Story 1", "Story 2", "Story 3"}


async def test_nothing_is_missed_that_came_above_what_was_listed() -> None:
    w = World([source()], items=3)
    w.answers[FEED] = rss(*(whole(n) for n in range(40, 30, -1)))
    await w.visit()
    w.answers[FEED] = rss(*(whole(n) for n in range(60, 30, -1)))
    report = await w.visit()
    assert (report.listed, report.new) == (30, 20)
    edited = [
        whole(n, f"Edited {n}" if n in {38, 45} else None) for n in range(60, 30, -1)
    ]
    w.answers[FEED] = rss(*edited)
    report = await w.visit()
    assert (report.new, report.changed) == (0, 2)


async def test_what_a_list_adds_to_addresses_makes_them_no_strangers() -> None:
    w = World([source()], items=12)

    def listed(*numbers: int) -> Page:
        tracked = (whole(n).replace(".html<", ".html?utm_source=rss<") for n in numbers)
        return rss(*tracked)

    w.answers[FEED] = listed(*range(12, 0, -1))
    await w.visit()
    w.answers[FEED] = listed(*range(30, 12, -1))
    assert (await w.visit()).new == 12


@pytest.mark.parametrize(
    ("patterns", "kept"),
    [
        ({"include": ("/1\\.html",)}, {"Story 1"}),
        ({"exclude": ("Story [12]",)}, {"Story 3"}),
        ({"include": ("Story",), "exclude": ("2",)}, {"Story 1", "Story 3"}),
    ],
    ids=["included by address", "excluded by title", "both"],
)
async def test_patterns_choose(patterns: dict[str, Any], kept: set[str]) -> None:
    w = World([source(**patterns)])
    w.answers[FEED] = rss(whole(1), whole(2), whole(3))
    await w.visit()
    assert w.titles() == kept


async def test_an_article_is_filed_by_source_section_and_keyword() -> None:
    categories = {
        "local": Category(key="local"),
        "weather": Category(key="weather", keywords=("rain",)),
        "sport": Category(key="sport"),
    }
    w = World([source(category="local")], categories=categories)
    w.answers[FEED] = rss(whole(1, "More rain to come"), whole(2))
    await w.visit()
    filed = {one.title: one.categories for one in w.articles()}
    assert filed == {"More rain to come": ("local", "weather"), "Story 2": ("local",)}
    assert set(w.store.dirty()) == {"all", "local", "weather"}


async def test_an_article_of_two_sources_is_one_and_filed_under_both() -> None:
    categories = {"local": Category(key="local"), "sport": Category(key="sport")}
    other = "https://other.example.org/feed.xml"
    sources = [
        source(category="local"),
        source(other, id="other", category="sport"),
    ]
    w = World(sources, categories=categories)
    w.answers[FEED] = rss(whole(1))
    await w.cycle()
    [before] = w.articles()
    w.answers[other] = rss(whole(1))
    _, report = await w.cycle()
    assert report.new == 0
    [after] = w.articles()
    assert (after.id, after.source) == (before.id, "river")
    assert after.categories == ("local", "sport")
    assert after.updated == before.updated
    assert w.titles("sport") == {"Story 1"}


async def test_an_article_stays_with_the_source_that_is_visited() -> None:
    other = "https://other.example.org/feed.xml"
    mirror = source(other, id="mirror")
    w = World([source(), mirror])
    w.answers |= {FEED: rss(whole(1, "As river says")), other: rss()}
    await w.cycle()
    [before] = w.articles()
    w.answers[other] = rss(whole(1, "As mirror says"))
    await w.cycle()
    w.now += HOUR
    w.answers[other] = rss(whole(1, "As mirror says now"))
    await w.cycle()
    assert w.articles() == [before]
    w.sources = [mirror]
    w.now += HOUR
    w.answers[other] = rss(whole(1, "As mirror corrects it"))
    await w.cycle()
    [after] = w.articles()
    assert (after.id, after.source) == (before.id, "mirror")
    assert after.title == "As mirror corrects it"


async def test_an_article_at_two_addresses_of_one_list_keeps_its_words() -> None:
    w = World([source()])
    teaser = "https://news.example.org/hot/1.html"
    head = f'<link rel="canonical" href="{story(1)}">'
    w.answers |= {url: article(url, "Story", head=head) for url in (story(1), teaser)}
    first = entry(1, "Story", f"<description>A summary.</description>{SAID}")
    second = entry(1, "Story", f"<description>A teaser.</description>{SAID}")
    second = second.replace(story(1), teaser)
    w.answers[FEED] = rss(first, second)
    await w.visit()
    [before] = w.articles()
    for n, order in enumerate([(first, second), (second, first), (first, second)]):
        w.now += HOUR
        w.answers[FEED] = rss(*order, whole(10 + n))
        await w.visit()
        assert [one for one in w.articles() if one.id == before.id] == [before]
        assert not {story(1), teaser} & set(w.asked)


async def test_an_article_without_a_date_is_dated_once() -> None:
    w = World([source()])
    bare = article(story(1), "Story 1").body.replace(b"article:published_time", b"x")
    w.answers |= {FEED: rss(entry(1)), story(1): article(story(1), "Story 1")}
    w.answers[story(1)] = page(story(1), bare)
    await w.visit()
    [first] = w.articles()
    assert first.published_from == "first-seen"
    assert (first.published, first.first_seen) == (w.now, w.now)
    w.answers[FEED] = rss(entry(1, "Story 1 again"))
    w.answers[story(1)] = page(story(1), bare.replace(b"two metres", b"three metres"))
    await w.visit()
    [second] = w.articles()
    assert second.published == first.published
    assert second.updated == w.now


async def test_a_date_that_cannot_be_read_is_told_as_it_was_printed() -> None:
    w = World([source()])
    w.answers[FEED] = rss(
        whole(1).replace("Mon, 23 Nov 2026 10:00:00 GMT", "in spring")
    )
    report = await w.visit()
    assert [(str(f.code), dict(f.args)) for f in report.faults] == [
        ("W_DATE_UNREAD", {"text": "in spring"})
    ]


async def test_an_entry_with_nothing_to_show_is_refused_alone() -> None:
    w = World([source()])
    blank = whole(2, "&#160;").replace("<p>", "<i>").replace("The river", "")
    empty = blank[: blank.index("<![CDATA[")] + "</content:encoded></item>"
    w.answers |= {FEED: rss(whole(1), empty)}
    w.answers[story(2)] = article(story(2), "", body="")
    report = await w.visit()
    assert w.titles() == {"Story 1"}
    assert "E_NO_TITLE" in [fault.code for fault in report.faults]


EMPTY = "<html lang=en><head><title>Story 1</title></head><body></body></html>"
WALL = "<title>Just a moment...</title><p>Checking your browser before you go on</p>"
LOGIN = "<title>Log in</title><form><p>Please log in to continue</p></form>"
SOFT_404 = "<title>River News</title><p>The page you were looking for is gone.</p>"


@pytest.mark.parametrize("body", [EMPTY, WALL, LOGIN, SOFT_404, ""])
async def test_a_page_that_lost_its_article_changes_nothing(body: str) -> None:
    w = World([source()])
    w.answers |= {FEED: rss(entry(1)), story(1): article(story(1), "Story 1")}
    await w.visit()
    [before] = w.articles()
    w.answers |= {FEED: rss(entry(1, "Story 1, again")), story(1): page(story(1), body)}
    report = await w.visit()
    assert (report.new, report.changed) == (0, 0)
    assert report.faults
    assert w.articles() == [before]
