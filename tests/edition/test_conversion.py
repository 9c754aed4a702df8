"""The zh-Hant edition shows zh articles converted, and says so; others stand as is."""

from dataclasses import replace

import pytest

from feedsvc.model.article import Article
from tests.edition.makers import (
    ARTICLE,
    AUTHORITY,
    CONFIG,
    ENGLISH,
    article,
    localizer,
    with_publish,
)

HANT = article(
    language="zh-Hant",
    title="陽泉辦博覽會",
    summary=None,
    content_html="<p>软件</p>",
    content_text="软件",
    outlet="某某報",
    authors=("余華",),
)
NOTE = "由簡體中文自動轉換"


def test_a_conversion_has_an_id_of_its_own_and_names_the_original() -> None:
    made = localizer("zh-Hant").entry(ARTICLE)
    original = localizer("zh").entry(ARTICLE)
    assert original.id == f"tag:{AUTHORITY}:{ARTICLE.id}"
    assert made.id == f"{original.id}/zh-Hant"
    assert made.converted
    assert (made.converted.id, made.converted.language) == (original.id, "zh")
    assert (made.language, made.page_language) == ("zh-Hant", "zh")
    assert original.converted is None


def test_everything_that_is_read_is_converted() -> None:
    made = localizer("zh-Hant").entry(replace(ARTICLE, outlet="某某晚报"))
    assert made.title == "陽泉舉辦煤炭博覽會 <2021> & 更多"
    assert made.summary == "三天裡來了一萬人 & 更多。"
    assert '<p>三天裡來了<a href="https://news.example.org/">一萬人</a>。</p>' in (
        made.content_html
    )
    assert made.authors == ("袁勝高", "李明")
    assert made.contributors == ("郭彥傑",)
    assert made.outlet == "某某晚報"
    assert made.source_name == "陽泉英文網"
    assert made.image
    assert (made.image.caption, made.image.credit) == ("博覽會現場", "王強/攝")
    assert (made.url, made.image.url) == (ARTICLE.url, "https://news.example.org/1.jpg")
    assert [term.label for term in made.categories] == ["本市", "財經"]


def test_a_summary_made_of_the_text_is_converted() -> None:
    made = localizer("zh-Hant").entry(article(summary=None))
    assert made.summary == "三天裡來了一萬人。"


def test_the_byline_tells_people_of_the_conversion() -> None:
    line = localizer("zh-Hant").entry(ARTICLE).content_html.partition("</p>")[0]
    assert line.endswith(f"· 作者：袁勝高、李明 · {NOTE}")
    config = with_publish(CONFIG, byline=False)
    assert NOTE not in localizer("zh-Hant", config).entry(ARTICLE).content_html


@pytest.mark.parametrize("one", [HANT, ENGLISH], ids=["traditional", "English"])
def test_what_is_not_simplified_chinese_passes_unchanged(one: Article) -> None:
    config = with_publish(CONFIG, byline=False)
    here, there = (localizer(tag, config).entry(one) for tag in ("zh", "zh-Hant"))
    told = ("id", "title", "language", "content_html", "authors", "summary")
    for name in told:
        assert getattr(here, name) == getattr(there, name)
    assert there.converted is None
    assert there.content_html == one.content_html


def test_the_channel_and_the_operators_own_words_are_converted() -> None:
    made = localizer("zh-Hant")
    assert made.site_title == "山西新聞"
    assert made.term("local").label == "本市"
    assert "山西新聞" in made.feed_title("本市")


def test_the_operators_own_words_in_traditional_characters_win() -> None:
    site = replace(CONFIG.settings.site, title={"zh": "山西", "zh-Hant": "晉聞"})
    config = replace(CONFIG, settings=replace(CONFIG.settings, site=site))
    assert localizer("zh-Hant", config).site_title == "晉聞"
