"""Section names of sites → the operator's categories (contract, section 2)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.model.article import Article
from feedsvc.model.config import VOCABULARY, Category, Source
from feedsvc.normalize.sections import filing, fold, unmapped
from feedsvc.normalize.vocabulary import USUAL
from tests.edition.makers import BARE

ARTICLE = replace(BARE, title="Old book market reopens")
SOURCE = Source(id="site", url="http://news.example/")
USUALLY = {key: Category(key=key) for key in VOCABULARY}
OWN = USUALLY | {
    "local": Category(
        key="local",
        title={"zh": "本地", "en": "Local"},
        sections=("国际", "Around Town", "社会"),
        keywords=("阳泉", "Yangquan", "C++"),
    )
}


def filed(article: Article, categories: dict[str, Category] = OWN) -> tuple[str, ...]:
    return filing(article, SOURCE, categories)


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        pytest.param("财经", "economy", id="zh"),
        pytest.param("財經", "economy", id="zh-hant"),
        pytest.param("Business", "economy", id="en"),
        pytest.param("BUSINESS", "economy", id="capitals"),
        pytest.param("  Ｓｐｏｒｔｓ ", "sport", id="full-width"),
        pytest.param("【体育】", "sport", id="brackets"),
        pytest.param("体育频道", "sport", id="channel"),
        pytest.param("Sports News", "sport", id="news-behind"),
        pytest.param("科技资讯", "science", id="zh-news-behind"),
        pytest.param("Business & Economy", "economy", id="two-of-a-kind"),
        pytest.param("Science / Space", "science", id="slash"),
        pytest.param("Health and Wellness", "health", id="and"),
        pytest.param("Arts & Culture", "culture", id="whole-name-first"),
        pytest.param("财经政策", "economy", id="subject-first"),
        pytest.param("社会科学", "science", id="a-whole-name-before-its-start"),
        pytest.param("教育与就业", "education", id="the-first-part-that-maps"),
        pytest.param("Opinion, Politics", "politics", id="the-only-part-that-maps"),
        pytest.param("时政", "politics", id="politics"),
        pytest.param("Real Estate", "economy", id="two-words"),
        pytest.param("weather", "weather", id="the-term-itself"),
        pytest.param("human-interest", "human-interest", id="a-term-with-a-hyphen"),
        pytest.param("本地", "local", id="the-operators-label"),
        pytest.param("around town", "local", id="the-operators-section"),
        pytest.param("社会", "local", id="the-operator-wins"),
        pytest.param("社会新闻", "local", id="the-operator-wins-in-every-form"),
        pytest.param("国际", "local", id="what-is-no-subject-by-itself"),
    ],
)
def test_a_section_is_filed_under_its_subject(section: str, expected: str) -> None:
    article = replace(ARTICLE, section=section)
    assert filed(article) == (expected,)
    assert unmapped(article, OWN) is None


@pytest.mark.parametrize(
    "section",
    [
        "国际",
        "World",
        "要闻",
        "新闻",
        "News",
        "Features",
        "···",
        "频道",
        "首页",
        "Home",
    ],
)
def test_a_name_that_spans_subjects_maps_nowhere(section: str) -> None:
    article = replace(ARTICLE, section=section)
    assert filed(article, USUALLY) == ()
    assert unmapped(article, USUALLY) == section


def test_a_subject_that_the_operator_has_no_category_for_maps_nowhere() -> None:
    article = replace(ARTICLE, section="Business")
    assert filed(article, {"sport": Category(key="sport")}) == ()


def test_the_path_above_speaks_where_the_section_does_not() -> None:
    article = replace(ARTICLE, section="滚动", breadcrumb=("首页", "体育", "滚动"))
    assert filed(article) == ("sport",)


def test_an_article_without_section_is_not_unmapped() -> None:
    assert unmapped(ARTICLE, OWN) is None
    assert filed(ARTICLE) == ()


def test_the_sources_own_category_comes_first() -> None:
    article = replace(ARTICLE, section="Sport", title="Yangquan wins")
    source = replace(SOURCE, category="culture")
    assert filing(article, source, OWN) == ("culture", "sport", "local")
    unknown = replace(SOURCE, category="no-such")
    assert filing(article, unknown, OWN) == ("sport", "local")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("阳泉新开三条公交线", True, id="zh"),
        pytest.param("Buses in Yangquan", True, id="word"),
        pytest.param("YANGQUAN: buses", True, id="capitals"),
        pytest.param("Buses in ＹＡＮＧＱＵＡＮ", True, id="wide-letters"),
        pytest.param("Yangquan市新闻", True, id="beside-a-chinese-character"),
        pytest.param("Yangquanese buses", False, id="part-of-a-word"),
        pytest.param("Learn C++, quickly", True, id="no-word-character-at-its-end"),
        pytest.param("ABC++", False, id="end-of-a-word"),
    ],
)
def test_a_keyword_is_a_whole_word(title: str, *, expected: bool) -> None:
    assert (filed(replace(ARTICLE, title=title)) == ("local",)) is expected


def test_keywords_are_looked_for_in_what_introduces_an_article() -> None:
    assert filed(replace(ARTICLE, title="Yangquan")) == ("local",)
    assert filed(replace(ARTICLE, summary="Yangquan")) == ("local",)
    assert filed(replace(ARTICLE, keywords=("a", "Yangquan"))) == ("local",)
    assert filed(replace(ARTICLE, content_text="Yangquan")) == ()


def test_a_blank_keyword_takes_in_nothing() -> None:
    assert filed(ARTICLE, {"odd": Category(key="odd", keywords=("", " "))}) == ()


def test_the_vocabulary_is_folded_and_of_known_terms() -> None:
    assert set(USUAL.values()) <= set(VOCABULARY)
    assert [name for name in USUAL if fold(name) != name] == []


@given(st.text(), st.lists(st.text(), max_size=3), st.text())
def test_no_name_makes_an_exception(
    section: str, breadcrumb: list[str], keyword: str
) -> None:
    article = replace(ARTICLE, section=section, breadcrumb=tuple(breadcrumb))
    odd = OWN | {"odd": Category(key="odd", sections=(section,), keywords=(keyword,))}
    assert set(filed(article, odd)) <= set(odd)
