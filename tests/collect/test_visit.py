"""One source's visits: what is asked for, what is stored, when it is visited next."""

from datetime import timedelta
from typing import Any

import pytest

from feedsvc.collect.readers import Asked, read_entries
from feedsvc.errors import Code, ExtractError, Fault, Stage
from feedsvc.model.config import Duration, ListRules, Rule
from feedsvc.model.web import Failed, Hints, NotModified, Page, Request, Validators
from feedsvc.pool import Inline
from tests.collect.world import (
    FEED,
    LIST,
    START,
    World,
    article,
    entry,
    links,
    page,
    rss,
    source,
    story,
    whole,
)

RAIN = (
    "<description>It rains.</description>"
    "<pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate>"
)
SITEMAP = "https://news.example.org/sitemap.xml"


def failed(code: Code, url: str = FEED, hints: Hints | None = None) -> Failed:
    fault = Fault(code=code, stage=Stage.FETCH, place=url, args={"status": 500})
    return Failed(fault=fault, hints=hints or Hints())


def world(**fields: Any) -> World:
    return World([source(**fields)])


async def test_a_first_visit_stores_what_is_listed() -> None:
    w = world()
    w.answers[FEED] = rss(whole(1), whole(2), etag='"1"')
    report = await w.visit()
    assert (report.state, report.listed, report.new) == ("changed", 2, 2)
    assert (report.changed, report.requests, report.faults) == (0, 1, ())
    assert w.titles() == {"Story 1", "Story 2"}
    assert w.known().items == 2
    assert w.known().last_success == w.now
    assert report.due == w.known().due
    assert report.due is not None
    assert report.due > w.now
    assert w.reports == [report]


async def test_a_304_costs_one_request_and_changes_nothing() -> None:
    w = world()
    w.answers[FEED] = rss(whole(1), etag='"1"')
    await w.visit()
    report = await w.visit()
    assert (report.state, report.listed, report.new) == ("unchanged", 1, 0)
    assert w.shelf.asked[0].validators == Validators(etag='"1"')
    assert len(w.asked) == 1
    assert w.known().last_success == w.now


async def test_the_same_body_with_new_validators_is_not_read_and_they_are_kept() -> (
    None
):
    w = world()
    w.answers[FEED] = rss(whole(1), etag='"1"')
    await w.visit()
    w.answers[FEED] = rss(whole(1), etag='"2"')
    assert (await w.visit(workers=None)).state == "unchanged"  # nothing to work on
    assert w.resource().validators.etag == '"2"'


async def test_only_the_entry_that_changed_is_read_again() -> None:
    w = world()
    w.answers |= {FEED: rss(entry(1), entry(2))}
    w.answers |= {story(n): article(story(n), f"Story {n}") for n in (1, 2)}
    assert (await w.visit()).requests == 3
    first = {one.title: one for one in w.articles()}
    w.answers[FEED] = rss(entry(1, "Story 1, corrected"), entry(2))
    w.answers[story(1)] = article(story(1), "Story 1, corrected")
    report = await w.visit()
    assert w.asked == [FEED, story(1)]
    assert (report.state, report.new, report.changed) == ("changed", 0, 1)
    now = {one.title: one for one in w.articles()}
    corrected = now["Story 1, corrected"]
    assert corrected.id == first["Story 1"].id
    assert corrected.published == first["Story 1"].published
    assert corrected.updated == w.now
    assert now["Story 2"] == first["Story 2"]


async def test_an_entry_whose_page_says_the_same_changes_nothing() -> None:
    w = world()
    w.answers |= {FEED: rss(entry(1)), story(1): article(story(1), "Story 1")}
    await w.visit()
    w.answers[FEED] = rss(entry(1, "Story 1 (shortened)"))
    report = await w.visit()
    assert (report.state, report.new, report.changed) == ("unchanged", 0, 0)
    assert w.asked == [FEED, story(1)]


async def test_a_printed_age_that_changes_reads_no_page_again() -> None:
    w = world(url=LIST)
    row = '<ul><li><a href="/1.html">Story number 1 of the river</a><span>{}</span></li></ul>'
    w.answers |= {LIST: page(LIST, row.format("2 hours ago"))}
    w.answers |= {story(1): article(story(1), "Story number 1 of the river")}
    await w.visit()
    w.answers[LIST] = page(LIST, row.format("3 hours ago"))
    await w.visit()
    assert w.asked == [LIST]


