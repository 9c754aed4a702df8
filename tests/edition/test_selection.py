"""Which feeds there are."""

from dataclasses import replace

import pytest

from feedsvc.edition.selection import editions
from feedsvc.model.feed import Edition
from tests.edition.makers import CONFIG, with_publish, with_site


def test_every_category_and_all_have_an_edition_in_every_language() -> None:
    config = with_site(languages=("zh", "en", "zh-Hant"))
    assert [edition.path for edition in editions(config)] == [
        "zh/all", "zh/local", "zh/economy",
        "en/all", "en/local", "en/economy",
        "zh-Hant/all", "zh-Hant/local", "zh-Hant/economy",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("include", "expected"),
    [
        ("own", {"all": False, "local": True, "economy": False}),
        ("all", {"all": True, "local": True, "economy": True}),
    ],
)
def test_a_category_overrules_what_editions_include(
    include: str, expected: dict[str, bool]
) -> None:
    made = editions(with_publish(include=include))
    assert {e.category: e.include_all for e in made if e.language == "zh"} == expected


def test_an_edition_holds_as_many_items_as_configured() -> None:
    assert {edition.items for edition in editions(with_publish(items=7))} == {7}


def test_without_categories_there_is_all() -> None:
    config = replace(CONFIG, categories={})
    assert editions(with_site(config, languages=("en",))) == (
        Edition(language="en", category="all", include_all=False, items=50),
    )
