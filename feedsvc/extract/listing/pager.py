"""The link to the next page of a list, where no rule names it."""

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urldefrag, urljoin

from selectolax.lexbor import LexborNode

from feedsvc.extract.dom import marks
from feedsvc.extract.rules import Document
from feedsvc.text.markup import one_line
from feedsvc.text.urls import host

__all__ = ["next_page"]

_SAYS: Final = re.compile(
    r"[\W_]*(?:(?:go to )?next(?: page)?|older(?: (?:posts|entries|articles|news|stories))?"
    r"|下一?[页頁]|[后後]一?[页頁]|下一?個?分頁|次へ|次のページ)[\W_]*",
    re.IGNORECASE,
)
_ARROW: Final = re.compile(r"[\s>›»→]+")
_PAGER: Final = re.compile(
    r"pag(?:er|es|inat|ing|ination|e-?(?:nav|bar|num|list))|\bpages?\b|fenye|\bnext\b"
)
_NEXT: Final = re.compile(r"(?:^|[\s_-])next(?:$|[\s_-])")
_CURRENT: Final = re.compile(r"\b(?:active|current|cur|on|selected|this)\b")
_SCRIPT: Final = re.compile(
    r"""\bcreatePageHTML\(\s*(\d{1,5})\s*,\s*(\d{1,5})\s*,\s*["']([\w-]+)["']\s*,\s*["'](\w+)["']"""
)
"""How TRS WCM, which many Chinese authorities publish with, says that page 0 of 4 is
index.html: the next is index_1.html."""

_STEPS: Final = 3
_MOST: Final = 5_000


def next_page(document: Document) -> str | None:
    """The address of the page that follows, on the same site; None if none is named.

    What is marked so goes first, then what says so in Chinese or English, then an arrow
    and the number after the page's own in a pager.
    """
    links = document.tree.css("a[href]")[:_MOST]
    pager = [link for link in links if _PAGER.search(marks(link, _STEPS))]
    chains: tuple[Iterable[LexborNode], ...] = (
        document.tree.css("link[rel~=next][href], a[rel~=next][href]"),
        filter(_says, pager),
        filter(_says, links),
        filter(_is_marked, pager),
        _numbered(pager),
        filter(_is_arrow, pager),
    )
    hrefs = (node.attributes.get("href") for chain in chains for node in chain)
    found = (_address(document, href) for href in (*hrefs, _scripted(document.text)))
    return next(filter(None, found), None)


def _scripted(text: str) -> str | None:
    call = _SCRIPT.search(text)
    following = int(call[2]) + 1 if call else 0
    return (
        f"{call[3]}_{following}.{call[4]}"
        if call and following < int(call[1])
        else None
    )


def _address(document: Document, href: str | None) -> str | None:
    url = urldefrag(document.absolute(href) or "").url
    here = urldefrag(document.url).url
    same = host(url) == host(here) and url not in {here, urljoin(here, "/")}
    return url if url and same else None


def _words(node: LexborNode) -> Iterator[str]:
    """What a link says, and what is said of it."""
    yield one_line(node.text())
    for name in ("title", "aria-label"):
        yield one_line(node.attributes.get(name) or "")


def _says(node: LexborNode) -> bool:
    return any(map(_SAYS.fullmatch, _words(node)))


def _is_marked(node: LexborNode) -> bool:
    return any(_NEXT.search(marks(each, 1)) for each in (node, node.parent) if each)


def _is_arrow(node: LexborNode) -> bool:
    return bool(_ARROW.fullmatch(one_line(node.text())))


def _numbered(pager: list[LexborNode]) -> Iterator[LexborNode]:
    """Links that bear the number after the one that stands before them unlinked."""
    for node in pager:
        text = one_line(node.text())
        if text.isdecimal() and _follows(node, int(text)):
            yield node


def _follows(node: LexborNode, number: int) -> bool:
    """Whether the number before a link is the page's own: no link, or marked so."""
    before = _before(node) or (_before(node.parent) if node.parent else None)
    if before is None or one_line(before.text()).strip("[]") != str(number - 1):
        return False
    link = before if before.tag == "a" else before.css_first("a[href]")
    return link is None or bool(_CURRENT.search(marks(before, 1) + marks(link, 1)))


def _before(node: LexborNode) -> LexborNode | None:
    """The element before a node, or the text there."""
    step = node.prev
    while step is not None and not step.text(strip=True):
        step = step.prev
    return step