@pytest.mark.parametrize("code", [Code.E_GONE, Code.E_NOT_FOUND])
async def test_an_article_that_is_gone_is_no_news(code: Code) -> None:
    w = world()
    listed = "<description>It was here.</description>"
    w.answers |= {FEED: rss(entry(1, more=listed), etag='"1"')}
    w.answers |= {story(1): failed(code, story(1))}
    report = await w.visit()
    assert report.new == 0
    assert w.codes() == ["W_ARTICLE"]
    assert report.faults[0].args == {"detail": code}
    await w.visit()
    assert w.asked == [FEED]  # and a conditional request at that
    assert w.shelf.asked[0].validators.etag == '"1"'


async def test_a_refused_article_is_published_as_the_list_tells_it() -> None:
    w = world()
    dated = "<pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate>"
    w.answers |= {FEED: rss(entry(1, more=dated), entry(2))}
    w.answers |= {story(n): failed(Code.E_FORBIDDEN, story(n)) for n in (1, 2)}
    report = await w.visit()
    assert report.new == 1
    assert w.titles() == {"Story 1"}  # the other said too little to stand alone
    await w.visit()
    assert w.asked == [FEED]


async def test_an_article_behind_passing_trouble_is_asked_for_again() -> None:
    w = world()
    w.answers |= {FEED: rss(entry(1, more=RAIN), etag="a")}
    w.answers |= {story(1): failed(Code.E_TIMEOUT, story(1))}
    first = await w.visit()
    assert (first.new, w.codes()) == (1, ["W_ARTICLE"])
    [told] = w.articles()
    assert told.content_text == ""
    assert w.resource().validators == Validators()
    w.answers[story(1)] = article(story(1), "Story 1")
    second = await w.visit()
    assert w.asked == [FEED, story(1)]
    assert (second.new, second.changed) == (0, 1)
    [read] = w.articles()
    assert read.id == told.id
    assert read.content_text
    assert w.codes() == []
    await w.visit()
    assert w.asked == [FEED]


async def test_an_article_that_gave_too_little_waits_for_its_page() -> None:
    w = world()
    w.answers |= {FEED: rss(entry(1), etag="a"), story(1): failed(Code.E_SERVER)}
    assert (await w.visit()).new == 0
    w.answers[story(1)] = article(story(1), "Story 1")
    assert (await w.visit()).new == 1


async def test_a_known_article_survives_the_loss_of_its_page() -> None:
    w = world()
    w.answers |= {FEED: rss(entry(1)), story(1): article(story(1), "Story 1")}
    await w.visit()
    [before] = w.articles()
    w.answers |= {FEED: rss(entry(1, "Gone")), story(1): failed(Code.E_GONE)}
    await w.visit()
    assert w.articles() == [before]


async def test_a_challenge_instead_of_an_article_is_refused() -> None:
    w = world()
    challenge = (
        "<html><head><title>Just a moment...</title></head>"
        "<body>Checking your browser before accessing</body></html>"
    )
    w.answers |= {FEED: rss(entry(1, more=RAIN))}
    w.answers |= {story(1): page(story(1), challenge)}
    await w.visit()
    assert w.codes() == ["W_ARTICLE"]
    assert [one.summary for one in w.articles()] == ["It rains."]


async def test_a_failing_source_leaves_one_record_and_a_next_try() -> None:
    w = world()
    w.answers[FEED] = rss(whole(1))
    await w.visit()
    before = w.articles()
    w.answers[FEED] = failed(Code.E_SERVER)
    report = await w.visit()
    assert report.state == "failed"
    assert w.codes() == ["E_SERVER"]
    [fault] = report.faults
    assert (fault.source, fault.retry_at) == ("river", w.known().due)
    assert w.known().failures == 1
    assert w.known().last_success == w.now - timedelta(minutes=1)
    assert w.articles() == before
    assert (await w.visit()).state == "failed"
    assert w.known().failures == 2
    w.answers[FEED] = rss(whole(1))
    assert (await w.visit()).state == "unchanged"
    assert (w.known().failures, w.codes()) == (0, [])


async def test_retry_after_is_waited_for_even_when_asked_by_hand() -> None:
    w = world()
    wait = Hints(retry_after=timedelta(hours=2))
    w.answers[FEED] = failed(Code.E_THROTTLED, hints=wait)
    report = await w.visit()
    until = w.now + timedelta(hours=2)
    assert w.known().blocked_until == until
    assert report.due is not None
    assert report.due >= until
    report = await w.visit()
    assert (report.state, report.due, w.asked) == ("waiting", until, [])
    assert report.requests == 0
    w.now = until
    w.answers[FEED] = rss(whole(1))
    assert (await w.visit()).state == "changed"
    assert w.known().blocked_until is None


