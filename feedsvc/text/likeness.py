"""How much of one text another holds, told from small sketches of both.

A sketch keeps the smallest hashes of a text's character 4-grams (bottom-k MinHash;
Broder, "On the resemblance and containment of documents", 1997). Case, spaces and
punctuation do not count, and no script needs to be cut into words.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

__all__ = ["Sketch", "held", "sketch"]

_KEPT = 256
"""Hashes kept of a text: what it shares with another is told to within some 0.03."""

_READ = 3_000
"""Characters of a text that are looked at; a longer one is told by its start."""

_GRAM, _WINDOW = 4, 16
"""Characters of a gram, and of the run that makes a band."""

_ANCHOR, _BANDS = 8, 8
"""One place in eight begins a band, by the hash of its gram. So many are kept of the
whole text, and as many of its lead, which is all that a summary has."""

_LEAD = 160
_WIDTH = 4
"""Bytes of a character in UTF-32."""

_OTHERS = re.compile(r"[\W_]+")
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*[^\S\n]?\w")
"""A number with the letter that says of what: ``5月``, ``30 k``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What is kept of a text: hashes below 2³², each part in ascending order.

    ``grams`` stand for its 4-grams, ``figures`` for its numbers. Texts of which one
    holds a good part of the other share some of their ``bands``; others hardly ever do.
    """

    grams: tuple[int, ...]
    figures: tuple[int, ...]
    bands: tuple[int, ...]


def sketch(title: str, body: str) -> Sketch:
    """The sketch of a text; the same text gives the same one, anywhere."""
    text = f"{title}\n{body[:_READ]}"
    written = _OTHERS.sub("", text.casefold()).encode("utf-32-le", "surrogatepass")
    grams = _hashes(written, _GRAM, range(0, len(written), _WIDTH))
    anchors = [n * _WIDTH for n, gram in enumerate(grams) if gram % _ANCHOR == 0]
    lead = [start for start in anchors if start < _LEAD * _WIDTH]
    figures = [
        crc32(figure.encode("utf-8", "surrogatepass"))
        for figure in _FIGURE.findall(text)
    ]
    bands = (_smallest(_hashes(written, _WINDOW, at), _BANDS) for at in (anchors, lead))
    return Sketch(
        grams=_smallest(grams, _KEPT),
        figures=_smallest(figures, _KEPT),
        bands=tuple(sorted(set().union(*bands))),
    )


def held(one: Sequence[int], other: Sequence[int]) -> float:
    """What share of the smaller of two texts stands in the other, 0 to 1.

    ``one`` and ``other`` are the same part of two sketches. A part that is full tells
    of its text only up to its largest hash.
    """
    full = [part[-1] for part in (one, other) if len(part) == _KEPT]
    limit = min(full, default=1 << 32)
    first, second = (part[: bisect_right(part, limit)] for part in (one, other))
    smaller = min(len(first), len(second))
    return len({*first}.intersection(second)) / smaller if smaller else 0.0


def _hashes(written: bytes, length: int, starts: Iterable[int]) -> list[int]:
    """The hash of the run of ``length`` characters at each start where one fits."""
    size = length * _WIDTH
    last = len(written) - size
    return [crc32(written[n : n + size]) for n in starts if n <= last]


def _smallest(hashes: Sequence[int], count: int) -> tuple[int, ...]:
    """The smallest of them, each once; only those that may be are sorted."""
    likely = (3 * count << 32) // max(1, len(hashes))
    some = {one for one in hashes if one < likely}
    return tuple(sorted(some if len(some) >= count else {*hashes})[:count])
