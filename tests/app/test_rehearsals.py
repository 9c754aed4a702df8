"""Edited sources are tried, each for itself, and judged once."""

from collections.abc import Callable
from dataclasses import replace
from typing import ParamSpec, TypeVar

from feedsvc.app.differences import Judge
from feedsvc.app.rehearsals import Rehearsal, rehearsals
from feedsvc.collect import readers
from feedsvc.collect.ports import Workers
from feedsvc.errors import Code
from feedsvc.model.config import Config, ListRules, Rule, Source
from feedsvc.pool import Inline
from tests.collect.world import LIST, World, article, links, page, source, story

P = ParamSpec("P")
T = TypeVar("T")

PLAIN = source(LIST)
OTHER = "https://other.example.org/"
CUT = ListRules(
    item=Rule(select="li"),
    link=Rule(select="a", attribute="href", regex=r"(.*)\.html"),
)


class Counted(Inline):
    """Workers that count what they do, and fail for one source."""

    def __init__(self, breaks: str = "") -> None:
        self.breaks = breaks
        self.runs = 0

    async def run(
        self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        self.runs += 1
        listed = args[0] if work is readers.read_list else None
        if isinstance(listed, Source) and listed.id == self.breaks:
            raise ZeroDivisionError("by zero")
        return await super().run(work, *args, **kwargs)


async def visited() -> World:
    world = World([PLAIN, source(OTHER, id="other")])
    world.answers[LIST] = page(LIST, links(1, 2, 3))
    world.answers[OTHER] = page(OTHER, links(1, 2, 3).replace("/1", "/9"))
    for n in (1, 2, 3):
        world.answers[story(n)] = article(story(n), f"Story number {n} of the river")
    await world.cycle()
    return world


def edited(world: World, rules: ListRules, *names: str) -> Config:
    sources = dict(world.config.sources)
    sources |= {name: replace(sources[name], list=rules) for name in names}
    return replace(world.config, sources=sources)


async def tried(
    world: World, config: Config, workers: Workers | None = None
) -> list[Rehearsal]:
    found = rehearsals(config, world.store, workers or Inline())
    return [one async for one in found]


async def test_only_edited_sources_are_tried() -> None:
    world = await visited()
    assert await tried(world, world.config) == []
    [one] = await tried(world, edited(world, CUT, "river"))
    assert one.reread.source == "river"
    assert [d.field for d in one.reread.differences] == ["id"] * 3


async def test_a_bug_that_one_source_brings_to_light_stays_its_own() -> None:
    world = await visited()
    config = edited(world, CUT, "river", "other")
    found = await tried(world, config, Counted(breaks="other"))
    told = {one.reread.source: one.reread for one in found}
    assert len(told["river"].renamed) == 3
    assert [f.code for f in told["other"].faults] == [Code.E_UNEXPECTED]
    assert told["other"].differences == ()


async def test_a_refused_configuration_is_looked_into_once() -> None:
    world = await visited()
    workers = Counted()
    judge = Judge(world.store, workers)
    config = edited(world, CUT, "river")
    fault = await judge(config)
    assert fault is not None
    assert (fault.code, fault.args["count"]) == (Code.E_IDS, 3)
    runs = workers.runs
    assert await judge(config) is fault
    assert workers.runs == runs
    assert await judge(world.config) is None


async def test_a_rule_that_changes_no_id_is_taken_up() -> None:
    world = await visited()
    fewer = replace(PLAIN, exclude=("2",))
    config = replace(world.config, sources={"river": fewer})
    assert await Judge(world.store, Inline())(config) is None
