"""Days of visits in a time of their own: all requests together meet the day's budget."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

import pytest

from feedsvc.collect.budget import Budget
from feedsvc.collect.cycle import collect
from feedsvc.collect.recheck import recheck
from feedsvc.collect.tools import Tools
from feedsvc.fetch.count import Hours
from feedsvc.model.config import ArticleRules, Rule, Source
from feedsvc.model.visit import Outcome, Visit
from feedsvc.model.web import Fetched, NotModified, Page, Request, Validators
from feedsvc.schedule.ticker import next_fire
from tests.collect.world import START, World, article, page, source

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ETAG = Validators(etag='"1"')
STEP = 30 * MINUTE
DAYS = 8
LEARNING = 3
"""Days until what rechecks and articles cost is known."""


@dataclass
class Web:
    """Sites that bring so many articles a day each; counts what it is asked for."""

    clock: "Clock"
    rates: Mapping[str, float]
    came: dict[str, list[datetime]] = field(default_factory=dict)
    lists: int = 0
    pages: list[str] = field(default_factory=list)
    hours: Hours = field(default_factory=Hours)

    def __post_init__(self) -> None:
        for site, rate in self.rates.items():
            random, at = Random(site), START - 2 * DAY
            self.came[site] = []
            while at < START + (DAYS + 1) * DAY:
                at += DAY * random.expovariate(rate)
                self.came[site].append(at)

    async def fetch(self, request: Request) -> Fetched:
        self.hours = self.hours.add(1, self._hour())
        site, name = request.url.removeprefix("http://").split("/")
        if name:
            self.pages.append(request.url)
            if request.validators == ETAG:
                return NotModified(url=request.url, validators=ETAG)
            return self._article(request.url, self.came[site][int(name)])
        self.lists += 1
        known = [n for n, at in enumerate(self.came[site]) if at <= self.clock.now]
        return page(request.url, self._links(site, known[-20:]))

    async def spent(self) -> int:
        return self.hours.at(self._hour()).total()

    def _hour(self) -> int:
        return int(self.clock.now.timestamp()) // 3600

    def _links(self, site: str, numbers: Sequence[int]) -> str:
        rows = "".join(
            f'<li><a href="/{n}">Report number {n} of {site}</a></li>'
            for n in reversed(numbers)
        )
        return f'<html lang=en><body><ul class="list">{rows}</ul></body></html>'

    def _article(self, url: str, at: datetime) -> Page:
        plain = article(url, f"Report of {at:%H:%M}")
        stated = plain.body.replace(b"2026-11-23T10:00:00Z", at.isoformat().encode())
        return replace(plain, body=stated, validators=ETAG)


@dataclass
class Clock:
    """What time it is there."""

    now: datetime = START


@dataclass
class Day:
    """What was asked for on a day: in all, and of pages for the first time."""

    requests: int
    first: int


async def lived(requests: int, rates: Mapping[str, float]) -> list[Day]:
    """So many days of the service, tick by tick, requests counted."""
    rules = ArticleRules(content=Rule(select="article"))
    sources = {n: source(f"http://{n}/", id=n, article=rules) for n in rates}
    world = World(list(sources.values()))
    clock = Clock()
    web = Web(clock, rates)
    settings = world.config.settings
    limited = replace(settings.collect, requests_per_day=requests, robots=False)
    config = replace(world.config, settings=replace(settings, collect=limited))
    due_now = [Outcome(source=n, visit=Visit(source=n, due=START)) for n in sources]
    world.store.save(due_now, START)
    days = []
    for _ in range(DAYS):
        made, known = web.lists + len(web.pages), len(set(web.pages))
        for _ in range(DAY // STEP):
            clock.now = world.now = clock.now + STEP
            budget = Budget(config, world.store, next_fire)
            tools = world.tools(config=config, fetcher=web, budget=budget)
            await tick(tools, sources)
        all_ = web.lists + len(web.pages)
        days.append(Day(all_ - made, len(set(web.pages)) - known))
    return days


async def tick(tools: Tools, sources: Mapping[str, Source]) -> None:
    due = tools.store.due(tools.clock(), 100)
    if due:
        await collect([sources[name] for name in due], tools)
    await recheck(sources, tools)


RATES = {"daily.example": 30.0, "weekly.example": 6.0, "club.example": 1.0}


async def test_visits_articles_and_rechecks_together_keep_to_the_days_requests() -> (
    None
):
    days = (await lived(100, RATES))[LEARNING:]
    each = sum(day.requests for day in days) / len(days)
    assert 90 <= each <= 105
    assert all(80 <= day.requests <= 115 for day in days)


async def test_where_a_days_requests_are_few_rechecks_wait_and_articles_do_not() -> (
    None
):
    days = (await lived(45, RATES))[LEARNING:]
    came = sum(RATES.values())
    assert sum(day.first for day in days) / len(days) == pytest.approx(came, rel=0.2)
    assert sum(day.requests for day in days) / len(days) <= 52
