"""The whole main job over real pages, lists and feeds, as an operator would run it."""

import json
import os
import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import feedparser
import pytest

from tests.main_job.corpus import CORPUS, Row, plain_http, rows
from tests.main_job.installation import NOTICES, SEED, Run
from tests.week.subscriber import Subscriber, read_tree

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="needs ../shared/corpus"),
]


@pytest.fixture(scope="module")
def run(corpus_run: Run) -> Run:
    """The installation that all look at."""
    return corpus_run


def test_the_seed_article_comes_out_as_expected(run: Run) -> None:
    truth = json.loads((CORPUS / "seed/expected.json").read_text(encoding="utf-8"))
    item = run.item("en/local", SEED)
    assert item["title"] == truth["article"]["title"]
    assert item["date_published"].startswith("2021-11-05")
    assert item["authors"] == [{"name": "Yuan Shenggao"}]
    assert item["image"] == truth["article"]["image"]
    ours = item["_feedsvc"]
    assert ours["precision"] == "day"
    assert ours["contributors"] == ["Guo Yanjie"]
    assert truth["article"]["body_starts"] in item["content_html"]
    for foreign in truth["article"]["body_must_not_hold"]:
        assert foreign not in item["content_html"]


def test_the_seed_article_stands_in_both_editions_with_one_id(run: Run) -> None:
    zh, en = run.item("zh/local", SEED), run.item("en/local", SEED)
    assert zh["id"] == en["id"]
    assert byline(zh).startswith("本地 · 2021年11月5日 · 来源：山西日报 · 作者：")
    assert byline(en).startswith(
        "Local · November 5, 2021 · Source: Shanxi Daily · By "
    )
    assert zh["tags"] == ["本地"]
    assert en["tags"] == ["Local"]
    assert zh["_feedsvc"]["date_text"] == "2021年11月5日"
    atom = (run.data / "public/zh/local/feed.atom").read_text(encoding="utf-8")
    assert '<entry xml:lang="en">' in atom


def byline(item: Row) -> str:
    found = re.search(r'<p class="byline"[^>]*>(.*?)</p>', item["content_html"])
    assert found
    return unescape(found[1])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_real_articles_stand_in_the_feed_of_their_language(
    run: Run, language: str
) -> None:
    chosen = [row for row in run.web.articles if row["lang"] == language][:25]
    items = {item["url"]: item for item in run.feed(f"{language}/all")["items"]}
    right = [row for row in chosen if matches(row, items)]
    assert len(right) >= 0.85 * len(chosen), [
        row["file"] for row in chosen if row not in right
    ]


def matches(row: Row, items: dict[str, Row]) -> bool:
    """Whether an article is there under its title and its day."""
    found = [i for url, i in items.items() if same_address(url, row["url"])]
    if len(found) != 1:
        return False
    [item] = found
    day = str(row["expected"]["published"])[:10]
    near = {day, item["date_published"][:10]}
    return (
        squeeze(row["expected"]["title"]) in squeeze(item["title"]) and len(near) <= 2
    )


def same_address(one: str, other: str) -> bool:
    return one.partition("?")[0] == plain_http(other).partition("?")[0]


def squeeze(text: str) -> str:
    return "".join(text.split())


def test_a_real_list_whose_pages_refuse_is_published_with_what_it_says(
    run: Run,
) -> None:
    truth = next(row for row in rows("listings.jsonl") if row["file"] == NOTICES)
    items = {i["url"]: i for i in run.feed("zh/notices")["items"]}
    wanted = truth["expected"]["items"]
    found = [row for row in wanted if plain_http(row["url"]) in items]
    assert len(found) >= 0.9 * len(wanted)
    for row in found:
        item = items[plain_http(row["url"])]
        # The page cuts its titles for the eye and has them whole in an attribute.
        assert squeeze(item["title"]).startswith(squeeze(row["title"].rstrip(".…")))
        assert item["_feedsvc"]["precision"] == "day"
        assert item["_feedsvc"]["date_text"] == chinese(row["date"])
    assert {f["code"] for f in run.report("notices")["faults"]} == {"W_ARTICLE"}


def chinese(day: str) -> str:
    year, month, date = (int(part) for part in day.split("-"))
    return f"{year}年{month}月{date}日"


def test_feeds_of_the_wild_are_read_in_their_true_encoding(run: Run) -> None:
    published = {squeeze(i["title"]) for i in run.feed("en/wild")["items"]}
    for row in run.feeds:
        parsed = feedparser.parse((CORPUS / row["file"]).read_bytes())
        titles = [squeeze(unescape(e.title)) for e in parsed.entries if e.get("title")]
        assert published & set(titles), (row["file"], row["true_encoding"])


def test_every_feed_stands_in_both_languages(run: Run) -> None:
    for language in ("zh", "en"):
        for term in ("all", "politics", "economy", "culture", "sport", "local"):
            folder = run.data / "public" / language / term
            names = {path.name for path in folder.iterdir()}
            assert {"feed.rss", "feed.atom", "feed.json", "index.html"} <= names


def test_nothing_lies_in_the_future_or_twice_in_a_feed(run: Run) -> None:
    for path in ("zh/all", "en/all", "en/wild"):
        items: list[dict[str, Any]] = run.feed(path)["items"]
        assert len({item["id"] for item in items}) == len(items)
        assert max(item["date_published"] for item in items) < "2026-12"


def test_a_subscriber_finds_nothing_wrong(run: Run) -> None:
    feeds = read_tree(run.data / "public")
    Subscriber().read(feeds, datetime.now(UTC))
    assert sum(len(copy.entries) for copy in feeds.values()) > 100


def test_a_second_cycle_writes_nothing_and_asks_only_conditionally(run: Run) -> None:
    def tree() -> dict[str, tuple[int, int]]:
        public = run.data / "public"
        found = [
            Path(folder) / name
            for folder, _, names in os.walk(public, followlinks=True)
            for name in names
        ]
        stats = [(str(path), path.stat()) for path in found]
        return {name: (stat.st_mtime_ns, stat.st_ino) for name, stat in stats}

    before = tree()
    run.web.asked.clear()
    report = run.collect()
    states = {row["source"]: row["state"] for row in report["sources"]}
    assert set(states.values()) == {"unchanged"}, states
    assert run.web.asked
    assert all(conditional for _, conditional in run.web.asked), run.web.asked
    assert report["published"] == []
    assert tree() == before
