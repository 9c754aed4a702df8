"""What a text can be found by: words, and of unspaced scripts every two characters.

Text and query are folded alike (NFKC, no case, one kind of Chinese characters), so that
either script and any width of a word finds the others.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from feedsvc.text.controls import printable
from feedsvc.text.traditional import simplified

__all__ = ["LONGEST", "Needles", "canonical", "folded", "terms"]

LONGEST: Final = 200
"""Characters that a query may have."""

_UNSPACED: Final = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af"
_LETTER: Final = f"[^\\W_{_UNSPACED}]"
_LETTERS: Final = re.compile(f"{_LETTER}+")
_CHARACTERS: Final = re.compile(f"[{_UNSPACED}]+")
_WORD: Final = re.compile(r"[^\W_]+")
_MOST: Final = 64
"""Terms by which a query is looked up; more would find the same, or nearly."""

_LONG_WORD: Final = 40
"""Characters of a word that tell it from others."""

_LARGEST: Final = 100_000
"""Characters of an article that it can be found by."""


@dataclass(frozen=True)
class Needles:
    """What must all be found; without slots, as it remembers what it made.

    ``phrases`` are folded: words with single spaces where others stand between them.
    """

    phrases: tuple[str, ...]

    @classmethod
    def read(cls, query: str) -> "Needles":
        """What a query asks for, one phrase for each of its words; it may be nothing."""
        found = (folded([word]) for word in query.split())
        return cls(tuple(dict.fromkeys(phrase for phrase in found if phrase)))

    @cached_property
    def terms(self) -> frozenset[str]:
        """Terms that stand in whatever holds every phrase."""
        found = set().union(*map(_inner, self.phrases))
        return frozenset(sorted(found, key=lambda term: (-len(term), term))[:_MOST])

    @property
    def beginnings(self) -> frozenset[str]:
        """Single unspaced characters: some term of the text begins with each."""
        return frozenset(
            p for p in self.phrases if len(p) == 1 and _CHARACTERS.match(p)
        )

    def all_in(self, text: str) -> bool:
        """Whether a folded text holds every phrase, words as whole ones."""
        return all(whole.search(text) for whole in self._wholes)

    @cached_property
    def _wholes(self) -> tuple[re.Pattern[str], ...]:
        return tuple(map(_whole, self.phrases))


def canonical(query: str) -> str | None:
    """A query as it is told; None for one that is too long, or asks for nothing."""
    if len(query) > LONGEST:
        return None
    told = " ".join(printable(unicodedata.normalize("NFC", query)).split())
    return told if Needles.read(told).phrases else None


def folded(texts: Iterable[str]) -> str:
    """Texts as they are compared: words with single spaces, a line for each text."""
    lines = (" ".join(_WORD.findall(_plain(text))) for text in texts)
    return "\n".join(lines)[:_LARGEST]


def _plain(text: str) -> str:
    """A text without width, case and the kind of its Chinese characters."""
    plain = unicodedata.normalize("NFKC", text[:_LARGEST]).casefold()
    return plain if plain.isascii() else simplified(plain)


def terms(text: str) -> set[str]:
    """The terms of a folded text."""
    return _inner(text) | {run[-1] for run in _CHARACTERS.findall(text)}


def _inner(phrase: str) -> set[str]:
    """The terms of a phrase that are terms of every text around it."""
    found = {word[:_LONG_WORD] for word in _LETTERS.findall(phrase)}
    for run in _CHARACTERS.findall(phrase):
        found.update(one + other for one, other in pairwise(run))
    return found


def _whole(phrase: str) -> re.Pattern[str]:
    """A phrase that is not the inside of a longer word."""
    before = f"(?<!{_LETTER})" if re.match(_LETTER, phrase[0]) else ""
    after = f"(?!{_LETTER})" if re.match(_LETTER, phrase[-1]) else ""
    return re.compile(f"{before}{re.escape(phrase)}{after}")
