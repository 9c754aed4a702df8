"""What categories are called in each language."""

from feedsvc.edition.conversion import DERIVED
from feedsvc.edition.words import Words
from feedsvc.model.config import Category, Localized
from feedsvc.text.traditional import converted

__all__ = ["category_label", "named"]


def named(text: Localized, language: str) -> str | None:
    """A text of the configuration, in a language or the one that it derives from."""
    if text.get(language) or language != DERIVED:
        return text.get(language)
    return converted(text.get("zh", "")) or None


def category_label(term: str, category: Category | None, words: Words) -> str:
    """The operator's own label, else the catalog's, else the term itself."""
    own = named(category.title, words.language) if category else None
    if own:
        return own
    key = f"category.{term}"
    return words.text("labels", key) if words.has("labels", key) else term
