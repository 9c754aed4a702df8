"""The links of a page and what each looks like from outside."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final
from urllib.parse import urldefrag, urlsplit

from selectolax.lexbor import LexborNode

from feedsvc.extract.dom import INLINE
from feedsvc.extract.listing.titles import Title, title_of
from feedsvc.extract.rules import Document

__all__ = ["Link", "links_of"]

_MOST: Final = 5_000
_STEPS: Final = 40
_COUNTED: Final = re.compile(
    r"\d+|\b(?:odd|even|first|last|alt|active|current|on|cur)\b|[-_]+$"
)
_NUMBER: Final = re.compile(r"[-_]\d+$")
_NUMBERED: Final = re.compile(r"\d{4}")
_APART: Final = re.compile(
    r"\bnav|menu|\bfoot(?:er)?\b|(?:site|page|top|main)-?header|^header$|breadcrumb|crumb|"
    r"\bpagers?\b|pagination|paging|pagenav|pagebar|sidebar|side\b|widget|related|recommend|"
    r"popular|trending|\bmost\b|most-?(?:read|pop)|\bhot|rank|paihang|friend|\blinks?\b|copyright|"
    r"share|social|comment|login|search|\btags?\b(?!-)|tag-?(?:cloud|list)|toolbar|topbar|weather|"
    r"slider|carousel|banner|focus|\bads?\b"
)
"""What elements are called that hold other things than the page's stories."""

_NEAR: Final = 20
_PROSE: Final = 25
"""Characters before a link that make it a part of a sentence."""

_HEADINGS: Final = ("h1", "h2", "h3", "h4")
_WORDY: Final = re.compile(
    r"[\u3040-\u9fff\uac00-\ud7af]{1,2}|[^\W\u3040-\u9fff\uac00-\ud7af]+"
)
"""A word; one in Chinese, Japanese or Korean is about two characters long."""


@dataclass(frozen=True)
class Link:
    """One link: where to, how it is called, and the path of elements that leads to it.

    ``path`` names its ancestors from the body down, each by tag and class; ``chain``
    are their identities in the same order.
    """

    node: LexborNode
    url: str
    called: Title
    path: tuple[str, ...]
    chain: tuple[int, ...]

    @cached_property
    def words(self) -> int:
        """How many words the title has."""
        return len(_WORDY.findall(self.title))

    @cached_property
    def apart(self) -> int:
        """How many elements around it are called a menu, a footer, a side column."""
        steps = [step for step in self.path if _APART.search(step)]
        own = "header" in steps and any(s.startswith("article") for s in self.path)
        return len(steps) - own

    @property
    def title(self) -> str:
        """How it is called."""
        return self.called.text

    @cached_property
    def is_heading(self) -> bool:
        """Whether it stands in a heading, or one stands in it."""
        return self.called.named or any(step[:2] in _HEADINGS for step in self.path)

    @property
    def is_apart(self) -> bool:
        """Whether any is."""
        return self.apart > 0

    @cached_property
    def is_prose(self) -> bool:
        """Whether it stands in a running text, after words that link nowhere."""
        before = 0
        for text in islice(_texts_before(self.node), _NEAR):
            before += len(text)
        return before >= _PROSE

    @cached_property
    def is_deep(self) -> bool:
        """Whether the address looks like one document's, not like a section's."""
        parts = urlsplit(self.url)
        path = parts.path.rstrip("/")
        last = path.rsplit("/", 1)[-1]
        return bool(
            re.search(
                r"\d{4,}|\d{4}[/-]\d{1,2}|\.s?html?$|\.aspx?$|\.jsp$|\.php$", path
            )
            or last.count("-") > 1
            or re.search(
                r"(?:^|&)(?:id|p|aid|newsid|articleid|contentid)=",
                parts.query,
                re.IGNORECASE,
            )
        )


def links_of(document: Document) -> list[Link]:
    """Collect the links that lead to other pages, in the order of the page."""
    here = urldefrag(document.url)[0].rstrip("/")
    found = []
    for node in document.tree.css("a[href]")[:_MOST]:
        url = document.absolute(node.attributes.get("href"))
        url = urldefrag(url)[0] if url else None
        if url and url.rstrip("/") != here and _is_inner(url):
            path, chain = _ancestry(node)
            found.append(Link(node, url, title_of(node), path, chain))
    return found


def _texts_before(node: LexborNode) -> Iterator[str]:
    """What the line says before a node, nearest first, links left out."""
    here: LexborNode | None = node
    while here is not None and here.tag in INLINE:
        step = here.prev
        while step is not None and step.tag != "br":
            yield _own_text(step)
            step = step.prev
        here = here.parent if step is None else None


def _own_text(node: LexborNode) -> str:
    """What a node prints inline and links nowhere."""
    if node.tag == "-text":
        return (node.text_content or "").strip()
    inline = node.tag in INLINE and node.tag != "a" and not node.css_first("a")
    return node.text(strip=True) if inline else ""


def _is_inner(url: str) -> bool:
    """Whether an address is more than a site's front page."""
    parts = urlsplit(url)
    return bool(parts.path.strip("/") or parts.query)


def _ancestry(node: LexborNode) -> tuple[tuple[str, ...], tuple[int, ...]]:
    names: list[str] = []
    chain: list[int] = []
    step = node.parent
    while step is not None and step.tag not in {"body", "html"} and len(names) < _STEPS:
        names.append(_name(step))
        chain.append(step.mem_id)
        step = step.parent
    return tuple(reversed(names)), tuple(reversed(chain))


def _name(node: LexborNode) -> str:
    attributes = node.attributes
    called = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
    words = (_NUMBER.sub("", word) for word in called.split())
    named = [word for word in words if not _NUMBERED.search(word)]
    kind = [w for word in named[:3] if (w := _COUNTED.sub("", word))]
    return f"{node.tag} {' '.join(kind)}".strip()
