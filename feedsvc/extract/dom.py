"""A page as its reader sees it: lines of text, each knowing where it stands.

A browser breaks lines at block elements and ``<br>``; so does :func:`lines_of`. What
stands side by side in one line (``Time: …   Source: …``) stays together, in parts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class Line:
    """One line: its texts side by side, the block it stands in, and what it is.

    ``text`` is the line as printed; ``size`` counts the characters of its texts, and
    ``linked`` those of them that stand inside links.
    """

    block: LexborNode
    parts: list[str] = field(default_factory=list)
    nodes: list[LexborNode] = field(default_factory=list)
    text: str = ""
    size: int = 0
    linked: int = 0

    @property
    def spaced(self) -> str:
        """The line with a double space wherever another element begins."""
        return "  ".join(filter(None, (" ".join(part.split()) for part in self.parts)))

    @property
    def is_link(self) -> bool:
        """Whether (nearly) all of the line is a link."""
        return self.linked * 10 >= 9 * (self.size or 1)

    @property
    def free(self) -> float:
        """The share of the line that is no link."""
        return 1 - self.linked / (self.size or 1)


_Place: TypeAlias = tuple[LexborNode, bool]
"""Where a text stands: the block it belongs to and whether a link holds it."""


def lines_of(root: LexborNode, most: int = _MOST) -> list[Line]:
    """Read up to ``most`` lines below ``root`` in the order of the page, none empty."""
    lines = [line for line in _broken(root, most) if line.nodes]
    for line in lines:
        line.text = " ".join("".join(line.parts).split())
    return lines


def _broken(root: LexborNode, most: int) -> list[Line]:
    """The texts below ``root`` in lines, blank ones too."""
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
    return lines


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
    size = len(text.strip())
    if size:
        line.nodes.append(node)
        line.size += size
        line.linked += size if linked else 0


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
