"""What of an article an entry holds."""

import pytest

from feedsvc.edition import contents
from feedsvc.model.article import Alternate
from tests.edition.makers import ARTICLE, article

EN = "https://en.example.org/1"


def test_the_sources_own_summary_is_taken() -> None:
    assert contents.summary(ARTICLE) == ARTICLE.summary


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One\n two.", "One two."),
        ("字" * 500, "字" * 159 + "…"),
        ("", None),
        (" \n ", None),
    ],
)
def test_without_one_the_text_begins_it(text: str, expected: str | None) -> None:
    assert contents.summary(article(summary=None, content_text=text)) == expected


@pytest.mark.parametrize(
    ("told", "full", "expected"),
    [
        ("A < B", True, ARTICLE.content_html),
        ("A < B", False, "<p>A &lt; B</p>"),
        (None, False, ARTICLE.content_html),
    ],
)
def test_content_is_the_text_or_its_summary(
    told: str | None, expected: str, *, full: bool
) -> None:
    assert contents.body(ARTICLE, told, full=full) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [pytest.param("A < B", "<p>A &lt; B</p>", id="a-summary"), (None, "")],
)
def test_a_summary_stands_in_for_a_text_that_is_missing(
    told: str | None, expected: str
) -> None:
    assert contents.body(article(content_html=""), told, full=True) == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        pytest.param([("en-US", EN)], {"en": EN}, id="canonical"),
        pytest.param([("zh-CN", EN)], {}, id="its-own-language"),
        pytest.param([("zh-TW", EN)], {"zh-Hant": EN}, id="the-other-script"),
        pytest.param([("x-default", EN), ("", EN)], {}, id="no-language"),
        pytest.param([("en", EN), ("en-GB", "u")], {"en": EN}, id="one-a-language"),
    ],
)
def test_alternates_are_one_for_each_other_language(
    stated: list[tuple[str, str]], expected: dict[str, str]
) -> None:
    given = [Alternate(hreflang=tag, url=url) for tag, url in stated]
    links = contents.alternates(given, "zh")
    assert {link.hreflang: link.href for link in links} == expected
    assert all(link.type == "text/html" for link in links)
