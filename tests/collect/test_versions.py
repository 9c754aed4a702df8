"""What pages say of their versions in other languages is kept, and followed."""

from datetime import timedelta

from feedsvc.collect.recheck import recheck
from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.config import Pair
from feedsvc.model.web import Failed
from tests.collect.world import FEED, World, article, entry, rss, source, story

ZH = "https://news.example.org/zh/1.html"
HEAD = f'<link rel="alternate" hreflang="zh-CN" href="{ZH}">'
BODY_ZH = (
    "汾河水位一夜上涨两米，磨坊旁的大桥仍然封闭，等工程师检查桥墩之后才会重新开放。"
)


def world(head: str = HEAD, pair: Pair | None = None) -> World:
    item = f"<item><title>汾河涨水</title><link>{ZH}</link></item>"
    pages = {
        FEED: rss(entry(1), item),
        story(1): article(story(1), "The river rose", head=head),
        ZH: article(ZH, "汾河涨水", body=BODY_ZH),
    }
    return World([source(language=None, pair=pair)], answers=dict(pages))


def versions(w: World) -> dict[str, list[str]]:
    """Article → its versions, by address."""
    url = {one.id: one.url for one in w.articles()}
    found = w.store.versions(url)
    return {url[one]: [other.url for other in found[one]] for one in found}


async def later(w: World, hours: int) -> None:
    """Read again what is due so many hours later."""
    w.now += timedelta(hours=hours)
    await recheck({one.id: one for one in w.sources}, w.tools())


BOTH = {story(1): [ZH], ZH: [story(1)]}


async def test_two_pages_of_which_one_names_the_other_are_versions() -> None:
    w = world()
    await w.visit()
    assert versions(w) == BOTH


async def test_without_a_word_nothing_is_paired() -> None:
    w = world(head="")
    await w.visit()
    assert len(w.articles()) == 2
    assert versions(w) == {}


async def test_the_operators_pattern_pairs_pages_that_say_nothing() -> None:
    pair = Pair(match=r"/zh/(\d+)", other=r"/\1")
    w = world(head="", pair=pair)
    await w.visit()
    assert versions(w) == BOTH


async def test_a_page_that_says_so_later_is_heard_though_it_reads_the_same() -> None:
    w = world(head="")
    await w.visit()
    before = {one.id: one.updated for one in w.articles()}
    w.answers[story(1)] = world().answers[story(1)]
    w.answers[FEED] = rss(
        entry(1, "The river rose again"),
        f"<item><title>汾河涨水</title><link>{ZH}</link></item>",
    )
    await w.visit()
    assert versions(w) == BOTH
    assert {one.id: one.updated for one in w.articles()} == before


async def test_a_page_that_cannot_be_read_takes_nothing_back() -> None:
    w = world()
    await w.visit()
    del w.answers[story(1)]
    w.answers[FEED] = rss(entry(1, "The river rose again"))
    await w.visit()
    assert versions(w) == BOTH


async def test_a_page_that_is_read_again_is_heard_though_its_list_is_silent() -> None:
    w = world(head="")
    await w.visit()
    w.answers[story(1)] = world().answers[story(1)]
    w.store.record([], w.store.dirty())
    await later(w, 1)
    assert versions(w) == BOTH
    assert "all" in w.store.dirty()


async def test_what_is_withdrawn_is_no_version_until_it_returns() -> None:
    w = world()
    await w.visit()
    page = w.answers[ZH]
    w.answers[ZH] = Failed(
        fault=Fault(code=Code.E_NOT_FOUND, stage=Stage.FETCH, place=ZH), status=404
    )
    await later(w, 1)
    w.store.record([], w.store.dirty())
    await later(w, 5)
    assert versions(w) == {story(1): []}
    assert "all" in w.store.dirty()
    w.answers[ZH] = page
    await later(w, 18)
    assert versions(w) == BOTH
