"""Work follows change: one article makes its own feeds anew, and what lists them."""

from pathlib import Path

import pytest

from feedsvc.model.config import Category
from feedsvc.output.directory import Directory
from tests.publish.world import House, article, config

LISTS = {
    "en/index.html",
    "en/feeds.opml",
    "sitemap.xml",
    "zh/news-sitemap.xml",
    "en/news-sitemap.xml",
}
"""What says when a feed changed, or may show what is new."""


def many(count: int) -> tuple[Category, ...]:
    keys = (f"topic-{n}" for n in range(count))
    return tuple(Category(key=k, title={"zh": k, "en": k}) for k in keys)


@pytest.mark.parametrize(
    "count",
    [pytest.param(40, id="40"), pytest.param(1000, id="1000", marks=pytest.mark.long)],
)
def test_of_many_categories_one_is_made_anew(count: int) -> None:
    h = House(config=config(many(count)))
    h.publish()
    h.keep(article(1, categories=("topic-7",)))
    h.publish()
    before, dates = h.output.bodies(), h.output.dates()
    h.keep(article(2, categories=("topic-7",)))
    report = h.publish()
    assert h.output.switches == list(report.switched) == ["en/all", "en/topic-7"]
    assert set(h.output.placed) == LISTS
    after, dated = h.output.bodies(), h.output.dates()
    touched = {path for path in after if after[path] != before[path]}
    feeds = ("feed.rss", "feed.atom", "feed.json", "index.html")
    anew = {f"{folder}/{name}" for folder in report.switched for name in feeds}
    assert anew <= touched <= anew | LISTS
    for path in after.keys() - touched:
        assert dated[path] == dates[path]


def test_a_page_that_was_lost_is_put_back_by_a_restart_or_on_demand(
    tmp_path: Path,
) -> None:
    h = House()
    page = tmp_path / "categories" / "local"
    lost = []
    for restart in (False, True):
        h.output = Directory(tmp_path)  # type: ignore[assignment]  # on disk for once
        h.reopen(h.config)
        h.publisher.publish()
        body = page.read_bytes()
        page.unlink()
        h.keep(article(1 + restart))
        if restart:
            h.reopen(h.config)
        h.publisher.publish(everything=not restart)
        lost.append(page.read_bytes() == body)
    assert lost == [True, True]
