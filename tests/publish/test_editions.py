"""The zh-Hant edition beside the others, as publication makes it."""

import json
import re
from typing import Any

from feedsvc.text import traditional
from tests.publish.world import House, article, config

LANGUAGES = ("zh", "en", "zh-Hant")


def items(h: House, path: str) -> dict[str, dict[str, Any]]:
    """The items of a JSON feed by title."""
    made = json.loads(h.output.bodies()[f"{path}/feed.json"])
    return {item["title"]: item for item in made["items"]}


def house() -> House:
    h = House(config(languages=LANGUAGES))
    h.keep(
        article(1, language="zh", title="汾河涨水"),
        article(2, language="zh-Hant", title="汾河水漲，軟體"),
        article(3, title="The Fen rises"),
    )
    h.publish()
    return h


def test_an_edition_of_its_own_holds_both_scripts_of_chinese() -> None:
    h = house()
    assert set(items(h, "zh/local")) == {"汾河涨水", "汾河水漲，軟體"}
    assert set(items(h, "zh-Hant/local")) == {"汾河漲水", "汾河水漲，軟體"}
    assert set(items(h, "en/local")) == {"The Fen rises"}


def test_only_conversions_have_ids_of_their_own() -> None:
    h = house()
    zh, hant = items(h, "zh/local"), items(h, "zh-Hant/local")
    same = "汾河水漲，軟體"
    assert zh[same]["id"] == hant[same]["id"]
    assert hant["汾河漲水"]["id"] == f"{zh['汾河涨水']['id']}/zh-Hant"
    ids = [items(h, f"zh-Hant/{term}")["汾河漲水"]["id"] for term in ("all", "local")]
    assert ids[0] == ids[1]


def test_every_category_has_its_feeds_in_traditional_characters() -> None:
    h = house()
    assert b"<language>zh-TW</language>" in h.output.bodies()["zh-Hant/sport/feed.rss"]
    assert b'xml:lang="zh-Hant"' in h.output.bodies()["zh-Hant/sport/feed.atom"]
    assert (
        '<html lang="zh-Hant"' in h.output.bodies()["zh-Hant/sport/index.html"].decode()
    )


def test_a_conversion_that_is_taken_out_leaves_its_own_tombstone() -> None:
    h = house()
    h.store.hide(f"{1:032x}", h.now)
    h.publish()
    bodies = h.output.bodies()
    refs = [
        re.findall(rb'deleted-entry ref="tag:example.org,2026:([^"]+)"', bodies[path])
        for path in ("zh/local/feed.atom", "zh-Hant/local/feed.atom")
    ]
    own = f"{1:032x}".encode()
    assert refs == [[own], [own + b"/zh-Hant"]]


def test_a_text_is_converted_once() -> None:
    traditional.converted_markup.cache_clear()
    h = house()
    h.keep(article(4, language="zh", title="又一篇", content_html="<p>又</p>"))
    h.publish()
    told = traditional.converted_markup.cache_info()
    assert (told.misses, told.hits) == (2, 4)
