"""Corrections, withdrawals and returns are seen (reliability.md, 66 and 67)."""

from dataclasses import replace
from datetime import timedelta

from feedsvc.collect.recheck import Rechecked, recheck
from feedsvc.errors import Code, Fault, Stage
from feedsvc.extract import refusal
from feedsvc.fetch.memory import Shelf
from feedsvc.model.config import ArticleRules, Rule
from feedsvc.model.visit import Outcome
from feedsvc.model.web import Failed, Page, Request, Validators
from tests.collect.world import (
    BODY,
    FEED,
    DiesOver,
    World,
    article,
    entry,
    rss,
    source,
    story,
)

HOUR = timedelta(hours=1)
GONE = Failed(
    fault=Fault(code=Code.E_NOT_FOUND, stage=Stage.FETCH, place=story(1)), status=404
)


def told(title: str, body: str = BODY, etag: str | None = None) -> Page:
    """An article's page; its list tells a summary that the page does not."""
    page = article(story(1), title, body)
    return replace(page, validators=Validators(etag=etag))


async def world() -> World:
    """A source with one article, published an hour ago."""
    w = World([source()])
    more = (
        "<pubDate>Tue, 24 Nov 2026 07:00:00 GMT</pubDate>"
        "<description>What the list alone says.</description>"
    )
    w.answers |= {FEED: rss(entry(1, "As listed", more)), story(1): told("As listed")}
    await w.visit()
    return w


async def later(w: World, hours: int) -> Rechecked:
    w.now += hours * HOUR
    w.shelf.asked.clear()
    sources = {one.id: one for one in w.sources}
    return await recheck(sources, w.tools())


async def test_a_correction_is_seen_and_moves_updated_alone() -> None:
    w = await world()
    [before] = w.articles()
    w.answers[story(1)] = told("As listed", BODY.replace("mill", "harbour"))
    assert await later(w, 1) == Rechecked(checked=1, changed=1)
    [now] = w.articles()
    assert "harbour" in now.content_text
    assert (now.id, now.published) == (before.id, before.published)
    assert now.updated == w.now
    assert now.summary == before.summary == "What the list alone says."


async def test_a_page_that_did_not_change_changes_nothing() -> None:
    w = await world()
    [before] = w.articles()
    assert await later(w, 1) == Rechecked(checked=1)
    assert w.articles() == [before]
    assert w.asked == [story(1)]


async def test_it_is_asked_for_on_conditions() -> None:
    w = await world()
    w.answers[story(1)] = told("As listed", etag='"1"')
    await later(w, 1)
    await later(w, 5)
    [request] = w.shelf.asked
    assert request.validators.etag == '"1"'


async def test_it_is_read_again_four_times_and_no_more() -> None:
    w = await world()
    counts = [(await later(w, hours)).checked for hours in (1, 5, 18, 48, 500)]
    assert counts == [1, 1, 1, 1, 0]


async def test_what_is_gone_twice_is_withdrawn_and_may_return() -> None:
    w = await world()
    w.answers[story(1)] = GONE
    assert await later(w, 1) == Rechecked(checked=1)
    assert w.titles() == {"As listed"}
    assert await later(w, 5) == Rechecked(checked=1, withdrawn=1)
    assert w.titles() == set()
    w.answers[story(1)] = told("As listed")
    await later(w, 18)
    assert w.titles() == {"As listed"}


async def test_a_page_that_says_itself_that_it_is_gone_is_withdrawn_too() -> None:
    w = await world()
    w.answers[story(1)] = article(story(1), "404", "This page does not exist.")
    assert await later(w, 1) == Rechecked(checked=1)
    assert await later(w, 5) == Rechecked(checked=1, withdrawn=1)
    w.answers[story(1)] = told("As listed")
    await later(w, 18)
    assert w.titles() == {"As listed"}


async def test_a_page_over_which_a_worker_dies_is_not_gone() -> None:
    w = await world()
    w.answers[story(1)] = article(story(1), "404", "This page does not exist.")
    for hours in (1, 5):
        w.now += hours * HOUR
        tools = w.tools(workers=DiesOver(refusal))
        assert (await recheck({"river": w.sources[0]}, tools)).withdrawn == 0


