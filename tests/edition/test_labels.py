"""Labels of categories: the operator's, else the catalogs', else the term."""

import pytest

from feedsvc.edition.labels import category_label, named
from feedsvc.edition.words import Words
from feedsvc.model.config import VOCABULARY, Category

OWN = {"zh": "本市", "en": "Our city"}


@pytest.mark.parametrize("language", ["zh", "en", "zh-Hant"])
@pytest.mark.parametrize("term", [*VOCABULARY, "all", "local"])
def test_the_vocabulary_has_labels_in_every_language(term: str, language: str) -> None:
    words = Words.load(language)
    label = category_label(term, None, words)
    assert label not in {term, f"category.{term}", ""}
    assert label.isascii() == (language == "en")


@pytest.mark.parametrize(
    ("title", "language", "expected"),
    [
        pytest.param(OWN, "en", "Our city", id="own"),
        pytest.param(OWN, "zh-Hant", "本市", id="own-of-the-base"),
        pytest.param({"zh": "本市"}, "en", "Local", id="catalog-where-none"),
        pytest.param({"en": ""}, "en", "Local", id="an-empty-one-is-none"),
    ],
)
def test_an_operators_label_stands_above(
    title: dict[str, str], language: str, expected: str
) -> None:
    category = Category(key="local", title=title)
    assert category_label("local", category, Words.load(language)) == expected


def test_a_term_without_any_label_is_its_own() -> None:
    assert category_label("chess", Category(key="chess"), Words.load("en")) == "chess"


def test_a_text_in_no_language_asked_for_is_none() -> None:
    assert named({"zh": "甲"}, "en") is None
