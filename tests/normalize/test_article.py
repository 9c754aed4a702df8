"""A statement → an article (contract, sections 4 and 5)."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedsvc.errors import Code, Fault
from feedsvc.model.article import (
    Alternate,
    Article,
    Image,
    Origin,
    Precision,
    RawDate,
    RawItem,
)
from feedsvc.model.config import Source
from feedsvc.normalize.article import normalize
from feedsvc.normalize.frame import Frame
from feedsvc.text.dates import zone as named

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
URL = "http://www.n.example/news/2026/1.html?utm_source=x&id=7#top"
SOURCE = Source(id="n", url="http://www.n.example/news/")
FRAME = Frame(source=SOURCE, zone=None, now=NOW)
ENGLISH = "The work report of the city says that the plan is on track and it will be."
CHINESE = "山西省第十二次党代会在太原召开，会议总结了过去五年的工作。"
TRADITIONAL = "臺灣的學者說這個計畫對經濟發展與環境保護都很重要。"


def dates(*texts: str) -> tuple[RawDate, ...]:
    return tuple(RawDate(text=text, origin=Origin.META) for text in texts)


def made(frame: Frame = FRAME, **stated: Any) -> Article:
    item = RawItem(**{"url": URL, "title": "Work report", **stated})
    article = normalize(item, frame, 4)
    assert isinstance(article, Article)
    return article


def of(**settings: Any) -> Frame:
    return replace(FRAME, source=replace(SOURCE, **settings))


def test_an_article_is_known_by_its_clean_address_and_stands_where_it_was_listed() -> (
    None
):
    article = made(canonical_url="http://n.example/a", guid="7")
    assert article.url == "http://www.n.example/news/2026/1.html?id=7"
    assert article.canonical_url == "http://n.example/a"
    assert article.aliases == (
        "n.example/news/2026/1.html?id=7", "n.example/a", "guid:n:7"
    )  # fmt: skip
    assert (article.source, article.position) == ("n", 4)
    assert (article.first_seen, article.categories) == (NOW, ())
    assert article.id == made(title="Another title", guid=None).id


def test_an_article_without_title_is_called_by_its_first_words() -> None:
    text = "<p>First line of a note</p><p>Second line</p>"
    assert made(title=None, content_html=text).title == "First line of a note"
    assert made(title="<b> </b>", content_html=text).title == "First line of a note"
    assert len(made(title=None, content_html=f"<p>{'word ' * 99}</p>").title) <= 80
    assert (
        made(title="", content_html=None, summary=text).title == "First line of a note"
    )


def test_a_title_is_one_line_of_plain_text_of_bounded_length() -> None:
    assert made(title="  A &amp; <b>B</b>\n\u202eC ").title == "A & B C"
    assert len(made(title="x" * 5000).title) == 300


def test_a_statement_with_nothing_to_show_is_refused() -> None:
    fault = normalize(RawItem(url=URL, title=" "), FRAME, 0)
    assert isinstance(fault, Fault)
    assert (fault.code, fault.place) == (Code.E_NO_TITLE, URL)


@pytest.mark.parametrize(
    ("text", "configured", "page", "language"),
    [
        pytest.param(ENGLISH, None, None, "en", id="english"),
        pytest.param(CHINESE, None, "en", "zh", id="a-chinese-page-that-says-en"),
        pytest.param(CHINESE, "en", None, "zh", id="a-chinese-page-of-an-en-source"),
        pytest.param(ENGLISH, "zh", None, "en", id="an-english-page-of-a-zh-source"),
        pytest.param(TRADITIONAL, "zh", "zh-CN", "zh-Hant", id="traditional"),
        pytest.param("中文", "zh-Hant", None, "zh-Hant", id="told-by-no-character"),
        pytest.param("中文", None, "zh-TW", "zh-Hant", id="told-by-the-page"),
        pytest.param(CHINESE, "zh-Hant", None, "zh", id="simplified-for-all-it-says"),
        pytest.param("Shanxi coal", "en", None, "en", id="en-headline-en-source"),
        pytest.param("Shanxi coal", None, "en-US", "en", id="en-headline-en-page"),
        pytest.param("Shanxi coal", None, None, "en", id="a-bare-headline"),
        pytest.param("Šančī", None, None, "und", id="a-foreign-headline"),
        pytest.param("2026", None, None, "und", id="no-letters"),
        pytest.param("Das ist nicht der Plan", None, "en", "de", id="german"),
        pytest.param("Das ist nicht der Plan", "en", None, "en", id="operators-word"),
    ],
)
def test_the_language_is_that_of_the_text_before_what_is_said_of_it(
    text: str, configured: str | None, page: str | None, language: str
) -> None:
    article = made(of(language=configured), title=text, language=page)
    assert article.language == language


def test_the_language_is_that_of_the_summary_where_there_is_no_text() -> None:
    assert made(title="No date", content_html=None, summary=ENGLISH).language == "en"


@pytest.mark.parametrize(
    ("title", "zone", "configured", "text", "local"),
    [
        pytest.param(
            CHINESE, None, None, "2026-11-05 08:30", "2026-11-05T08:30+08:00", id="zh"
        ),
        pytest.param(
            ENGLISH, None, None, "2026-11-05 08:30", "2026-11-05T08:30+00:00", id="en"
        ),
        pytest.param(
            ENGLISH,
            "Asia/Shanghai",
            None,
            "2026-11-05 08:30",
            "2026-11-05T08:30+08:00",
            id="the-frames",
        ),
        pytest.param(
            ENGLISH,
            "Asia/Shanghai",
            None,
            "2026-11-05T08:30-05:00",
            "2026-11-05T08:30-05:00",
            id="the-dates-own",
        ),
        pytest.param(
            ENGLISH,
            "Asia/Shanghai",
            "Asia/Shanghai",
            "2026-11-05T08:30Z",
            "2026-11-05T16:30+08:00",
            id="told-by-the-sources-clock",
        ),
    ],
)
def test_a_time_is_read_and_told_in_the_right_zone(
    title: str, zone: str | None, configured: str | None, text: str, local: str
) -> None:
    frame = replace(of(timezone=configured), zone=zone)
    article = made(frame, title=title, dates=dates(text))
    assert article.published == datetime.fromisoformat(local)
    told = article.published.astimezone(named(article.zone))
    assert told.isoformat(timespec="minutes") == local


def test_a_day_is_midnight_where_it_was_printed() -> None:
    frame = replace(of(timezone="Asia/Shanghai"), zone="Asia/Shanghai")
    article = made(frame, dates=dates("2026-11-05"))
    assert article.published == datetime(2026, 11, 4, 16, tzinfo=UTC)
    assert (article.precision, article.zone) == (Precision.DAY, "Asia/Shanghai")


def test_without_a_date_an_article_is_dated_when_it_was_first_seen() -> None:
    article = made()
    assert (article.published, article.updated) == (NOW, NOW)
    assert article.published_from is Origin.FIRST_SEEN
    assert article.warnings == (Code.W_DATE_MISSING,)


def test_warnings_of_reading_and_dating_are_told_once() -> None:
    warned = (Code.W_BOZO, Code.W_DATE_MISSING)
    assert made(warnings=warned).warnings == warned


@pytest.mark.parametrize(
    ("edited", "expected"),
    [
        ("2026-11-06 09:00", datetime(2026, 11, 6, 9, tzinfo=UTC)),
        ("2026-11-04 09:00", None),
        ("nonsense", None),
    ],
)
def test_an_edit_is_told_if_it_followed_the_publication(
    edited: str, expected: datetime | None
) -> None:
    article = made(dates=dates("2026-11-05 08:30"), updated=dates(edited))
    assert article.modified == expected


def test_who_only_edited_helped() -> None:
    article = made(
        authors=("记者 张三", "（责任编辑：王五）"),
        contributors=("李四", "编辑：王五"),
        outlet="来源：山西日报",
    )
    assert article.authors == ("张三",)
    assert article.contributors == ("李四", "王五")
    assert article.outlet == "山西日报"


def test_who_wrote_is_not_told_to_have_helped_as_well() -> None:
    article = made(authors=("记者 张三",), contributors=("张三", "编辑：张三"))
    assert (article.authors, article.contributors) == (("张三",), ())


def test_an_outlet_is_no_author() -> None:
    assert made(authors=("China Daily",), outlet="China Daily").authors == ()


@pytest.mark.parametrize(
    ("section", "crumbs", "ruled", "expected"),
    [
        pytest.param("Business", (), False, "Business", id="stated"),
        pytest.param(None, ("首页", "News"), False, "News", id="last-crumb"),
        pytest.param("正文", ("首页", "财经", "正文"), False, "财经", id="the-text"),
        pytest.param(
            "Work report", ("Home", "News", "Work report"), False, "News", id="itself"
        ),
        pytest.param("正文", ("首页", "财经"), True, "正文", id="a-rule-says-so"),
        pytest.param(None, ("首页",), False, None, id="the-door"),
        pytest.param("Home", (), False, None, id="the-door-as-section"),
        pytest.param("undefined", ("Home", "News"), False, "News", id="a-template"),
    ],
)
def test_the_section_is_the_innermost_part_of_the_site(
    section: str | None, crumbs: tuple[str, ...], *, ruled: bool, expected: str | None
) -> None:
    rules = frozenset({"section"}) if ruled else frozenset()
    article = made(section=section, breadcrumb=crumbs, rules=rules)
    assert article.section == expected
    assert article.breadcrumb == crumbs


def test_content_is_clean_and_its_addresses_lead_from_where_it_stood() -> None:
    html = '<p onclick="x()">One</p><script>x</script><img src="a.jpg">'
    article = made(content_html=html, base="http://cdn.example/d/", canonical_url=None)
    assert article.content_html.startswith("<p>One</p>")
    assert 'src="http://cdn.example/d/a.jpg"' in article.content_html
    assert article.content_text == "One"


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        (None, "One. Two. Three."),
        ("<p>In &lt;short&gt;</p>", "In <short>"),
        ("x" * 999, "x" * 299 + "…"),
    ],
)
def test_a_summary_is_what_was_stated_or_the_first_lines(
    summary: str | None, expected: str
) -> None:
    html = "<p>Caption</p><p>One.</p><p>Two.</p><p>Three.</p><p>Four.</p>"
    image = Image(url="http://n.example/a.jpg", caption="Caption")
    article = made(summary=summary, content_html=html, image=image)
    assert article.summary == expected


def test_without_text_there_is_no_summary() -> None:
    assert made().summary is None


def test_an_image_has_a_web_address_and_plain_words() -> None:
    image = Image(url="/a.jpg", caption=" A <i>b</i> ", credit=" ", width=3, height=2)
    assert made(image=image).image == Image(
        url="http://www.n.example/a.jpg", caption="A b", credit=None, width=3, height=2
    )
    assert made(image=Image(url="data:image/gif;base64,x")).image is None


def test_keywords_are_told_once_and_links_to_translations_are_kept() -> None:
    twin = Alternate(hreflang="zh", url="http://n.example/zh/1")
    article = made(keywords=("coal", " coal ", "", "煤"), alternates=(twin,))
    assert (article.keywords, article.alternates) == (("coal", "煤"), (twin,))


WORDS = st.text(max_size=60) | st.sampled_from(
    [
        "<p>x</p>",
        "By A",
        "http://[",
        "2026-11-05",
        "\ud800",
        "<a href='mailto://a[b@c'>y",
    ]
)
MAYBE = st.none() | WORDS
MANY = st.lists(WORDS, max_size=3).map(tuple)
RAW_DATES = st.lists(
    st.builds(RawDate, text=WORDS, origin=st.sampled_from(Origin)), max_size=3
).map(tuple)
STATEMENTS = st.builds(
    RawItem,
    url=WORDS,
    title=MAYBE,
    language=MAYBE,
    guid=MAYBE,
    canonical_url=MAYBE,
    dates=RAW_DATES,
    updated=RAW_DATES,
    authors=MANY,
    contributors=MANY,
    outlet=MAYBE,
    section=MAYBE,
    breadcrumb=MANY,
    image=st.none() | st.builds(Image, url=WORDS, caption=MAYBE, credit=MAYBE),
    summary=MAYBE,
    content_html=MAYBE,
    base=MAYBE,
    keywords=MANY,
)


@settings(max_examples=200)
@given(item=STATEMENTS)
def test_whatever_is_stated_becomes_an_article_or_a_fault(item: RawItem) -> None:
    article = normalize(item, FRAME, 0)
    if isinstance(article, Fault):
        assert article.code is Code.E_NO_TITLE
        return
    assert article == normalize(item, FRAME, 0)
    assert article.published <= NOW
    assert article.title
    assert {f.name for f in fields(article)} >= {"digest"}
    assert len(article.digest) == len(article.id) == 32
