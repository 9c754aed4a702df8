"""A survey asks politely, finds what there is, and leaves a site in trouble alone."""

from collections.abc import Mapping

import pytest

from feedsvc.errors import Code, ExtractError, Fault, FetchError, Stage
from feedsvc.fetch.memory import Shelf
from feedsvc.inspect.add import Survey
from feedsvc.inspect.offers import Offer, best
from feedsvc.model.web import Failed, Fetched, Page
from tests.collect.world import entry, links, page, rss

SITE = "https://news.example.org"
URLS = "".join(f"<url><loc>{SITE}/{n}.html</loc></url>" for n in range(3))
SITEMAP = f"<urlset>{URLS}</urlset>"


def feed(*numbers: int) -> bytes:
    """A feed of stories at the root of the site."""
    return rss(*map(entry, numbers)).body


def linking(*hrefs: str) -> str:
    """A list page that names feeds."""
    tags = "".join(
        f'<link rel=alternate type="application/rss+xml" href="{href}">'
        for href in hrefs
    )
    return f"<head>{tags}</head>{links(1, 2, 3)}"


def failed(code: Code, status: int | None = None) -> Failed:
    return Failed(fault=Fault(code=code, stage=Stage.FETCH), status=status)


async def survey(
    pages: Mapping[str, str | bytes | Fetched], start: str = "/"
) -> tuple[list[Offer], list[str]]:
    """What is offered by a site of pages by path, and the paths asked for."""
    shelf = Shelf(
        {
            SITE + path: page(SITE + path, told)
            if isinstance(told, str | bytes)
            else told
            for path, told in pages.items()
        }
    )
    _, offers = await Survey(shelf.fetch).run(SITE + start)
    return offers, [request.url.removeprefix(SITE) for request in shelf.asked]


def told(offers: list[Offer]) -> list[tuple[str, str]]:
    return [(offer.url.removeprefix(SITE), offer.kind) for offer in offers]


async def test_feeds_stand_before_the_page_and_that_before_sitemaps() -> None:
    offers, asked = await survey(
        {
            "/": linking("/a.xml", "/comments.xml", "/gone.xml", "/page.xml"),
            "/a.xml": feed(1, 2),
            "/comments.xml": feed(3),
            "/page.xml": "<html>no feed",
            "/sitemap.xml": SITEMAP,
        }
    )
    assert told(offers) == [
        ("/a.xml", "feed"),
        ("/", "html"),
        ("/sitemap.xml", "sitemap"),
    ]
    assert "/comments.xml" not in asked
    assert "/feed" not in asked  # a feed is known already
    assert len(asked) == len(set(asked))


async def test_only_so_many_feeds_are_tried() -> None:
    names = [f"/{n}.xml" for n in range(9)]
    _, asked = await survey({"/": linking(*names), **{name: feed(1) for name in names}})
    assert sum(path in names for path in asked) == 5


async def test_the_search_for_hidden_feeds_ends_with_the_first() -> None:
    offers, asked = await survey(
        {"/": links(1, 2), "/rss.xml": feed(1), "/atom.xml": feed(1)}
    )
    assert ("/rss.xml", "feed") in told(offers)
    assert "/atom.xml" not in asked


async def test_a_page_served_in_place_of_a_feed_is_none() -> None:
    home = links(1, 2)
    offers, asked = await survey({"/": home, "/feed": home, "/rss": "<rss><cut"})
    assert told(offers) == [("/", "html")]
    assert len(asked) <= 20


@pytest.mark.parametrize(
    ("moved", "url"),
    [(True, "/new.xml"), (False, "/feed")],
    ids=["for good", "for now"],
)
async def test_a_feed_that_moved_for_good_is_named_where_it_is(
    *, moved: bool, url: str
) -> None:
    answer = Page(
        url=f"{SITE}/new.xml", requested=f"{SITE}/feed", body=feed(1), moved=moved
    )
    offers, _ = await survey({"/": links(1, 2), "/feed": answer})
    assert told(offers)[0] == (url, "feed")


async def test_a_feed_reached_twice_is_offered_once() -> None:
    offers, _ = await survey({"/": linking("/a.xml", "/a.xml/"), "/a.xml": feed(1),
                              "/a.xml/": feed(1)})  # fmt: skip
    assert told(offers) == [("/a.xml", "feed"), ("/", "html")]


