"""News sitemaps hold two days, and go with time although nothing arrives."""

from datetime import timedelta

from lxml import etree

from feedsvc.model.article import Precision
from tests.publish.test_publisher import Failing
from tests.publish.world import START, House, article, config

NEWS = "en/news-sitemap.xml"
NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


def texts(h: House, what: str, path: str = NEWS) -> list[str | None]:
    root = etree.fromstring(h.output.bodies()[path])
    return [each.text for each in root.iterfind(f".//{what}", NS)]


def titles(h: House, path: str = NEWS) -> list[str | None]:
    return texts(h, "n:title", path)


def test_what_came_out_within_two_days_is_news() -> None:
    h = House()
    h.keep(article(1), article(47), article(49))
    h.publish()
    assert titles(h) == ["Story 1", "Story 47"]
    assert texts(h, "s:loc") == [f"https://news.example.org/{n}" for n in (1, 47)]
    assert titles(h, "zh/news-sitemap.xml") == []


def test_articles_of_all_categories_are_news() -> None:
    h = House()
    h.keep(article(1, categories=()), article(2, categories=("sport",)))
    h.publish()
    assert titles(h) == ["Story 1", "Story 2"]


def test_a_thousand_are_the_most() -> None:
    h = House()
    h.keep(*(article(1, id=f"{n:032x}", aliases=(f"x/{n}",)) for n in range(1003)))
    h.publish()
    assert len(titles(h)) == 1000


def test_a_date_known_to_the_day_has_no_time() -> None:
    h = House()
    at = START.replace(hour=16)
    h.now = at
    zone = "Asia/Shanghai"
    h.keep(
        article(1, published=at, zone=zone, precision=Precision.DAY),
        article(2, published=at, zone=zone),
    )
    h.publish()
    told = ["2026-11-25T00:00:00+08:00", "2026-11-25"]
    assert sorted(texts(h, "n:publication_date"), key=str) == sorted(told)


def test_old_news_leave_although_nothing_arrives() -> None:
    h = House()
    h.keep(article(1), article(47))
    h.publish()
    h.now = START + timedelta(minutes=59)
    assert titles(h) == ["Story 1", "Story 47"]
    h.publish()
    assert titles(h) == ["Story 1"]
    assert h.output.dates()[NEWS] == START + timedelta(hours=1)
    assert set(h.output.placed) == {NEWS, "zh/news-sitemap.xml"}
    h.now = START + timedelta(hours=47)
    h.publish()
    assert titles(h) == []
    h.now += timedelta(days=400)
    assert h.publish().size == 0
    assert h.output.placed == []


def test_nothing_is_done_before_the_oldest_leaves() -> None:
    h = House()
    h.keep(article(1), article(40))
    h.publish()
    for restart in (False, True):
        h.now += timedelta(hours=1)
        if restart:
            h.reopen(h.config)
        assert h.publish().size == 0
        assert h.output.placed == []


def test_a_restart_finds_what_time_has_made_stale() -> None:
    h = House()
    h.keep(article(47))
    h.publish()
    h.now += timedelta(hours=2)
    h.reopen(h.config)
    h.publish()
    assert titles(h) == []


def test_news_that_cannot_be_written_are_written_next_time() -> None:
    output = Failing()
    h = House(output=output)
    h.keep(article(47))
    h.publish()
    h.now += timedelta(hours=2)
    output.refused = frozenset({NEWS})
    assert h.publish().failed
    assert titles(h) == ["Story 47"]
    output.refused = frozenset()
    assert not h.publish().failed
    assert titles(h) == []


def test_a_corrected_headline_is_followed() -> None:
    h = House()
    one = article(1)
    h.keep(one)
    h.publish()
    h.change(one, title="Story 1, corrected")
    seen = h.now
    h.publish()
    assert titles(h) == ["Story 1, corrected"]
    assert h.output.dates()[NEWS] == seen


def test_an_article_is_news_in_the_language_of_its_page() -> None:
    h = House(config(languages=("zh", "zh-Hant", "en")))
    h.keep(
        article(1, language="zh", title="新闻"),
        article(2, language="zh-Hant", title="新聞"),
        article(3),
    )
    h.publish()
    assert titles(h, "zh/news-sitemap.xml") == ["新闻", "新聞"]
    codes = texts(h, "n:language", "zh/news-sitemap.xml")
    assert codes == ["zh-cn", "zh-tw"]
    assert titles(h, "zh-Hant/news-sitemap.xml") == ["新聞"]
    assert titles(h) == ["Story 3"]


def test_what_is_hidden_moves_the_date_as_well() -> None:
    h = House()
    h.keep(article(1), article(5))
    h.publish()
    before = h.output.dates()[NEWS]
    h.now += timedelta(hours=1)
    h.store.hide(article(1).id, h.now)
    h.publish()
    assert titles(h) == ["Story 5"]
    assert h.output.dates()[NEWS] == h.now > before
    h.publish(everything=True)
    assert h.output.dates()[NEWS] < h.now