async def test_a_list_that_cannot_be_read_is_a_failure() -> None:
    w = world(kind="feed")
    w.answers[FEED] = page(FEED, "<html><body>No feed here</body></html>")
    report = await w.visit()
    assert report.state == "failed"
    assert w.codes() == ["E_NOT_A_FEED"]
    assert w.known().due == report.faults[0].retry_at


async def test_a_list_that_is_suddenly_empty_keeps_what_stands() -> None:
    w = world()
    w.answers[FEED] = rss(whole(1))
    await w.visit()
    w.answers[FEED] = rss()
    report = await w.visit()
    assert (report.state, w.codes()) == ("failed", ["W_EMPTY"])
    assert w.titles() == {"Story 1"}
    assert w.known().items == 1
    await w.visit()
    assert w.known().failures == 2  # it is not taken for unchanged


async def test_a_list_may_begin_empty() -> None:
    w = world()
    w.answers[FEED] = rss()
    assert (await w.visit()).state == "unchanged"


async def test_edited_rules_read_an_unchanged_list_anew() -> None:
    w = world(url=LIST)
    w.answers[LIST] = page(LIST, links(1), etag="a")
    w.answers[story(1)] = article(story(1), "Story number 1 of the river")
    await w.visit()
    await w.visit()
    assert w.asked == [LIST]
    w.sources = [source(LIST, list=ListRules(item=Rule(select=".list li")))]
    await w.visit()
    assert w.asked == [LIST, story(1)]
    assert w.shelf.asked[0].validators == Validators()
    await w.visit()
    assert w.asked == [LIST]


@pytest.mark.parametrize("rule", [Rule(select=".next"), None], ids=["rule", "found"])
async def test_further_pages_are_read_up_to_the_bound(rule: Rule | None) -> None:
    rules = ListRules(next=rule, pages=3)
    w = world(url=LIST, list=rules)
    for n, name in enumerate(("", "2", "3", "4"), 1):
        after = f'<a class="next" href="/local/{n + 1}">Next page</a>'
        w.answers[LIST + name] = page(LIST + name, links(n, after=after))
        w.answers[story(n)] = article(story(n), f"Story number {n} of the river")
    report = await w.visit()
    assert w.asked[:3] == [LIST, LIST + "2", LIST + "3"]
    assert (report.listed, report.new) == (3, 3)


async def test_a_next_page_that_leads_back_ends_the_list() -> None:
    rules = ListRules(next=Rule(select=".next"), pages=9)
    w = world(url=LIST, list=rules)
    for n, (here, there) in enumerate([(LIST, LIST + "2"), (LIST + "2", LIST)], 1):
        after = f'<a class="next" href="{there}">more</a>'
        w.answers[here] = page(here, links(n, after=after))
        w.answers[story(n)] = article(story(n), f"The story {n}")
    await w.visit()
    assert w.asked == [LIST, LIST + "2", story(1), story(2)]


async def test_a_further_page_that_fails_is_told_and_asked_for_again() -> None:
    rules = ListRules(next=Rule(select=".next"), pages=2)
    w = world(url=LIST, list=rules)
    after = '<a class="next" href="/local/2">more</a>'
    w.answers[LIST] = page(LIST, links(1, after=after), etag="a")
    w.answers |= {story(n): article(story(n), f"The story {n}") for n in (1, 2)}
    w.answers[LIST + "2"] = failed(Code.E_TIMEOUT, LIST + "2")
    report = await w.visit()
    assert (report.state, report.new, w.codes()) == ("changed", 1, ["E_TIMEOUT"])
    w.answers[LIST + "2"] = page(LIST + "2", links(2))
    assert (await w.visit()).new == 1
    assert w.asked == [LIST, LIST + "2", story(2)]


class NoSecondPage:
    """A fetcher that answers one address by a 304 nobody asked for."""

    def __init__(self, w: World, url: str) -> None:
        self.shelf, self.url = w.shelf, url

    async def fetch(self, request: Request) -> object:
        if request.url == self.url:
            return NotModified(url=request.url)
        return await self.shelf.fetch(request)


async def test_a_further_page_that_is_not_there_is_passed_over() -> None:
    rules = ListRules(next=Rule(select=".next"), pages=2)
    w = world(url=LIST, list=rules)
    after = '<a class="next" href="/local/2">more</a>'
    w.answers[LIST] = page(LIST, links(1, after=after))
    report = await w.visit(fetcher=NoSecondPage(w, LIST + "2"))
    assert report.listed == 1


