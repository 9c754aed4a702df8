"""The localized line that opens an entry: section · date · source · author."""

from collections.abc import Sequence
from html import escape

from feedsvc.edition.words import Words

__all__ = ["as_html", "byline", "listed"]


def byline(
    section: str | None,
    date: str,
    outlet: str | None,
    authors: Sequence[str],
    words: Words,
) -> str:
    """The line as plain text; what is unknown is left out (contract, section 4)."""
    parts = [
        section,
        date,
        outlet and words.text("labels", "byline.source", name=outlet),
        words.text("labels", "byline.author", names=listed(authors, words))
        if authors
        else None,
    ]
    return " · ".join(part for part in parts if part)


def as_html(line: str, language: str) -> str:
    """The line as a paragraph in the edition's language."""
    return f'<p class="byline" lang="{language}">{escape(line, quote=False)}</p>'


def listed(names: Sequence[str], words: Words) -> str:
    """Names as the language lists them: ``A、B`` or ``A, B and C``."""
    separator = words.text("labels", "names.separator")
    last = words.text("labels", "names.last")
    return last.join(part for part in (separator.join(names[:-1]), names[-1]) if part)
