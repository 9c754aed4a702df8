"""What a link says of the story it leads to, without what else stands inside it."""

import re
from collections import deque
from typing import Final, NamedTuple

from selectolax.lexbor import LexborNode

from feedsvc.extract.dom import Line, lines_of
from feedsvc.text.dates import spot
from feedsvc.text.markup import one_line

__all__ = ["Title", "is_date", "title_of"]

_BULLETS: Final = "•·▪▫■□●○◆◇►▶»›‣⁃∙・ \u3000"
_HEADINGS: Final = "h1, h2, h3, h4, h5, h6"
_NAMED: Final = re.compile(
    r"(?:^|[\s_-])(?:headline|tit|subject)(?:[\s_-]|$)|title(?:[\s_-]|$)", re.IGNORECASE
)
_ENOUGH: Final = 6
"""So many letters make a headline rather than a label."""

_TIME: Final = re.compile(r"\s*\d{1,2}:\d\d\s*")
_BESIDE: Final = 3
"""Characters that may stand around a date and still say nothing."""


class Title(NamedTuple):
    """A headline; whether the link's text says it, and in something called a title."""

    text: str
    spoken: bool = True
    named: bool = False


def title_of(node: LexborNode) -> Title:
    """The headline of a link.

    The text of a heading inside, of what is called a title, else the first line that is
    more than a date or a label. Where there is no text, or it is cut short, what the
    link's ``title`` says.
    """
    child = node.child
    alone = child is not None and child.next is None and child.is_text_node
    title = Title(_clean(node.text())) if alone else _inside(node)
    whole = _clean(node.attributes.get("title") or "")
    cut = title.text.rstrip(".…")
    if whole and cut and cut != title.text and whole.startswith(cut):
        return title._replace(text=whole)
    return title if title.text else Title(whole, spoken=False)


def _inside(node: LexborNode) -> Title:
    heading = node.css_first(_HEADINGS)
    lines = [line for line in lines_of(heading or node) if line.text]
    told = [text for line in lines if (text := _undated(line))]
    if heading:
        return Title(_clean(" ".join(told)), named=True)
    named = next((line for line in lines if _is_named(line)), None)
    if named:
        return Title(_clean(_undated(named)), named=True)
    enough = (text for text in told if len(text) >= _ENOUGH)
    first = next(enough, told[0] if told else " ".join(line.text for line in lines))
    return Title(_clean(first))


def _is_named(line: Line) -> bool:
    attributes = line.block.attributes
    called = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return bool(_NAMED.search(called) and _undated(line))


def _undated(line: Line) -> str:
    """A line without the dates that stand at either end in elements of their own."""
    parts = deque(line.parts)
    while parts and _says_nothing(parts[0]):
        parts.popleft()
    while parts and _says_nothing(parts[-1]):
        parts.pop()
    return " ".join("".join(parts).split())


def _says_nothing(part: str) -> bool:
    return not part.strip() or bool(_TIME.fullmatch(part)) or is_date(part)


def is_date(text: str) -> bool:
    """Whether a text is a date and nothing else."""
    found = spot(text)
    return found is not None and len(text.strip()) - len(found) <= _BESIDE


def _clean(text: str) -> str:
    return one_line(text).lstrip(_BULLETS)
