"""What one page shows its reader: the lines of it that matter, and its headline."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

from selectolax.lexbor import LexborNode

from feedsvc.extract.article.crumbs import breadcrumb, marked_breadcrumb
from feedsvc.extract.article.printed import Dated, Printed
from feedsvc.extract.article.title import Headline, headline, printing
from feedsvc.extract.dom import Line, lines_of
from feedsvc.extract.rules import XPATH, Document
from feedsvc.model.config import Rule
from feedsvc.text.markup import one_line

__all__ = ["Face"]

_ENOUGH: Final = 50
"""Lines, blank ones too, among which all that belongs to a headline stands."""


class Face:
    """The printed side of a page, each part read when first wanted.

    Where a CSS rule gave the title, only what stands around that element is read: a page
    with rules must cost next to nothing.
    """

    def __init__(
        self,
        document: Document,
        title: str | None,
        rule: Rule | None,
        stated: Sequence[str],
    ) -> None:
        """``title`` is what ``rule`` gave, ``stated`` what structured data call it."""
        self._document = document
        self._title = title
        self._rule = rule
        self._stated = stated

    @cached_property
    def lines(self) -> list[Line]:
        """The page, or what matters of it, as lines of text."""
        if self._region:
            return lines_of(self._region, _ENOUGH)
        return self._document.lines

    @cached_property
    def page_title(self) -> str | None:
        """What ``<title>`` says."""
        node = self._document.tree.css_first("title")
        return (one_line(node.text()) or None) if node else None

    @cached_property
    def headline(self) -> Headline:
        """The title, and the line where it stands."""
        if self._title:
            return Headline(self._title, self._find(self._title))
        return headline(self.lines, self._stated, self.page_title, self._dated)

    @cached_property
    def printed(self) -> Printed:
        """What stands around the headline."""
        return Printed(self.lines, self.headline.line, self._dated)

    @cached_property
    def crumbs(self) -> tuple[str, ...]:
        """The printed path."""
        found = breadcrumb(self.lines, self.headline.line, self.headline.text)
        if found or not self._region:
            return found
        return marked_breadcrumb(self._document, self._title)

    @cached_property
    def _dated(self) -> Dated:
        return Dated(self.lines)

    @cached_property
    def _region(self) -> LexborNode | None:
        """Two steps up from the element that holds a ruled title; None without one."""
        if not self._title or not self._rule or self._rule.select.startswith(XPATH):
            return None
        node = self._document.tree.css_first(self._rule.select)
        above = [step for step in _ancestors(node) if step.tag not in {"body", "html"}]
        return above[min(1, len(above) - 1)] if above else None

    def _find(self, title: str) -> int | None:
        return next(printing(self.lines, title), None)


def _ancestors(node: LexborNode | None) -> list[LexborNode]:
    found = []
    while node is not None and node.parent is not None:
        node = node.parent
        found.append(node)
    return found
