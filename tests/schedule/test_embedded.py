"""The service visits what is due; what is new or edited is due at once."""

import asyncio
from datetime import timedelta

from feedsvc.model.config import Duration
from feedsvc.model.history import History
from feedsvc.model.visit import Outcome, Visit
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