async def test_news_sitemaps_of_robots_go_first() -> None:
    named = ("all.xml", "tags.xml", "images.xml", "news.xml", "more.xml")
    robots = "".join(f"Sitemap: {SITE}/{name}\n" for name in named)
    _, asked = await survey({"/": links(1, 2), "/robots.txt": robots})
    assert asked[-3:] == ["/news.xml", "/all.xml", "/tags.xml"]


@pytest.mark.parametrize(
    ("children", "pages", "url", "shown"),
    [
        (["/old.xml", "/news.xml"], {"/news.xml": SITEMAP}, "/news.xml", "/news.xml"),
        (["/11.xml", "/10.xml"], {"/11.xml": SITEMAP}, "/sitemap.xml", "/11.xml"),
        (["/11.xml"], {}, None, None),
        (["/11.xml"], {"/11.xml": "<html>"}, None, None),
        (["/11.xml"], {"/11.xml": "<urlset"}, None, None),
    ],
    ids=["news", "parts", "gone", "a page", "cut"],
)
async def test_an_index_is_what_its_newest_child_lists(
    children: list[str], pages: dict[str, str], url: str | None, shown: str | None
) -> None:
    locs = "".join(f"<sitemap><loc>{SITE}{c}</loc></sitemap>" for c in children)
    index = f"<sitemapindex>{locs}</sitemapindex>"
    offers, _ = await survey({"/": links(1, 2), "/sitemap.xml": index, **pages})
    found = [
        (o.url.removeprefix(SITE), o.shown.removeprefix(SITE))
        for o in offers
        if o.kind == "sitemap"
    ]
    assert found == ([(url, shown)] if url else [])


async def test_a_feed_of_the_whole_site_loses_to_a_section() -> None:
    offers, _ = await survey(
        {"/a/": linking("/all.xml", "/a.xml"), "/all.xml": feed(7, 8, 9),
         "/a.xml": feed(1, 2)}, "/a/"
    )  # fmt: skip
    assert [offer.wider for offer in offers] == [True, False, False]
    chosen = best(offers)
    assert chosen
    assert chosen.url == f"{SITE}/a.xml"


async def test_a_feed_is_all_that_is_asked_for_when_it_was_given() -> None:
    offers, asked = await survey({"/a.xml": feed(1)}, "/a.xml")
    assert told(offers) == [("/a.xml", "feed")]
    assert asked == ["/a.xml"]


@pytest.mark.parametrize(
    "code", [Code.E_TIMEOUT, Code.E_CONNECT, Code.E_THROTTLED], ids=str
)
async def test_a_site_in_trouble_is_left_alone(code: Code) -> None:
    offers, asked = await survey({"/": links(1, 2), "/feed": failed(code)})
    assert asked == ["/", "/feed"]
    assert told(offers) == [("/", "html")]


async def test_a_refusal_of_one_address_says_nothing_of_others() -> None:
    offers, _ = await survey(
        {"/": links(1, 2), "/feed": failed(Code.E_SERVER, 500), "/rss": feed(1)}
    )
    assert ("/rss", "feed") in told(offers)


@pytest.mark.parametrize(
    ("pages", "error", "code"),
    [
        ({}, FetchError, Code.E_NOT_FOUND),
        ({"/": failed(Code.E_DNS)}, FetchError, Code.E_DNS),
        ({"/": "<html><p>Nothing."}, ExtractError, Code.E_NO_LIST),
        ({"/": "<rss><channel></channel></rss>"}, ExtractError, Code.E_NO_LIST),
        ({"/": "<title>Just a moment...</title>"}, ExtractError, Code.E_BLOCKED),
    ],
    ids=["no page", "no host", "no list", "empty feed", "challenge"],
)
async def test_nothing_to_read_is_a_fault(
    pages: dict[str, str | bytes | Fetched], error: type[FetchError], code: Code
) -> None:
    with pytest.raises(error) as raised:
        await survey(pages)
    assert raised.value.fault.code is code


async def test_nothing_is_asked_for_twice() -> None:
    shelf = Shelf({f"{SITE}/a.xml": page(f"{SITE}/a.xml", feed(1))})
    heard: list[str] = []
    looking = Survey(shelf.fetch, heard.append)
    await looking.run(f"{SITE}/a.xml")
    await looking.fetch(shelf.asked[0])  # as the preview does
    assert heard == [request.url for request in shelf.asked] == [f"{SITE}/a.xml"]
