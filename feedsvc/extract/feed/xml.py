"""Reading XML elements whatever names their author gave the namespaces."""

from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from typing import Final, TypeAlias

from lxml import etree

__all__ = [
    "Children",
    "Element",
    "base_of",
    "children",
    "html",
    "inner",
    "language_of",
    "name",
    "text",
    "texts",
]

Element: TypeAlias = etree._Element  # noqa: SLF001 -- lxml names its public class so
Children: TypeAlias = dict[str, list[Element]]
"""The children of an element by their :func:`name`."""

_XML: Final = "{http://www.w3.org/XML/1998/namespace}"

_PREFIXES: Final = {
    "http://purl.org/dc/elements/1.1": "dc:",
    "http://purl.org/dc/elements/1.0": "dc:",
    "http://purl.org/dc/terms": "dcterms:",
    "http://purl.org/rss/1.0/modules/content": "content:",
    "http://purl.org/rss/1.0/modules/syndication": "sy:",
    "http://search.yahoo.com/mrss": "media:",
    "http://www.w3.org/2005/atom": "atom:",
    "http://purl.org/atom/ns": "atom:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
    "http://www.w3.org/xml/1998/namespace": "xml:",
    "": "",
    "http://purl.org/rss/1.0": "",
    "http://my.netscape.com/rdf/simple/0.9": "",
    "http://channel.netscape.com/rdf/simple/0.9": "",
    "http://backend.userland.com/rss": "",
    "http://backend.userland.com/rss2": "",
    "http://backend.userland.com/rss191": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://cyber.law.harvard.edu/rss/rss.html": "",
}
"""Namespaces, lower-case and without a final slash or hash; RSS itself has none."""


@lru_cache(maxsize=4_096)
def name(tag: str) -> str:
    """Name a tag: the usual prefix of its namespace, "?:" if unknown, and its name."""
    namespace, _, local = tag[1:].partition("}") if tag[:1] == "{" else ("", "", tag)
    key = namespace.lower().rstrip("/#")
    return f"{_PREFIXES.get(key, '?:')}{local.lower()}"


def children(element: Element) -> Children:
    """Sort the children of an element by name."""
    found: Children = {}
    for child in element:
        found.setdefault(name(str(child.tag)), []).append(child)
    return found


def text(found: Children, *names: str) -> str:
    """Say the first text that is any, of the children so named, in that order."""
    return next(texts(found, *names), "")


def texts(found: Children, *names: str) -> Iterator[str]:
    """Yield the texts of all children so named; blank ones left out."""
    for each in names:
        for child in found.get(each, ()):
            words = (
                "".join(str(piece) for piece in child.itertext())
                if len(child)
                else child.text
            )
            if words and not words.isspace():
                yield words.strip()


def html(found: Children, *names: str) -> str:
    """Say the first HTML that is any: escaped text, or markup left unescaped."""
    parts = (inner(child) for each in names for child in found.get(each, ()))
    return next((part for part in parts if part and not part.isspace()), "")


def inner(element: Element) -> str:
    """Give what is in an element as HTML; text is taken for HTML already."""
    if not len(element):
        return element.text or ""
    return (element.text or "") + "".join(map(_serialized, element))


def _serialized(element: Element) -> str:
    """Write an element as HTML: without namespaces, and ``<br>`` as HTML has it."""
    bare = deepcopy(element)
    for each in bare.iter("{*}*"):
        each.tag = etree.QName(each).localname
    etree.cleanup_namespaces(bare)
    return etree.tostring(bare, encoding="unicode", method="html")


def base_of(element: Element, base: str) -> str:
    """Say what addresses in an element are relative to (XML Base)."""
    own = element.get(f"{_XML}base")
    return base if own is None else element.base or base


def language_of(element: Element) -> str:
    """Say an element's own ``xml:lang``; "" when it has none."""
    return element.get(f"{_XML}lang") or ""
