"""What outlives a visit: wishes, conditions, moves, ends (standards.md, "Politeness")."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.config import Category, Duration, ListRules, Rule
from feedsvc.model.web import Failed, Hints, NotModified, Validators
from tests.collect.test_visit import SITEMAP, index, urlset
from tests.collect.world import (
    FEED,
    LIST,
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

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CATEGORIES = {key: Category(key=key) for key in ("local", "culture")}
NEW = "https://new.example.org/feed.xml"


def world(**fields: Any) -> World:
    return World([source(**fields)])


def failed(code: Code, status: int, url: str = FEED) -> Failed:
    return Failed(fault=Fault(code=code, stage=Stage.FETCH, place=url), status=status)


async def test_what_a_feed_states_holds_while_it_is_not_modified() -> None:
    """Rule 6: ttl and skipHours stand in the body, which a 304 does not bring."""
    w = world(every=Duration(minutes=15))
    nights = "".join(f"<hour>{n}</hour>" for n in (10, 11))
    stated = f"<ttl>120</ttl><skipHours>{nights}</skipHours>"
    w.answers[FEED] = rss(whole(1), channel=stated, etag="a")
    for state in ("changed", "unchanged"):
        report = await w.visit()
        assert report.state == state
        assert report.due == w.now + 4 * HOUR  # 10 and 11 o'clock are slept through


async def test_a_document_is_asked_for_whole_after_thirty_days() -> None:
    """Rule 3; a 304 in between does not put that off."""
    w = world()
    w.answers[FEED] = rss(whole(1), etag="a")
    await w.visit()
    w.now += 20 * DAY
    await w.visit()
    assert w.shelf.asked[0].validators.etag == "a"
    w.now += 10 * DAY
    assert (await w.visit(workers=None)).state == "unchanged"  # the same body: not read
    assert w.shelf.asked[0].validators == Validators()
    await w.visit()
    assert w.shelf.asked[0].validators.etag == "a"


async def test_a_second_410_a_day_after_the_first_is_the_last() -> None:
    """Row 410: confirmed once, then stopped, and the operator is told."""
    w = world()
    w.answers[FEED] = rss(whole(1))
    await w.visit()
    w.answers[FEED] = failed(Code.E_GONE, 410)
    first = await w.visit()
    assert first.due == w.now + DAY
    w.now += HOUR
    by_hand = await w.visit()
    assert by_hand.due == first.due
    w.now += DAY
    last = await w.visit()
    assert last.due is None
    assert [(f.code, f.retry_at) for f in last.faults] == [
        (Code.E_GONE, None),
        (Code.W_STOPPED, None),
    ]
    assert w.known().is_over
    assert w.store.due(w.now + 400 * DAY, 9) == []
    assert w.titles() == {"Story 1"}
    w.answers[FEED] = rss(whole(1))
    assert (await w.visit()).due  # by hand: it is back


async def test_a_source_whose_address_was_edited_starts_anew() -> None:
    w = world()
    w.answers[FEED] = failed(Code.E_GONE, 410)
    await w.visit()
    w.now += DAY
    await w.visit()
    w.sources = [source(NEW)]
    w.answers[NEW] = replace(rss(whole(1)), url=NEW, requested=NEW)
    assert (await w.visit()).new == 1
    assert w.known().failures == 0
    assert w.known().history.trouble is None


async def test_the_wait_that_one_host_asked_for_is_not_another_ones() -> None:
    w = world()
    asked = Hints(retry_after=HOUR)
    w.answers[FEED] = replace(failed(Code.E_THROTTLED, 429), hints=asked)
    await w.visit()
    assert (await w.visit()).state == "waiting"
    w.sources = [source(NEW)]
    w.answers[NEW] = failed(Code.E_SERVER, 500, NEW)
    await w.visit()
    assert w.asked == [NEW]
    assert w.known().failures == 1


async def test_a_move_for_good_is_told_by_its_new_address_and_nothing_else() -> None:
    """Row 301/308."""
    w = world()
    w.answers[FEED] = replace(rss(whole(1)), url=NEW, moved=True)
    assert (await w.visit()).faults == ()
    w.now += 12 * HOUR
    assert (await w.visit()).faults == ()
    w.now += 13 * HOUR
    [told] = (await w.visit()).faults
    assert (told.code, told.args) == (Code.W_MOVED, {"to": NEW})
    await w.visit()
    assert w.codes() == ["W_MOVED"]
    assert w.asked == [FEED]  # the configuration is the operator's


@pytest.mark.parametrize(
    ("status", "code"),
    [(400, Code.E_STATUS), (404, Code.E_NOT_FOUND), (451, Code.E_FORBIDDEN)],
)
async def test_a_source_that_is_missing_for_a_week_is_suggested_for_disabling(
    status: int, code: Code
) -> None:
    """Row 400/404/451."""
    w = world()
    w.answers[FEED] = failed(code, status)
    for _ in range(8):
        report = await w.visit()
        w.now += DAY
    assert [f.code for f in report.faults] == [code, Code.W_LOST]
    assert report.due
    assert report.due - w.now <= timedelta()  # it is asked for all the same, once a day


async def test_a_server_that_sends_the_same_again_and_again_is_told_about() -> None:
    """Rule 7."""
    w = world()
    body = rss(whole(1))
    for n in range(12):
        w.answers[FEED] = replace(body, validators=Validators(etag=str(n)))
        report = await w.visit()
    assert [f.code for f in report.faults] == [Code.W_NEVER_304]
    w.answers[FEED] = NotModified(url=FEED)
    await w.visit()
    await w.visit()
    assert w.codes() == []


async def test_a_crawl_delay_that_is_not_kept_is_told() -> None:
    """Rule 1: up to 30 s are honoured, beyond that a warning."""
    w = world()
    slow = Hints(crawl_delay=timedelta(seconds=90))
    w.answers[FEED] = replace(rss(whole(1)), hints=slow)
    assert [f.code for f in (await w.visit()).faults] == [Code.W_CRAWL_DELAY]


async def test_requests_for_pages_count_to_what_a_source_costs() -> None:
    w = world()
    w.answers |= {FEED: rss(entry(1), entry(2))}
    w.answers |= {story(n): article(story(n), f"Story {n}") for n in (1, 2)}
    await w.visit()
    await w.visit()
    tally = w.known().history.tally
    assert tally
    assert tally.requests == pytest.approx(4, abs=0.01)
    assert tally.answers == pytest.approx(2, abs=0.01)
    assert tally.useful == pytest.approx(1, abs=0.01)


async def test_sitemaps_of_an_index_are_asked_for_on_conditions() -> None:
    """Rule 3: conditional always."""
    w = world(url=SITEMAP, kind="sitemap")
    names = [f"https://news.example.org/{n}.xml" for n in "ab"]
    w.answers[SITEMAP] = index(*names)
    w.answers |= {n: page(n, urlset(i), etag=n) for i, n in enumerate(names, 1)}
    w.answers |= {story(n): article(story(n), f"The story {n}") for n in (1, 2, 3)}
    assert (await w.visit()).new == 2
    report = await w.visit()
    asked = [request.validators.etag for request in w.shelf.asked]
    assert asked == ["never changes", *names]
    assert (report.state, report.listed) == ("unchanged", 2)
    w.answers[names[1]] = page(names[1], urlset(2, 3), etag="later")
    assert (await w.visit()).new == 1
    assert w.asked == [SITEMAP, *names, story(3)]


async def test_a_sitemap_with_an_unread_entry_is_asked_for_whole() -> None:
    w = world(url=SITEMAP, kind="sitemap")
    child = "https://news.example.org/a.xml"
    w.answers |= {SITEMAP: index(child), child: page(child, urlset(1), etag="a")}
    w.answers[story(1)] = failed(Code.E_SERVER, 503, story(1))
    assert (await w.visit()).new == 0
    w.answers[story(1)] = article(story(1), "The story 1")
    assert (await w.visit()).new == 1


async def test_a_further_page_is_asked_for_on_conditions() -> None:
    rules = ListRules(next=Rule(select=".next"), pages=2)
    w = world(url=LIST, list=rules)
    after = '<a class="next" href="/local/2">more</a>'
    w.answers |= {story(n): article(story(n), f"The story {n}") for n in (1, 2, 3)}
    w.answers[LIST] = page(LIST, links(1, after=after))
    w.answers[LIST + "2"] = page(LIST + "2", links(2), etag="b")
    await w.visit()
    w.answers[LIST] = page(LIST, links(3, after=after))
    report = await w.visit()
    assert (report.new, report.listed) == (1, 2)
    assert w.shelf.asked[1].validators.etag == "b"


async def test_an_edited_proxy_is_another_way_and_asks_on_no_conditions() -> None:
    """reliability.md, 50."""
    w = world()
    w.answers[FEED] = rss(whole(1), etag="a")
    await w.visit()
    w.sources = [source(proxy="http://proxy.example:3128")]
    await w.visit()
    assert w.shelf.asked[0].validators == Validators()


async def test_two_sources_of_one_address_keep_their_conditions_apart() -> None:
    """reliability.md, 50."""
    w = World([source(), source(id="twin", headers={"X-Edition": "north"})])
    w.answers[FEED] = rss(whole(1), etag="a")
    await w.cycle()
    pairs = [("river", FEED), ("twin", FEED)]
    first, second = (w.store.resources(pairs)[pair] for pair in pairs)
    assert first.body_digest != second.body_digest


@pytest.mark.parametrize(
    "guids",
    [["tag:example.org,2026:0123"], ["urn:other", "tag:example.org,2026:0123"]],
    ids=["whole", "in-part"],
)
async def test_our_own_articles_are_known_wherever_they_are_served(
    guids: list[str],
) -> None:
    """reliability.md, 47: A → B → A, where B is a mirror or a static host."""
    w = world()
    items = [
        whole(n).replace("<link>", f"<guid isPermaLink='false'>{guid}</guid><link>")
        for n, guid in enumerate(guids, 1)
    ]
    w.answers[FEED] = rss(*items)
    report = await w.visit()
    assert (report.state, w.codes()) == ("failed", ["E_LOOP"])
    assert w.articles() == []


async def test_the_ids_of_another_feedsvc_are_no_loop() -> None:
    """reliability.md, 47: what it links is known by its own address."""
    w = world()
    other = "<guid isPermaLink='false'>tag:other.example,2026:0123</guid><link>"
    w.answers[FEED] = rss(whole(1).replace("<link>", other))
    assert (await w.visit()).new == 1


async def test_the_other_edition_of_a_site_is_told_by_its_language() -> None:
    """reliability.md, 68."""
    text = (
        "河水一夜之间上涨了两米，工程师检查桥墩之前，磨坊旁边的桥仍然封闭，居民绕行。"
    )
    w = world(language="en")
    items = [whole(n, f"第{n}条关于河流与桥梁的新闻", text) for n in (1, 2, 3)]
    w.answers[FEED] = rss(*items)
    [told] = (await w.visit()).faults
    assert told.code is Code.W_LANGUAGE
    assert told.args == {"expected": "en", "found": "zh"}
    assert w.shelf.asked[0].accept_language == "en"


async def test_some_articles_in_another_language_are_no_fault() -> None:
    """reliability.md, 68."""
    text = (
        "河水一夜之间上涨了两米，工程师检查桥墩之前，磨坊旁边的桥仍然封闭，居民绕行。"
    )
    w = world(language="en")
    items = [whole(n, f"第{n}条关于河流与桥梁的新闻", text) for n in (1, 2, 3)]
    w.answers[FEED] = rss(*items, whole(4))
    assert (await w.visit()).faults == ()


async def test_a_known_article_is_filed_by_a_second_source_that_cannot_read_it() -> (
    None
):
    first = source(category="local")
    second = source(LIST, id="second", category="culture")
    w = World([first], CATEGORIES)
    w.answers |= {FEED: rss(entry(1)), story(1): article(story(1), "Story 1")}
    await w.cycle()
    [before] = w.articles("local")
    w.sources = [second]
    w.answers |= {LIST: page(LIST, links(1)), story(1): failed(Code.E_SERVER, 503)}
    await w.cycle()
    [filed] = w.articles("culture")
    assert (filed.id, filed.title, filed.digest) == (
        before.id,
        before.title,
        before.digest,
    )
    assert w.known("second").items == 1
    w.answers[story(1)] = article(story(1), "Story 1")
    w.now += HOUR
    await w.cycle()
    assert story(1) in w.asked  # its page is read when it can be


async def test_a_page_that_is_gone_is_filed_nowhere_new() -> None:
    w = World([source(category="local")], CATEGORIES)
    w.answers |= {FEED: rss(entry(1)), story(1): article(story(1), "Story 1")}
    await w.cycle()
    w.sources = [source(LIST, id="second", category="culture")]
    w.answers |= {LIST: page(LIST, links(1)), story(1): failed(Code.E_NOT_FOUND, 404)}
    await w.cycle()
    assert w.titles("local") == {"Story 1"}
    assert w.articles("culture") == []
