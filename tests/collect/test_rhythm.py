"""Visits learn how often their source brings something, and come back by that."""

from datetime import datetime, timedelta
from email.utils import format_datetime

from feedsvc.decide.cadence.learning import rate
from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.config import Duration, Source
from feedsvc.model.web import Failed, Fetched, NotModified
from tests.collect.world import FEED, START, World, rss, source, whole

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
RIVER = source()


def feed(*dates: datetime) -> dict[str, Fetched]:
    """A feed with an article of each date, the newest first."""
    items = [
        whole(n).replace("Mon, 23 Nov 2026 10:00:00 GMT", format_datetime(date))
        for n, date in enumerate(sorted(dates))
    ]
    return {FEED: rss(*reversed(items), etag=f'"{len(dates)}"')}


def every(step: timedelta, times: int, until: datetime = START) -> list[datetime]:
    return [until - n * step for n in range(1, times + 1)]


async def waited(world: World) -> timedelta:
    report = await world.visit()
    assert report.due is not None
    return report.due - world.now


async def test_a_first_visit_learns_from_the_dates_of_what_is_listed() -> None:
    busy = World([RIVER], answers=feed(*every(10 * MINUTE, 40)))
    quiet = World([RIVER], answers=feed(*every(53 * HOUR, 40)))
    assert await waited(busy) < 15 * MINUTE < HOUR < await waited(quiet)


async def test_what_comes_is_counted_once_and_kept() -> None:
    history = every(HOUR, 24)
    world = World([RIVER], answers=feed(*history))
    await world.visit()
    first = world.known().rhythm
    assert first is not None
    world.now += HOUR
    fresh = world.now - 10 * MINUTE
    world.answers |= feed(*history, fresh)
    await world.visit()
    second = world.known().rhythm
    assert second is not None
    assert 0.9 < sum(second.cells) - sum(first.cells) < 1
    await world.visit()
    assert world.known().rhythm == second


async def test_what_did_not_change_or_failed_teaches_nothing_but_that_time_passed() -> (
    None
):
    world = World([RIVER], answers=feed(*every(HOUR, 24)))
    await world.visit()
    learned = world.known().rhythm
    world.answers[FEED] = NotModified(url=FEED)
    await world.visit()
    world.answers[FEED] = Failed(fault=Fault(code=Code.E_DNS, stage=Stage.FETCH))
    await world.visit()
    assert world.known().rhythm == learned
    assert rate(learned, START + DAY) < rate(learned, START)


async def test_a_restart_changes_no_decision() -> None:
    async def life(*, restarted: bool) -> list[timedelta]:
        world = World([RIVER])
        tools = world.tools()
        waits = []
        for n in range(1, 12):
            world.answers |= feed(*every(90 * MINUTE, 12 + n, world.now))
            world.now += 2 * HOUR
            kept = {} if restarted else {"budget": tools.budget}
            [report] = await world.cycle(**kept)
            assert report.due is not None
            waits.append(report.due - world.now)
        return waits

    waits = await life(restarted=True)
    assert waits == await life(restarted=False)
    assert len(set(waits)) > 5


async def test_every_and_cron_are_kept_to_whatever_is_learned() -> None:
    said: list[Source] = [
        source(id="often", url=FEED, every=Duration(minutes=20)),
        source(id="hourly", url=FEED, cron="0 * * * *"),
    ]
    world = World(said, answers=feed(*every(MINUTE, 40)))
    reports = await world.cycle()
    assert [report.due for report in reports] == [START + 20 * MINUTE, START + HOUR]
    assert all(world.known(one.id).rhythm for one in said)


async def test_max_delay_bounds_what_is_learned() -> None:
    eager = source(max_delay=Duration(minutes=30))
    world = World([eager], answers=feed(*every(9 * DAY, 20)))
    assert await waited(world) <= 30 * MINUTE
