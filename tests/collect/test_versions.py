"""What pages say of their versions in other languages is kept, and followed."""

from feedsvc.model.config import Pair
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
