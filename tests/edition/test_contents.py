"""What of an article an entry holds."""

import pytest

from feedsvc.edition import contents
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


def test_alternates_are_one_for_each_other_language() -> None:
    given = [("en", EN), ("en", "u"), ("zh-Hant", "v")]
    links = contents.alternates([article(language=tag, url=u) for tag, u in given])
    assert {link.hreflang: link.href for link in links} == {"en": EN, "zh-Hant": "v"}
    assert all(link.type == "text/html" for link in links)
