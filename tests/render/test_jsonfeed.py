"""JSON Feed 1.1 (jsonfeed.org/version/1.1) with our extension."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from feedsvc.render import jsonfeed
from tests.render import golden

HUB = "https://feeds.example.org/hub"


def is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def is_url(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://"))


def is_moment(value: object) -> bool:
    return is_text(value) and datetime.fromisoformat(str(value)).tzinfo is not None


def are_authors(value: object) -> bool:
    return isinstance(value, list) and all(is_text(a["name"]) for a in value)


def are_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(is_text, value))


Checks = Mapping[str, Callable[[object], bool]]

FEED: Checks = {
    "version": lambda v: v == "https://jsonfeed.org/version/1.1",
    "title": is_text,
    "home_page_url": is_url,
    "feed_url": is_url,
    "description": is_text,
    "language": is_text,
    "authors": are_authors,
    "hubs": lambda v: v == [{"type": "WebSub", "url": HUB}],
    "_feedsvc": lambda v: isinstance(v, dict),
    "items": lambda v: isinstance(v, list),
}
ITEM: Checks = {
    "id": is_text,
    "url": is_url,
    "title": is_text,
    "content_html": is_text,
    "summary": is_text,
    "image": is_url,
    "date_published": is_moment,
    "date_modified": is_moment,
    "authors": are_authors,
    "tags": are_texts,
    "language": is_text,
    "_feedsvc": lambda v: isinstance(v, dict),
}


def read(language: str = "zh") -> dict[str, Any]:
    made: dict[str, Any] = json.loads(jsonfeed.render(golden.feed(language)))
    return made


def conforms(value: Mapping[str, object], checks: Checks) -> None:
    for name, stated in value.items():
        assert checks[name](stated), f"{name}: {stated!r}"


@pytest.mark.parametrize("language", golden.LANGUAGES)
def test_feeds_are_what_the_specification_describes(language: str) -> None:
    feed = read(language)
    conforms(feed, FEED)
    assert set(feed) == set(FEED)
    for item in feed["items"]:
        conforms(item, ITEM)
        assert {"id", "content_html", "date_published"} <= set(item)


def test_a_feed_says_where_it_stands() -> None:
    feed = read("en")
    assert feed["feed_url"] == "https://feeds.example.org/en/local/feed.json"
    assert feed["home_page_url"] == "https://feeds.example.org/en/local/"
    assert feed["language"] == "en"
    assert feed["authors"][0]["name"] == "Shanxi News"
    assert feed["_feedsvc"] == {
        "about": "https://feeds.example.org/categories/local",
        "term": "local",
        "updated": "2026-11-24T04:00:00+00:00",
        "siblings": [
            {
                "language": language,
                "feed_url": f"https://feeds.example.org/{language}/local/feed.json",
            }
            for language in ("zh", "zh-Hant")
        ],
    }


def test_an_item_says_all_that_is_known() -> None:
    item = read()["items"][0]
    assert item["date_published"] == "2021-11-05T08:30:00+08:00"
    assert item["authors"] == [{"name": "袁胜高"}, {"name": "李明"}]
    assert item["tags"] == ["本市", "财经"]
    assert item["image"] == "https://news.example.org/1.jpg"
    assert item["_feedsvc"] == {
        "term": "local",
        "terms": ["local", "economy"],
        "source": "yangquan",
        "source_name": "阳泉英文网",
        "outlet": "山西日报",
        "contributors": ["郭彦杰"],
        "precision": "minute",
        "date_text": "2021年11月5日 08:30",
        "alternates": [{"language": "en", "url": "https://en.news.example.org/1.html"}],
    }


def test_each_item_says_its_own_language() -> None:
    assert [item["language"] for item in read()["items"]] == ["zh", "en", "zh"]


def test_what_is_not_known_is_left_out() -> None:
    bare = read()["items"][2]
    assert not {"authors", "image", "tags"} & set(bare)
    assert bare["_feedsvc"]["term"] is None


def test_an_item_without_text_has_its_content_all_the_same() -> None:
    feed = golden.feed("zh")
    entry = replace(feed.entries[0], content_html="", summary=None)
    made = json.loads(jsonfeed.render(replace(feed, entries=(entry,))))
    assert made["items"][0]["content_html"] == ""
