"""A visit is tried over kept pages: nobody is asked, nothing is written."""

import gzip
from dataclasses import replace

import pytest

from feedsvc.collect.rehearsal import Rehearsed, is_edited, rehearse
from feedsvc.errors import Code
from feedsvc.model.config import ArticleRules, ListRules, Rule, Source
from feedsvc.model.web import Packed, Resource
from tests.collect.world import LIST, World, article, links, page, source, story

PLAIN = source(LIST)
TITLED = source(LIST, article=ArticleRules(title=Rule(select="p")))
CUT = Rule(select="a", attribute="href", regex=r"(.*)\.html")
CUT_LINKS = source(LIST, list=ListRules(item=Rule(select="li"), link=CUT))
FEWER = source(LIST, exclude=("2",))


async def visited() -> World:
    """A source with three articles, visited once."""
    world = World([PLAIN])
    world.answers[LIST] = page(LIST, links(1, 2, 3))
    for n in (1, 2, 3):
        one = article(story(n), f"Story number {n} of the river")
        packed = Packed(coding="gzip", body=gzip.compress(one.body))
        world.answers[story(n)] = replace(one, packed=packed)
    await world.visit()
    return world


async def rehearsed(world: World, edited: Source) -> Rehearsed:
    world.shelf.asked.clear()
    before = world.articles(), world.known(), world.store.pages("river")
    found = await rehearse(edited, world.tools())
    assert world.asked == []
    assert (world.articles(), world.known(), world.store.pages("river")) == before
    assert found is not None
    return found


def saved(found: Rehearsed) -> dict[str, str]:
    return {one.id: one.title for one in found.articles}


async def test_what_an_edited_rule_reads_is_told_under_the_ids_that_stand() -> None:
    world = await visited()
    found = await rehearsed(world, TITLED)
    ids = {one.id for one in world.articles()}
    assert {one.id for one in found.found} == ids
    assert set(saved(found)) == ids
    assert all(title.startswith("The river rose") for title in saved(found).values())
    assert found.missing == frozenset()


async def test_the_same_rules_change_nothing() -> None:
    found = await rehearsed(await visited(), PLAIN)
    assert saved(found) == {}
    assert len(found.found) == 3


async def test_an_entry_that_is_wanted_no_more_is_not_found() -> None:
    found = await rehearsed(await visited(), FEWER)
    assert [one.item.url for one in found.found] == [story(1), story(3)]


async def test_entries_at_other_addresses_are_new_and_their_pages_missing() -> None:
    found = await rehearsed(await visited(), CUT_LINKS)
    cut = [story(n).removesuffix(".html") for n in (1, 2, 3)]
    assert [(one.item.url, one.id) for one in found.found] == [(u, "") for u in cut]
    assert found.missing == set(cut)


async def test_a_page_that_names_its_address_is_known_wherever_it_is_listed() -> None:
    world = await visited()
    moved = f"{story(1)}?print"
    own = f'<link rel="canonical" href="{story(1)}">'
    world.answers[moved] = article(moved, "Story number 1 of the river", head=own)
    world.answers[LIST] = page(LIST, links(1, 2, 3).replace("/1.html", "/1.html?print"))
    await world.visit()
    found = await rehearsed(world, TITLED)
    assert "" not in {one.id for one in found.found}


async def test_a_rule_that_finds_nothing_is_told_and_changes_nothing() -> None:
    nothing = ListRules(item=Rule(select=".none"))
    found = await rehearsed(await visited(), source(LIST, list=nothing))
    assert found.found == []
    assert found.articles == []
    codes = {fault.code for outcome in found.outcomes for fault in outcome.faults}
    assert Code.W_LAYOUT in codes


async def test_where_nothing_is_kept_nothing_is_told() -> None:
    assert await rehearse(PLAIN, World([PLAIN]).tools()) is None


@pytest.mark.parametrize(
    ("edited", "told"), [(PLAIN, False), (TITLED, True), (FEWER, True)]
)
async def test_a_source_is_edited_whose_list_was_read_by_other_rules(
    edited: Source, *, told: bool
) -> None:
    world = await visited()
    assert is_edited(edited, world.resource()) is told


@pytest.mark.parametrize(
    ("resource", "told"), [(None, False), (Resource(url=LIST), True)]
)
def test_a_source_never_visited_is_new_and_one_not_settled_may_be_edited(
    resource: Resource | None, *, told: bool
) -> None:
    assert is_edited(PLAIN, resource) is told
