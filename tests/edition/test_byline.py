"""The line that opens an entry."""

import pytest

from feedsvc.edition.byline import as_html, byline
from feedsvc.edition.words import Words


@pytest.mark.parametrize(
    ("language", "section", "outlet", "authors", "expected"),
    [
        ("zh", "本地", "山西日报", ("甲",), "本地 · D · 来源：山西日报 · 作者：甲"),
        ("en", "Local", "P", ("A",), "Local · D · Source: P · By A"),
        ("zh-Hant", "本地", "報", ("甲",), "本地 · D · 來源：報 · 作者：甲"),
        ("zh", None, None, ("甲", "乙"), "D · 作者：甲、乙"),
        ("zh", None, None, ("甲", "乙", "丙"), "D · 作者：甲、乙、丙"),
        ("en", None, None, ("A", "B"), "D · By A and B"),
        ("en", None, None, ("A", "B", "C"), "D · By A, B and C"),
        ("en", None, "P", (), "D · Source: P"),
        ("en", "Local", None, (), "Local · D"),
        ("en", None, None, (), "D"),
    ],
)
def test_what_is_unknown_is_left_out(
    language: str,
    section: str | None,
    outlet: str | None,
    authors: tuple[str, ...],
    expected: str,
) -> None:
    assert byline(section, "D", outlet, authors, Words.load(language)) == expected


def test_the_line_is_escaped_and_says_its_language() -> None:
    assert as_html("A & <b>", "zh-Hant") == (
        '<p class="byline" lang="zh-Hant">A &amp; &lt;b&gt;</p>'
    )
