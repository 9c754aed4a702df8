"""Which articles tell the same story, and which of them stands for the others."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Final

from feedsvc.model.article import Article
from feedsvc.text.likeness import Sketch, held, sketch

__all__ = ["NEAR", "alike", "collapse", "sketched"]

NEAR: Final = timedelta(hours=72)
"""Reports of one story are published within this time of each other."""

_TEXT = 0.65
"""Share of the smaller text's 4-grams that the other must hold; how it was chosen, and
what it comes to, is in docs/quality.md."""

_FIGURES = 0.6
"""The same of its numbers: notices and daily reports repeat every word but those."""

_SHORTEST = 60
"""4-grams below which a text is too little to tell: a headline alone, say."""


def sketched(article: Article) -> Sketch:
    """The sketch of what an article tells."""
    return sketch(article.title, article.content_text or article.summary or "")


def alike(one: Sketch, other: Sketch) -> bool:
    """Whether two texts of one language are near-duplicates."""
    if min(len(one.grams), len(other.grams)) < _SHORTEST:
        return False
    if held(one.grams, other.grams) < _TEXT:
        return False
    if one.figures and other.figures:
        return held(one.figures, other.figures) >= _FIGURES
    return True


def collapse(
    order: Sequence[str], likes: Mapping[str, Collection[str]], may: Collection[str]
) -> dict[str, str]:
    """Which article stands for each: itself, or the first that is like it.

    ``order`` holds ids by when they were first seen; ``likes`` tells of each what it is
    like; only those that ``may`` stand behind another. Whoever stands behind another
    stands for none, so that a story does not drift from copy to copy.
    """
    stands: dict[str, str] = {}
    for one in order:
        like = likes.get(one, ()) if one in may else ()
        stands[one] = next((o for o in stands if o in like and stands[o] == o), one)
    return stands
