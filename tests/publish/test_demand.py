"""Feeds of sources and of searches: as all others, made when they are asked for."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from feedsvc.model.article import Alternate, Article
from feedsvc.model.config import Config, PublishSettings, Source
from feedsvc.model.feed import Edition
from feedsvc.model.tree import Made
from feedsvc.publish.demand import Demand
from tests.publish.world import LOCAL, OPENING, SOURCE, SPORT, House, article, config

SCHEMA = Path(__file__).resolve().parents[2] / "../shared/schema/atom.rng"
ATOM = {
    "a": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
}
BASE = "https://feeds.example.org"
LAKE = Source(id="lake", url="https://lake.example.org/", name={"zh": "湖报"})
SHUT = Source(id="shut", url="https://shut.example.org/", enabled=False)
COAL = article(
    2, title="阳泉举办煤炭博览会", language="zh", source="lake",
    url="https://lake.example.org/2", content_text="来了一万人",
)  # fmt: skip


def world(**publish: Any) -> House:
    languages = ("zh", "en", "zh-Hant")
    made = config(
        (LOCAL, SPORT),
        (SOURCE, LAKE, SHUT),
        PublishSettings(**publish),
        languages=languages,
        title={"zh": "河边新闻", "en": "River News"},
    )
    house = House(made)
    house.keep(article(1), COAL, article(3, categories=("sport",)))
    return house


def demand(house: House) -> Demand:
    return Demand(house.config, lambda: house.store, lambda: house.now)


def of(house: House, *asked: str | None) -> Edition:
    """The edition of a language, source, query and category."""
    found = demand(house).edition(*asked)  # type: ignore[arg-type]  # the first is one
    assert found
    return found


def make(house: House, edition: Edition, name: str, before: Made | None = None) -> Made:
    maker = demand(house)
    assert maker.index(60)
    return maker.make(edition, name, before)


def body(house: House, edition: Edition, name: str) -> bytes:
    return make(house, edition, name).file.bodies["identity"]


def items(house: House, edition: Edition) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(body(house, edition, "feed.json"))["items"]
    return found


ASKED: list[tuple[str | None, ...]] = [
    ("zh", "lake", None, None),
    ("en", "lake", None, None),
    ("zh-Hant", "lake", None, None),
    ("zh", None, "阳泉", None),
    ("en", None, 'story & <b> "x"', None),
    ("zh-Hant", None, "陽泉", "local"),
    ("en", None, "nothing at all", "sport"),
]


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_they_are_valid_in_every_format(asked: tuple[str | None, ...]) -> None:
    house = world()
    edition = of(house, *asked)
    parameters = edition.parameters and f"?{edition.parameters}"
    for name in ("feed.rss", "feed.atom"):
        read = feedparser.parse(body(house, edition, name))
        assert not read.bozo
        link = next(x for x in read.feed.links if x.rel == "self")
        assert link.href == f"{BASE}/{edition.path}/{name}{parameters}"
        assert read.feed.language in {"zh-CN", "zh-TW", "zh-Hant", "zh", "en"}
        assert not [x for x in read.feed.links if x.rel == "hub"]
    if SCHEMA.exists():
        schema = etree.RelaxNG(etree.parse(SCHEMA))
        schema.assertValid(etree.fromstring(body(house, edition, "feed.atom")))
    told = json.loads(body(house, edition, "feed.json"))
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert "hubs" not in told
    assert all(item["id"].startswith("tag:") for item in told["items"])
    assert {item["language"] for item in told["items"]} <= {"zh", "en", "zh-Hant"}


def test_entries_are_those_of_the_published_feeds() -> None:
    house = world()
    house.publish()
    published = json.loads(house.output.bodies()["zh/local/feed.json"])["items"]
    for edition in (
        of(house, "zh", "lake", None, None),
        of(house, "zh", None, "阳泉", None),
    ):
        assert items(house, edition) == published


def test_a_source_has_everything_of_it_in_every_edition() -> None:
    house = world()
    ids = [f"tag:example.org,2026:{n:032x}" for n in (1, 3)]
    for language in ("zh", "en"):
        edition = of(house, language, "river", None, None)
        assert [item["id"] for item in items(house, edition)] == ids
    entry = etree.fromstring(
        body(house, of(house, "zh", "river", None, None), "feed.atom")
    )
    tag = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [e.get(tag) for e in entry.findall("a:entry", ATOM)] == ["en", "en"]


def test_titles_name_the_source_and_the_words() -> None:
    house = world()
    told = {
        asked: json.loads(body(house, of(house, *asked), "feed.json"))["title"]
        for asked in ASKED[:6]
    }
    assert list(told.values()) == [
        "湖报 – 河边新闻",
        "湖报 – River News",
        "湖報 – 河邊新聞",
        "“阳泉” – 河边新闻",
        '“story & <b> "x"” – River News',
        "「陽泉」 · 本地 – 河邊新聞",
    ]


def test_words_that_are_markup_are_text_in_page_and_feeds() -> None:
    house = world()
    hostile = "<script>alert(1)</script> \"'&阳泉"
    edition = of(house, "zh", None, hostile, None)
    for name in ("index.html", "feed.rss", "feed.atom"):
        made = body(house, edition, name).decode()
        assert "<script>alert" not in made
        assert "alert(1)" in made
    page = etree.HTML(body(house, edition, "index.html"))
    assert page.xpath("//input[@name='q']/@value") == [hostile]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


@pytest.mark.parametrize(
    "asked",
    [
        ("fr", "lake", None, None),
        ("zh", "nobody", None, None),
        ("zh", "shut", None, None),
        ("zh", "../lake", None, None),
        ("zh", None, "阳泉", "nothing"),
    ],
)
def test_what_is_not_configured_is_no_edition(asked: tuple[str | None, ...]) -> None:
    assert demand(world()).edition(*asked) is None  # type: ignore[arg-type]  # a str first


def test_nothing_is_made_where_the_operator_wants_none() -> None:
    house = world(on_demand=False)
    assert demand(house).edition("zh", "lake", None, None) is None
    assert demand(house).edition("zh", None, "阳泉", None) is None
    house.publish()
    bodies = house.output.bodies()
    assert b"search" not in bodies["zh/index.html"]
    assert "zh/sources/index.html" not in bodies
    assert b"sources/" not in bodies["en/local/index.html"]


def test_pages_lead_to_sources_and_searches() -> None:
    house = world()
    house.publish()
    bodies = house.output.bodies()
    index = etree.HTML(bodies["en/index.html"])
    assert index.xpath("//form/@action") == ["search/"]
    assert index.xpath("//main//a[@href='sources/']")
    directory = etree.HTML(bodies["zh/sources/index.html"])
    links = directory.xpath("//main//ul/li/a")
    assert [(a.get("href"), a.text) for a in links] == [
        ("river/", "River"),
        ("lake/", "湖报"),
    ]
    page = etree.HTML(bodies["zh/local/index.html"])
    assert page.xpath("//article//a[@href='../../zh/sources/lake/']")
    own = etree.HTML(body(house, of(house, "zh", "lake", None, None), "index.html"))
    assert not own.xpath("//article//a[contains(@href, 'sources/lake')]")


def test_siblings_and_page_keep_the_words() -> None:
    house = world()
    edition = of(house, "en", None, "阳泉 a&b", "local")
    asked = "?q=%E9%98%B3%E6%B3%89%20a%26b&category=local"
    root = etree.fromstring(body(house, edition, "feed.atom"))
    links = {
        (x.get("rel"), x.get("hreflang")): x.get("href")
        for x in root.findall("a:link", ATOM)
    }
    assert links == {
        ("self", None): f"{BASE}/en/search/feed.atom{asked}",
        ("alternate", "en"): f"{BASE}/en/search/{asked}",
        ("alternate", None): f"{BASE}/en/search/{asked}",
        ("alternate", "zh"): f"{BASE}/zh/search/feed.atom{asked}",
        ("alternate", "zh-Hant"): f"{BASE}/zh-Hant/search/feed.atom{asked}",
    }
    page = etree.HTML(body(house, edition, "index.html"))
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{BASE}/en/search/{asked}"]
    assert page.xpath("//nav//a/@href") == [
        f"../../zh/search/{asked}", f"../../zh-Hant/search/{asked}",
    ]  # fmt: skip
    addresses = page.xpath("//ul[@class='addresses']//input/@value")
    assert addresses == [
        f"{BASE}/en/search/feed.{f}{asked}" for f in ("rss", "atom", "json")
    ]


def test_bytes_are_the_same_on_every_node_and_whenever_they_are_made() -> None:
    house = world()
    edition = of(house, "zh", None, "阳泉", None)
    first = make(house, edition, "feed.atom")
    house.now += timedelta(days=1)
    again = make(house, edition, "feed.atom")
    assert first == again
    assert make(house, edition, "feed.atom", again) is again


def test_the_date_is_the_newest_articles_and_then_that_of_each_change() -> None:
    house = world()
    edition = of(house, "zh", "lake", None, None)

    def updated() -> Any:
        made = {
            make(house, edition, name).file.updated
            for name in ("feed.rss", "index.html")
        }
        assert len(made) == 1
        return made.pop()

    assert updated() == COAL.updated
    house.now += timedelta(hours=1)
    house.change(COAL, title="阳泉")
    assert updated() == house.now
    stood = house.now
    house.now += timedelta(hours=1)
    house.keep(article(1, language="en"))
    assert updated() == stood
    house.store.hide(COAL.id, house.now)
    assert updated() == house.now
    house.now += timedelta(hours=1)
    house.store.unhide(COAL.id)
    assert updated() == house.now
    house.now += timedelta(hours=1)
    house.config = replace(house.config, sources=renamed(house.config))
    assert updated() == house.now


def renamed(known: Config) -> dict[str, Source]:
    return {**known.sources, "lake": replace(LAKE, name={"zh": "湖"})}


def test_an_empty_search_is_dated_by_the_authority_and_a_tombstone_stands_in() -> None:
    house = world()
    empty = of(house, "en", None, "nothing", None)
    assert make(house, empty, "feed.rss").file.updated == OPENING
    edition = of(house, "en", None, "阳泉", None)
    assert len(items(house, edition)) == 1
    house.store.hide(COAL.id, house.now)
    root = etree.fromstring(body(house, edition, "feed.atom"))
    [gone] = root.findall("at:deleted-entry", ATOM)
    assert gone.get("ref") == f"tag:example.org,2026:{COAL.id}"
    assert items(house, edition) == []


def half(n: int, language: str, source: str, other: str) -> Article:
    url = f"https://news.example.org/{language}/7"
    pair = Alternate(hreflang=other, url=f"https://news.example.org/{other}/7")
    return article(
        n, language=language, source=source, url=url, title=f"Pair {language} 汾河",
        aliases=(url.removeprefix("https://"),), alternates=(pair,),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        (("zh", "lake", None, None), [7]),
        (("en", "lake", None, None), [7]),
        (("en", "river", None, None), [1, 3, 8]),
        (("en", None, "Pair", None), [8]),
        (("zh", None, "Pair", None), [7]),
        (("en", None, "Pair zh", None), [7]),
    ],
)
def test_a_version_gives_way_only_to_one_that_is_there_too(
    asked: tuple[str | None, ...], held: list[int]
) -> None:
    house = world()
    house.store.hide(COAL.id, house.now)
    house.keep(half(7, "zh", "lake", "en"), half(8, "en", "river", "zh"))
    found = items(house, of(house, *asked))
    assert sorted(int(item["id"].rpartition(":")[2], 16) for item in found) == held


def test_items_bound_a_feed() -> None:
    house = world(items=2)
    house.keep(*(article(n) for n in range(10, 20)))
    for asked in (("en", "river", None, None), ("en", None, "story", None)):
        assert len(items(house, of(house, *asked))) == 2
