"""Where in a text dates stand, best first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from feedsvc.text.dates import ago, chinese, english, iso, numeric
from feedsvc.text.dates.clock import Found, beside
from feedsvc.text.dates.dialect import Dialect, Strength

__all__ = ["CHAIN", "Piece", "is_bare", "pieces"]

CHAIN: tuple[Dialect, ...] = (
    *iso.DIALECTS,
    *chinese.DIALECTS,
    *english.DIALECTS,
    *ago.DIALECTS,
    *numeric.DIALECTS,
)
"""Every dialect, in the order in which they are asked."""

_PUBLISHED = (
    r"发布|發布|发表|發表|发稿|發稿|发文|刊发|刊登|来稿|投稿|(?<![一-龥])(?:时间|時間|日期)"
    r"|\b(?i:published|posted|publication)\b"
    r"|\b(?i:created|released?|issued|dated?|time)\b(?=\s?[:|])"
)
_UPDATED = r"更新|修改|编辑于|編輯於|\b(?i:updated|modified|edited|revised)\b"
_LABEL = re.compile(
    rf"(?:({_PUBLISHED})|{_UPDATED})"
    r"(?:[\s:;|·>\])(-]|时间|時間|日期|于|於|为|\b(?i:on|at|date|time)\b)*$",
    re.ASCII,
)
_NOISE = re.compile(
    rf"{_PUBLISHED}|{_UPDATED}|时间|時間|日期|[于於]|当地|星期.|礼拜.|周.|週."
    r"|\b(?i:on|at|last|first|the|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.ASCII,
)
_WORD = re.compile(r"[^\W_]")
_SET_OFF = re.compile(r"[\[(【]\s?\d\d[-/]\d\d\s?[\])】]", re.ASCII)
_EDGES = re.compile(r"\s*\d\d[-/]\d\d(?=\s)|(?<=\s)\d\d[-/]\d\d\s*$", re.ASCII)
_HINT = re.compile(
    r"\d+|[年月今昨]|前天|前日|刚[刚才]|剛[剛才]|\b[Tt]oday|esterday|\bago\b|just now"
)
_REACH = 48
"""Characters on either side of a hint that a date with its weekday may take."""
_ENOUGH = 200
"""Matches of one dialect that are looked at in a text."""
_WINDOW = 24
_NEARBY = 40
_PUBLISHED_LABEL, _UPDATED_LABEL, _NO_LABEL = range(3)
_SHORT = 200
"""Characters of the longest text that can be about nothing but one date."""


@dataclass
class Piece:
    """A match of a dialect in a text, with what stands beside it."""

    text: str
    dialect: Dialect
    match: re.Match[str]

    @cached_property
    def found(self) -> Found:
        """The time and zone beside the date."""
        return beside(self.text, *self.match.span())

    @cached_property
    def label(self) -> int:
        """0 behind a word for publishing, 1 behind one for changing, 2 behind none."""
        start = self.found.start
        label = _LABEL.search(self.text[max(0, start - _WINDOW) : start])
        if not label:
            return _NO_LABEL
        return _PUBLISHED_LABEL if label[1] else _UPDATED_LABEL

    @property
    def rank(self) -> tuple[int, int, int]:
        """What sorts the pieces of a text, best first (the chain's order settles ties)."""
        return self.label, self.dialect.strength, self.found.start

    def stands(self, *, whole: bool) -> bool:
        """Whether it is a date here; ``whole`` says that the text is about one."""
        strength = self.dialect.strength
        if strength < Strength.LABELLED:
            return True
        if strength == Strength.LABELLED and (whole or self.label != _NO_LABEL):
            return True
        return self.found.timed or self._is_alone

    def precedes(self, updated: "Piece") -> bool:
        """Whether it stands unlabelled just before the label of ``updated``."""
        gap = updated.found.start - self.found.end
        return self.label == _NO_LABEL and 0 < gap < _NEARBY

    @property
    def _is_alone(self) -> bool:
        """Whether nothing but labels stands around, or it is set off like ``[11-05]``."""
        start, end = self.found.start, self.found.end
        if _SET_OFF.match(self.text, max(0, start - 1)):
            return True
        if len(self.text) > _SHORT:
            return False
        if any(edge.end() >= end for edge in _EDGES.finditer(self.text, start)):
            return True
        return is_bare(f"{self.text[:start]} {self.text[end:]}")


def is_bare(text: str) -> bool:
    """Whether a text says nothing but labels, names of weekdays and punctuation."""
    return len(text) <= _SHORT and not _WORD.search(_NOISE.sub("", text))


def pieces(text: str, *, whole: bool) -> list[Piece]:
    """The dates in a folded text, best first; linear in its length.

    A piece behind a label (发布时间, Published, Updated, …) is preferred, but an
    unlabelled date just before "Updated" is the publishing date and goes first.
    """
    windows = tuple(_windows(text)) if len(text) > _SHORT else ((0, len(text)),)
    every = (
        Piece(text, dialect, match)
        for dialect in CHAIN
        for match in islice(_matches(text, dialect, windows), _ENOUGH)
    )
    found = [piece for piece in every if piece.stands(whole=whole)]
    if len(found) > 1:
        found.sort(key=lambda piece: piece.rank)
        updated = found[0]
        if updated.label == _UPDATED_LABEL:
            found.sort(key=lambda piece: not piece.precedes(updated))
    return found


def _matches(
    text: str, dialect: Dialect, windows: Sequence[tuple[int, int]]
) -> Iterator[re.Match[str]]:
    search = dialect.pattern.finditer
    return chain.from_iterable(search(text, *window) for window in windows)


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Where dates can stand: around what every one of them holds."""
    start = end = 0
    for hint in _HINT.finditer(text):
        if hint.start() - _REACH > end:
            yield start, end
            start = hint.start() - _REACH
        end = hint.end() + _REACH
    yield start, end
