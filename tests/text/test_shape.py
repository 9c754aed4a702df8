"""Articles of one site stand at addresses of one shape; other pages do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.text.shape import shape

SITE = "http://news.example"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/local/202111/05/t20211105_99.html", "/sport/202203/17/t20220317_1.html"),
        ("/2021/mayor-opens-new-bridge", "/2024/river-rises-in-the-night/"[:-1]),
        ("/a/618c0f3ae4b0a2c5.html", "/a/99d1ee0bfa7710aa.html"),
        ("/show.aspx?id=12&page=2", "/show.aspx?page=9&id=7"),
        ("/新闻/山西今日天气", "/新闻/河水上涨"),
        ("/content_123.htm", "/content_9.htm"),
    ],
)
def test_articles_have_one_shape(one: str, other: str) -> None:
    assert shape(SITE + one) == shape(SITE + other)


@pytest.mark.parametrize(
    ("article", "other"),
    [
        ("/local/202111/05/t20211105_99.html", "/about/contact.html"),
        ("/local/202111/05/t20211105_99.html", "/local/"),
        ("/2021/mayor-opens-new-bridge", "/2021/"),
        ("/show.aspx?id=12", "/list.aspx?id=12"),
        ("/show.aspx?id=12", "/show.aspx?cat=12"),
        ("/content_123.htm", "/content_123.pdf"),
    ],
)
def test_other_pages_have_another(article: str, other: str) -> None:
    assert shape(SITE + article) != shape(SITE + other)


def test_another_host_is_another_shape() -> None:
    assert shape("http://a.example/1.html") != shape("http://b.example/1.html")


@given(st.text(max_size=200))
def test_anything_has_a_shape(url: str) -> None:
    assert shape(url) == shape(url)
