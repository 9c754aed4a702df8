"""Two versions of a story link to each other; an edition shows the one in its language."""

import json
import re
from typing import Any

import pytest

from feedsvc.model.article import Alternate, Article
from feedsvc.model.config import Category, Config, Pair, PublishSettings, Source
from tests.publish.world import START, House, article, config

BOTH = Category(key="local", title={"zh": "本地", "en": "Local"}, include="all")
SPORT = Category(key="sport", title={"zh": "体育", "en": "Sport"})
PATTERN = Pair(match="/en/(.*)", other=r"/zh/\1")
EN, ZH = ("https://news.example.org/en/1", "https://news.example.org/zh/1")


def half(language: str, says: str | None = None, **fields: Any) -> Article:
    """One of the two versions; what it says of the other, if anything."""
    url = {"en": EN, "zh": ZH}[language]
    other = {"en": "zh-CN", "zh": "en-US"}[language]
    usual = {
        "url": url,
        "language": language,
        "title": {"en": "The river rose", "zh": "汾河涨水"}[language],
        "aliases": (url.removeprefix("https://"),),
        "alternates": (Alternate(hreflang=other, url=says),) if says else (),
    }
    return article({"en": 1, "zh": 2}[language], **(usual | fields))


def both(pair: Pair | None = None, **fields: Any) -> Config:
    source = Source(id="river", url="https://news.example.org/en/", pair=pair)
    return config((BOTH, SPORT), (source,), PublishSettings(**fields))


def titles(h: House, path: str) -> list[str]:
    return [
        i["title"] for i in json.loads(h.output.bodies()[f"{path}/feed.json"])["items"]
    ]


def links(h: House, path: str) -> list[dict[str, str]]:
    """Where the entries of a feed say that versions in other languages stand."""
    body = h.output.bodies()[f"{path}/feed.atom"].decode()
    found = re.findall(r"<link ([^>]*)/>", body.partition("<entry")[2])
    told = [dict(re.findall(r'(\S+)="([^"]*)"', link)) for link in found]
    return [link for link in told if link.get("rel") == "alternate"]


def linked(h: House) -> bool:
    """Whether each stands in its own edition and names the other."""
    return [
        [(link.get("hreflang"), link["href"]) for link in links(h, path)]
        for path in ("zh/local", "en/local")
    ] == [
        [("zh", ZH), ("en", EN), (None, ZH)],
        [("en", EN), ("zh", ZH), (None, EN)],
    ]


@pytest.mark.parametrize(
    ("en", "zh", "pair"),
    [
        (ZH, EN, None),
        (ZH, None, None),
        (None, EN, None),
        (None, None, PATTERN),
        (f"http://www.{ZH.removeprefix('https://')}/?utm_source=x", None, None),
    ],
    ids=["both say so", "one", "the other", "the operator", "written otherwise"],
)
def test_each_version_links_to_the_other_and_stands_in_its_own_edition(
    en: str | None, zh: str | None, pair: Pair | None
) -> None:
    h = House(both(pair))
    h.keep(half("en", en), half("zh", zh))
    h.publish()
    assert (titles(h, "zh/local"), titles(h, "en/local")) == (
        ["汾河涨水"],
        ["The river rose"],
    )
    assert linked(h)
    told = json.loads(h.output.bodies()["zh/local/feed.json"])["items"][0]["_feedsvc"]
    assert told["alternates"] == [{"language": "en", "url": EN}]


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        (None, None),
        (ZH, "https://news.example.org/en/other"),
        ("https://news.example.org/zh/other", None),
    ],
    ids=["nothing is said", "it is denied", "nobody is there"],
)
def test_what_is_not_certain_is_not_linked_and_both_stand(
    en: str | None, zh: str | None
) -> None:
    h = House(both())
    h.keep(half("en", en), half("zh", zh))
    h.publish()
    for path in ("zh/local", "en/local"):
        assert titles(h, path) == ["The river rose", "汾河涨水"]
        assert [link["href"] for link in links(h, path)] == [EN, ZH]
    assert b'"alternates"' not in h.output.bodies()["zh/local/feed.json"]


@pytest.mark.parametrize("first", ["en", "zh"])
@pytest.mark.parametrize("says", ["first", "second"])
def test_the_feeds_of_the_first_follow_when_the_second_arrives(
    first: str, says: str
) -> None:
    second = {"en": "zh", "zh": "en"}[first]
    url = {"en": EN, "zh": ZH}
    one = half(first, url[second] if says == "first" else None, categories=("sport",))
    two = half(second, url[first] if says == "second" else None, categories=())
    h = House(config((Category(key="sport", title={"zh": "体育", "en": "Sport"}),)))
    h.keep(one)
    h.publish()
    assert "alternates" not in h.output.bodies()[f"{first}/sport/feed.json"].decode()
    h.keep(two)
    assert "sport" in h.store.dirty()
    report = h.publish()
    assert f"{first}/sport" in report.switched
    [item] = json.loads(h.output.bodies()[f"{first}/sport/feed.json"])["items"]
    assert item["_feedsvc"]["alternates"] == [{"language": second, "url": url[second]}]


def test_arrival_leaves_no_trace() -> None:
    ones = [
        half("en", ZH, first_seen=START),
        half("zh", first_seen=START.replace(hour=10)),
    ]
    at_once = House(both())
    at_once.keep(*ones)
    at_once.publish()
    h = House(both())
    for one in ones:
        h.now = one.first_seen
        h.keep(one)
        h.publish()
    feeds = [path for path in at_once.output.bodies() if "/feed." in path]
    assert {p: h.output.bodies()[p] for p in feeds} == {
        p: at_once.output.bodies()[p] for p in feeds
    }


def test_what_is_hidden_is_linked_no_more_and_the_other_stands_for_it() -> None:
    h = House(both())
    h.keep(half("en", ZH), half("zh"))
    h.publish()
    h.store.hide(half("zh").id, h.now)
    h.publish()
    assert titles(h, "zh/local") == ["The river rose"]
    assert b'"alternates"' not in h.output.bodies()["en/local/feed.json"]


def test_a_claim_that_is_taken_back_links_nothing_more() -> None:
    h = House(both())
    h.keep(half("en", ZH), half("zh"))
    h.publish()
    assert linked(h)
    h.change(half("en"), title="The river fell")
    h.publish()
    assert titles(h, "zh/local") == ["The river fell", "汾河涨水"]


def test_a_pattern_takes_effect_without_a_visit_and_goes_without_one() -> None:
    h = House(both())
    h.keep(half("en"), half("zh"))
    h.publish()
    assert titles(h, "zh/local") == ["The river rose", "汾河涨水"]
    h.reopen(both(PATTERN))
    h.publish()
    assert linked(h)
    h.reopen(both())
    h.publish()
    assert titles(h, "zh/local") == ["The river rose", "汾河涨水"]


def test_the_half_that_is_left_out_leaves_room() -> None:
    h = House(both(items=2))
    old = article(9, language="en", title="Old")
    h.keep(half("en", ZH), half("zh"), old)
    h.publish()
    assert titles(h, "zh/local") == ["汾河涨水", "Old"]


def test_a_version_filed_elsewhere_displaces_nothing() -> None:
    h = House(both())
    h.keep(half("en", ZH), half("zh", categories=("sport",)))
    h.publish()
    assert titles(h, "zh/local") == ["The river rose"]
