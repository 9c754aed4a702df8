"""A page as its reader sees it: lines of text, each knowing where it stands.

A browser breaks lines at block elements and ``<br>``; so does :func:`lines_of`. What
stands side by side in one line (``Time: …   Source: …``) stays together, in parts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, TypeAlias

from selectolax.lexbor import LexborNode

__all__ = ["INLINE", "Line", "lines_of", "marks"]

INLINE: Final = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
    ]
)
"""Elements that do not break the line."""

_MOST: Final = 100_000

SILENT: Final = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "textarea",
        "select",
        "svg",
        "iframe",
        "object",
        "head",
        "title",
        "button",
        "canvas",
        "math",
        "-comment",
    ]
)
"""Elements whose text is no text of the page."""


@dataclass
class Line:
    """One line: its texts side by side, the block it stands in, and what it is.

    ``linked`` counts the characters that stand inside links. Without slots, as a line
    remembers what it said: ask it only when it is whole.
    """

    block: LexborNode
    parts: list[str] = field(default_factory=list)
    nodes: list[LexborNode] = field(default_factory=list)
    linked: int = 0

    @cached_property
    def text(self) -> str:
        """The line as printed."""
        return " ".join("".join(self.parts).split())

    @cached_property
    def spaced(self) -> str:
        """The line with a double space wherever another element begins."""
        return "  ".join(filter(None, (" ".join(part.split()) for part in self.parts)))

    @cached_property
    def is_link(self) -> bool:
        """Whether (nearly) all of the line is a link."""
        return self.linked * 10 >= 9 * max(1, sum(len(p.strip()) for p in self.parts))


_Place: TypeAlias = tuple[LexborNode, bool]
"""Where a text stands: the block it belongs to and whether a link holds it."""


def lines_of(root: LexborNode, most: int = _MOST) -> list[Line]:
    """Read up to ``most`` lines below ``root`` in the order of the page, none empty."""
    lines: list[Line] = []
    outside: _Place = (root, False)
    places: dict[int, _Place | None] = {}
    line: Line | None = None
    for node in root.traverse(include_text=True):
        parent = node.parent
        above = places.get(parent.mem_id, outside) if parent else outside
        if not node.is_text_node:
            tag = node.tag or ""
            inline = tag in INLINE or ":" in tag  # word processors leave <st1:date>
            places[node.mem_id] = above and _below(above, node, tag, inline=inline)
            line = line if inline else None
        elif above:
            if line is None or line.block is not above[0]:
                if len(lines) >= most:
                    break
                line = Line(above[0])
                lines.append(line)
            _add(line, node, linked=above[1])
    return [line for line in lines if line.nodes]


def _below(above: _Place, node: LexborNode, tag: str, *, inline: bool) -> _Place | None:
    """Where the texts of ``node`` stand; None when they are not shown."""
    if tag in SILENT:
        return None
    if tag == "a":
        return above[0], True
    return above if inline else (node, above[1])


def _add(line: Line, node: LexborNode, *, linked: bool) -> None:
    text = node.text_content or ""
    line.parts.append(text)
    bare = text.strip()
    if bare:
        line.nodes.append(node)
        line.linked += len(bare) if linked else 0


def marks(node: LexborNode, steps: int = 4) -> str:
    """Say how a node and its nearest ancestors are called: tags, classes and ids."""
    return " ".join(_marks(node, steps)).lower()


def _marks(node: LexborNode, steps: int) -> Iterator[str]:
    step: LexborNode | None = node
    for _ in range(steps):
        if step is None or step.tag in {"body", "html"}:
            return
        attributes = step.attributes
        yield f"{step.tag} {attributes.get('class') or ''} {attributes.get('id') or ''}"
        step = step.parent
