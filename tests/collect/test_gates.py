"""What a visit must not believe is held back, and let go (reliability.md, 12, 48–52)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from feedsvc.collect.readers import read_dates
from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.config import ListRules, Rule
from feedsvc.model.visit import Visit
from feedsvc.model.web import Failed, NotModified, Page
from tests.collect.world import (
    FEED,
    LIST,
    DiesOver,
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

TITLE = "阳泉市召开经济工作会议"
TEXT = "会议指出，要坚持稳中求进工作总基调，推动高质量发展，保障和改善民生。" * 3


def garble(text: str) -> str:
    """What UTF-8 looks like that was read as GBK."""
    return text.encode().decode("gb18030", "ignore")


def chinese(n: int, title: str = TITLE, text: str = TEXT) -> Page:
    html = (
        f"<html lang=zh><head><title>{title}</title></head><body><article>"
        f"<h1>{title}</h1><p>2026-11-23 10:00</p><p>{text}</p></article></body></html>"
    )
    return page(story(n), html)


def world(*numbers: int, **fields: Any) -> World:
    """A source with a list page and a page for each story."""
    w = World([source(LIST, kind="html", **fields)])
    w.answers[LIST] = page(LIST, links(*numbers))
    w.answers |= {story(n): article(story(n), f"Story {n}") for n in numbers}
    return w


def moved(paths: list[str]) -> Page:
    """A list page that links elsewhere."""
    rows = "".join(
        f'<li><a href="/{path}">A page of the site called {path}</a></li>'
        for path in paths
    )
    return page(LIST, f'<html lang=en><body><ul class="list">{rows}</ul></body></html>')


async def test_a_garbled_article_is_held_until_it_is_read_rightly() -> None:
    w = world(1, 2)
    w.answers[story(2)] = chinese(2, garble(TITLE), garble(TEXT))
    report = await w.visit()
    assert report.new == 1
    assert w.titles() == {"Story 1"}
    assert w.codes() == ["W_GARBLED"]
    [held] = w.store.status().held
    assert held.fault.args["encoding"] == "utf-8"
    w.answers |= {LIST: page(LIST, links(1, 2, 3)), story(2): chinese(2)}
    w.answers[story(3)] = article(story(3), "Story 3")
    assert (await w.visit()).new == 2
    assert w.titles() == {"Story 1", TITLE, "Story 3"}
    assert w.store.status().held == ()


async def test_what_readers_have_is_never_garbled_by_a_later_reading() -> None:
    w = world(1)
    w.answers[story(1)] = chinese(1)
    await w.visit()
    w.answers[LIST] = page(LIST, links(1).replace("of the river", "of a flood"))
    w.answers[story(1)] = chinese(1, garble(TITLE), garble(TEXT))
    report = await w.visit()
    assert (report.new, report.changed) == (0, 0)
    assert w.titles() == {TITLE}
    assert "W_GARBLED" in w.codes()


async def test_an_operator_may_release_what_is_held() -> None:
    w = world(1)
    w.answers[story(1)] = chinese(1, garble(TITLE), garble(TEXT))
    await w.visit()
    [held] = w.store.status().held
    w.store.release(held.id)
    w.answers[LIST] = page(LIST, links(1).replace("of the river", "of a flood"))
    await w.visit()
    assert w.titles() == {garble(TITLE)}
    assert w.store.status().held == ()


NAVIGATION = [f"{word}/" for word in ("about", "contact", "jobs", "press", "maps")]


async def test_a_list_that_shows_something_else_is_held_whole() -> None:
    w = world(*range(1, 13))
    await w.visit()
    before = w.titles()
    w.answers[LIST] = moved(NAVIGATION)
    report = await w.visit()
    assert (report.state, report.new) == ("failed", 0)
    assert w.codes() == ["W_STRANGERS"]
    assert w.titles() == before
    assert not any(path in url for path in NAVIGATION for url in w.asked)


async def test_a_held_list_is_taken_when_it_is_back() -> None:
    w = world(*range(1, 13))
    await w.visit()
    w.answers[LIST] = moved(NAVIGATION)
    await w.visit()
    w.answers[LIST] = page(LIST, links(*range(1, 14)))
    w.answers[story(13)] = article(story(13), "Story 13")
    assert (await w.visit()).new == 1
    assert w.codes() == []


async def test_an_operator_may_release_a_list_once() -> None:
    w = world(*range(1, 13))
    await w.visit()
    paths = [f"news/{word}" for word in ("bridge", "harbour", "market", "school")]
    w.answers[LIST] = moved(paths)
    base = "https://news.example.org/"
    w.answers |= {f"{base}{p}": article(f"{base}{p}", f"Of {p}") for p in paths}
    await w.visit()
    w.store.release_list(Visit(source="river", due=w.now))
    assert (await w.visit()).new == len(paths)
    assert not w.known().is_released


@pytest.mark.parametrize("after", [range(101, 113), range(101, 103)])
async def test_a_list_that_is_new_after_days_away_is_taken(after: range) -> None:
    w = world(*range(1, 13))
    await w.visit()
    w.answers[LIST] = page(LIST, links(*after))
    w.answers |= {story(n): article(story(n), f"Story {n}") for n in after}
    assert (await w.visit()).new == len(after)


async def test_a_field_that_a_site_stops_giving_is_told_until_it_is_back() -> None:
    head = "<meta name=author content='Ann Lee'>"
    w = world()

    async def publish(numbers: range, head: str) -> list[str]:
        w.answers[LIST] = page(LIST, links(*numbers))
        told = {n: article(story(n), f"Story {n}", head=head) for n in numbers}
        w.answers |= {story(n): answer for n, answer in told.items()}
        await w.visit()
        return w.codes()

    assert await publish(range(1, 31), head) == []
    assert await publish(range(31, 46), "") == ["W_DRIFT"]
    assert w.known().profile.alarms.keys() == {"author"}
    await w.visit()
    assert w.codes() == ["W_DRIFT"]
    assert await publish(range(46, 76), head) == []


@pytest.mark.parametrize(
    "edit",
    [
        {"list": ListRules(item=Rule(select=".list li"))},
        {"url": "https://news.example.org/other/"},
    ],
    ids=["rules", "address"],
)
async def test_who_edits_a_source_wants_what_is_found_now(edit: dict[str, Any]) -> None:
    w = world(*range(1, 13))
    await w.visit()
    w.sources = [replace(w.sources[0], **edit)]
    paths = [f"news/{word}" for word in ("bridge", "harbour", "market", "school")]
    base = "https://news.example.org/"
    w.answers[w.sources[0].url] = replace(moved(paths), url=w.sources[0].url)
    w.answers |= {f"{base}{p}": article(f"{base}{p}", f"Of {p}") for p in paths}
    assert (await w.visit()).new == len(paths)
    assert not w.known().is_released


def dated(days: dict[int, str]) -> Page:
    """A feed of whole articles, each with the date it states."""
    usual = "Mon, 23 Nov 2026 10:00:00 GMT"
    return rss(*(whole(n).replace(usual, date) for n, date in days.items()))


def of_november(*numbers: int, hour: int = 10, zone: str = "GMT") -> dict[int, str]:
    """The n-th article is of the n-th of November."""
    return {n: f"{n:02} Nov 2026 {hour}:00:00 {zone}" for n in numbers}


TODAY = "24 Nov 2026 07:00:00 GMT"


async def feed() -> World:
    """A feed of nine articles, one of each day."""
    w = World([source()])
    w.answers[FEED] = dated(of_november(*range(1, 10)))
    await w.visit()
    return w


@pytest.mark.parametrize(
    "now",
    [
        dict.fromkeys(range(1, 11), TODAY),
        of_november(*range(1, 11), zone="+0800"),
        of_november(*range(1, 11), hour=18),
    ],
    ids=["all are of today", "another zone", "another clock"],
)
async def test_a_list_that_dates_all_anew_is_held_until_its_dates_agree(
    now: dict[int, str],
) -> None:
    w = await feed()
    before = w.articles()
    w.answers[FEED] = dated(now)
    report = await w.visit()
    assert (report.state, report.new) == ("failed", 0)
    assert w.codes() == ["W_DATE_JUMP"]
    assert w.articles() == before
    w.answers[FEED] = dated(of_november(*range(1, 11)))
    assert (await w.visit()).new == 1
    assert w.codes() == []


async def test_who_releases_dates_believes_them_from_then_on() -> None:
    w = await feed()
    before = w.articles()
    w.answers[FEED] = dated(dict.fromkeys(range(1, 11), TODAY))
    await w.visit()
    w.store.release_list(Visit(source="river", due=w.now))
    assert (await w.visit()).new == 1
    assert [one for one in w.articles() if one in before] == before
    w.answers[FEED] = dated(dict.fromkeys(range(1, 12), TODAY))
    assert (await w.visit()).new == 1


async def test_an_edit_of_the_sites_own_zone_holds_nothing() -> None:
    w = World([source()])
    w.answers[FEED] = dated({n: f"2026-11-{n:02} 10:00" for n in range(1, 10)})
    await w.visit()
    w.zone = "Asia/Shanghai"
    w.answers[FEED] = dated({n: f"2026-11-{n:02} 10:00" for n in range(1, 11)})
    assert (await w.visit()).new == 1


async def test_dates_over_which_a_worker_dies_hold_nothing() -> None:
    w = await feed()
    w.answers[FEED] = dated(dict.fromkeys(range(1, 11), TODAY))
    assert (await w.visit(workers=DiesOver(read_dates))).new == 1


async def test_a_few_that_are_dated_anew_one_after_the_other_hold_nothing() -> None:
    w = await feed()
    days = of_november(*range(1, 10))
    for n in range(1, 10):
        days[n] = TODAY
        w.answers[FEED] = dated(days | of_november(9 + n))
        days |= of_november(9 + n)
        assert (await w.visit()).new == 1


async def test_a_time_of_the_day_that_was_stated_holds_nothing() -> None:
    w = World([source()])
    w.answers[FEED] = dated({n: f"2026-11-{n:02}" for n in range(1, 10)})
    await w.visit()
    w.answers[FEED] = dated(of_november(*range(1, 11), hour=23))
    assert (await w.visit()).new == 1


async def test_dates_that_a_list_states_are_of_no_account_where_pages_do() -> None:
    w = World([source()])

    def listed(*numbers: int, date: str) -> Page:
        return rss(*(entry(n, more=f"<pubDate>{date}</pubDate>") for n in numbers))

    w.answers[FEED] = listed(*range(1, 10), date=of_november(1)[1])
    w.answers |= {story(n): article(story(n), f"Story {n}") for n in range(1, 11)}
    await w.visit()
    w.answers[FEED] = listed(*range(1, 11), date=TODAY)
    assert (await w.visit()).new == 1


async def test_a_list_that_stays_empty_is_told_beyond_its_cause_until_it_is_back() -> (
    None
):
    """reliability.md, 49."""
    w = world(1, 2, 3)
    await w.visit()
    w.answers[LIST] = page(LIST, links())
    since = (w.now + timedelta(minutes=1)).date().isoformat()
    seen = []
    for _ in range(6):
        await w.visit()
        seen.append(w.codes())
        w.now += timedelta(days=1)
    assert seen == [["W_EMPTY"]] * 4 + [["W_DOUBTED", "W_EMPTY"]] * 2
    [row] = w.store.status().sources
    told = [i for i in row.faults if i.fault.code is Code.W_DOUBTED]
    assert [i.fault.args for i in told] == [{"since": since}]  # once, however long
    assert w.titles() == {"Story 1", "Story 2", "Story 3"}
    w.answers[LIST] = page(LIST, links(1, 2, 3))
    await w.visit()
    assert w.codes() == []


@pytest.mark.parametrize("answer", ["not modified", "the same again"])
async def test_what_nobody_could_look_at_still_stands(answer: str) -> None:
    """A warning ends when a reading does not repeat it, not when there is none."""
    w = world(1)
    w.answers |= {
        LIST: page(LIST, links(1, 2).encode("gb18030"), etag="1"),
        story(2): chinese(2, text=garble(TEXT) * 3),
    }
    await w.visit()
    before = w.codes()
    assert "W_GARBLED" in before
    if answer == "not modified":
        w.answers[LIST] = NotModified(url=LIST)
    assert (await w.visit()).state == "unchanged"
    assert w.codes() == before
    w.answers |= {LIST: page(LIST, links(1, 2, 3)), story(2): chinese(2)}
    w.answers[story(3)] = article(story(3), "Story 3")
    await w.visit()
    assert w.codes() == []


async def test_a_failure_is_over_though_nothing_new_could_be_read() -> None:
    w = world(1)
    w.answers[LIST] = page(LIST, links(1), etag="1")
    await w.visit()
    w.answers[LIST] = Failed(fault=Fault(code=Code.E_TIMEOUT, stage=Stage.FETCH))
    await w.visit()
    assert w.codes() == ["E_TIMEOUT"]
    w.answers[LIST] = NotModified(url=LIST)
    await w.visit()
    assert w.codes() == []
