"""One article stands for a story, the same on every node, and never changes its id."""

import json
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import feedparser
import pytest

from feedsvc.model.article import Article
from feedsvc.model.config import Category, Config, PublishSettings, Source
from tests.publish.world import SOURCE, START, House, article, config

STORY = Category(key="local", title={"zh": "本地", "en": "Local"}, dedupe="story")
SPORT = Category(key="sport", title={"zh": "体育", "en": "Sport"})
MILL = Source(id="mill", url="https://mill.example.org/", name={"en": "The Mill"})
QUAY = Source(id="quay", url="https://quay.example.org/", name={"en": "The Quay"})
HOUR = timedelta(hours=1)

TEXTS = [
    "The river rose by 2.4 m in the night and the bridge at the mill stays closed until engineers have looked at its piers.",
    "A school of 240 children planted an orchard of 60 pear trees behind the county library, and will sell the fruit itself.",
    "The brass band that has played on the quay since 1911 looks for a cornet and 3 horns before the winter season begins.",
]


def told(n: int, story: int, source: str = "river", **fields: Any) -> Article:
    """The n-th article, first seen n hours after the beginning, of one of TEXTS."""
    text = f"{TEXTS[story]} {TEXTS[story]} So the {source} reports."
    usual = {
        "source": source,
        "content_text": text,
        "content_html": f"<p>{text}</p>",
        "published": START - timedelta(hours=24 - n),
        "updated": START - timedelta(hours=24 - n),
        "first_seen": START + n * HOUR,
    }
    return article(n, **(usual | fields))


def by_story(
    category: Category = STORY, sources: Sequence[Source] = (), **publish: Any
) -> Config:
    given = {s.id: s for s in (SOURCE, MILL, QUAY)} | {s.id: s for s in sources}
    settings = PublishSettings(**publish)
    return config((category, SPORT), tuple(given.values()), settings)


def items(h: House, path: str = "en/local") -> list[dict[str, Any]]:
    found = json.loads(h.output.bodies()[f"{path}/feed.json"])["items"]
    return [item for item in found if isinstance(item, dict)]


def shown(h: House, path: str = "en/local") -> dict[int, list[int]]:
    """The articles that stand, newest first, each with those that it stands for."""
    return {
        int(item["id"][-32:], 16): [
            int(other["id"][-32:], 16) for other in item["_feedsvc"].get("also", ())
        ]
        for item in items(h, path)
    }


ALL = [
    told(1, 0),
    told(2, 1),
    told(3, 0, "mill"),
    told(4, 2),
    told(5, 0, "quay"),
    told(6, 1, "mill"),
]


def published(articles: Sequence[Article], configured: Config | None = None) -> House:
    h = House(configured or by_story())
    h.keep(*articles)
    h.publish()
    return h


def test_a_story_is_shown_once_and_names_the_others() -> None:
    h = published(ALL)
    assert shown(h) == {4: [], 2: [6], 1: [3, 5]}
    [river] = [item for item in items(h) if item["_feedsvc"].get("also", [])[1:]]
    assert river["_feedsvc"]["also"][0] == {
        "id": f"tag:example.org,2026:{3:032x}",
        "url": "https://news.example.org/3",
        "title": "Story 3",
        "source": "mill",
        "source_name": "The Mill",
    }
    assert river["content_html"].endswith(
        '<p class="also" lang="en">Also reported by <a href="https://news.example.org/3">'
        'The Mill</a> and <a href="https://news.example.org/5">The Quay</a></p>'
    )


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_the_others_are_related_links_in_xml(form: str) -> None:
    body = published(ALL).output.bodies()[f"en/local/feed.{form}"].decode()
    assert re.findall(r'rel="related"[^>]*href="([^"]+)"', body) == [
        f"https://news.example.org/{n}" for n in (6, 3, 5)
    ]
    assert 'title="The Mill"' in body


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_reader_opens_the_article_that_stands(form: str) -> None:
    parsed = feedparser.parse(published(ALL).output.bodies()[f"en/local/feed.{form}"])
    assert not parsed.bozo
    opened = [entry.link for entry in parsed.entries]
    assert opened == [f"https://news.example.org/{n}" for n in (4, 2, 1)]


def test_a_category_that_takes_each_shows_each_and_names_nobody() -> None:
    h = published(ALL, by_story(replace(STORY, dedupe="url")))
    assert list(shown(h)) == [6, 5, 4, 3, 2, 1]
    assert list(shown(h, "en/all")) == [6, 5, 4, 3, 2, 1]
    assert all(b"related" not in body for body in h.output.bodies().values())


def test_what_takes_each_is_the_same_bytes_beside_what_does_not() -> None:
    each = published(ALL, by_story(replace(STORY, dedupe="url"))).output.bodies()
    once = published(ALL).output.bodies()
    mine = [p for p in each if "/local/" not in p and not p.endswith("index.html")]
    assert {p: each[p] for p in mine} == {p: once[p] for p in mine}
    assert any(p.startswith("en/all/") for p in mine)


@pytest.mark.parametrize("seed", range(6))
def test_neither_order_nor_node_leaves_a_trace(seed: int) -> None:
    mixed = random.Random(seed).sample(ALL, len(ALL))
    h = House(by_story())
    for one in mixed:
        h.keep(one)
        h.publish()
    assert entries(h) == entries(published(ALL))
    once = House(by_story())
    for one in mixed:
        once.keep(one)
    once.publish()
    assert once.output.bodies() == published(ALL).output.bodies()


