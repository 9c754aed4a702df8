"""The service visits what is due; what is new or edited is due at once."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from feedsvc.decide.history import manner
from feedsvc.fetch.memory import Shelf
from feedsvc.model.config import Duration
from feedsvc.model.history import History
from feedsvc.model.kept import Kept, Role
from feedsvc.model.visit import Outcome, Visit
from feedsvc.model.web import Fetched, Request
from feedsvc.schedule.embedded import Service
from tests.collect.world import (
    BODY,
    FEED,
    START,
    World,
    article,
    entry,
    rss,
    source,
    story,
    whole,
)

OLD = "https://old.example.org/feed.xml"


async def ran(w: World) -> None:
    """Run the service until its first tick is over."""
    published = asyncio.Event()

    async def publish() -> None:
        published.set()

    async def until() -> None:
        await published.wait()
        await asyncio.sleep(0.05)

    await Service(w.tools(), publish).run(until=until())


def remembered(w: World, **fields: object) -> None:
    """Let the store know a visit that went before."""
    visit = Visit(source="river", last_attempt=w.now, **fields)  # type: ignore[arg-type]  # each has its own type
    w.store.save([Outcome(source="river", visit=visit)], w.now)


async def test_a_new_source_is_visited_at_once() -> None:
    w = World([source()])
    w.answers[FEED] = rss(whole(1))
    await ran(w)
    assert w.asked == [FEED]
    assert w.titles() == {"Story 1"}


async def test_a_source_that_is_not_due_or_gone_for_good_rests() -> None:
    for due in (timedelta(hours=1), None):
        w = World([source()])
        at = None if due is None else w.now + due
        remembered(w, due=at, history=History(url=FEED))
        await ran(w)
        assert w.asked == []
        assert w.known().due == at


async def test_an_edited_address_is_visited_at_once_whatever_the_old_one_said() -> None:
    w = World([source()])
    w.answers[FEED] = rss(whole(1))
    remembered(w, failures=9, history=History(url=OLD))
    await ran(w)
    assert w.asked == [FEED]
    assert w.known().failures == 0


EDITS: dict[str, dict[str, Any]] = {
    "every": {"every": Duration(minutes=10)},
    "cron": {"cron": "*/5 * * * *"},
    "leave": {"headers": {"Authorization": "Bearer x"}},
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
async def test_an_edit_of_when_or_by_what_leave_holds_at_once(
    edit: dict[str, Any],
) -> None:
    w = World([source(every=Duration(days=7))])
    w.answers[FEED] = rss(whole(1))
    await w.cycle()
    await ran(w)
    assert w.asked == [FEED]
    w.shelf.asked.clear()
    w.sources = [source(**({"every": Duration(days=7)} | edit))]
    await ran(w)
    assert w.asked == [FEED]
    w.shelf.asked.clear()
    await ran(w)
    assert w.asked == []


async def test_an_edit_does_not_make_us_break_a_word_that_was_given() -> None:
    w = World([source(headers={"x": "1"})])
    until = w.now + timedelta(hours=2)
    remembered(
        w,
        due=until,
        blocked_until=until,
        history=History(url=FEED, manner=manner(w.sources[0])),
    )
    w.sources = [source(headers={"x": "2"})]
    await ran(w)
    assert (w.asked, w.known().due) == ([], until)


async def test_a_correction_is_read_though_its_source_rests() -> None:
    w = World([source(every=Duration(hours=20))])
    w.answers |= {FEED: rss(entry(1)), story(1): article(story(1), "Story 1")}
    w.now = START - timedelta(hours=20)  # the article is of that day
    await ran(w)
    corrected = article(story(1), "Story 1", BODY.replace("mill", "harbour"))
    w.answers[story(1)] = corrected
    w.now += timedelta(hours=2)
    await ran(w)
    [now] = w.articles()
    assert "harbour" in now.content_text
    assert w.asked == [FEED, story(1), story(1)]


@pytest.mark.parametrize(
    ("ahead", "asked"),
    [(timedelta(days=365), timedelta(hours=2)), (timedelta(hours=1), None)],
    ids=["a year, while Retry-After ran", "an hour"],
)
async def test_a_clock_set_back_keeps_no_source_waiting_for_it(
    ahead: timedelta, asked: timedelta | None
) -> None:
    """reliability.md, 88: what was planned by a wrong clock is no plan."""
    w = World([source(every=Duration(hours=3))])
    w.answers[FEED] = rss(whole(1))
    w.now = START + ahead
    remembered(
        w,
        due=w.now + timedelta(hours=3),
        history=History(url=FEED),
        blocked_until=w.now + asked if asked else None,
    )
    w.now = START
    await ran(w)
    assert w.asked == [FEED]
    assert w.known().due == START + timedelta(hours=3)


async def test_a_clock_set_back_while_it_runs_costs_one_visit() -> None:
    w = World([source(every=Duration(hours=3))])
    w.answers[FEED] = rss(whole(1))
    tools = w.tools()
    w.now = START + timedelta(days=365)
    service = Service(tools, published)
    await service._enroll()
    for now, visits in ((w.now, 1), (START, 1), (START, 0)):
        w.now = now
        w.shelf.asked.clear()
        await service._collect_due()
        await service._drain()
        assert len(w.asked) == visits


async def test_retry_after_is_kept_to_though_the_clock_was_set_back() -> None:
    w = World([source()])
    remembered(
        w,
        due=w.now + timedelta(hours=2),
        history=History(url=FEED),
        blocked_until=w.now + timedelta(hours=2),
    )
    until = w.known().blocked_until
    w.now -= timedelta(hours=1)
    await ran(w)
    assert w.asked == []
    assert w.known().due == until


async def test_what_is_gone_for_good_stays_so_when_the_clock_is_set_back() -> None:
    w = World([source()])
    remembered(w, due=None, history=History(url=FEED))
    w.now -= timedelta(days=1)
    await ran(w)
    assert w.asked == []


async def published() -> None:
    """Nothing stands to be published."""


async def test_a_thousand_that_are_configured_no_more_keep_none_waiting() -> None:
    w = World([source()])
    w.answers[FEED] = rss(whole(1))
    old = w.now - timedelta(days=1)
    visits = [Visit(source=f"old{n}", due=old, last_attempt=old) for n in range(1000)]
    w.store.save([Outcome(source=v.source, visit=v) for v in visits], w.now)
    await ran(w)
    assert w.asked == [FEED]


async def test_the_end_does_not_wait_for_all_that_is_read_again() -> None:
    w = World([source()])
    w.answers |= {FEED: rss(entry(1)), story(1): article(story(1), "Story 1")}
    w.now = START.replace(year=2026, month=11, day=23, hour=11)
    await w.cycle()
    w.now += timedelta(hours=1)
    remembered(w, due=w.now + timedelta(days=1), history=History(url=FEED))
    asked = asyncio.Event()

    class Hanging(Shelf):
        async def fetch(self, request: Request) -> Fetched:
            asked.set()
            await asyncio.Event().wait()
            return await super().fetch(request)

    service = Service(w.tools(fetcher=Hanging({})), published, grace=0.1)
    await asyncio.wait_for(service.run(until=asked.wait()), 10)
    assert len(w.store.checks(w.now, 10)) == 1


async def test_of_sources_that_are_configured_no_more_no_page_is_kept() -> None:
    w = World([source(), source(OLD, id="off", enabled=False)])
    w.answers[FEED] = rss(whole(1))
    for name in ("river", "off", "gone"):
        page = Kept(role=Role.LIST, page=rss(), since=w.now)
        w.store.save([Outcome(source=name, pages=[page])], w.now)
    await ran(w)
    kept = {name: len(w.store.pages(name)) for name in ("river", "off", "gone")}
    assert kept == {"river": 1, "off": 1, "gone": 0}
