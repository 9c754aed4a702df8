"""Writers whom markup or place tells, not words: bylines, names beside the date."""

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from selectolax.lexbor import LexborNode

from feedsvc.extract.article.people import alone, clean_names
from feedsvc.extract.dom import Line, marks

__all__ = ["bylines", "names_in", "with_next"]

_BYLINE: Final = re.compile(r"byline|author[-_]?(?:name|link)?\b|writer|\breporter")
_HEADING: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "figcaption"})
_LONGEST: Final = 160
_LONGEST_NAME: Final = 80


def with_next(texts: Sequence[str]) -> Sequence[str]:
    """A ``By`` that stands alone belongs to the line below it."""
    return [
        f"{text} {after}" if text.strip().lower() in {"by", "by:"} else text
        for text, after in zip_longest(texts, texts[1:], fillvalue="")
    ]


def bylines(lines: Sequence[Line]) -> tuple[str, ...]:
    """The names that markup calls a byline (``rel=author``, ``class="byline"``)."""
    for line in lines:
        texts = [node.text_content or "" for node in line.nodes if _is_byline(node)]
        found = clean_names(text for text in texts if _may_name(text))
        if found and len(line.text) < _LONGEST:
            return found
    return ()


def names_in(lines: Sequence[Line]) -> tuple[str, ...]:
    """The first names that stand alone in their part of a line; headings name none."""
    rows = (line for line in lines if line.block.tag not in _HEADING)
    parts = (part for line in rows for part in re.split(r"\s{2,}", line.spaced))
    return next(filter(None, map(alone, parts)), ())


def _may_name(text: str) -> bool:
    return len(text) < _LONGEST_NAME and not re.search(r"\d", text)


def _is_byline(node: LexborNode) -> bool:
    parent = node.parent
    if parent is None:
        return False
    attributes = parent.attributes
    said = f"{attributes.get('rel') or ''} {attributes.get('itemprop') or ''}"
    return "author" in said or bool(_BYLINE.search(marks(parent, 3)))