def entries(h: House) -> list[bytes]:
    """What stands in each format behind the feed's own date."""
    marks = {"json": b'"items"', "atom": b"<entry>", "rss": b"<item>"}
    bodies = h.output.bodies()
    return [bodies[f"en/local/feed.{k}"].partition(m)[2] for k, m in marks.items()]


def test_arriving_in_the_order_of_first_sight_gives_the_very_bytes() -> None:
    h = House(by_story())
    for one in ALL:
        h.now = one.first_seen
        h.keep(one)
        h.publish()
    at_once = published(ALL).output.bodies()
    feeds = [path for path in at_once if "/feed." in path]
    assert {p: h.output.bodies()[p] for p in feeds} == {p: at_once[p] for p in feeds}


def test_a_later_report_moves_the_feed_and_no_entry() -> None:
    h = published(ALL[:1])
    before = items(h)[0]
    h.now = ALL[2].first_seen
    h.keep(ALL[2])
    h.publish()
    [after] = items(h)
    same = ("id", "date_published", "date_modified", "title", "url")
    assert {k: after[k] for k in same} == {k: before[k] for k in same}
    assert h.updated("en/local") == ALL[2].first_seen


def test_an_older_report_that_arrives_later_takes_nobodys_place() -> None:
    h = published([ALL[0]])
    older = told(9, 0, "mill", published=START - timedelta(hours=60))
    h.keep(older)
    h.publish()
    assert shown(h) == {1: [9]}


def test_the_next_steps_in_when_the_first_is_hidden_and_out_when_it_is_back() -> None:
    h = published(ALL)
    h.store.hide(ALL[0].id, h.now)
    h.publish()
    assert shown(h) == {4: [], 3: [5], 2: [6]}
    h.store.unhide(ALL[0].id)
    h.publish()
    assert shown(h) == {4: [], 2: [6], 1: [3, 5]}


def test_what_is_rewritten_leaves_its_story_and_its_own_stands_again() -> None:
    h = published(ALL[:3])
    assert shown(h) == {2: [], 1: [3]}
    h.change(ALL[2], content_text=f"{TEXTS[2]} {TEXTS[2]}")
    h.publish()
    assert shown(h) == {3: [], 2: [], 1: []}
    h.keep(replace(ALL[2], updated=h.now))
    h.publish()
    assert shown(h) == {2: [], 1: [3]}


@pytest.mark.parametrize(("hours", "stands"), [(72, {1: [9]}), (72.01, {1: [], 9: []})])
def test_reports_of_one_story_are_near_in_time(
    hours: float, stands: dict[int, list[int]]
) -> None:
    far = ALL[0].published - timedelta(hours=hours)
    assert shown(published([ALL[0], told(9, 0, "mill", published=far)])) == stands


def test_a_chain_of_copies_longer_than_the_time_is_followed_to_its_end() -> None:
    many = [
        told(n, 0, "mill", published=START - timedelta(hours=60 * n))
        for n in range(1, 6)
    ]
    for items_wanted in (1, 2, 50):
        h = published(many, by_story(items=items_wanted))
        assert list(shown(h).items()) == [(1, [2]), (3, [4]), (5, [])]


def test_other_languages_are_other_stories() -> None:
    category = replace(STORY, include="all")
    h = published([ALL[0], told(3, 0, "mill", language="fr")], by_story(category))
    assert shown(h) == {3: [], 1: []}


def test_what_stands_elsewhere_takes_no_place_here() -> None:
    away = told(1, 0, categories=("sport",))
    h = published([away, *ALL[2:3]])
    assert shown(h) == {3: []}
    assert shown(h, "en/sport") == {1: []}


def test_copies_leave_room_for_older_articles() -> None:
    copies = [told(n, 0, "mill") for n in range(3, 13)]
    h = published([told(1, 1), told(2, 2), *copies], by_story(items=3))
    assert shown(h) == {3: list(range(4, 13)), 2: [], 1: []}


@pytest.mark.parametrize(
    ("category", "source", "stands"),
    [
        ("url", "story", {2: [], 1: [3]}),
        ("story", "url", {3: [], 2: [], 1: []}),
        ("url", "url", {3: [], 2: [], 1: []}),
        ("story", "story", {2: [], 1: [3]}),
    ],
)
def test_a_source_overrules_the_category_for_its_own_articles(
    category: Any, source: Any, stands: dict[int, list[int]]
) -> None:
    mill = replace(MILL, dedupe=source)
    h = published(ALL[:3], by_story(replace(STORY, dedupe=category), [mill]))
    assert shown(h) == stands
    everything = {2: [], 1: [3]} if source == "story" else {3: [], 2: [], 1: []}
    assert shown(h, "en/all") == everything


def test_an_edited_setting_takes_effect_without_a_visit() -> None:
    h = published(ALL[:3], by_story(replace(STORY, dedupe="url")))
    h.reopen(by_story())
    h.publish()
    assert shown(h) == {2: [], 1: [3]}
    h.reopen(by_story(sources=[replace(MILL, dedupe="url")]))
    h.publish()
    assert shown(h) == {3: [], 2: [], 1: []}
