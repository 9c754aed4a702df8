"""Articles in the words of an edition."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feedsvc.model.article import Precision
from feedsvc.model.config import Config
from feedsvc.model.feed import Edition, Link, Term
from tests.edition.makers import (
    ARTICLE,
    BASE,
    CONFIG,
    ENGLISH,
    TWIN,
    article,
    localizer,
    stories,
    with_publish,
    with_site,
)


def edition(language: str, category: str = "local") -> Edition:
    return Edition(language=language, category=category, include_all=True, items=50)


def with_source(**changes: object) -> Config:
    source = replace(CONFIG.sources["yangquan"], **changes)  # type: ignore[arg-type]  # by name
    return replace(CONFIG, sources={"yangquan": source})


def test_the_seed_article_stands_in_both_editions_in_their_words() -> None:
    zh, en = localizer("zh").entry(ENGLISH), localizer("en").entry(ENGLISH)
    assert zh.content_html.startswith(
        '<p class="byline" lang="zh">本市 · 2021年11月5日 · '
        "来源：山西日报 · 作者：Yuan Shenggao</p>"
    )
    assert en.content_html.startswith(
        '<p class="byline" lang="en">Our city · November 5, 2021 · '
        "Source: Shanxi Daily · By Yuan Shenggao</p>"
    )
    assert (zh.id, zh.language, zh.title) == (en.id, "en", en.title)
    assert (zh.date_text, en.date_text) == ("2021年11月5日", "November 5, 2021")


def test_an_entry_carries_what_an_article_says() -> None:
    entry = localizer().entry(ARTICLE, versions=(TWIN,))
    assert entry.id == "tag:feeds.example.org,2026:0123456789abcdef0123456789abcdef"
    assert entry.title == ARTICLE.title
    assert entry.published == entry.updated == ARTICLE.published
    assert entry.published.isoformat() == "2021-11-05T08:30:00+08:00"
    assert entry.precision == "minute"
    assert entry.date_text == "2021年11月5日 08:30"
    assert (entry.source_id, entry.source_name) == ("yangquan", "阳泉英文网")
    assert entry.source_url == "https://news.example.org/list/"
    assert entry.outlet == "山西日报"
    assert entry.rights == "© Yangquan Online"
    assert entry.categories == (
        Term(term="local", label="本市", scheme=f"{BASE}/categories/local"),
        Term(term="economy", label="财经", scheme=f"{BASE}/categories/economy"),
    )
    assert entry.alternates == (
        Link(
            href="https://en.news.example.org/1.html", type="text/html", hreflang="en"
        ),
    )


def test_a_day_is_the_same_day_for_readers_of_every_zone() -> None:
    config = with_site(timezone="America/New_York")
    entry = localizer("en", config).entry(ENGLISH)
    assert entry.date_text == "November 5, 2021"
    assert entry.published.isoformat() == "2021-11-05T00:00:00+08:00"


def test_a_time_is_told_in_the_sites_zone() -> None:
    config = with_site(timezone="America/New_York")
    told = localizer("en", config).entry(ARTICLE).date_text
    assert told == "November 4, 2021, 8:30 PM"


def test_a_correction_leaves_the_date_of_publication() -> None:
    seen = datetime(2021, 11, 6, 1, 2, 3, 456, tzinfo=UTC)
    entry = localizer().entry(article(updated=seen))
    assert entry.updated == seen.replace(microsecond=0)
    assert entry.published == ARTICLE.published


def test_an_unfiled_article_has_no_section_in_its_line() -> None:
    entry = localizer().entry(article(categories=(), outlet=None, authors=()))
    assert entry.categories == ()
    assert entry.content_html.startswith(
        '<p class="byline" lang="zh">2021年11月5日 08:30</p>'
    )


def test_the_line_can_be_switched_off() -> None:
    entry = localizer("zh", with_publish(byline=False)).entry(ARTICLE)
    assert entry.content_html == ARTICLE.content_html


@pytest.mark.parametrize(
    ("config", "full"),
    [
        pytest.param(CONFIG, True, id="full"),
        pytest.param(with_publish(content="summary"), False, id="summary"),
        pytest.param(with_source(content="summary"), False, id="the-sources-own"),
        pytest.param(
            with_publish(with_source(content="full"), content="summary"),
            True,
            id="the-sources-own-above-the-sites",
        ),
    ],
)
def test_content_is_full_or_a_summary(config: Config, *, full: bool) -> None:
    entry = localizer("zh", config).entry(ARTICLE)
    assert entry.content_html.endswith(ARTICLE.content_html) == full
    assert entry.content_html.endswith("<p>三天里来了一万人 &amp; 更多。</p>") != full
    assert entry.summary == ARTICLE.summary


def test_an_article_outlives_its_source() -> None:
    entry = localizer().entry(article(source="gone"))
    assert (entry.source_name, entry.source_url) == ("gone", ARTICLE.url)


@pytest.mark.parametrize(
    ("name", "expected"),
    [({"zh": "甲"}, "甲"), ({}, "yangquan"), ({"en": "A"}, "A")],
)
def test_a_source_is_named_as_well_as_can_be(
    name: dict[str, str], expected: str
) -> None:
    assert (
        localizer("zh", with_source(name=name)).entry(ARTICLE).source_name == expected
    )


@pytest.mark.parametrize(
    ("language", "title", "description"),
    [
        ("zh", "本市 – 山西新闻", "本市：最新文章，由山西新闻汇集。"),
        (
            "en",
            "Our city – Shanxi News",
            "Our city: the newest articles, collected by Shanxi News.",
        ),
    ],
)
def test_a_feed_is_called_by_its_category_and_site(
    language: str, title: str, description: str
) -> None:
    feed = localizer(language).feed(edition(language), stories(ARTICLE, ENGLISH))
    assert (feed.title, feed.description) == (title, description)
    assert feed.id == f"tag:feeds.example.org,2026:feeds/{language}/local"
    assert feed.path == f"{language}/local"
    assert feed.base_url == BASE
    assert feed.contact == "mailto:editor@example.org"
    assert [entry.id[-4:] for entry in feed.entries] == ["cdef", "3210"]
    assert feed.updated == ARTICLE.first_seen.replace(microsecond=0)


def test_a_feed_knows_its_siblings() -> None:
    config = with_site(languages=("zh", "en", "zh-Hant"))
    feed = localizer("zh-Hant", config).feed(edition("zh-Hant", "all"), [])
    assert feed.siblings == (("zh", "zh/all"), ("en", "en/all"))
    assert feed.title == "全部新聞 – 山西新聞"


def test_an_empty_feed_is_a_feed() -> None:
    feed = localizer("en").feed(edition("en", "economy"), [])
    assert feed.entries == ()
    assert feed.title == "Economy – Shanxi News"
    assert feed.updated == datetime(2026, 1, 1, tzinfo=UTC)


def test_a_site_without_a_title_has_one() -> None:
    assert localizer("zh", with_site(title={})).site_title == "新闻"
    assert localizer("en", with_site(title={})).site_title == "News"


def test_a_moment_has_its_time() -> None:
    assert localizer("en").moment(ARTICLE.published) == "November 5, 2021, 8:30 AM"


def test_an_upgrade_from_a_day_to_a_time_keeps_the_id() -> None:
    timed = replace(
        ENGLISH,
        precision=Precision.MINUTE,
        published=ENGLISH.published + timedelta(hours=9),
    )
    before, after = localizer().entry(ENGLISH), localizer().entry(timed)
    assert before.id == after.id
    assert (before.date_text, after.date_text) == (
        "2021年11月5日",
        "2021年11月5日 09:00",
    )


COPY = article(id="c" * 32, url="https://copy.example/1?a=1&b=2", title="同一件事")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh", '<p class="also" lang="zh">同一报道另见：{}</p>'),
        ("zh-Hant", '<p class="also" lang="zh-Hant">同一報道另見：{}</p>'),
        ("en", '<p class="also" lang="en">Also reported by {}</p>'),
    ],
)
def test_who_else_reports_a_story_is_told_at_its_end(language: str, line: str) -> None:
    other = replace(COPY, id="d" * 32, source="elsewhere", url="https://else.example/")
    made = localizer(language)
    plain, entry = made.entry(ARTICLE), made.entry(ARTICLE, also=(COPY, other))
    names = {"en": "Yangquan Online", "zh": "阳泉英文网", "zh-Hant": "陽泉英文網"}
    name = names[language]
    links = (
        f'<a href="https://copy.example/1?a=1&amp;b=2">{name}</a>',
        '<a href="https://else.example/">elsewhere</a>',
    )
    told = line.format((" and " if language == "en" else "、").join(links))
    assert entry.content_html == plain.content_html + told
    own = "/zh-Hant" if language == "zh-Hant" else ""  # a conversion has its own id
    assert [(r.id, r.source_name) for r in entry.also] == [
        (f"tag:feeds.example.org,2026:{'c' * 32}{own}", name),
        (f"tag:feeds.example.org,2026:{'d' * 32}{own}", "elsewhere"),
    ]
    assert replace(entry, content_html="", also=()) == replace(plain, content_html="")


def test_a_source_that_reports_twice_is_named_once() -> None:
    twice = replace(COPY, id="d" * 32, url="https://copy.example/2")
    other = replace(COPY, source="elsewhere", url="https://else.example/")
    entry = localizer("en").entry(ARTICLE, also=(COPY, other, twice))
    assert entry.content_html.endswith(
        '<a href="https://copy.example/1?a=1&amp;b=2">Yangquan Online</a> and '
        '<a href="https://else.example/">elsewhere</a></p>'
    )
    assert len(entry.also) == 3


def test_nothing_is_linked_that_is_only_said_to_be_a_version() -> None:
    assert ARTICLE.alternates
    assert localizer().entry(ARTICLE).alternates == ()
