"""What a visit read is kept: the list that is believed, and the articles at its head."""

import gzip
import pickle
from dataclasses import replace
from datetime import timedelta

import pytest

from feedsvc.collect.recheck import recheck
from feedsvc.fetch.codings import decode
from feedsvc.model.kept import Kept, Role
from feedsvc.model.rules import ArticleRules, Rule
from feedsvc.model.status import Doubted
from feedsvc.model.web import Packed, Page
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


def kept(world: World, role: Role) -> list[str]:
    return [k.page.requested for k in world.store.pages("river") if k.role is role]


def body(one: Kept) -> bytes:
    packed = one.page.packed
    assert packed is not None
    return decode(packed.body, packed.coding, 1_000_000)


async def test_a_list_and_the_articles_at_its_head_are_kept() -> None:
    world = World([source(LIST)])
    world.answers[LIST] = page(LIST, links(*range(1, 31)))
    for n in range(1, 31):
        world.answers[story(n)] = article(story(n), f"Story {n} of the river")
    await world.visit()
    assert len(world.articles()) == 30
    assert kept(world, Role.LIST) == [LIST]
    assert kept(world, Role.ARTICLE) == [story(n) for n in range(1, 21)]


async def test_a_visit_that_finds_nothing_new_keeps_nothing() -> None:
    world = World([source()])
    world.answers[FEED] = rss(entry(1), etag='"1"')
    world.answers[story(1)] = article(story(1), "One")
    await world.visit()
    before = world.store.pages("river")
    await world.visit()
    world.answers[FEED] = rss(entry(1))  # without its ETag: sent whole
    await world.visit()
    assert world.store.pages("river") == before


async def test_of_articles_that_the_feed_tells_whole_it_alone_is_kept() -> None:
    world = World([source()])
    world.answers[FEED] = rss(whole(1), whole(2))
    await world.visit()
    assert [one.role for one in world.store.pages("river")] == [Role.LIST]


CHALLENGE = page(
    LIST, "<html><head><title>Just a moment...</title></head><body></body></html>"
)
NAVIGATION = page(
    LIST,
    "<html><body><ul class='list'>"
    + "".join(
        f"<li><a href='/{word}/'>All about the {word} of the town</a></li>"
        for word in ("about", "contact", "jobs", "press", "maps")
    )
    + "</ul></body></html>",
)


@pytest.mark.parametrize(
    ("doubted", "code", "counts"),
    [
        (page(LIST, "<html><body></body></html>"), "W_EMPTY", (12, 0)),
        (NAVIGATION, "W_STRANGERS", (12, 5)),
        (CHALLENGE, "E_BLOCKED", None),
    ],
    ids=["emptied", "something else", "a challenge"],
)
async def test_a_list_that_is_not_believed_is_kept_until_one_is(
    doubted: Page, code: str, counts: tuple[int, int] | None
) -> None:
    """reliability.md, 51: with the counts before and now."""
    world = World([source(LIST, kind="html")])
    world.answers[LIST] = page(LIST, links(*range(1, 13)))
    world.answers |= {story(n): article(story(n), f"Story {n}") for n in range(1, 13)}
    await world.visit()
    before = world.store.pages("river")
    world.answers[LIST] = doubted
    for _ in range(2):
        [fault] = (await world.visit()).faults
        assert fault.code == code
    told = (fault.args.get("usual"), fault.args.get("entries"))
    assert told == (counts or (None, None))
    [one] = [k for k in world.store.pages("river") if k.role is Role.DOUBTED]
    assert (body(one), one.since) == (doubted.body, world.now)
    assert [k for k in world.store.pages("river") if k.role is not one.role] == before
    [row] = world.store.status().sources
    assert row.doubted == Doubted(url=LIST, at=world.now)
    world.answers[LIST] = page(LIST, links(*range(1, 13), after="<p>Back again.</p>"))
    assert (await world.visit()).state == "unchanged"
    assert kept(world, Role.DOUBTED) == []


async def test_a_list_that_is_as_it_was_is_believed_again() -> None:
    world = World([source()])
    believed = world.answers[FEED] = rss(whole(1), etag='"1"')
    await world.visit()
    world.answers[FEED] = rss()
    await world.visit()
    assert kept(world, Role.DOUBTED) == [FEED]
    world.answers[FEED] = believed
    assert (await world.visit()).state == "unchanged"
    assert kept(world, Role.DOUBTED) == []


async def test_an_edited_address_needs_no_look_at_what_stood_at_the_old_one() -> None:
    world = World([source(LIST)])
    world.answers |= {LIST: page(LIST, "<p>"), FEED: rss(whole(1))}
    await world.visit()
    world.answers[LIST] = CHALLENGE
    await world.visit()
    assert kept(world, Role.DOUBTED) == [LIST]
    world.sources = [source(FEED)]
    await world.visit()
    assert kept(world, Role.DOUBTED) == []


async def test_what_was_kept_outlasts_an_outage() -> None:
    world = World([source()])
    world.answers[FEED] = rss(whole(1))
    await world.visit()
    world.answers[FEED] = rss()
    await world.visit()
    del world.answers[FEED]
    assert (await world.visit()).state == "failed"
    assert kept(world, Role.DOUBTED) == [FEED]


async def test_the_pages_that_continue_an_article_are_kept_with_it() -> None:
    rules = ArticleRules(next=Rule(select="a.next"))
    world = World([source(article=rules)])
    world.answers[FEED] = rss(entry(1))
    second = f"{story(1)}?page=2"
    first = article(story(1), "One")
    onward = f'<a class="next" href="{second}">next</a></body>'.encode()
    world.answers[story(1)] = replace(
        first, body=first.body.replace(b"</body>", onward)
    )
    world.answers[second] = article(second, "One")
    await world.visit()
    assert sorted(kept(world, Role.ARTICLE)) == [story(1), second]


async def test_a_corrected_page_takes_the_place_of_what_was_kept() -> None:
    world = World([source()])
    world.answers[FEED] = rss(entry(1))
    first = article(story(1), "One", head="<meta name=a>")
    recent = first.body.replace(b"2026-11-23T10", b"2026-11-24T07")
    world.answers[story(1)] = replace(first, body=recent)
    await world.visit()
    mended = recent.replace(b"the mill stays", b"the old mill stays")
    world.answers[story(1)] = replace(first, body=mended)
    world.now += timedelta(hours=2)
    done = await recheck({"river": source()}, world.tools())
    assert done.changed == 1
    [one] = [k for k in world.store.pages("river") if k.role is Role.ARTICLE]
    assert body(one) == mended


async def test_a_page_is_kept_in_the_coding_that_it_came_in() -> None:
    world = World([source()])
    plain = rss(whole(1))
    packed = Packed(coding="gzip", body=gzip.compress(plain.body))
    world.answers[FEED] = replace(plain, packed=packed)
    await world.visit()
    [one] = world.store.pages("river")
    assert one.page.packed == packed


def test_workers_are_not_handed_a_body_twice() -> None:
    packed = Packed(coding="gzip", body=b"packed")
    whole = replace(rss(), packed=packed)
    sent = pickle.loads(pickle.dumps(whole))
    assert sent == whole
    assert sent.packed is None
