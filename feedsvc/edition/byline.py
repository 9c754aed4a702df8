"""The localized line that opens an entry: section · date · source · author."""

from collections.abc import Sequence
from html import escape

from feedsvc.edition.words import Words

__all__ = ["as_html", "byline"]


def byline(
    section: str | None,
    date: str,
    outlet: str | None,
    authors: Sequence[str],
    words: Words,
) -> str:
    """The line as plain text; what is unknown is left out (contract, section 4)."""
    separator = words.text("labels", "names.separator")
    parts = [
        section,
        date,
        outlet and words.text("labels", "byline.source", name=outlet),
        words.text("labels", "byline.author", names=separator.join(authors))
        if authors
        else None,
    ]
    return " · ".join(part for part in parts if part)


def as_html(line: str, language: str) -> str:
    """The line as a paragraph in the edition's language."""
    return f'<p class="byline" lang="{language}">{escape(line, quote=False)}</p>'
