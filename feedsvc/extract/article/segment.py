"""Where on a page its text stands: the run of lines that says most.

Maximum subsequence segmentation (Pasternack and Roth, WWW 2009): prose counts for a
line, links and labels against it, and the run of lines with the largest sum is the text.
It knows no words but those of class names, and measures Chinese as it does English.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from selectolax.lexbor import LexborNode

from feedsvc.extract.dom import Line

__all__ = ["above", "is_dense", "is_prose", "said", "segment"]

_DENSE: Final = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]+")
_DENSITY: Final = 1.5
"""A Chinese character says as much as two letters and a half: itself and so much."""

_SHARE: Final = 4
"""A page in Chinese may be up to three quarters numbers, markup and names in Latin."""

_SENTENCE: Final = re.compile(r"[，。！？；：、”]|[.,;!?][\s\"'”’)]|[.!?]$")
_LONG, _SHORT, _MOST = 80, 20, 600
"""Letters from which on a line is prose anyhow, or if it is a sentence; and the most that
one counts for."""

_FREE: Final = 0.4
"""How much of a line must be no link, that it may be text."""

_LABEL, _TITLED, _LINKED = -12.0, -3.0, -15.0
_TEXTUAL: Final = frozenset(
    ["p", "li", "h2", "h3", "h4", "figcaption", "blockquote", "pre", "td", "th"]
)
_LEGAL: Final = re.compile(
    r"©|copyright|all rights reserved|版权所有|ICP备|公网安备|许可证", re.IGNORECASE
)
_ASIDE: Final = re.compile(
    r"comment|related|recommend|foot|share|sidebar|nav|menu|crumb|promo|newsletter|subscri|popular|trending|copyright|tuijian|xiangguan|pinglun|rank|login|popup|disclaim"
)
_ASIDES: Final = frozenset({"nav", "footer", "aside", "form"})
_LONGEST_NAME: Final = 200
_TRUE_HALF: Final = 0.5


def segment(lines: Sequence[Line], headline: int | None) -> range:
    """Give the lines that are the text; an empty range when nothing is.

    ``headline`` is the line of the title: the text stands below it, unless most of what
    the page says stands above.
    """
    values = list(_values(lines))
    whole = _best(values, 0)
    below = _best(values, headline + 1) if headline is not None else whole
    score, run = below if below[0] >= _TRUE_HALF * whole[0] else whole
    return _at_home(lines, run) if score > 0 else range(0)


def is_dense(lines: Sequence[Line]) -> bool:
    """Whether the lines are mostly in a script that writes without spaces or nearly so."""
    text = " ".join(line.text for line in lines if not line.is_link)
    return not text.isascii() and _dense(text) * _SHARE >= len(text)


@lru_cache(maxsize=2048)  # every reader of a page asks it of the same lines
def said(text: str) -> float:
    """How much a text says, in letters."""
    if text.isascii():
        return len(text)
    return len(text) + _DENSITY * _dense(text)


def _dense(text: str) -> int:
    """How many characters of a text are of such a script."""
    return sum(map(len, _DENSE.findall(text)))


def is_prose(line: Line) -> bool:
    """Whether a line is sentences rather than a label or a list of links."""
    return line.free >= _FREE and _is_long(line.text)


def _is_long(text: str) -> bool:
    size = said(text)
    return size >= _LONG or (size >= _LONG / 2 and bool(_SENTENCE.search(text)))


def _values(lines: Sequence[Line]) -> Iterator[float]:
    """What each line counts for; beside the text, in a footer say, it counts against."""
    plain = [_value(line) for line in lines]
    asides = _Asides(lines, plain)
    for line, value in zip(lines, plain, strict=True):
        yield _LINKED - abs(value) / 3 if asides.hold(line.block) else value


def _value(line: Line) -> float:
    text, free = line.text, line.free
    size = said(text)
    if _LEGAL.search(text):
        return -100.0
    if free < _FREE:
        return _LINKED - min(size, 60) / 2
    if _is_long(text):
        return min(size * free, _MOST)
    if size >= _SHORT and _SENTENCE.search(text):
        return size * free / 2
    return _TITLED if line.block.tag in _TEXTUAL else _LABEL


class _Asides:
    """What markup calls no text, unless half of what the page says stands in it."""

    def __init__(self, lines: Sequence[Line], values: Sequence[float]) -> None:
        self._known: dict[int, bool] = {}
        self._says: Counter[int] = Counter()
        for line, value in zip(lines, values, strict=True):
            for step in above(line.block) if value > 0 else ():
                self._says[step.mem_id] += int(value)
        self._half = sum(value for value in values if value > 0) * _TRUE_HALF

    def hold(self, node: LexborNode) -> bool:
        """Whether the node, or one above it, is an aside."""
        path: list[LexborNode] = []
        found = False
        for step in above(node):
            if step.mem_id in self._known:
                found = self._known[step.mem_id]
                break
            path.append(step)
        for step in reversed(path):
            found = found or self._is_aside(step)
            self._known[step.mem_id] = found
        return found

    def _is_aside(self, node: LexborNode) -> bool:
        attributes = node.attributes
        name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
        called = len(name) < _LONGEST_NAME and bool(_ASIDE.search(name))
        return (called or node.tag in _ASIDES) and self._says[node.mem_id] < self._half


def above(node: LexborNode | None) -> Iterator[LexborNode]:
    """The node and what it stands in, the body last."""
    while node is not None and node.tag != "html":
        yield node
        node = node.parent


def _best(values: Sequence[float], start: int) -> tuple[float, range]:
    """The run with the largest sum, from ``start`` on (Kadane)."""
    best, found = 0.0, range(0)
    now = 0.0
    for n in range(start, len(values)):
        if now <= 0:
            now, begun = 0.0, n
        now += values[n]
        if now > best:
            best, found = now, range(begun, n + 1)
    return best, found


def _at_home(lines: Sequence[Line], run: range) -> range:
    """The run, with all that shares the element in which most of it stands."""
    homes: Counter[int] = Counter()
    for n in run:
        home = _home(lines[n])
        if home is not None:
            homes[home.mem_id] += len(lines[n].text)
    best = max(homes, key=homes.__getitem__, default=None)
    start, stop = run.start, run.stop
    while start > 0 and best in _ids(lines[start - 1].block):
        start -= 1
    while stop < len(lines) and best in _ids(lines[stop].block):
        stop += 1
    return range(start, stop)


def _home(line: Line) -> LexborNode | None:
    block = line.block.parent if line.block.tag in _TEXTUAL else line.block
    return block if block is not None and block.tag not in {"body", "html"} else None


def _ids(node: LexborNode) -> set[int]:
    return {step.mem_id for step in above(node)}