async def test_a_page_that_became_a_challenge_changes_nothing() -> None:
    w = await world()
    [before] = w.articles()
    w.answers[story(1)] = article(story(1), "Just a moment", "Checking your browser")
    assert (await later(w, 1)).changed == 0
    assert w.articles() == [before]


async def test_what_the_list_corrected_stays_when_the_page_is_read_again() -> None:
    w = await world()
    more = (
        "<pubDate>Tue, 24 Nov 2026 07:00:00 GMT</pubDate>"
        "<description>Corrected.</description>"
    )
    w.answers[FEED] = rss(entry(1, "As listed", more))
    await w.visit()
    [corrected] = w.articles()
    assert corrected.summary == "Corrected."
    assert await later(w, 1) == Rechecked(checked=1)
    assert w.articles() == [corrected]


async def test_what_is_back_returns_by_whoever_lists_it_still() -> None:
    w = await world()
    other = "https://other.example.org/feed.xml"
    w.sources = [source(), source(other, id="other")]
    there, listed = w.answers[story(1)], w.answers[FEED]
    assert isinstance(listed, Page)
    w.answers |= {other: listed}
    await w.cycle()
    w.answers |= {FEED: rss(), story(1): GONE}
    for hours in (1, 5, 18, 48):
        await later(w, hours)
    assert w.articles() == []
    w.answers[story(1)] = there
    w.answers[other] = replace(listed, body=listed.body + b"\n")
    await w.cycle()
    assert [one.title for one in w.articles()] == ["As listed"]


async def test_other_sources_are_left_alone() -> None:
    w = await world()
    w.now += HOUR
    assert await recheck({}, w.tools()) == Rechecked()


async def test_other_sources_do_not_stand_before_those_that_are_read_again() -> None:
    w = await world()
    [check] = w.store.checks(w.now + HOUR, 1)
    waiting = [
        replace(check, article=f"{n}", source="closed", at=w.now) for n in range(500)
    ]
    others = [
        replace(w.articles()[0], id=one.article, source="closed") for one in waiting
    ]
    others = [replace(one, url=f"{one.url}-{one.id}", aliases=()) for one in others]
    w.store.save([Outcome(source="closed", articles=others, checks=waiting)], w.now)
    assert await later(w, 1) == Rechecked(checked=1)


async def test_an_article_on_several_pages_is_read_again_whole() -> None:
    w = World([source(article=ArticleRules(next=Rule(select="a.next")))])
    onward = f'{BODY}<a class="next" href="{story(2)}">Next</a>'
    more = "<pubDate>Tue, 24 Nov 2026 07:00:00 GMT</pubDate>"
    second = article(story(2), "As listed", "The piers were found to be sound.")
    w.answers |= {FEED: rss(entry(1, "As listed", more)), story(2): second}
    w.answers[story(1)] = told("As listed", onward)
    await w.visit()
    [before] = w.articles()
    assert "piers were found" in before.content_text
    w.answers[story(1)] = told("As listed", onward.replace("mill", "harbour"))
    assert (await later(w, 1)).changed == 1
    [now] = w.articles()
    assert "harbour" in now.content_text
    assert "piers were found" in now.content_text


async def test_where_the_days_requests_are_spent_nothing_is_read_again() -> None:
    w = await world()
    settings = w.config.settings
    few = replace(settings.collect, requests_per_day=100)
    config = replace(w.config, settings=replace(settings, collect=few))
    w.now += HOUR
    spent = Shelf(w.answers, [Request(url=FEED)] * 95)
    assert await recheck(
        {"river": source()}, w.tools(config=config, fetcher=spent)
    ) == (Rechecked())
    left = Shelf(w.answers, [Request(url=FEED)] * 94)
    assert await recheck({"river": source()}, w.tools(config=config, fetcher=left)) == (
        Rechecked(checked=1)
    )


async def test_what_waited_for_days_is_given_up_without_a_request() -> None:
    w = await world()
    assert await later(w, 999) == Rechecked()
    assert w.asked == []
    assert w.store.watched() == {}
