"""Operators' rules on a page: CSS in lexbor, XPath in lxml, attribute and regex.

A :class:`Document` is parsed at most once by each library, and by none before a rule
asks for it: a page whose rules are all CSS never meets lxml.
"""

from collections.abc import Collection, Iterator, Sequence
from copy import deepcopy
from functools import cached_property
from html import escape
from typing import Final, Protocol, TypeAlias, cast

import lxml.etree
import lxml.html
from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from feedsvc.errors import Code
from feedsvc.extract.dom import Line, lines_of
from feedsvc.extract.values import failed, taken
from feedsvc.model.config import Rule
from feedsvc.text.nesting import is_too_deep
from feedsvc.text.urls import absolute

__all__ = ["XPATH", "Document", "Node", "Reader"]

XPATH: Final = "xpath:"
"""What an XPath rule begins with; every other rule is CSS."""

_FEW: Final = 8_000
"""So few elements are parsed in no time however they nest."""

_VALUE_OF: Final = {"meta": "content", "input": "value", "img": "src"}
"""Elements that say nothing in their text, and the attribute that speaks instead."""

_DATA: Final = frozenset({"script"})
"""Elements whose text is read as it is written, not as a page shows it."""

Element: TypeAlias = LexborNode | lxml.html.HtmlElement
Node: TypeAlias = Element | str
"""What a selector finds; XPath may also find a text or an attribute's value."""


class Document:
    """One page: its text, its address and its trees, each made when first wanted.

    ExtractError (E_EXTRACT) from the trees of a page nested beyond all reason, on which
    the parsers would spend quadratic time.
    """

    def __init__(self, text: str, url: str) -> None:
        """Parse nothing yet; ``url`` is where the page was in the end."""
        self.text = text
        self.url = url

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The page as lexbor reads it (WHATWG HTML)."""
        if self.text.count("<") > _FEW and is_too_deep(self.text):
            raise failed(Code.E_EXTRACT, detail="nested beyond reason")
        return LexborHTMLParser(self.text)

    @cached_property
    def lines(self) -> list[Line]:
        """The page as its reader sees it, line by line."""
        body = self.tree.body
        return lines_of(body) if body else []

    @cached_property
    def xml(self) -> lxml.html.HtmlElement | None:
        """The page as lxml reads it; None when there is nothing in it."""
        return _lxml(self.text)

    @cached_property
    def base(self) -> str:
        """What relative addresses are relative to: ``<base href>`` if it is http(s)."""
        node = self.tree.css_first("base[href]")
        href = node.attributes.get("href") if node else None
        return (absolute(self.url, href) if href else None) or self.url

    def absolute(self, href: str | None) -> str | None:
        """Resolve a link of this page; None when it leads nowhere on the web."""
        return absolute(self.base, href) if href else None

    def without(self, queries: Collection[str]) -> "Document":
        """Give the page without what ``queries`` select; itself when that is nothing."""
        whole = Rule(select="html")
        reader = self.reader(whole)
        if not any(reader.nodes(Rule(select=query)) for query in queries):
            return self
        return Document(reader.html(whole, queries) or "", self.url)

    def reader(self, *rules: Rule | None) -> "Reader":
        """The reader for rules that work on each other's nodes: lxml if any needs it."""
        wants_xpath = any(rule and rule.select.startswith(XPATH) for rule in rules)
        return Reader(self, _Lxml() if wants_xpath else _Lexbor())

    def first(self, rule: Rule, attribute: str | None = None) -> str | None:
        """Say the first value of a rule on the whole page."""
        return self.reader(rule).first(rule, attribute=attribute)

    def all(self, rule: Rule) -> tuple[str, ...]:
        """Say every value of a rule with ``all``, else its first."""
        return self.reader(rule).all(rule)


class _Engine(Protocol):
    """One library's way to select and to read what was selected."""

    def root(self, document: Document) -> Element | None: ...
    def select(self, query: str, within: Element) -> Sequence[Node]: ...
    def attribute(self, element: Element, name: str) -> str | None: ...
    def text(self, element: Element) -> str: ...
    def html(self, element: Element, remove: Collection[str]) -> str: ...


