"""Visits learn a source's rhythm and share the day's requests, restarts or not."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from feedsvc.collect.budget import Budget
from feedsvc.decide.cadence.budget import LEAST
from feedsvc.model.article import RawItem
from feedsvc.model.check import Check
from feedsvc.model.config import Config, Duration, Source
from feedsvc.model.visit import Outcome, Rhythm, Visit
from feedsvc.schedule.ticker import next_fire
from tests.collect.world import START, World, source
from tests.store.samples import make_article, make_outcome

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
RIVER = source()


def limited(world: World, requests: int, *sources: Source) -> Config:
    config = replace(world.config, sources={s.id: s for s in sources or (RIVER,)})
    collect = replace(config.settings.collect, requests_per_day=requests)
    return replace(config, settings=replace(config.settings, collect=collect))


def patience(
    world: World, requests: int, *sources: Source, at: datetime = START
) -> float:
    """As a process that has just started reckons it."""
    return Budget(limited(world, requests, *sources), world.store, next_fire).patience(
        at
    )


def learned(world: World, name: str, daily: float, at: datetime = START) -> None:
    rhythm = Rhythm(at=at, days=20.0, cells=(daily * 20 / 48,) * 48)
    visit = Visit(source=name, last_attempt=at, last_success=at, rhythm=rhythm)
    world.store.save([Outcome(source=name, visit=visit)], at)


def test_patience_lasts_an_hour_and_over_restarts() -> None:
    world = World([RIVER])
    first = patience(world, 3)
    learned(world, "river", 500)
    assert patience(world, 3, at=START + 59 * MINUTE) == first
    assert patience(world, 3, at=START + HOUR) > first


def test_an_edited_configuration_is_reckoned_with_at_once() -> None:
    world = World([RIVER])
    first = patience(world, 3)
    assert patience(world, 2) > first
    assert patience(world, 3, RIVER, source(id="other")) > first
    assert patience(world, 3) == pytest.approx(first)


def test_a_clock_set_back_is_reckoned_with_anew() -> None:
    world = World([RIVER])
    patience(world, 3, at=START + 365 * DAY)
    learned(world, "river", 500)
    assert patience(world, 3) > patience(World([RIVER]), 3)


def test_with_plenty_of_requests_none_is_wasted() -> None:
    assert patience(World([RIVER]), 20_000) == LEAST


@pytest.mark.parametrize(
    ("said", "daily"),
    [
        ({"every": Duration(hours=1)}, 24),
        ({"cron": "0 * * * *"}, 24),
        ({"cron": "*/10 6-23 * * *"}, 108),
        ({"cron": "0 9 * * 1-5", "timezone": "Asia/Shanghai"}, 5 / 7),
        ({"cron": "0 0 30 2 *"}, 0),
        ({"every": Duration(hours=1), "enabled": False}, None),
    ],
    ids=["every", "hourly", "by day", "weekdays", "never", "off"],
)
def test_what_the_operator_says_is_taken_off_the_budget(
    said: dict[str, Any], daily: float | None
) -> None:
    world = World([RIVER])
    other = source(id="other", **said)
    alone = patience(World([RIVER]), 10)
    taken = 0 if daily is None else round(daily + 1)  # a page a day, until it is known
    assert patience(world, 10 + taken, RIVER, other) == pytest.approx(alone, rel=0.1)


def test_articles_to_be_read_again_and_robots_are_left_room_for() -> None:
    alone, world = World([RIVER]), World([RIVER])
    for w in (alone, world):
        learned(w, "river", 100)
    before = patience(alone, 20)
    watch(world, 3)  # four requests in three days each
    assert patience(world, 24) == pytest.approx(before, rel=0.01)
    config = limited(alone, 21)
    settings = config.settings
    asked = replace(settings.collect, robots=False)
    polite = replace(config, settings=replace(settings, collect=asked))
    rude = Budget(limited(alone, 20), alone.store, next_fire).patience(START)
    assert rude == before
    assert Budget(polite, alone.store, next_fire).patience(START + HOUR) < before


def watch(world: World, articles: int) -> None:
    """Have so many articles to be read again."""
    for n in range(articles):
        one = make_article(n, source="river")
        check = Check(
            article=one.id,
            source="river",
            item=RawItem(url=one.url),
            since=START,
            at=START + HOUR,
        )
        world.store.save([make_outcome(one, source="river", checks=[check])], START)