def urlset(*numbers: int) -> str:
    rows = "".join(
        f"<url><loc>{story(n)}</loc><lastmod>2026-11-2{n}</lastmod></url>"
        for n in numbers
    )
    return (
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'
    )


def index(*names: str) -> Page:
    rows = "".join(f"<sitemap><loc>{name}</loc></sitemap>" for name in names)
    text = (
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}'
        "</sitemapindex>"
    )
    return page(SITEMAP, text, etag="never changes")


async def test_the_sitemaps_of_an_index_are_read_though_the_index_rests() -> None:
    w = world(url=SITEMAP, kind="sitemap")
    names = [f"https://news.example.org/{n}.xml" for n in "abcd"]
    w.answers[SITEMAP] = index(*names)
    w.answers |= {name: page(name, urlset(n)) for n, name in enumerate(names, 1)}
    w.answers |= {story(n): article(story(n), f"The story {n}") for n in range(1, 9)}
    report = await w.visit()
    assert (report.listed, report.new) == (3, 3)  # no more than three sitemaps a visit
    w.answers[names[0]] = page(names[0], urlset(1, 5))
    assert (await w.visit()).new == 1


async def test_a_broken_sitemap_costs_the_others_nothing() -> None:
    w = world(url=SITEMAP, kind="sitemap")
    names = [f"https://news.example.org/{n}.xml" for n in "ab"]
    w.answers[SITEMAP] = index(*names)
    w.answers[names[0]] = page(names[0], "<html>Not found, sorry</html>")
    w.answers[names[1]] = page(names[1], urlset(1))
    w.answers[story(1)] = article(story(1), "The story 1")
    report = await w.visit()
    assert (report.state, report.new) == ("changed", 1)
    assert w.codes() == ["E_EXTRACT"]


async def test_where_no_sitemap_can_be_had_it_is_told_why() -> None:
    w = world(url=SITEMAP, kind="sitemap")
    name = "https://news.example.org/a.xml"
    w.answers |= {SITEMAP: index(name), name: page(name, urlset(1))}
    w.answers[story(1)] = article(story(1), "The story 1")
    await w.visit()
    fault = Fault(code=Code.E_CONNECT, stage=Stage.FETCH, place=name)
    w.answers[name] = Failed(fault=fault)
    report = await w.visit()
    assert report.state == "failed"
    assert [(f.code, f.place) for f in report.faults] == [(Code.E_CONNECT, name)]
    assert report.due is not None
    assert report.due - w.now < timedelta(minutes=6)


async def test_a_ttl_in_the_feed_is_honoured() -> None:
    w = world(every=Duration(minutes=15))
    w.answers[FEED] = rss(whole(1), channel="<ttl>120</ttl>")
    report = await w.visit()
    assert report.due == w.now + timedelta(hours=2)


async def test_cron_decides_in_the_zone_of_the_source() -> None:
    w = world(cron="0 9 * * *", timezone="Asia/Shanghai")
    w.answers[FEED] = rss(whole(1))
    report = await w.visit()
    assert report.due == START.replace(hour=1) + timedelta(days=1)


class Dies(Inline):
    """Workers of which each dies over the page of the first story, or its text."""

    async def run(self, work, /, *args, **kwargs):  # type: ignore[no-untyped-def]  # the Protocol types it
        if work is read_entries and any(map(self.kills, args[0])):
            detail = {"detail": "killed"}
            raise ExtractError(
                Fault(code=Code.E_EXTRACT, stage=Stage.EXTRACT, args=detail)
            )
        return await super().run(work, *args, **kwargs)

    def kills(self, asked: Asked) -> bool:
        return asked.item.url == story(1) and not isinstance(asked.answer, Fault)


async def test_an_entry_that_kills_its_worker_is_one_fault_and_no_more() -> None:
    w = world()
    w.answers[FEED] = rss(whole(1), whole(2), whole(3))
    report = await w.visit(workers=Dies())
    assert report.new == 2
    assert w.codes() == ["E_EXTRACT"]


async def test_an_entry_whose_page_kills_its_worker_is_told_by_its_list() -> None:
    w = world()
    date = "<pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate>"
    w.answers[FEED] = rss(entry(1, more=date), entry(2))
    w.answers |= {story(n): article(story(n), f"Story {n}") for n in (1, 2)}
    report = await w.visit(workers=Dies())
    assert report.new == 2
    assert "W_ARTICLE" in w.codes()