class Reader:
    """Evaluates rules on one document with one engine.

    ExtractError: E_SELECTOR_TIMEOUT when a regex thinks too long, E_EXTRACT when a
    selector is none (configuration should have refused it).
    """

    def __init__(self, document: Document, engine: _Engine) -> None:
        """Read ``document`` by ``engine``."""
        self._engine = engine
        self._document = document

    def nodes(self, rule: Rule, within: Node | None = None) -> Sequence[Node]:
        """Find what the selector of ``rule`` selects on the page or below one node."""
        start = self._engine.root(self._document) if within is None else within
        if start is None or isinstance(start, str):
            return ()
        try:
            return self._engine.select(rule.select, start)
        except (SelectolaxError, SelectorError, lxml.etree.XPathError) as error:
            raise failed(Code.E_EXTRACT, detail=f"{rule.select}: {error}") from error

    def value(self, rule: Rule, node: Node, attribute: str | None = None) -> str | None:
        """Say what ``rule`` takes of one node; None when that is nothing.

        ``attribute`` is read first where the rule names none of its own.
        """
        return next(self._said(rule, node, attribute), None)

    def first(
        self, rule: Rule, within: Node | None = None, attribute: str | None = None
    ) -> str | None:
        """Say the first value there is."""
        return next(self._values(rule, within, attribute), None)

    def all(self, rule: Rule, within: Node | None = None) -> tuple[str, ...]:
        """Say every value of a rule with ``all``, else its first."""
        values = tuple(self._values(rule, within, None))
        return values if rule.all else values[:1]

    def html(self, rule: Rule, remove: Collection[str] = ()) -> str | None:
        """Give the inner HTML of what is selected, without what ``remove`` selects."""
        if rule.json:
            values = self.all(rule)
            return "\n".join(_fragment(value, remove) for value in values) or None
        nodes = self.nodes(rule)[: None if rule.all else 1]
        parts = [n if isinstance(n, str) else self._html(n, remove) for n in nodes]
        return "\n".join(part for part in parts if part.strip()) or None

    def raw(self, rule: Rule) -> Iterator[str]:
        """Yield the texts, or attributes, of what is selected, as they are written."""
        for node in self.nodes(rule):
            yield self._raw(node, rule.attribute, None)

    def attribute(self, node: Node, name: str) -> str | None:
        """Read an attribute of a node; None of a text."""
        return None if isinstance(node, str) else self._engine.attribute(node, name)

    def _values(
        self, rule: Rule, within: Node | None, attribute: str | None
    ) -> Iterator[str]:
        for node in self.nodes(rule, within):
            yield from self._said(rule, node, attribute)

    def _said(self, rule: Rule, node: Node, attribute: str | None) -> Iterator[str]:
        """Yield what ``rule`` takes of one node: one value, or those of a JSON path."""
        yield from taken(rule, self._raw(node, rule.attribute, attribute))

    def _raw(self, node: Node, wanted: str | None, preferred: str | None) -> str:
        if isinstance(node, str):
            return node
        read = self._engine.attribute
        if wanted:
            return read(node, wanted) or ""
        usual = _VALUE_OF.get(str(node.tag), "")
        found = (preferred and read(node, preferred)) or (usual and read(node, usual))
        return found or self._engine.text(node)

    def _html(self, element: Element, remove: Collection[str]) -> str:
        try:
            return self._engine.html(element, remove)
        except (SelectolaxError, SelectorError, lxml.etree.XPathError) as error:
            raise failed(Code.E_EXTRACT, detail=f"{remove}: {error}") from error


class _Lexbor:
    """CSS on the tree of lexbor."""

    def root(self, document: Document) -> LexborNode | None:
        return document.tree.root

    def select(self, query: str, within: Element) -> Sequence[Node]:
        return cast("LexborNode", within).css(query)

    def attribute(self, element: Element, name: str) -> str | None:
        return cast("LexborNode", element).attributes.get(name)

    def text(self, element: Element) -> str:
        node = cast("LexborNode", element)
        if node.tag in _DATA:
            return node.text()
        return "\n".join(line.text for line in lines_of(node))

    def html(self, element: Element, remove: Collection[str]) -> str:
        node = cast("LexborNode", element)
        if not remove:
            return node.inner_html or ""
        copy = node.clone()
        for query in remove:
            for unwanted in copy.css(query):
                unwanted.decompose()
        return copy.inner_html or ""


class _Lxml:
    """XPath, and CSS as XPath, on the tree of lxml."""

    def root(self, document: Document) -> lxml.html.HtmlElement | None:
        return document.xml

    def select(self, query: str, within: Element) -> Sequence[Node]:
        found = _lxml_select(query, cast("lxml.html.HtmlElement", within))
        return [n for n in found if isinstance(n, str | lxml.html.HtmlElement)]

    def attribute(self, element: Element, name: str) -> str | None:
        return cast("lxml.html.HtmlElement", element).get(name)

    def text(self, element: Element) -> str:
        if element.tag in _DATA:
            return cast("lxml.html.HtmlElement", element).text_content()
        body = LexborHTMLParser(_serialized(element)).body
        return "\n".join(line.text for line in lines_of(body)) if body else ""

    def html(self, element: Element, remove: Collection[str]) -> str:
        inner = deepcopy(cast("lxml.html.HtmlElement", element))
        for unwanted in (n for query in remove for n in _lxml_select(query, inner)):
            if isinstance(unwanted, lxml.html.HtmlElement) and unwanted is not inner:
                unwanted.drop_tree()
        children = (_serialized(child, tail=True) for child in inner)
        return (inner.text or "") + "".join(children)


def _lxml(text: str) -> lxml.html.HtmlElement | None:
    """Parse from bytes: lxml refuses a text whose XML declaration names an encoding."""
    body = text.encode("utf-8", "replace")
    parser = lxml.html.HTMLParser(encoding="utf-8")
    try:
        return lxml.html.document_fromstring(body, parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        return None


def _lxml_select(query: str, within: lxml.html.HtmlElement) -> Sequence[object]:
    if not query.startswith(XPATH):
        return CSSSelector(query, translator="html")(within)
    found = within.xpath(query.removeprefix(XPATH).strip())
    return found if isinstance(found, list) else [str(found)]


def _serialized(element: Element, *, tail: bool = False) -> str:
    tree = cast("lxml.html.HtmlElement", element)
    return lxml.html.tostring(tree, encoding="unicode", with_tail=tail)


def _fragment(text: str, remove: Collection[str]) -> str:
    """A text of JSON as HTML: as it is if it has tags, else a paragraph a line."""
    if "<" not in text:
        return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
    root = LexborHTMLParser(f"<div>{text}</div>").css_first("div")
    return _Lexbor().html(root, remove) if root else ""
